"""The opening script, each part as the plan words it until somebody words it otherwise."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.forms.fields import LongText
from audits.forms.versioned import VersionedForm

from ..models import FocusGroup, OpeningScript
from ..scripts import planned_opening


class ScriptForm(VersionedForm):
    """The parts as they are read out. One that says what the plan says is stored empty, so that it follows the plan."""

    made_by_first_save = True

    class Meta:
        model = OpeningScript
        fields = OpeningScript.written
        widgets = dict.fromkeys(OpeningScript.written, LongText)
        labels = {
            "introduction": gettext_lazy("Introduction"),
            "purpose": gettext_lazy("Purpose"),
            "topics": gettext_lazy("Topics"),
            "consent": gettext_lazy("Consent to recording"),
            "rules": gettext_lazy("Rules of discussion"),
        }

    def __init__(self, *args: Any, group: FocusGroup, **kwargs: Any):
        self.planned = planned_opening(group)
        super().__init__(*args, **kwargs)
        for name, planned in self.planned.items():
            self.initial[name] = self.initial.get(name) or planned
            self.fields[name].widget.attrs |= {"lang": group.language, "rows": _rows(self.initial[name])}
            # An emptied part is none that is left out: it says what the plan says.
            self.fields[name].help_text = (
                _("Emptied, it follows the plan again.") if self.initial[name] != planned else ""
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, planned in self.planned.items():
            if cleaned.get(name, "").strip() == planned.strip():
                cleaned[name] = ""
        return cleaned

    def in_words(self, saved: OpeningScript, name: str) -> str:
        return super().in_words(saved, name) or self.planned[name]


def _rows(text: str) -> int:
    """Height of the text box, in lines of about 80 signs."""
    return 1 + sum(1 + len(line) // 80 for line in text.splitlines())
