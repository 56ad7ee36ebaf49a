import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from audits.actions import (
    accept,
    change_role,
    find_invitation,
    invite,
    keep_a_coordinator,
    remove_member,
    resend,
    revoke,
)
from audits.actions.team import token_hash
from audits.enums import Role
from audits.models import Invitation, Membership
from tests.factories import AuditFactory, InvitationFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def token_in(letter):
    return re.search(r"/invitations/([^/\s]+)/", letter.body)[1]


def invited(**changes):
    values = {"audit": AuditFactory(title="Velmora 2026"), "email": "tomas@welcome.example", "role": Role.FACILITATOR}
    return invite(**{**values, **changes}, by=UserFactory(name="Irena Vidal"))


def refusal(action, **arguments):
    with pytest.raises(ValidationError) as refused:
        action(**arguments)
    return refused.value.messages[0]


def test_invitation_is_sent_with_who_what_and_until_when(settings):
    settings.SITE_URL = "https://audit.city.example"
    invitation = invited()
    (letter,) = mail.outbox
    assert letter.to == ["tomas@welcome.example"]
    assert letter.subject == "Invitation to the team of “Velmora 2026”"
    for part in (letter.body, letter.alternatives[0].content):
        assert "Irena Vidal" in part
        assert "Facilitator" in part
        assert f"https://audit.city.example/invitations/{token_in(letter)}/" in part
    assert invitation.sent_at
    assert (invitation.expires_at - timezone.now()).days in (settings.INVITATION_DAYS, settings.INVITATION_DAYS - 1)


def test_only_a_keyed_hash_of_the_token_is_kept():
    invitation = invited()
    token = token_in(mail.outbox[0])
    assert len(token) >= 43, "256 bits"
    assert token not in str(Invitation.objects.values().get())
    assert find_invitation(token_hash(token)) == invitation
    assert find_invitation(token_hash(token[:-1])) is None


def test_title_cannot_break_out_of_the_letter():
    invited(audit=AuditFactory(title="A\nBcc: all@city.example <b>&"))
    (letter,) = mail.outbox
    assert "\n" not in letter.subject
    assert "<b>" in letter.body
    assert "<b>" not in letter.alternatives[0].content.replace("<body>", "")


def test_member_is_not_invited_again_in_any_case_of_the_address():
    member = MembershipFactory(user__email="Tomas@Welcome.example", user__name="Tomas Berec", role=Role.PARTNER)
    said = refusal(invite, audit=member.audit, email="tomas@welcome.EXAMPLE", role=Role.VIEWER, by=member.user)
    assert said == "Tomas Berec is in the team already, as Partner."
    assert not mail.outbox


def test_address_with_an_open_invitation_is_not_invited_twice():
    first = invited()
    said = refusal(invite, audit=first.audit, email="TOMAS@welcome.example", role=Role.VIEWER, by=UserFactory())
    assert "is invited already" in said
    assert len(mail.outbox) == 1


def test_expired_invitation_is_renewed_by_inviting_again():
    old = InvitationFactory(email="tomas@welcome.example", expires_at=timezone.now() - timedelta(days=1))
    new = invited(audit=old.audit, role=Role.RESEARCHER)
    assert Invitation.objects.get() == new
    assert new.is_open
    assert new.role == Role.RESEARCHER


def test_letter_that_cannot_be_sent_leaves_an_invitation_to_send_again(monkeypatch, caplog):
    def refuse(self, messages):
        raise ConnectionRefusedError("tomas@welcome.example")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    invitation = invited()
    assert invitation.pk
    assert invitation.sent_at is None
    assert "welcome.example" not in caplog.text
    monkeypatch.undo()
    assert resend(invitation=invitation, by=UserFactory()).sent_at


def test_sending_again_makes_the_old_link_void_and_the_time_new():
    invitation = invited()
    invitation.expires_at = timezone.now() - timedelta(days=1)
    invitation.save()
    resend(invitation=invitation, by=UserFactory())
    old, new = map(token_in, mail.outbox)
    assert find_invitation(token_hash(old)) is None
    assert find_invitation(token_hash(new)).is_open


def test_accepting_makes_a_member_whatever_the_own_address_is():
    invitation, user = InvitationFactory(role=Role.PARTNER), UserFactory(email="private@mail.example")
    membership = accept(invitation=invitation, user=user)
    assert (membership.audit, membership.user, membership.role) == (invitation.audit, user, Role.PARTNER)
    invitation.refresh_from_db()
    assert invitation.accepted_by == user
    assert not invitation.is_open


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"accepted_at": timezone.now()}, "This invitation has been used already."),
        ({"revoked_at": timezone.now()}, "This invitation was withdrawn."),
        ({"expires_at": timezone.now()}, "This invitation has expired."),
    ],
)
def test_closed_invitation_admits_nobody_and_says_why(changes, sentence):
    invitation = InvitationFactory(**changes)
    assert refusal(accept, invitation=invitation, user=UserFactory()) == sentence
    assert not Membership.objects.exists()


def test_second_use_of_a_page_opened_before_is_refused():
    invitation = InvitationFactory()
    accept(invitation=Invitation.objects.get(pk=invitation.pk), user=UserFactory())
    assert "used already" in refusal(accept, invitation=invitation, user=UserFactory())
    assert Membership.objects.count() == 1


def test_member_who_accepts_keeps_the_role_and_leaves_the_invitation_open():
    member = MembershipFactory(role=Role.COORDINATOR)
    invitation = InvitationFactory(audit=member.audit, role=Role.VIEWER)
    said = refusal(accept, invitation=invitation, user=member.user)
    assert said == "You are in the team of this audit already, as Coordinator."
    member.refresh_from_db()
    assert member.role == Role.COORDINATOR
    assert Invitation.objects.open().get() == invitation


def test_withdrawn_invitation_can_be_neither_withdrawn_nor_sent_again():
    invitation = InvitationFactory()
    revoke(invitation=invitation)
    assert not Invitation.objects.open().exists()
    invitation.refresh_from_db()
    assert "withdrawn" in refusal(revoke, invitation=invitation)
    assert "withdrawn" in refusal(resend, invitation=invitation, by=UserFactory())
    assert not mail.outbox


def test_withdrawn_address_can_be_invited_anew():
    first = invited()
    revoke(invitation=first)
    assert invited(audit=first.audit).is_open


def test_two_who_step_down_at_once_are_not_called_the_only_one():
    irena = MembershipFactory(user__name="Irena Vidal")
    MembershipFactory(audit=irena.audit, user__name="Petra Kolar")
    assert refusal(keep_a_coordinator, audit=irena.audit, coordinators=[]).startswith(
        "A team always keeps a coordinator."
    )


def test_last_coordinator_can_neither_step_down_nor_leave():
    coordinator = MembershipFactory(role=Role.COORDINATOR, user__name="Irena Vidal")
    MembershipFactory(audit=coordinator.audit, role=Role.FACILITATOR)
    MembershipFactory(role=Role.COORDINATOR)
    for said in (
        refusal(change_role, membership=coordinator, role=Role.VIEWER),
        refusal(remove_member, membership=coordinator),
    ):
        assert said.startswith("Irena Vidal is the only coordinator")
    coordinator.refresh_from_db()
    assert coordinator.role == Role.COORDINATOR


def test_coordinator_can_go_once_there_is_another():
    coordinator = MembershipFactory(role=Role.COORDINATOR)
    other = MembershipFactory(audit=coordinator.audit, role=Role.FACILITATOR)
    change_role(membership=other, role=Role.COORDINATOR)
    remove_member(membership=coordinator)
    assert list(coordinator.audit.memberships.all()) == [other]


def test_stepping_down_from_a_page_opened_before_the_other_left_is_refused():
    first = MembershipFactory(role=Role.COORDINATOR)
    second = MembershipFactory(audit=first.audit, role=Role.COORDINATOR)
    stale = Membership.objects.get(pk=first.pk)
    change_role(membership=second, role=Role.VIEWER)
    assert "only coordinator" in refusal(change_role, membership=stale, role=Role.VIEWER)
