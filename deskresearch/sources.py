"""The types of sources that documents are of: those of the guide that the audit follows."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q

from audits.instruments import Text, translated
from audits.models import Audit
from audits.spreadsheet import dashless

from .models import Research, ResearchGuide, SourceType, guide_for_new


def guide_of(audit: Audit) -> ResearchGuide | None:
    """The guide that the audit's desk research follows; before anybody has begun, the one of new researches."""
    research = Research.objects.filter(audit=audit).select_related("guide").first()
    return research.guide if research else guide_for_new()


def source_types(audit: Audit) -> list[SourceType]:
    """The types that a document of the audit can be of: those of its guide, and those in use from another one."""
    guide = guide_of(audit)
    offered = SourceType.objects.filter(Q(guide=guide) | Q(documents__audit=audit)).select_related("guide").distinct()
    return sorted(offered, key=lambda one: (one.guide_id != (guide and guide.pk), one.position, one.pk))


def titles(types: list[SourceType], language: str) -> dict[int, Text]:
    """Their titles in a language, by primary key."""
    texts = translated(types, language)
    return {one.pk: texts[one, "title"] for one in types}


def by_name(types: list[SourceType]) -> dict[str, str]:
    """What people write for each type in a spreadsheet: its key, or its title in any language of the interface."""
    known: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        known |= {dashless(text.text): str(pk) for pk, text in titles(types, code).items()}
    return known | {dashless(one.key): str(one.pk) for one in types}
