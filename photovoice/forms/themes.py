"""The words that an activity has of its own for the themes of its guide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from audits.forms.fields import LongText
from audits.instruments import Text, translated
from audits.texts import isolated

from ..actions import word_themes
from ..models import Activity, Theme, ThemeWording
from .gallery import stale


@dataclass(frozen=True)
class Row:
    """A theme in one language: what the guide says, and the fields for own words."""

    theme: Theme
    title: Text
    text: Text
    own_title: forms.BoundField
    own_text: forms.BoundField


class ThemeWordsForm(forms.Form):
    """Own words in all languages of participants; a theme without a title keeps those of the guide.

    The page sends what it showed beside what its reader wrote, so that only what the reader changed is written. `clashes`
    says, after `is_valid()`, whether somebody else has worded the same theme meanwhile.
    """

    clashes = False

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.themes = list(activity.guide.themes.all())
        for theme in self.themes:
            theme.guide = activity.guide
        self.own = {(wording.language, wording.theme_id): wording for wording in activity.wordings.all()}
        self.texts = {code: translated(self.themes, code) for code, _language in settings.PARTICIPANT_LANGUAGES}
        for code, language in settings.PARTICIPANT_LANGUAGES:
            for theme in self.themes:
                self._add(code, language, theme)

    def _add(self, code: str, language: str, theme: Theme) -> None:
        present = self.own.get((code, theme.pk))
        named = {"theme": self.texts[code][theme, "title"], "language": isolated(language)}
        attrs = {"lang": code, "dir": "auto"}
        self.fields[_name(code, "title", theme)] = forms.CharField(
            label=_("“%(theme)s” in own words (%(language)s)") % named,
            max_length=ThemeWording._meta.get_field("title").max_length,
            required=False,
            show_hidden_initial=True,
            initial=present.title if present else "",
            widget=forms.TextInput(attrs=attrs),
        )
        self.fields[_name(code, "text", theme)] = forms.CharField(
            label=_("What belongs to it (%(language)s)") % named,
            max_length=1000,
            required=False,
            show_hidden_initial=True,
            initial=present.text if present else "",
            widget=LongText(attrs={**attrs, "rows": 3}),
        )

    @property
    def languages(self) -> Iterator[tuple[str, bool, list[Row]]]:
        """Each language with whether it is to be unfolded, and its rows."""
        for code, _language in settings.PARTICIPANT_LANGUAGES:
            rows = [
                Row(
                    theme,
                    self.texts[code][theme, "title"],
                    self.texts[code][theme, "text"],
                    self[_name(code, "title", theme)],
                    self[_name(code, "text", theme)],
                )
                for theme in self.themes
            ]
            fields = [field for row in rows for field in (row.own_title, row.own_text)]
            written = any(field.value() or field.errors for field in fields)
            yield code, written or code == self.activity.audit.language, rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for code, _language in settings.PARTICIPANT_LANGUAGES:
            for theme in self.themes:
                self._compare(code, theme)
                title = _name(code, "title", theme)
                if cleaned.get(_name(code, "text", theme)) and not cleaned.get(title) and title not in self.errors:
                    self.add_error(title, _("Write a title too, or leave both empty."))
        return cleaned

    def _compare(self, code: str, theme: Theme) -> None:
        """Title and text belong together: where both people changed one of them, a person decides on what differs. The
        next save is over what the answer shows."""
        names = [_name(code, part, theme) for part in ("title", "text")]
        if not set(names) & set(self.changed_data):
            return
        for name in names:
            present, own = self.fields[name].initial, self.cleaned_data.get(name)
            if own not in (None, present) and present != self._was_shown(name):
                self.clashes = True
                self.add_error(name, stale(present))
                self.data = self.data.copy()
                self.data[self[name].html_initial_name] = present

    def _was_shown(self, name: str) -> str:
        return self.fields[name].to_python(self.data.get(self[name].html_initial_name)).replace("\r\n", "\n")

    def save(self) -> None:
        """Keeps the words of the themes that were changed."""
        changed = set(self.changed_data)
        wordings = [
            ThemeWording(
                activity=self.activity,
                theme=theme,
                language=code,
                title=self.cleaned_data[_name(code, "title", theme)],
                text=self.cleaned_data[_name(code, "text", theme)],
            )
            for code, _language in settings.PARTICIPANT_LANGUAGES
            for theme in self.themes
            if {_name(code, "title", theme), _name(code, "text", theme)} & changed
        ]
        word_themes(activity=self.activity, wordings=wordings)


def _name(code: str, part: str, theme: Theme) -> str:
    return f"{code}-{part}-{theme.key}"
