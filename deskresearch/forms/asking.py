"""What forms ask beside their fields: what is still to complete, and whether something stands there already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from audits.templatetags.interface import icon

from ..evidence import caption


def to_complete(said: Any) -> SafeString:
    """What is still asked for in a field, as its help."""
    return format_html('<span class="state state-warn">{}{}</span>', icon("exclamation-triangle"), said)


class NoticedTwiceForm(forms.Form):
    """A form that notices when another row has the same name, says so with a link to it, and lets the person go on."""

    is_other = forms.BooleanField(label=_("It is another one"), required=False)
    double: Model | None = None

    def notice(self, name: str, other: Any, sentence: Any) -> None:
        """Says at the field `name` that `other` is called so, unless the person has said that this is another one."""
        if other is None:
            return
        self.double = other
        link = format_html('<a href="{}" dir="auto">{}</a>', other.get_absolute_url(), caption(other))
        self["is_other"].help_text = format_html("{} {}", _("Called so already:"), link)
        if not self.cleaned_data.get("is_other"):
            tick = _("Open it, or tick below that this is another one.")
            self.add_error(name, format_html("{} {}", sentence, tick))
