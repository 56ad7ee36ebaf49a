import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from audits.actions import invite
from audits.enums import Role
from audits.models import Invitation, Membership
from audits.views import invitations as views
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(audit, people):
    invite(audit=audit, email="tomas@welcome.example", role=Role.FACILITATOR, by=people["coordinator"])
    return re.search(r"/invitations/[^/\s]+/", mail.outbox[0].body)[0]


def opened(client, link):
    return " ".join(client.get(link, follow=True).content.decode().split())


def change_invitation(**changes):
    Invitation.objects.update(**changes)


def test_link_of_the_letter_leaves_the_address_at_once(link, client):
    response = client.get(link)
    assert response.status_code == 302
    assert response["Location"] == "/invitations/"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    token = link.split("/")[2]
    assert token not in str(dict(client.session))
    assert "no-store" in client.get("/invitations/")["Cache-Control"]


def test_whoever_is_signed_in_sees_what_they_join_and_joins_by_a_button(link, audit, people, sign_in):
    client = sign_in("nobody")
    page = opened(client, link)
    for words in (
        "Join “Velmora 2026”",
        "The coordinator has invited you",
        "tomas@welcome.example",
        "Join as Facilitator",
    ):
        assert words in page
    assert not audit.memberships.filter(user=people["nobody"]).exists()

    response = client.post("/invitations/")
    assert response["Location"] == audit.get_absolute_url()
    assert audit.memberships.get(user=people["nobody"]).role == Role.FACILITATOR
    assert (
        "You are in the team of “Velmora 2026” now, as Facilitator."
        in client.get(response["Location"]).content.decode()
    )


def test_whoever_is_not_signed_in_comes_back_after_signing_in(link, audit, client):
    user = UserFactory(email="private@mail.example")
    user.set_password("a password for this test")
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    page = opened(client, link)
    assert "Sign in" in page
    assert "Create an account" in page
    assert "next=" not in page
    assert client.post("/invitations/")["Location"] == "/invitations/"

    response = client.post(
        "/accounts/login/", {"login": user.email, "password": "a password for this test"}, follow=True
    )
    assert response.redirect_chain[-1][0] == "/invitations/"
    assert "Join as Facilitator" in response.content.decode()
    client.post("/invitations/")
    assert audit.memberships.filter(user=user).exists()


def test_whoever_creates_an_account_comes_back_after_confirming_the_address(link, audit, client):
    opened(client, link)
    data = {
        "name": "Tomas",
        "email": "tomas@welcome.example",
        "password1": "long enough 12",
        "password2": "long enough 12",
    }
    client.post("/accounts/signup/", data, follow=True)
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", mail.outbox[-1].body)[0]
    response = client.post("/accounts/confirm-email/", {"code": code}, follow=True)
    assert response.redirect_chain[-1][0] == "/invitations/"
    client.post("/invitations/")
    assert audit.memberships.get(user__email="tomas@welcome.example").role == Role.FACILITATOR


def test_not_now_leaves_the_invitation_open_and_the_list_in_reach(link, sign_in):
    client = sign_in("nobody")
    opened(client, link)
    assert client.get("/")["Location"] == "/invitations/"
    response = client.post("/invitations/", {"later": "1"})
    assert "You have not joined." in client.get(response["Location"]).content.decode()
    assert Invitation.objects.open().exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"accepted_at": timezone.now()}, "This invitation has been used already."),
        ({"revoked_at": timezone.now()}, "This invitation was withdrawn."),
        ({"expires_at": timezone.now() - timedelta(minutes=1)}, "This invitation has expired."),
    ],
)
def test_closed_invitation_says_why_and_who_can_send_a_new_one(changes, sentence, link, people, sign_in):
    change_invitation(**changes)
    client = sign_in("nobody")
    response = client.get(link, follow=True)
    page = response.content.decode()
    assert response.status_code == 410
    assert sentence in page
    assert "The coordinator can send you a new one." in page
    assert client.get("/").status_code == 200, "the list is not blocked by it"


def test_member_who_opens_a_used_link_again_finds_the_way_to_the_audit(link, audit, people, sign_in):
    change_invitation(accepted_at=timezone.now(), accepted_by=people["viewer"])
    response = sign_in("viewer").get(link, follow=True)
    page = response.content.decode()
    assert response.status_code == 410
    assert "you are in its team" in page
    assert f'href="{audit.get_absolute_url()}"' in page
    assert "can send you a new one" not in page


def test_used_link_leads_whoever_is_signed_out_to_signing_in(link, client):
    change_invitation(accepted_at=timezone.now())
    page = opened(client, link)
    assert "If it was you who joined with it, sign in." in page
    assert "can send you a new one" not in page
    assert '<a class="btn btn-primary" href="/accounts/login/"' in page


def test_address_of_the_invitation_stands_in_the_sign_up_form(link, client):
    assert "tomas@welcome.example" not in client.get("/accounts/signup/").content.decode()
    opened(client, link)
    assert 'value="tomas@welcome.example"' in client.get("/accounts/signup/").content.decode()


def test_another_address_than_the_one_invited_is_told_before_joining(link, audit, people, sign_in):
    page = opened(sign_in("nobody"), link)
    assert f"sent to tomas@welcome.example, but your account has the address {people['nobody'].email}" in page
    change_invitation(email=people["nobody"].email.upper())
    assert "but your account has" not in opened(sign_in("nobody"), link)


def test_invitation_withdrawn_while_the_page_was_open_admits_nobody(link, people, sign_in):
    client = sign_in("nobody")
    opened(client, link)
    change_invitation(revoked_at=timezone.now())
    assert "was withdrawn" in client.post("/invitations/").content.decode()
    assert not Membership.objects.filter(user=people["nobody"]).exists()


def test_member_who_opens_the_link_is_told_and_keeps_the_role(link, audit, people, sign_in):
    client = sign_in("partner")
    opened(client, link)
    response = client.post("/invitations/")
    assert "in the team of this audit already, as Partner." in client.get(response["Location"]).content.decode()
    assert audit.memberships.get(user=people["partner"]).role == Role.PARTNER


def test_reviewer_who_joins_lands_on_the_list(audit, people, sign_in):
    invite(audit=audit, email="jonas@halberg.example", role=Role.REVIEWER, by=people["coordinator"])
    client = sign_in("nobody")
    opened(client, re.search(r"/invitations/[^/\s]+/", mail.outbox[0].body)[0])
    assert client.post("/invitations/")["Location"] == "/"


def test_wrong_link_says_what_to_do(link, client):
    response = client.get("/invitations/" + "x" * 43 + "/")
    assert response.status_code == 404
    assert response["Referrer-Policy"] == "no-referrer"
    assert "This link is not valid" in response.content.decode()


def test_page_without_an_invitation_says_so(client):
    response = client.get("/invitations/")
    assert response.status_code == 404
    assert "No invitation is open here" in response.content.decode()


def test_guesses_are_limited_and_a_right_link_still_works(link, client, monkeypatch):
    monkeypatch.setattr(views, "GUESSES", 3)
    answers = [client.get(f"/invitations/guess{number}/").status_code for number in range(4)]
    assert answers == [404, 404, 404, 429]
    assert client.get(link).status_code == 302
