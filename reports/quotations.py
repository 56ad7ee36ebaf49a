"""What people wrote on their sheets or said in a focus group and agreed to see quoted, without a name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from audits.models import Audit
from checklists import results as walk_results
from checklists.models import Score
from checklists.results import Results
from focusgroups import quotations as spoken
from focusgroups.enums import GroupState
from focusgroups.models import Note


def quotable(results: Results) -> QuerySet[Score]:
    """Comments that may be quoted, in the order of the statements and in no order of sheets.

    Their authors agreed to it, nobody has hidden them, and their sheets count.
    """
    rows = walk_results.quotable(walk_results.comments(results))
    return rows.order_by("item__section__position", "item__position", "uuid")


def among(results: Results | None, wanted: Iterable[UUID]) -> dict[UUID, Score]:
    """Of the wanted comments those that may be quoted today."""
    wanted = list(wanted)
    if results is None or not wanted:
        return {}
    rows = quotable(results).filter(uuid__in=wanted).select_related("sheet__participant")
    return {score.uuid: score for score in rows}


def text_of(score: Score) -> str:
    return score.comment or score.suggestion


def notes(audit: Audit) -> QuerySet[Note]:
    """Notes of closed groups that may be quoted, in the order of the questions and in no order of seats."""
    rows = spoken.quotable(audit).filter(group__state=GroupState.CLOSED).select_related("question")
    return rows.order_by("group__date", "group", "question__position", "uuid")


def among_notes(audit: Audit, wanted: Iterable[UUID]) -> dict[UUID, Note]:
    """Of the wanted notes those that may be quoted today."""
    wanted = list(wanted)
    return {note.uuid: note for note in notes(audit).filter(uuid__in=wanted)} if wanted else {}
