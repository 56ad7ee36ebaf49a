"""The form of the two buttons that move a row by one place."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MoveForm(forms.Form):
    step = forms.TypedChoiceField(choices=[("-1", _("up")), ("1", _("down"))], coerce=int)
