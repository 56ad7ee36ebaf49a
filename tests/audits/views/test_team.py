from importlib import import_module

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audits.enums import Role
from audits.models import Invitation
from tests.factories import InvitationFactory, MembershipFactory

pytestmark = pytest.mark.django_db


def url(audit, *more):
    return "/".join([f"/audits/{audit.slug}/team", *map(str, more), ""])


def member(audit, people, who):
    return audit.memberships.get(user=people[who])


def page_after(client, response):
    return " ".join(client.get(response["Location"]).content.decode().split())


def invite(client, audit, email="tomas@welcome.example", role=Role.FACILITATOR):
    return client.post(url(audit), {"email": email, "role": role})


def test_team_page_names_everybody_and_shows_addresses_to_coordinators_alone(audit, people, sign_in):
    InvitationFactory(audit=audit, email="amina@bridge.example")
    address = people["partner"].email
    coordinators = sign_in("coordinator").get(url(audit)).content.decode()
    partners = sign_in("viewer").get(url(audit)).content.decode()
    assert "The partner" in coordinators
    assert "The partner" in partners
    assert address in coordinators
    assert "amina@bridge.example" in coordinators
    assert address not in partners
    assert "amina@bridge.example" not in partners
    assert "<select" not in partners.split("</footer>")[0].split("<main")[1]


def test_invitation_is_sent_and_listed(audit, sign_in):
    client = sign_in("coordinator")
    page = page_after(client, invite(client, audit))
    assert "The invitation was sent to tomas@welcome.example." in page
    assert [letter.to for letter in mail.outbox] == [["tomas@welcome.example"]]
    assert Invitation.objects.get().role == Role.FACILITATOR


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("not an address", "This is not an e-mail address. Write it like name@example.org."),
        ("invited@city.example", "invited@city.example is invited already."),
    ],
)
def test_invitation_that_cannot_be_is_answered_beside_the_field(email, said, audit, sign_in):
    InvitationFactory(audit=audit, email="invited@city.example")
    response = invite(sign_in("coordinator"), audit, email)
    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    assert f'value="{email}"' in page
    assert not mail.outbox


def test_letter_that_cannot_be_sent_is_told(audit, sign_in, monkeypatch):
    def refuse(self, messages):
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    client = sign_in("coordinator")
    page = page_after(client, invite(client, audit))
    assert "is saved, but the e-mail could not be sent" in page
    assert "E-mail was not sent" in page


def test_letters_are_limited_per_person(audit, sign_in, monkeypatch):
    monkeypatch.setattr(import_module("audits.views.team"), "LETTERS_PER_HOUR", 2)
    client = sign_in("coordinator")
    answers = [invite(client, audit, f"person{number}@new.example") for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert "You have sent 2 invitations within an hour." in answers[2].content.decode()
    assert len(mail.outbox) == 2


def test_role_is_changed(audit, people, sign_in):
    client = sign_in("coordinator")
    response = client.post(url(audit, member(audit, people, "viewer").pk, "role"), {"role": "partner"})
    assert "The viewer is now Partner." in page_after(client, response)
    assert member(audit, people, "viewer").role == Role.PARTNER


def test_role_that_does_not_exist_changes_nothing(audit, people, sign_in):
    client = sign_in("coordinator")
    response = client.post(url(audit, member(audit, people, "viewer").pk, "role"), {"role": "owner"})
    assert "This role does not exist." in page_after(client, response)
    assert member(audit, people, "viewer").role == Role.VIEWER


def test_only_coordinator_stays_and_is_told_why(audit, people, sign_in):
    client = sign_in("coordinator")
    own = member(audit, people, "coordinator").pk
    for act, data in (("role", {"role": "viewer"}), ("remove", {})):
        response = client.post(url(audit, own, act), data)
        assert response["Location"] == url(audit)
        assert "is the only coordinator" in page_after(client, response)
    assert member(audit, people, "coordinator").role == Role.COORDINATOR


@pytest.mark.parametrize(("role", "lands_on"), [("viewer", "/audits/velmora-2026/team/"), ("reviewer", "/")])
def test_coordinator_who_steps_down_stays_where_the_new_role_may_be(role, lands_on, audit, people, sign_in):
    MembershipFactory(audit=audit, role=Role.COORDINATOR)
    client = sign_in("coordinator")
    response = client.post(url(audit, member(audit, people, "coordinator").pk, "role"), {"role": role})
    assert response["Location"] == lands_on
    assert "is now" in page_after(client, response)


def test_coordinators_see_who_joined_with_another_address_than_the_one_invited(audit, people, sign_in):
    for address, who in (("tomas@welcome.example", "partner"), (people["viewer"].email.upper(), "viewer")):
        InvitationFactory(audit=audit, email=address, accepted_at=timezone.now(), accepted_by=people[who])
    page = sign_in("coordinator").get(url(audit)).content.decode()
    assert "Invited as tomas@welcome.example" in page
    assert page.count("Invited as") == 1
    assert "Invited as" not in sign_in("viewer").get(url(audit)).content.decode()


def test_removing_asks_first_and_then_says_so(audit, people, sign_in):
    client = sign_in("coordinator")
    address = url(audit, member(audit, people, "partner").pk, "remove")
    assert "Remove The partner from the team?" in client.get(address).content.decode()
    assert audit.memberships.filter(user=people["partner"]).exists()
    assert "The partner is no longer in the team." in page_after(client, client.post(address))
    assert not audit.memberships.filter(user=people["partner"]).exists()


def test_everybody_may_leave(audit, people, sign_in):
    client = sign_in("partner")
    address = url(audit, member(audit, people, "partner").pk, "remove")
    assert "Leave the team?" in client.get(address).content.decode()
    response = client.post(address)
    assert response["Location"] == "/"
    assert "You have left the audit" in page_after(client, response)
    assert client.get(url(audit)).status_code == 404


def test_reviewer_who_sees_nothing_may_leave_from_the_list(audit, people, sign_in):
    client = sign_in("reviewer")
    address = url(audit, member(audit, people, "reviewer").pk, "remove")
    assert address in client.get("/").content.decode()
    assert client.post(address)["Location"] == "/"
    assert not audit.memberships.filter(user=people["reviewer"]).exists()


def test_invitation_is_sent_again_and_withdrawn(audit, sign_in):
    client = sign_in("coordinator")
    invitation = InvitationFactory(audit=audit, email="amina@bridge.example")
    hash_before = invitation.token_hash
    response = client.post(url(audit, "invitations", invitation.uuid, "send-again"))
    assert "The invitation was sent to amina@bridge.example." in page_after(client, response)
    invitation.refresh_from_db()
    assert invitation.token_hash != hash_before

    response = client.post(url(audit, "invitations", invitation.uuid, "withdraw"))
    assert "The invitation to amina@bridge.example is withdrawn." in page_after(client, response)
    for action in ("withdraw", "send-again"):
        response = client.post(url(audit, "invitations", invitation.uuid, action))
        assert "This invitation was withdrawn." in page_after(client, response)


def test_team_takes_the_same_queries_for_1_and_for_3_more(audit, sign_in):
    client, queries = sign_in("coordinator"), []
    client.get(url(audit))
    for more in (1, 2):
        for _ in range(more):
            MembershipFactory(audit=audit, role=Role.VIEWER)
            InvitationFactory(audit=audit)
            InvitationFactory(audit=audit, accepted_at=timezone.now(), accepted_by=MembershipFactory(audit=audit).user)
        with CaptureQueriesContext(connection) as captured:
            client.get(url(audit))
        queries.append(len(captured))
    assert queries == [7, 7], "session, user, audit, role, accepted invitations, members, open invitations"
