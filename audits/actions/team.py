"""The team of an audit: invitations, roles, leaving."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ..enums import Role
from ..models import Audit, Invitation, Membership, User
from ..tokens import keyed_hash, new_token

log = logging.getLogger(__name__)


def invite(*, audit: Audit, email: str, role: str, by: User) -> Invitation:
    """Invites somebody to the audit's team by e-mail, in the audit's language.

    An expired invitation of the same address is renewed with the new role. Where the e-mail cannot be sent, the
    invitation is kept with an empty `sent_at` and can be sent again. Raises ValidationError when the
    address belongs to a member or has an open invitation.
    """
    member = audit.memberships.filter(user__email__iexact=email).select_related("user").first()
    if member:
        raise ValidationError(
            _("%(name)s is in the team already, as %(role)s."),
            code="member",
            params={"name": member.user, "role": member.get_role_display()},
        )
    invitation = audit.invitations.pending().filter(email__iexact=email).first()
    if invitation and not invitation.is_expired:
        raise _invited_already(email)
    invitation = invitation or Invitation(audit=audit)
    invitation.email, invitation.role = email, role
    return _send(invitation, by)


def resend(*, invitation: Invitation, by: User) -> Invitation:
    """Sends an invitation anew: with a new token, the old one is void, and a new last day.

    Raises ValidationError when it was accepted or revoked.
    """
    if invitation.accepted_at or invitation.revoked_at:
        raise ValidationError(closed_because(invitation), code="closed")
    return _send(invitation, by)


@transaction.atomic
def revoke(*, invitation: Invitation) -> None:
    """Makes an invitation void. Raises ValidationError when it was accepted or revoked before."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.revoked_at:
        raise ValidationError(closed_because(invitation), code="closed")
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])


def find_invitation(token_hash: str) -> Invitation | None:
    """The invitation whose token has this hash (`token_hash(token)`), in any state."""
    return Invitation.objects.select_related("audit__city", "invited_by").filter(token_hash=token_hash).first()


def token_hash(token: str) -> str:
    """The form in which the token of an invitation is stored."""
    return keyed_hash(token, "invitation")


def closed_because(invitation: Invitation) -> str:
    """Why an invitation cannot be accepted, as a sentence for the person invited; empty for an open one."""
    if invitation.accepted_at:
        return _("This invitation has been used already.")
    if invitation.revoked_at:
        return _("This invitation was withdrawn.")
    if invitation.is_expired:
        return _("This invitation has expired.")
    return ""


@transaction.atomic
def accept(*, invitation: Invitation, user: User) -> Membership:
    """Makes `user` a member in the role of the invitation, whatever address it was sent to.

    Raises ValidationError when it is closed, or when the user is in the team already; then the role stays as it
    was and the invitation stays open.
    """
    invitation = Invitation.objects.select_for_update().select_related("audit").get(pk=invitation.pk)
    if reason := closed_because(invitation):
        raise ValidationError(reason, code="closed")
    membership, created = Membership.objects.get_or_create(
        audit=invitation.audit, user=user, defaults={"role": invitation.role}
    )
    if not created:
        raise ValidationError(
            _("You are in the team of this audit already, as %(role)s."),
            code="member",
            params={"role": membership.get_role_display()},
        )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str) -> None:
    """Gives a member another role. Raises ValidationError where the team would be left without a coordinator."""
    membership = _locked(membership)
    if role != Role.COORDINATOR:
        _keep_another_coordinator(membership)
    membership.role = role
    membership.save(update_fields=["role"])


@transaction.atomic
def remove_member(*, membership: Membership) -> None:
    """Takes a member out of the team. Raises ValidationError where the team would be left without a coordinator."""
    membership = _locked(membership)
    _keep_another_coordinator(membership)
    membership.delete()


@transaction.atomic
def keep_a_coordinator(*, audit: Audit, coordinators: Iterable[User]) -> None:
    """Raises ValidationError where the team has a coordinator now and would have none with these.

    Somebody who cannot sign in coordinates nothing.
    """
    # Until the transaction ends: two coordinators may step down at the same moment.
    Audit.objects.select_for_update().get(pk=audit.pk)
    now = [user for user in _coordinators(audit) if user.is_active]
    if now and not any(user.is_active for user in coordinators):
        words = (
            _("%(name)s is the only coordinator, and a team always keeps one. Make somebody else coordinator first.")
            if len(now) == 1
            else _("A team always keeps a coordinator. Make somebody else coordinator first.")
        )
        raise ValidationError(words, code="last_coordinator", params={"name": now[0]})


@transaction.atomic
def keep_coordinators_without(user: User) -> None:
    """Raises ValidationError, with one message for each audit that would lose its only coordinator with this account."""
    refusals = []
    for audit in Audit.objects.filter(memberships__user=user, memberships__role=Role.COORDINATOR).order_by("pk"):
        try:
            keep_a_coordinator(audit=audit, coordinators=_coordinators(audit).exclude(pk=user.pk))
        except ValidationError as error:
            refusals.append(f"{audit}: {error.messages[0]}")
    if refusals:
        raise ValidationError(refusals)


def _coordinators(audit: Audit) -> QuerySet[User]:
    return User.objects.filter(memberships__audit=audit, memberships__role=Role.COORDINATOR).order_by("pk")


def _locked(membership: Membership) -> Membership:
    """The member as it is now, its whole team locked."""
    Audit.objects.select_for_update().get(pk=membership.audit_id)
    return Membership.objects.select_related("user").get(pk=membership.pk)


def _keep_another_coordinator(membership: Membership) -> None:
    others = _coordinators(membership.audit).exclude(pk=membership.user_id)
    keep_a_coordinator(audit=membership.audit, coordinators=others)


def _invited_already(email: str) -> ValidationError:
    return ValidationError(
        _("%(email)s is invited already. Send the invitation again from the list, or withdraw it first."),
        code="invited",
        params={"email": email},
    )


def _send(invitation: Invitation, by: User) -> Invitation:
    """Gives the invitation a new token, stores its hash, and sends it; the database waits for no mail server."""
    token = new_token()
    invitation.token_hash = token_hash(token)
    invitation.invited_by = by
    invitation.expires_at = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    invitation.sent_at = None
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        raise _invited_already(invitation.email) from None
    try:
        _letter(invitation, token).send()
    except OSError as error:
        # The message of the error may hold the person's address.
        log.error("An invitation could not be sent: %s", type(error).__name__)
        return invitation
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    return invitation


def _letter(invitation: Invitation, token: str) -> EmailMultiAlternatives:
    with translation.override(invitation.audit.language):
        context = {
            "invitation": invitation,
            "audit": invitation.audit,
            "role": Role(invitation.role),
            "url": settings.SITE_URL + reverse("audits:invitation-open", args=[token]),
        }
        subject = render_to_string("audits/mail/invitation_subject.txt", context)
        letter = EmailMultiAlternatives(
            " ".join(subject.split()), render_to_string("audits/mail/invitation.txt", context), to=[invitation.email]
        )
        letter.attach_alternative(render_to_string("audits/mail/invitation.html", context), "text/html")
    return letter
