"""The phones of `make load`, few of them and on bad connections: nothing gets lost or doubled, and the ledger would tell."""

from functools import partial

import pytest

from checklists.models import Item, Score
from photovoice.models import Photo
from tests.checklists.conftest import make_checklist
from tests.factories import ActivityFactory, CityWalkFactory
from tests.load import phone as phones
from tests.load.ledger import reconciled
from tests.load.pictures import Camera, mark


@pytest.fixture
def place(live_server):
    walk = CityWalkFactory(checklist=make_checklist(), join_code="7KPM3XWD")
    ActivityFactory(audit=walk.audit, beside=walk.join_code, join_code="8KPM3XWD")
    host = live_server.thread.host, live_server.thread.port
    items = tuple(Item.objects.values_list("uuid", flat=True))
    return phones.Place(*host, walk.join_code, "8KPM3XWD", items, scheme="http")


@pytest.mark.django_db(transaction=True)
def test_what_phones_send_on_bad_connections_arrives_once_and_the_ledger_would_tell(place, monkeypatch):
    monkeypatch.setattr(phones, "BROKEN", 0.2)
    monkeypatch.setattr(phones, "UNHEARD", 0.3)
    camera, watch = Camera((160, 120)), phones.Watch()

    def files(number):
        return [partial(camera.shoot, mark(number, count)) for count in (1, 2)]

    some = [phones.phone(number, place, watch, files(number), seconds=0) for number in (1, 2, 3, 4)]
    phones.together(some)
    assert watch.broken
    assert reconciled(some) + watch.faults == []

    Photo.objects.filter(participant__uuid=some[0].owner)[0].delete()
    Score.objects.filter(sheet__uuid=some[1].sheet).update(value=None, missing="dont_know")
    problems = reconciled(some)
    assert any("phone 1: photo" in problem and "lost" in problem for problem in problems)
    assert "phone 2: the sheet says something else" in problems
