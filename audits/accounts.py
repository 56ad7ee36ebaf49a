"""Accounts: how allauth signs people up for INTEGRA, and the page on which they look after their account."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import AddEmailForm, RequestLoginCodeForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name", "")
        user.organisation = form.cleaned_data.get("organisation", "")
        if commit:
            user.save()
        return user

    def get_password_change_redirect_url(self, request):
        return reverse("audits:account")


class AddressWords:
    """Calls the address of an account as every other page does, and repeats no label inside its box."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["login" if "login" in self.fields else "email"]
        field.label = _("E-mail address")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(AddressWords, AllauthLoginForm):
    pass


class ResetPasswordForm(AddressWords, AllauthResetPasswordForm):
    pass


class LoginCodeForm(AddressWords, RequestLoginCodeForm):
    pass


class SignupForm(AddressWords, AllauthSignupForm):
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        help_text=gettext_lazy("For example your department or association"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    field_order = ["name", "organisation", "email", "password1", "password2"]


class AddressForm(AddEmailForm):
    """Another e-mail address for the account, in plain words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New address")


class KeyForm(AddWebAuthnForm):
    """A new passkey or security key, in plain words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].help_text = _("So that you know it again, for example: office laptop")
        self.fields["passwordless"].label = _("Sign in with this key alone, without a password (passkey)")
        self.fields["passwordless"].help_text = _(
            "The device then always asks for your fingerprint, face or PIN. Without this the key is a second step "
            "after the password."
        )


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "organisation"]
        labels = {"name": gettext_lazy("Your name")}
        help_texts = {"name": gettext_lazy("As the team sees it, and as it may stand in a report’s list of authors")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


@login_required
def account(request):
    """What a person can see and change about the own account; the ways of signing in have pages of their own."""
    form = PersonForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("audits:account")
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "form": form,
        "app_in_use": Authenticator.Type.TOTP in kinds,
        "keys": kinds.count(Authenticator.Type.WEBAUTHN),
        "sessions": len(UserSession.objects.purge_and_list(request.user)),
    }
    return render(request, "audits/account.html", context)
