"""The list of the team's texts that repeat words which nobody may repeat."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits.participation.actions import give_consents, to_mend
from audits.participation.enums import Purpose
from checklists.models import Score
from tests import factories
from tests.photovoice import album

pytestmark = pytest.mark.django_db

WORDS = "Nobody in the town hall could tell me where to go"


@pytest.fixture
def audit():
    return factories.AuditFactory()


def commented(audit, words, *agreed):
    """Somebody who wrote these words on a sheet."""
    person = factories.ParticipantFactory(audit=audit)
    decisions = dict.fromkeys((Purpose.TAKING_PART, *agreed), True)
    give_consents(participant=person, decisions=decisions, language="en")
    sheet = factories.SheetFactory(walk__audit=audit, participant=person)
    item = factories.ItemFactory(section__checklist=sheet.walk.checklist)
    Score.objects.create(sheet=sheet, item=item, value=3, comment=words)
    return person


def listed(audit):
    return [one.text for one in to_mend(audit)]


def test_words_of_somebody_who_never_agreed_to_be_quoted_are_listed(audit):
    commented(audit, "The library is warm and everybody is welcome there", Purpose.QUOTATION)
    commented(audit, WORDS)
    factories.FindingFactory(audit=audit, text="The library is warm and everybody is welcome there.")
    finding = factories.FindingFactory(audit=audit, text=f"One says: “{WORDS}”.")
    assert listed(audit) == [f"{finding.code} repeats words that may not be quoted"]


def test_captions_are_listed_once_their_photos_may_not_be_published(audit):
    author = album.person(audit)
    album.photo(album.activity(audit), author, text="The only lamp of the whole street, at night.")
    finding = factories.FindingFactory(audit=audit, text="Dark: “the only lamp of the whole street, at night”.")
    assert listed(audit) == []
    give_consents(participant=author, decisions={Purpose.PUBLICATION: False}, language="en")
    assert listed(audit) == [f"{finding.code} repeats words that may not be quoted"]


def test_list_asks_as_often_for_30_people_as_for_three(audit):
    counts = []
    for number in (3, 27):
        for place in range(number):
            words = f"{number} and {place}: {WORDS}"
            commented(audit, words)
            factories.FindingFactory(audit=audit, text=words)
            group = factories.FocusGroupFactory(audit=audit)
            factories.NoteFactory(group=group, seat=factories.SeatFactory(group=group), text=words)
            factories.CodeFactory(audit=audit, definition=words)
        with CaptureQueriesContext(connection) as queries:
            found = to_mend(audit)
        counts.append((len(found), len(queries)))
    (few, asked), (many, again) = counts
    assert (few, many) == (6, 60)
    assert asked == again == 20, [query["sql"][:90] for query in queries]
