"""The team of an audit and whom it has invited."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import limits, permissions
from ..actions import change_role, invite, remove_member, resend, revoke
from ..enums import Role
from ..forms import InvitationForm, RoleForm
from ..models import Invitation, Membership
from ..permissions import Ability

LETTERS_PER_HOUR = 60


@login_required
@require_http_methods(["GET", "POST"])
def team(request, audit):
    """Who is in the team, in which role, and who is invited; coordinators invite from here."""
    ability = Ability.MANAGE_TEAM if request.method == "POST" else Ability.SEE_AUDIT
    audit = permissions.get_audit(request, audit, ability)
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        try:
            _within_letters(request)
            _tell(request, invite(audit=audit, **form.cleaned_data, by=request.user))
        except ValidationError as error:
            form.add_error("email", error)
        else:
            return redirect("audits:team", audit.slug)
    may_manage = permissions.may(request.user, Ability.MANAGE_TEAM, audit)
    accepted = audit.invitations.filter(accepted_by__isnull=False).select_related("accepted_by") if may_manage else []
    # Who joined with another address than the one invited, and which that was.
    elsewhere = {one.accepted_by_id: one.email for one in accepted if not one.is_for(one.accepted_by)}
    context = {
        "here": "team",
        "form": form,
        "members": [
            (member, RoleForm({"role": member.role}, auto_id=f"member-{member.pk}-%s"), elsewhere.get(member.user_id))
            for member in audit.memberships.select_related("user")
        ],
        "invitations": audit.invitations.pending() if may_manage else [],
    }
    return render(request, "audits/team.html", context)


@login_required
@require_POST
def member_role(request, audit, member):
    """Gives a member another role."""
    audit = permissions.get_audit(request, audit, Ability.MANAGE_TEAM)
    membership = get_object_or_404(audit.memberships.select_related("user"), pk=member)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This role does not exist. Nothing was changed."))
        return redirect("audits:team", audit.slug)
    try:
        change_role(membership=membership, role=form.cleaned_data["role"])
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("audits:team", audit.slug)
    role = Role(form.cleaned_data["role"])
    messages.success(request, _("%(name)s is now %(role)s.") % {"name": membership.user, "role": role.label})
    # Whoever made a peer reviewer of themselves no longer sees this page.
    if membership.user == request.user and not permissions.role_may(role, Ability.SEE_AUDIT):
        return redirect("audits:audit-list")
    return redirect("audits:team", audit.slug)


@login_required
@require_http_methods(["GET", "POST"])
def member_remove(request, audit, member):
    """Asks, then takes a member out of the team; everybody may leave by themselves."""
    # Whoever leaves need not see the audit: a peer reviewer sees what was shared with them and nothing else.
    own = Membership.objects.filter(pk=member, audit__slug=audit, user=request.user).first()
    leaving = own is not None
    audit = own.audit if leaving else permissions.get_audit(request, audit, Ability.MANAGE_TEAM)
    membership = get_object_or_404(audit.memberships.select_related("user"), pk=member)
    if request.method == "POST":
        try:
            remove_member(membership=membership)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("audits:team", audit.slug)
        if leaving:
            messages.success(request, _("You have left the audit “%(audit)s”.") % {"audit": audit})
            return redirect("audits:audit-list")
        messages.success(request, _("%(name)s is no longer in the team.") % {"name": membership.user})
        return redirect("audits:team", audit.slug)
    return render(request, "audits/member_remove.html", {"here": "team", "member": membership, "leaving": leaving})


@login_required
@require_POST
def invitation_resend(request, audit, invitation):
    """Sends an invitation again, with a new link."""
    invitation = _invitation(request, audit, invitation)
    try:
        _within_letters(request)
        _tell(request, resend(invitation=invitation, by=request.user))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("audits:team", audit)


@login_required
@require_POST
def invitation_revoke(request, audit, invitation):
    """Withdraws an invitation."""
    invitation = _invitation(request, audit, invitation)
    try:
        revoke(invitation=invitation)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("audits:team", audit)


def _invitation(request, slug, identifier) -> Invitation:
    audit = permissions.get_audit(request, slug, Ability.MANAGE_TEAM)
    return get_object_or_404(audit.invitations.select_related("audit"), uuid=identifier)


def _within_letters(request) -> None:
    if not limits.within("letters", str(request.user.pk), times=LETTERS_PER_HOUR, seconds=3600):
        raise ValidationError(
            _("You have sent %(number)d invitations within an hour. Wait a little, then go on.")
            % {"number": LETTERS_PER_HOUR}
        )


def _tell(request, invitation: Invitation) -> None:
    if invitation.sent_at:
        messages.success(request, _("The invitation was sent to %(email)s.") % {"email": invitation.email})
    else:
        messages.warning(
            request,
            _(
                "The invitation for %(email)s is saved, but the e-mail could not be sent. Check the address, and send it "
                "again later."
            )
            % {"email": invitation.email},
        )
