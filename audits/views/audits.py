"""The list of a person's audits; opening one, its settings, and the one that follows it."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.generic import ListView

from .. import methods, permissions
from ..actions import CityTakenError, create_audit, opened_already, start_follow_up
from ..enums import Role
from ..forms import AuditForm, FollowUpForm, SettingsForm
from ..models import Audit, StaleError
from ..permissions import Ability
from .invitations import KEPT


class AuditList(LoginRequiredMixin, ListView):
    """The audits in whose teams the person is. Whoever came here by an invitation goes on with it first."""

    template_name = "audits/audit_list.html"

    def get(self, request, *args, **kwargs):
        if KEPT in request.session:
            return redirect("audits:invitation")
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        audits = Audit.objects.with_role_of(self.request.user).with_frame()
        for audit in audits:
            audit.role_name = Role(audit.role).label
            audit.may_open = permissions.role_may(audit.role, Ability.SEE_AUDIT)
            audit.shared = [] if audit.may_open else methods.shared_with(audit, self.request.user)
        return audits


@login_required
@require_http_methods(["GET", "POST"])
def audit_create(request):
    """Opens an audit; whoever does is its coordinator."""
    if not permissions.can_create_audits(request.user):
        raise PermissionDenied
    form = AuditForm(request.POST or None, cities=permissions.cities_to_open(request.user))
    if standing := opened_already(form.sent(), by=request.user):
        return redirect(standing)
    if form.is_valid():
        fields = ("city", "title", "starts_on", "ends_on", "language", "uuid")
        try:
            audit = create_audit(**{name: form.cleaned_data[name] for name in fields}, by=request.user)
        except CityTakenError:
            form.refuse_city()
        else:
            messages.success(request, _("The audit is open, and you coordinate it."))
            return redirect(audit)
    return render(request, "audits/audit_create.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def audit_settings(request, audit):
    """All that is said about the audit, and its stage."""
    audit = permissions.get_audit(request, audit, Ability.EDIT_AUDIT)
    # The form writes into its instance already while checking; the page's head shows what is saved.
    form = SettingsForm(request.POST or None, instance=copy(audit), initial={"version": audit.version})
    context = {"form": form, "suggestion": SettingsForm.suggested_disclaimer(audit.language)}
    if "suggest" in request.POST:
        context["form"] = form.with_suggested_disclaimer()
    elif form.is_valid():
        try:
            form.save()
        except StaleError:
            saved = Audit.objects.get(pk=audit.pk)
            context |= {"form": form.over(saved), "differences": form.differences(saved)}
            return render(request, "audits/audit_settings.html", context, status=409)
        messages.success(request, _("The settings are saved."))
        return redirect("audits:audit-settings", audit.slug)
    return render(request, "audits/audit_settings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def follow_up(request, audit):
    """Starts the audit that follows this one; title and period are asked, all else is copied."""
    previous = permissions.get_audit(request, audit, Ability.EDIT_AUDIT)
    form = FollowUpForm(
        request.POST or None, previous=previous, initial={"title": FollowUpForm.suggested_title(previous)}
    )
    if standing := opened_already(form.sent(), by=request.user):
        return redirect(standing)
    if form.is_valid():
        fields = ("title", "starts_on", "ends_on", "uuid")
        audit = start_follow_up(
            previous=previous, **{name: form.cleaned_data[name] for name in fields}, by=request.user
        )
        messages.success(request, _("The follow-up audit is open. Check its settings, then add the new figures."))
        return redirect(audit)
    members = previous.memberships.select_related("user")
    return render(request, "audits/follow_up.html", {"form": form, "members": members})
