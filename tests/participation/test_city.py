"""With the personal code people read what the city did with what they gave, once it is published and in their language."""

import time
from datetime import date, timedelta

import pytest
from django.utils import timezone

from audits.dates import long_date
from audits.enums import Area, AuditState
from audits.participation import session
from checklists.evidence import reference_type
from tests import factories

PAGE = "/join/7KPM3XWD/city/"


@pytest.fixture
def audit(walk):
    walk.audit.state = AuditState.PUBLISHED
    walk.audit.save()
    return walk.audit


@pytest.fixture
def person(client, walk):
    """Somebody who takes part in the walk, in this browser."""
    participant = factories.ParticipantFactory(audit=walk.audit)
    kept = client.session
    kept[session.KEY] = {"uuid": str(participant.uuid), "since": int(time.time())}
    kept.save()
    return participant


@pytest.fixture
def item(walk, person):
    """A statement that the person has scored."""
    item = walk.checklist.sections.first().items.first()
    factories.ScoreFactory(sheet=factories.SheetFactory(walk=walk, participant=person), item=item, value=2)
    return item


def rests(audit, text, **source):
    """A finding that rests on a source."""
    finding = factories.FindingFactory(audit=audit, text=text)
    factories.EvidenceLinkFactory(holder=finding, caption="How the team calls it", **source)
    return finding


def said(client, **language):
    return client.get(PAGE, language, follow=True).content.decode()


def test_findings_recommendations_and_measures_that_rest_on_own_answers_are_told(client, audit, item, walk):
    here = rests(audit, "No sign tells where trams go.", type=reference_type(item), source=walk.uuid)
    rests(audit, "Of all walks.", type=reference_type(item), source=audit.uuid)
    rests(audit, "Of another walk.", type=reference_type(item), source=factories.CityWalkFactory(audit=audit).uuid)
    factories.FindingCommentFactory(finding=here, text="A word inside the team")
    recommended = factories.RecommendationFactory(
        audit=audit, title="Signs in five languages", text="In the team’s words"
    )
    recommended.findings.add(here)
    factories.RecommendationFactory(audit=audit, title="Something else")
    due = date(2027, 5, 1)
    measure = factories.MeasureFactory(
        audit=audit, title="New signs at ten stops", recommendation=recommended, state="under_way", due=due
    )
    factories.MeasureProgressFactory(measure=measure, note="The mayor hesitates")
    factories.MeasureFactory(audit=audit, title="A measure of others")
    page = said(client)
    for told in ("No sign tells where trams go.", "Of all walks.", "Signs in five languages", "New signs at ten stops"):
        assert told in page
    assert "Under way, to be done by 1 May 2027" in page
    assert "Data Office, Main Square 1, Velmora" in page
    for inside in (
        "Of another walk",
        "Something else",
        "of others",
        "hesitates",
        "inside the team",
        "calls it",
        "In the team",
    ):
        assert inside not in page


def test_findings_from_own_photos_and_from_own_focus_group_are_told(client, audit, person):
    photo = factories.PhotoFactory(activity__audit=audit, participant=person)
    seat = factories.SeatFactory(group__audit=audit, participant=person)
    note = factories.NoteFactory(group=seat.group, seat=seat)
    rests(audit, "Seen in the photo.", app="photovoice", type="photo", source=photo.uuid)
    rests(audit, "Said by me.", app="focusgroups", type="note", source=note.uuid)
    coding = factories.CodingFactory(note=note)
    rests(audit, "Marked in my words.", app="focusgroups", type="passage", source=coding.uuid)
    rests(audit, "Said in my group.", app="focusgroups", type=f"area:{Area.URBAN}", source=seat.group.uuid)
    rests(audit, "Seen by others.", app="photovoice", type="photo", source=factories.PhotoFactory().uuid)
    page = said(client)
    for told in ("Seen in the photo.", "Said by me.", "Marked in my words.", "Said in my group."):
        assert told in page
    assert "Seen by others" not in page


@pytest.mark.parametrize("state", [one for one in AuditState if one != AuditState.PUBLISHED])
def test_before_publication_nothing_is_told_but_what_happens_next_and_when(client, walk, item, state):
    audit, today = walk.audit, timezone.localdate()
    audit.state, audit.ends_on = state, today
    audit.save()
    rests(audit, "Not yet decided.", type=reference_type(item), source=walk.uuid)
    page = said(client)
    assert "Not yet decided" not in page
    assert f"finished by {long_date(today)}" in page
    audit.ends_on = today - timedelta(days=1)
    audit.save()
    assert "takes longer than planned" in said(client)


def test_date_that_ends_with_a_full_stop_of_its_own_ends_the_sentence_too(client, walk, item):
    # "… до 22 листопада 2026 р."
    assert ".." not in said(client, lang="uk")


def test_who_is_named_by_no_finding_reads_that_it_counted(client, audit, item):
    assert "counted together" in said(client)


def test_page_speaks_the_language_of_the_reader_and_marks_that_of_the_report(client, audit, item, walk):
    audit.language = "bg"
    audit.save()
    rests(audit, "Няма табели.", type=reference_type(item), source=walk.uuid)
    page = said(client, lang="ar")
    assert '<html lang="ar" dir="rtl">' in page
    assert '<p class="mb-0 pre-line" lang="bg" dir="auto">Няма табели.</p>' in page


def test_page_is_reached_from_what_i_gave_and_asks_strangers_for_their_code(client, walk, person):
    assert f'href="{PAGE}"' in client.get("/join/7KPM3XWD/agreed/").content.decode()
    client.session.flush()
    client.cookies.clear()
    assert client.get(PAGE).url == "/join/7KPM3XWD/"


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_database_as_often_for_three_as_for_one(
    client, audit, item, walk, number, django_assert_num_queries
):
    for _ in range(number):
        finding = rests(audit, "Found.", type=reference_type(item), source=walk.uuid)
        recommended = factories.RecommendationFactory(audit=audit)
        recommended.findings.add(finding)
        factories.MeasureFactory(audit=audit, recommendation=recommended)
    said(client)
    with django_assert_num_queries(14):
        said(client)
