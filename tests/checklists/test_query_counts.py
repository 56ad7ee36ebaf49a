"""Pages on a walk ask the database as often for three hundred sheets as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audits.enums import Role, StakeholderGroup
from audits.participation.models import Participant
from checklists.enums import WalkState
from checklists.models import Score, Sheet
from tests.factories import CityWalkFactory, MembershipFactory, ParticipantFactory

from .conftest import items, make_checklist

GROUPS = [StakeholderGroup.MIGRANTS, StakeholderGroup.ADMINISTRATION, StakeholderGroup.NGO]
PAGES = {
    "audits:audit-home": ([], 46),
    "checklists:walk-list": ([], 7),
    "checklists:walk-detail": (["walk"], 9),
    "checklists:walk-results": (["walk"], 20),
    "checklists:walk-groups": (["walk"], 11),
    "checklists:walk-item": (["walk", "code"], 21),
    "checklists:walk-export": (["walk", "xlsx"], 19),
    "checklists:audit-results": ([], 21),
    "checklists:audit-groups": ([], 11),
    "checklists:audit-item": (["code"], 21),
    "checklists:consensus-list": (["walk"], 12),
    "checklists:consensus": (["walk", "code"], 12),
    "checklists:sheet-list": (["walk"], 11),
    "checklists:sheet-entry": (["walk", 2], 16),
}
"""What each page takes in its address, and how often it asks the database; four times for session, user, audit, role."""


def fill(walk, people):
    """So many more sheets with all scores, comments on some."""
    number = walk.sheets.count()
    participants = Participant.objects.bulk_create(
        ParticipantFactory.build(audit=walk.audit, group=GROUPS[index % len(GROUPS)]) for index in range(people)
    )
    sheets = Sheet.objects.bulk_create(
        Sheet(walk=walk, participant=person, number=index)
        for index, person in enumerate(participants, start=number + 1)
    )
    statements = items(walk)
    Score.objects.bulk_create(
        Score(sheet=sheet, item=item, value=1 + (sheet.number * place) % 5, comment="Said." if place == 1 else "")
        for sheet in sheets
        for place, item in enumerate(statements)
    )


@pytest.fixture
def walk(db):
    """A walk with three sheets that waits for its discussion, another one beside it, and a previous audit."""
    checklist = make_checklist(statements=15)
    walk = CityWalkFactory(checklist=checklist, state=WalkState.CLOSING)
    before = CityWalkFactory(checklist=checklist)
    walk.audit.previous = before.audit
    walk.audit.save()
    for one, people in ((walk, 3), (CityWalkFactory(audit=walk.audit, checklist=checklist), 3), (before, 5)):
        fill(one, people)
    return walk


def test_pages_take_the_same_queries_for_3_and_for_300_sheets(client, walk):
    client.force_login(MembershipFactory(audit=walk.audit, role=Role.COORDINATOR).user)
    words = {"walk": walk.uuid, "code": items(walk)[0].key}

    def counted():
        numbers = {}
        for name, (more, _queries) in PAGES.items():
            url = reverse(name, args=[walk.audit.slug, *(words.get(one, one) for one in more)])
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200, name
            numbers[name] = len(captured)
        return numbers

    # The first page of a session also notes when it was seen, and the first look at each goes into the log.
    client.get("/")
    counted()
    pinned = {name: queries for name, (_more, queries) in PAGES.items()}
    assert counted() == pinned
    fill(walk, 297)
    assert counted() == pinned
