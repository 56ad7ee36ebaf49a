"""The list of invitees: from the register, by hand, answers that the team notes, attendance."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audits.enums import Role, TargetGroup
from audits.methods import get
from focusgroups.models import Invitee
from tests import factories

from .pages import said, to, words_of

MOST_QUERIES = {"invitee-list": 12, "invitee-pick": 8, "invitee-genders": 8, "invite": 8, "letter": 10}


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
    data = {"name": "Ivo", "email": "AMAL@forum.example", "target_group": "police", "uuid": str(uuid.uuid4())}
    refused = send(desk, "invitee-create", ahead, data)
    assert "on the list already" in words_of(refused)
    assert 'value="AMAL@forum.example"' in refused.content.decode()
    data["email"] = "ivo@police.example"
    assert [send(desk, "invitee-create", ahead, data).status_code for _time in range(2)] == [302, 302]
    row = ahead.invitees.get(name="Ivo")

    # Meanwhile the answer has come by the link: the form that was opened before does not take it back.
    Invitee.objects.filter(pk=row.pk).update(reply="yes", token_hash="hash")
    form = {key: data[key] for key in ("name", "email", "target_group")}
    send(desk, "invitee", ahead, {**form, "name": "Ivo K.", "reply": "yes"}, row.uuid)
    row.refresh_from_db()
    assert (row.name, row.reply, row.token_hash) == ("Ivo K.", "yes", "hash")
    # The letter went to the address before: its link is void.
    send(desk, "invitee", ahead, {**form, "name": "Ivo K.", "reply": "yes", "email": "i@police.example"}, row.uuid)
    row.refresh_from_db()
    assert (row.email, row.token_hash) == ("i@police.example", "")
    assert send(desk, "invitee-delete", ahead, {}, row.uuid).status_code == 302
    assert list(ahead.invitees.all()) == [invitee]


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
