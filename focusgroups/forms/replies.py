"""The answer that an invitee gives by the link."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import Reply
from ..models import Invitee


class AnswerForm(forms.Form):
    reply = forms.ChoiceField(
        label=_("Will you come?"),
        choices=[(Reply.YES, _("Yes, I will come")), (Reply.MAYBE, _("Perhaps")), (Reply.NO, _("No, I cannot come"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your answer.")},
    )
    needs = forms.CharField(
        label=_("What do you need so that you can come?"),
        help_text=_("For example an interpreter, childcare, a ramp. You can leave this empty."),
        max_length=Invitee._meta.get_field("needs").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
