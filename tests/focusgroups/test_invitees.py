"""The list of invitees: from the register, by hand, answers that the team notes, attendance."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audits.enums import Role, TargetGroup
from audits.methods import get
from focusgroups.actions import invitations, people
from focusgroups.models import Invitee
from focusgroups.printed.seats import attendance_sheet
from tests import factories

from .pages import said, to, words_of

MOST_QUERIES = {"invitee-list": 12, "invitee-pick": 8, "invitee-genders": 8, "invite": 9, "letter": 10}


def sent_by(response):
    """What a browser sends of the form of the page when nothing is changed on it."""
    form = response.context["form"]
    own = {field.html_name: field.value() or "" for field in form}
    seen = {
        field.html_initial_name: field.as_hidden(only_initial=True).partition('value="')[2].partition('"')[0]
        for field in form
    }
    return own | seen


def page(desk, name, group, *more, **query):
    return desk.get(to(name, group.audit, group.uuid, *more), query)


def send(desk, name, group, data, *more):
    return desk.post(to(name, group.audit, group.uuid, *more), data)


def test_several_are_picked_from_the_register_with_their_contact_data(desk, ahead):
    forum, school, known = (
        factories.StakeholderFactory(audit=ahead.audit, name=name, **more)
        for name, more in {
            "Forum": {"contact_name": "Amal Haddad", "email": "amal@forum.example", "telephone": "+359 2 1"},
            "School": {"target_group": TargetGroup.SCHOOLS},
            "Known": {},
        }.items()
    )
    factories.InviteeFactory(group=ahead, stakeholder=known, email="")
    elsewhere = factories.StakeholderFactory()
    shown = words_of(page(desk, "invitee-pick", ahead, q="forum"))
    assert "1 stakeholder of 3" in shown
    assert "School" not in shown.replace("Local schools", "")
    assert "Already on the list" in words_of(page(desk, "invitee-pick", ahead, target_group="ngos"))

    chosen = [row.uuid for row in (forum, school, known)]
    answer = send(desk, "invitee-pick", ahead, {"stakeholders": chosen})
    assert said(answer) == ["2 people are new on the list.", "1 of them was on the list already."]
    send(desk, "invitee-pick", ahead, {"stakeholders": chosen})
    row = ahead.invitees.get(stakeholder=forum)
    assert (row.name, row.organisation, row.email, row.telephone) == (
        "Amal Haddad",
        "Forum",
        "amal@forum.example",
        "+359 2 1",
    )
    assert ahead.invitees.get(stakeholder=school).target_group == TargetGroup.SCHOOLS
    refused = send(desk, "invitee-pick", ahead, {"stakeholders": [elsewhere.uuid]})
    assert refused.status_code == 200
    assert ahead.invitees.count() == 3


def test_somebody_is_added_by_hand_once_and_changed(desk, ahead, invitee):
    data = {"name": "Amal HADDAD", "email": "AMAL@forum.example", "target_group": "police", "uuid": str(uuid.uuid4())}
    refused = send(desk, "invitee-create", ahead, data)
    assert "on the list already" in words_of(refused)
    assert 'value="AMAL@forum.example"' in refused.content.decode()
    data |= {"name": "Ivo", "email": "ivo@police.example"}
    assert [send(desk, "invitee-create", ahead, data).status_code for _time in range(2)] == [302, 302]
    row = ahead.invitees.get(name="Ivo")
    Invitee.objects.filter(pk=row.pk).update(token_hash="hash")
    sent = sent_by(page(desk, "invitee", ahead, row.uuid))
    # The letter went to the address before: its link is void.
    send(desk, "invitee", ahead, {**sent, "email": "i@police.example"}, row.uuid)
    row.refresh_from_db()
    assert (row.email, row.token_hash) == ("i@police.example", "")
    assert send(desk, "invitee-delete", ahead, {}, row.uuid).status_code == 302
    assert list(ahead.invitees.all()) == [invitee]


def test_page_that_stood_open_does_not_take_back_what_somebody_answered(desk, ahead, invitee):
    sent = sent_by(page(desk, "invitee", ahead, invitee.uuid))
    invitations.answer(invitee=Invitee.objects.get(pk=invitee.pk), reply="yes", needs="A ramp,\r\nan interpreter")
    send(desk, "invitee", ahead, {**sent, "name": "Amal H."}, invitee.uuid)
    invitee.refresh_from_db()
    assert (invitee.name, invitee.reply, invitee.needs) == ("Amal H.", "yes", "A ramp,\r\nan interpreter")
    assert invitee.replied_at

    # Where both say something, it is said once before it is replaced.
    asked = send(desk, "invitee", ahead, {**sent, "reply": "no", "needs": "A sign interpreter"}, invitee.uuid)
    assert "Meanwhile this was changed to: Comes." in words_of(asked)
    assert "Meanwhile this was changed to: A ramp, an interpreter." in words_of(asked)
    invitee.refresh_from_db()
    assert invitee.reply == "yes"
    again = sent_by(asked)
    assert (again["reply"], again["needs"]) == ("no", "A sign interpreter")
    send(desk, "invitee", ahead, again, invitee.uuid)
    invitee.refresh_from_db()
    assert (invitee.reply, invitee.needs) == ("no", "A sign interpreter")


def test_list_that_stood_open_does_not_take_back_an_answer(desk, ahead, invitee):
    shown = {"initial-reply": ""}
    assert 'name="initial-reply" value=""' in page(desk, "invitee-list", ahead).content.decode()
    Invitee.objects.filter(pk=invitee.pk).update(reply="yes")
    for chosen in ("no", ""):
        answer = send(desk, "invitee-reply", ahead, {**shown, "reply": chosen}, invitee.uuid)
        invitee.refresh_from_db()
        assert invitee.reply == "yes"
        assert "Comes" in said(answer)[-1]


def test_two_people_of_one_office_have_one_address(desk, ahead, invitee):
    data = {"name": "Ivo", "email": "AMAL@forum.example", "target_group": "ngos"}
    assert send(desk, "invitee-create", ahead, data).status_code == 302
    school = factories.StakeholderFactory(
        audit=ahead.audit, contact_name="Eva", email="amal@forum.example", name="Forum"
    )
    assert (
        said(send(desk, "invitee-pick", ahead, {"stakeholders": [school.uuid]}))[-1] == "1 person is new on the list."
    )
    shown = words_of(page(desk, "invitee-list", ahead))
    assert "The same e-mail address as Eva, Ivo: each gets a letter of their own." in shown
    post = {"people": [one.uuid for one in ahead.invitees.all()]}
    assert said(send(desk, "invite", ahead, post))[-1] == "3 letters have been sent."
    assert len(set(ahead.invitees.values_list("token_hash", flat=True))) == 3


def test_two_who_add_the_same_person_at_once_add_one(desk, ahead, monkeypatch):
    def other_comes_first(group):
        factories.InviteeFactory(group=group, name="Ivo", email="ivo@police.example")

    monkeypatch.setattr(people, "lock", other_comes_first)
    data = {"name": "Ivo", "email": "ivo@police.example", "target_group": "police"}
    refused = send(desk, "invitee-create", ahead, data)
    assert "on the list already" in words_of(refused)
    assert 'value="Ivo"' in refused.content.decode()


def test_name_that_is_the_organisation_is_said_once(desk, ahead):
    forum = factories.StakeholderFactory(audit=ahead.audit, name="Forum of Women", contact_name="")
    send(desk, "invitee-pick", ahead, {"stakeholders": [forum.uuid]})
    assert words_of(page(desk, "invitee-list", ahead)).count("Forum of Women") == 3  # the row, and labels of its forms
    sheet = str(attendance_sheet(ahead, language="en"))
    assert sheet.count("Forum of Women") == 1


def test_team_notes_answers_and_later_who_came(desk, ahead, invitee):
    send(desk, "invitee-reply", ahead, {"reply": "maybe"}, invitee.uuid)
    invitee.refresh_from_db()
    assert invitee.reply == "maybe"
    assert invitee.replied_at
    assert "1 come" not in words_of(page(desk, "invitee-list", ahead))
    early = send(desk, "invitee-attended", ahead, {"attended": "yes"}, invitee.uuid)
    assert said(early) == ["Who came can be noted once the session has begun."]

    ahead.date = timezone.localdate() - timedelta(days=1)
    ahead.save()
    send(desk, "invitee-attended", ahead, {"attended": "no"}, invitee.uuid)
    invitee.refresh_from_db()
    assert invitee.attended is False
    assert 'value="no" selected' in page(desk, "invitee-list", ahead).content.decode()


def test_genders_of_several_are_said_on_one_page(desk, ahead, invitee):
    man, late, unknown = factories.InviteeFactory.create_batch(3, group=ahead, gender="")
    assert to("invitee-genders", ahead.audit, ahead.uuid) in page(desk, "invitee-list", ahead).content.decode()
    form = page(desk, "invitee-genders", ahead).context["form"]
    # As the page had it; of one, somebody else says it before this page is sent.
    sent = {field.html_initial_name: row.gender for row, field in form.lines}
    sent |= {field.html_name: row.gender for row, field in form.lines}
    Invitee.objects.filter(pk=late.pk).update(gender="woman", reply="yes")
    refused = send(desk, "invitee-genders", ahead, {**sent, str(man.uuid): "nonsense"})
    assert str(man) in words_of(refused)
    assert send(desk, "invitee-genders", ahead, {**sent, str(man.uuid): "man"}).status_code == 302
    rows = {row.pk: row for row in ahead.invitees.all()}
    assert [rows[one.pk].gender for one in (man, late, unknown, invitee)] == ["man", "woman", "", invitee.gender]
    assert rows[late.pk].reply == "yes"


def test_list_shows_the_balance_and_when_contact_data_are_deleted(desk, ahead, invitee):
    shown = words_of(page(desk, "invitee-list", ahead))
    assert "8 to 10 people: not met." in shown
    assert "30 days after the session" in shown
    assert "Delete the contact data now" not in shown


def test_people_whose_names_are_deleted_are_told_apart_by_their_row(desk, ahead):
    now = timezone.now()
    factories.InviteeFactory.create_batch(2, group=ahead, name="", invited_at=now, contact_deleted_at=now)
    shown = words_of(page(desk, "invitee-list", ahead))
    for number in (1, 2):
        assert shown.count(f"the answer of NGOs, row {number}") == 1


def test_register_learns_to_which_groups_a_stakeholder_is_invited(ahead):
    forum, other = factories.StakeholderFactory.create_batch(2, audit=ahead.audit)
    factories.InviteeFactory.create_batch(2, group=ahead, stakeholder=forum)
    involves = get("focusgroups").involves
    with CaptureQueriesContext(connection) as queries:
        found = involves(ahead.audit, [forum, other])
    assert len(queries) == 1
    assert list(found) == [forum.pk]
    (one,) = found[forum.pk]
    assert (one.text, one.date) == ("Invited to the focus group “Old Harbour”", ahead.date)
    assert one.url == ahead.get_absolute_url()


@pytest.mark.parametrize("name", MOST_QUERIES)
def test_pages_ask_as_often_for_300_people_as_for_3(client, member, ahead, name):
    client.force_login(member(Role.COORDINATOR))
    client.get("/help/")
    page(client, name, ahead)

    def queries(number):
        start = ahead.invitees.count()
        factories.StakeholderFactory.create_batch(number // 100, audit=ahead.audit)
        Invitee.objects.bulk_create(
            factories.InviteeFactory.build(group=ahead, email=f"{start + place}@example.org", invited_at=timezone.now())
            for place in range(number)
        )
        with CaptureQueriesContext(connection) as found:
            assert page(client, name, ahead).status_code == 200
        return len(found)

    assert queries(3) == queries(297)
    assert queries(0) <= MOST_QUERIES[name]
