"""Contact data of invitees are deleted 30 days after the session, or at once by the team."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import CharField
from django.urls import reverse
from django.utils import timezone

from audits import printing
from focusgroups.actions import people
from focusgroups.models import Invitee
from focusgroups.progress import figures_of
from focusgroups.storage import with_names
from tests import factories
from tests.stored import everything_stored

from .pages import said, to, words_of

MARKER = "zebra-telegraph"


@pytest.fixture
def held(ahead):
    """Somebody of whom everything is known, from a session some days ago."""

    def make(days):
        ahead.date = timezone.localdate() - timedelta(days=days)
        ahead.save()
        return factories.InviteeFactory(
            group=ahead,
            stakeholder=factories.StakeholderFactory(audit=ahead.audit),
            telephone="+359",
            needs="A ramp",
            gender="woman",
            reply="yes",
            attended=True,
            token_hash="hash",
        )

    return make


def assert_deleted(row):
    row.refresh_from_db()
    assert [getattr(row, name) for name in Invitee.CONTACT] == [""] * 5
    assert (row.stakeholder, row.token_hash) == (None, "")
    assert (row.target_group, row.gender, row.reply, row.attended) == ("ngos", "woman", "yes", True)
    assert row.contact_deleted_at


def test_expire_deletes_contact_data_after_30_days(held, capsys):
    row = held(30)
    call_command("expire", "--dry-run")
    row.refresh_from_db()
    assert row.name
    assert "focusgroups invitee_contacts: 1 (kept" in capsys.readouterr().out
    call_command("expire")
    assert_deleted(row)
    call_command("expire")
    assert "focusgroups invitee_contacts: 0 deleted" in capsys.readouterr().out


def test_expire_keeps_contact_data_until_then(held):
    row = held(29)
    call_command("expire")
    row.refresh_from_db()
    assert row.name


def test_team_deletes_them_at_once_after_the_session(desk, ahead, held):
    row = held(1)
    where = to("contacts-delete", ahead.audit, ahead.uuid)
    assert "Delete the contact data now" in words_of(desk.get(to("invitee-list", ahead.audit, ahead.uuid)))
    assert "1 person" in words_of(desk.get(where))
    assert said(desk.post(where)) == ["The contact data of 1 person are deleted."]
    assert_deleted(row)
    listed = words_of(desk.get(to("invitee-list", ahead.audit, ahead.uuid)))
    assert "The contact data of everybody on this list have been deleted." in listed
    # What stays can still be corrected.
    form = desk.get(to("invitee", ahead.audit, ahead.uuid, row.uuid))
    assert "name" not in form.context["form"].fields
    desk.post(to("invitee", ahead.audit, ahead.uuid, row.uuid), {"target_group": "tcn", "reply": "yes"})
    row.refresh_from_db()
    assert (row.target_group, row.name) == ("tcn", "")


def test_papers_with_names_go_with_the_data_and_others_stay(
    desk, ahead, held, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(printing.child, "start", lambda *args, **kwargs: None)
    held(1)
    made = [
        desk.post(to("prints", ahead.audit, ahead.uuid), {"which": "attendance", "language": "en"}).url,
        desk.post(to("letter-print", ahead.audit, ahead.uuid), {"which": "all"}).url,
        desk.post(to("prints", ahead.audit, ahead.uuid), {"which": "consent", "language": "en"}).url,
    ]
    assert all(desk.get(url).context["print"] for url in made)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(to("contacts-delete", ahead.audit, ahead.uuid))
    assert [bool(desk.get(url).context["print"]) for url in made] == [False, False, True]


@pytest.fixture
def letters(desk, ahead, monkeypatch):
    """The printings of the group that hold names; there is one already."""
    monkeypatch.setattr(printing.child, "start", lambda *args, **kwargs: None)
    factories.InviteeFactory(group=ahead)
    desk.post(to("letter-print", ahead.audit, ahead.uuid), {"which": "all"})
    assert printing.of(with_names(ahead.uuid))
    return lambda: printing.of(with_names(ahead.uuid))


@pytest.mark.parametrize("deleted", ["person", "plan"])
def test_papers_go_with_whoever_is_taken_off_the_list_and_with_the_plan(
    desk, ahead, letters, deleted, django_capture_on_commit_callbacks
):
    person = ahead.invitees.get()
    with django_capture_on_commit_callbacks(execute=True):
        if deleted == "person":
            desk.post(to("invitee-delete", ahead.audit, ahead.uuid, person.uuid))
        else:
            desk.post(to("delete", ahead.audit, ahead.uuid))
    assert not Invitee.objects.exists()
    assert not letters()


def test_contact_that_is_removed_from_the_register_is_removed_from_the_lists_too(
    desk, ahead, letters, django_capture_on_commit_callbacks
):
    forum = factories.StakeholderFactory(audit=ahead.audit, contact_name=MARKER, email=f"{MARKER}@forum.example")
    desk.post(to("invitee-pick", ahead.audit, ahead.uuid), {"stakeholders": [forum.uuid]})
    Invitee.objects.filter(stakeholder=forum).update(reply="yes", needs=MARKER)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("stakeholders:contact-remove", args=[ahead.audit.slug, forum.uuid]))
    assert MARKER not in everything_stored()
    assert not letters()
    # Somebody of an NGO comes; the others are there as before.
    assert list(ahead.invitees.values_list("name", "reply").order_by("name")) == [
        ("", "yes"),
        (ahead.invitees.get(stakeholder=None, contact_deleted_at=None).name, ""),
    ]


def test_whoever_was_never_invited_leaves_the_list_with_their_contact(desk, ahead, invitee):
    ahead.date = timezone.localdate() + timedelta(days=10)
    ahead.save()
    Invitee.objects.update(invited_at=timezone.now())
    forum = factories.StakeholderFactory(audit=ahead.audit, contact_name=MARKER)
    desk.post(to("invitee-pick", ahead.audit, ahead.uuid), {"stakeholders": [forum.uuid]})
    unsent = "1 invitation to “Old Harbour” is not out"
    plan = to("list", ahead.audit)
    assert unsent in words_of(desk.get(plan))
    desk.post(reverse("stakeholders:contact-remove", args=[ahead.audit.slug, forum.uuid]))
    assert unsent not in words_of(desk.get(plan))
    assert ahead.invitees.get() == invitee


def test_expire_reaches_every_copy_of_contact_data(ahead, letters, django_capture_on_commit_callbacks):
    """The copies: the list's own columns, and papers with names. No other table has any, sessions included."""
    Invitee.objects.update(**dict.fromkeys(Invitee.CONTACT, MARKER))
    ahead.date = timezone.localdate() - timedelta(days=30)
    ahead.save()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("expire")
    assert MARKER not in everything_stored()
    assert not letters()
    # A new column of text is contact data, or is named here.
    texts = {field.name for field in Invitee._meta.concrete_fields if isinstance(field, CharField)}
    assert texts - set(Invitee.CONTACT) == {"target_group", "gender", "reply", "token_hash", "told_venue"}


def test_before_the_session_nothing_can_be_deleted_so(desk, ahead, invitee):
    assert desk.post(to("contacts-delete", ahead.audit, ahead.uuid)).status_code == 404
    invitee.refresh_from_db()
    assert invitee.name


def test_no_history_is_kept_of_invitees():
    assert not hasattr(Invitee, "history")


def test_who_lost_the_name_before_anybody_invited_them_counts_nowhere(desk, held, ahead):
    asked = held(3)
    unheard = factories.InviteeFactory(group=ahead, name="Never Asked", gender="man")
    people.delete_contacts(Invitee.objects.all())
    page = words_of(desk.get(to("invitee-list", ahead.audit, ahead.uuid)))
    assert "1 person on the list" in page
    assert "1 woman, 0 men." in page
    assert figures_of([ahead])[ahead.pk].invitees == 1
    assert list(Invitee.objects.counting()) == [asked]
    # What somebody answered or did is theirs to keep counting.
    Invitee.objects.filter(pk=unheard.pk).update(attended=False)
    assert figures_of([ahead])[ahead.pk].invitees == 2
