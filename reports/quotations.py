"""What people wrote on their sheets and agreed to see quoted, without a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from checklists import results as walk_results
from checklists.models import Score
from checklists.results import Results

from .document import blocks

if TYPE_CHECKING:
    from .material import Material

ARABIC = re.compile(r"[\u0600-\u06ff]")


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


def quote(material: Material, uuid: UUID) -> tuple[blocks.Quote, ...]:
    """The comment under the name of a family of at least five people, or of no group; nothing where it may not stand."""
    score = material.quotes.get(uuid)
    if score is None or not material.shows_figures:
        return ()
    family = material.family_of(score)
    by = _("%(group)s, on a city walk") % {"group": family.label} if family else _("On a city walk")
    text = text_of(score)
    # The language is read off the script: that of the person's form would tell more about the person.
    return (blocks.Quote(_("“%(text)s”") % {"text": text}, by, "ar" if ARABIC.search(text) else ""),)
