"""Who of the register is asked to a walk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checklists.models import WalkCall
from tests.factories import StakeholderFactory


@pytest.fixture
def runs(client, facilitator):
    client.force_login(facilitator)
    client.get("/help/")
    return client


def to(walk, *call):
    return reverse("checklists:walk-call" + ("" if call else "s"), args=[walk.audit.slug, walk.uuid, *call])


def test_stakeholders_are_picked_asked_and_answer(runs, walk):
    bridge, forum = (StakeholderFactory(audit=walk.audit, name=name) for name in ("Bridge", "Forum"))
    foreign = StakeholderFactory(name="Of another audit")
    page = runs.get(to(walk) + "?q=brid").content.decode()
    assert "Bridge" in page
    assert "Forum" not in page
    assert "Tick whom you want to ask." in runs.post(to(walk), {}).content.decode()
    assert "not in the register any more" in runs.post(to(walk), {"stakeholders": foreign.uuid}).content.decode()
    for _time in range(2):
        assert runs.post(to(walk), {"stakeholders": [bridge.uuid, forum.uuid]}).status_code == 302
    first, second = walk.calls.all()
    runs.post(to(walk, first.uuid), {"reply": "yes", "note": "Brings two", "version": 1})
    first.refresh_from_db()
    assert (first.reply, first.note, first.asked_on) == ("yes", "Brings two", timezone.localdate())
    assert walk.calls.counts() == {"total": 2, "asked": 1, "come": 1, "refuse": 0}
    # Somebody else looked at it before that: what they write does not take its place unseen.
    clash = runs.post(to(walk, first.uuid), {"reply": "no", "note": "Is ill", "version": 1})
    assert clash.status_code == 409
    assert "Brings two" in clash.content.decode()
    first.refresh_from_db()
    assert first.reply == "yes"
    runs.post(to(walk), {"all_asked": "1"})
    second.refresh_from_db()
    assert second.asked_on == timezone.localdate()
    assert "2 on the list" in runs.get(walk.get_absolute_url()).content.decode()
    bad = runs.post(to(walk, second.uuid), {"asked_on": "yesterday", "note": "Asks who pays"}).content.decode()
    assert "Asks who pays" in bad
    assert "Please correct one thing" in bad
    assert "Write a day of the years" in runs.post(to(walk, second.uuid), {"asked_on": "1999-01-01"}).content.decode()
    runs.post(to(walk, second.uuid), {"remove": "1"})
    assert [call.stakeholder for call in walk.calls.all()] == [bridge]


@pytest.mark.parametrize("number", [3, 300])
def test_list_asks_the_database_as_often_for_many(runs, walk, number):
    everybody = StakeholderFactory.create_batch(3, audit=walk.audit)
    everybody += [StakeholderFactory.build(audit=walk.audit) for _one in range(number)]
    type(everybody[0]).objects.bulk_create(everybody[3:])
    WalkCall.objects.bulk_create(WalkCall(walk=walk, stakeholder=one) for one in everybody[3:])
    runs.get(to(walk))
    with CaptureQueriesContext(connection) as asked:
        assert runs.get(to(walk)).status_code == 200
    assert len(asked) == 9, [query["sql"][:150] for query in asked]
