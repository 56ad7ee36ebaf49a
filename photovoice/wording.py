"""The guide's texts in the language of a page, with the words that the coordinator chose for the themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from audits.instruments import Text, translated

from .models import Activity, Theme, ThemeWording


@dataclass(frozen=True)
class ThemeInWords:
    """A theme as somebody reads it: the activity's own words where there are some in the language."""

    theme: Theme
    title: Text
    text: Text

    @property
    def uuid(self) -> UUID:
        return self.theme.uuid


def themes_of(activity: Activity, language: str) -> list[ThemeInWords]:
    """The activity's themes in a language, in the guide's order; three queries."""
    return themes_of_all([activity], language)[activity.pk]


def themes_of_all(activities: Sequence[Activity], language: str) -> dict[int, list[ThemeInWords]]:
    """As `themes_of`, by activity; as many queries for any number of them."""
    guides = {activity.guide_id: activity.guide for activity in activities}
    themes = list(Theme.objects.filter(guide__in=guides).order_by("position"))
    for theme in themes:
        theme.guide = guides[theme.guide_id]
    texts = translated(themes, language)
    wordings = ThemeWording.objects.filter(activity__in=activities, language=language)
    own = {(wording.activity_id, wording.theme_id): wording for wording in wordings}
    found: dict[int, list[ThemeInWords]] = {activity.pk: [] for activity in activities}
    for activity in activities:
        for theme in themes:
            if theme.guide_id != activity.guide_id:
                continue
            if wording := own.get((activity.pk, theme.pk)):
                words = ThemeInWords(theme, Text(wording.title, language), Text(wording.text, language))
            else:
                words = ThemeInWords(theme, texts[theme, "title"], texts[theme, "text"])
            found[activity.pk].append(words)
    return found
