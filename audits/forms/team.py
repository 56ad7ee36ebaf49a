from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import Role
from ..widgets import ExplainedChoices


class InvitationForm(forms.Form):
    """Whom to invite, and in which role."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        initial=Role.FACILITATOR,
        widget=ExplainedChoices(explanations={role.value: role.duties for role in Role}),
    )


class RoleForm(forms.Form):
    """Another role for a member of the team."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
