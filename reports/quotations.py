"""What people wrote on their sheets and agreed to see quoted, without a name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from checklists import results as walk_results
from checklists.models import Score
from checklists.results import Results


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
