"""Whether an assessment is open: nothing is written in a closed one."""

from django import forms
from django.utils.translation import gettext_lazy as _

CLOSED = _(
    "This assessment is closed, so nothing of it changes. What you typed still stands here: copy it, or open the "
    "assessment again first."
)


class StateForm(forms.Form):
    """What is to become of an assessment: closed or open again."""

    wanted = forms.ChoiceField(choices=[("close", _("Close")), ("open", _("Open again"))])
