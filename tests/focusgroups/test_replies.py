"""Answering an invitation by the link of the letter, without an account."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from focusgroups.actions import invitations
from focusgroups.letters import Kind
from focusgroups.models import Invitee
from focusgroups.views import replies
from tests import factories

from .pages import words_of

ANSWER = "/groups/reply/"


@pytest.fixture
def link(ahead, invitee):
    invitations.send(group=ahead, invitees=[invitee], kind=Kind.INVITE)
    return re.search(r"/groups/reply/\w+/", mail.outbox[0].body)[0]


def test_link_leaves_the_address_at_once_and_the_answer_can_be_changed(link, client, invitee):
    opened = client.get(link)
    assert opened["Location"] == ANSWER
    assert opened["Referrer-Policy"] == "no-referrer"
    assert "no-store" in opened["Cache-Control"]
    assert link.split("/")[3] not in str(dict(client.session))

    shown = client.get(ANSWER)
    assert "no-store" in shown["Cache-Control"]
    for words in ("Amal Haddad", "Community centre, room 2", "Housing", "deleted on"):
        assert words in words_of(shown)
    invitee.refresh_from_db()
    assert invitee.reply == ""

    refused = client.post(ANSWER, {"needs": "A ramp"})
    assert "Choose your answer." in words_of(refused)
    assert "A ramp" in words_of(refused)
    client.post(ANSWER, {"reply": "maybe", "needs": "A ramp"})
    client.get(link)
    assert "Your answer so far: Perhaps." in words_of(client.get(ANSWER))
    client.post(ANSWER, {"reply": "yes", "needs": ""})
    invitee.refresh_from_db()
    assert (invitee.reply, invitee.needs) == ("yes", "")
    assert invitee.replied_at


def test_page_says_that_the_register_keeps_what_is_from_it(link, client, ahead, invitee):
    Invitee.objects.update(stakeholder=factories.StakeholderFactory(audit=ahead.audit))
    client.get(link)
    shown = words_of(client.get(ANSWER))
    assert "from the stakeholder register of the audit" in shown
    assert "for this focus group alone" not in shown


def test_page_speaks_the_language_of_the_session(link, client, ahead):
    ahead.language = "bg"
    ahead.save()
    client.get(link, headers={"Accept-Language": "it"})
    shown = client.get(ANSWER, headers={"Accept-Language": "it"})
    assert shown["Content-Language"] == "bg"
    assert '<html lang="bg"' in shown.content.decode()


@pytest.mark.parametrize("change", [{"date": timezone.localdate() - timedelta(days=1)}, {"state": "open"}])
def test_link_is_over_when_the_session_begins(link, client, ahead, invitee, change):
    client.get(link)
    type(ahead).objects.update(**change)
    closed = client.post(ANSWER, {"reply": "yes"})
    assert closed.status_code == 410
    assert "No answers are taken any more" in words_of(closed)
    assert "Amal" not in words_of(closed)
    assert "Community centre" not in words_of(closed)
    invitee.refresh_from_db()
    assert invitee.reply == ""


def test_link_goes_on_when_the_session_is_put_off(link, client, ahead):
    type(ahead).objects.update(date=ahead.date + timedelta(days=30))
    assert client.get(link, follow=True).status_code == 200


def test_unknown_link_tells_nothing_and_guesses_are_limited(link, client, invitee, monkeypatch):
    monkeypatch.setattr(replies, "GUESSES", 2)
    answers = [client.get(f"{ANSWER}{guess}/") for guess in ("abc", invitee.uuid, "def")]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert "This link is not valid" in words_of(answers[0])
    assert answers[0]["Referrer-Policy"] == "no-referrer"
    # Whoever has a true link is not kept out by them.
    assert client.get(link).status_code == 302
    assert client.post(ANSWER, {"reply": "yes"}).status_code == 302


def test_link_of_a_former_address_and_of_deleted_data_is_void(link, client, invitee):
    Invitee.objects.filter(pk=invitee.pk).update(token_hash="")
    assert client.get(link).status_code == 404
    assert client.get(ANSWER).status_code == 404
