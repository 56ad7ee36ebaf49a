"""What of photovoice may be told (DESIGN rules 4 and 10)."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits.enums import Family, StakeholderGroup
from audits.participation.enums import Gender, Purpose
from photovoice import report, report_photos, results
from photovoice.enums import AllowedUse, VisiblePeople
from photovoice.models import CaptionTranslation, RightsRequest, ThemeWording
from photovoice.progress import figures_of
from photovoice.results import Age
from tests import factories
from tests.photovoice import album

pytestmark = pytest.mark.django_db
NGO, MIGRANTS = StakeholderGroup.NGO, StakeholderGroup.MIGRANTS


@pytest.fixture
def over(audit):
    return album.activity(audit)


def people(over, *kinds, category="urgent"):
    """One photo each of people of a stakeholder group, gender and age band."""
    found = []
    for group, gender, age in kinds:
        found.append(album.person(over.audit, group, gender=gender, age_band=age))
        album.photo(over, found[-1], category)
    return found


FIVE_AND_FIVE = [*[(MIGRANTS, "woman", "18_29")] * 5, *[(NGO, "man", "65_up")] * 5]


def test_numbers_of_people_are_told_one_dimension_at_a_time_and_never_small_ones(over):
    people(over, *FIVE_AND_FIVE)
    # Several photos of one person, and photos of nobody who joined.
    album.photo(over, over.photos.first().participant)
    album.photo(over, None)
    one = results.of_activity(over, "en")
    assert (one.people, len(one.photos), one.sent_otherwise) == (10, 12, 1)
    assert one.families == {Family.CIVIL_SOCIETY: 5, Family.MIGRANTS: 5}
    assert one.genders == {Gender.WOMAN: 5, Gender.MAN: 5}
    assert one.ages == {Age.YOUNG: 5, Age.SENIOR: 5}
    people(over, ("", "", ""), (NGO, "woman", "30_44"))
    one = results.of_activity(over, "en")
    # One who said nothing could be worked out from the others.
    assert one.families == {Family.CIVIL_SOCIETY: 6}
    assert report.participants(one).startswith("12 in all; Civil society: 6, others: not shown; ")


def test_author_who_answers_by_a_link_counts_as_one_of_whom_nothing_else_is_known(over):
    people(over, *FIVE_AND_FIVE)
    for _time in range(4):
        link = RightsRequest.objects.create(activity=over, token_hash=uuid4().hex)
        for state in ("in", "in", "waiting"):
            album.photo(over, None, rights_request=link, state=state)
    waiting = RightsRequest.objects.create(activity=over, token_hash="waiting")
    album.photo(over, None, rights_request=waiting, state="waiting")
    one = results.of_activity(over, "en")
    assert (one.people, figures_of([over])[over.pk].photographers) == (14, 14)
    # Four of no group would be few beside those of one: neither is told, and with a fifth both are.
    assert len(one.families) == 1
    album.photo(over, None, rights_request=waiting)
    assert len(results.of_activity(over, "en").families) == 2
    people(over, (NGO, "man", "65_up"), (StakeholderGroup.POLICE, "man", "65_up"))
    # Nobody can tell one of a small group from those who answered by a link.
    assert len(results.of_activity(over, "en").families) == 1


def test_only_activities_that_are_over_and_photos_that_count_are_told(audit, over, member):
    author = album.person(audit)
    album.photo(over, author, "urgent", title="In")
    album.photo(over, author, "urgent", state="late")
    hidden = album.photo(over, author, "urgent", hidden_at="2026-10-11T10:00Z")
    album.remark(over, "urgent", "On the hidden one", photo=hidden)
    album.photo(album.activity(audit, title="Still open", state="open"), author)
    (one,) = results.of_audit(audit, "en")
    assert [photo.title for photo in one.photos] == ["In"]
    assert one.remarks == ()
    assert not results.of_audit(factories.AuditFactory(), "en")
    with pytest.raises(ValueError, match="over"):
        results.of_activity(audit.photo_activities.get(title="Still open"), "en")


@pytest.mark.parametrize(
    "rights",
    [
        False,
        {"use": AllowedUse.INSIDE},
        {"people": VisiblePeople.NOT_AGREED},
        {"anonymous": False},
        {"declared": False},
    ],
)
def test_photo_without_complete_rights_is_not_published(over, rights):
    photo = album.photo(over, album.person(over.audit), rights=rights)
    one = results.of_activity(over, "en")
    assert len(one.photos) == 1
    assert one.published == ()
    assert results.published_picture(over.audit, photo.picture.uuid) is None


def test_photo_is_gone_with_the_consent_to_publication(over):
    author = album.person(over.audit)
    photo = album.photo(over, author)
    assert len(results.of_activity(over, "en").published) == 1
    assert results.published_picture(over.audit, photo.picture.uuid) == photo.picture
    album.agree(author, given=False)
    assert results.of_activity(over, "en").published == ()
    assert results.published_picture(over.audit, photo.picture.uuid) is None


def test_captions_are_in_the_language_of_the_report_where_somebody_translated_them(over):
    photo = album.photo(over, album.person(over.audit), title="طابور", text="شباك واحد", language="ar")
    (shown,) = results.of_activity(over, "en").published
    assert (report_photos.picture(shown).title, report_photos.picture(shown).language) == ("طابور.", "ar")
    CaptionTranslation.objects.create(photo=photo, language="en", title="A queue", text="One counter")
    (shown,) = results.of_activity(over, "en").published
    found = report_photos.picture(shown)
    assert (found.title, found.text, found.language) == ("A queue.", "One counter", "")
    assert found.credit == "Photo: Samira O."
    assert report_photos.picture(results.of_activity(over, "ar").published[0]).title == "طابور."


def test_every_photo_has_a_credit_also_without_a_name(over):
    album.photo(over, album.person(over.audit), rights={"anonymous": True})
    (shown,) = results.of_activity(over, "en").published
    assert report_photos.picture(shown).credit == "Photo: without a name"


def test_remark_on_a_photo_that_may_not_be_published_is_not_told(over):
    author = album.person(over.audit)
    inside = album.photo(over, author, "urgent", rights={"use": AllowedUse.INSIDE})
    album.remark(over, "urgent", "The child at the counter", photo=inside)
    album.remark(over, "urgent", "One counter is open", photo=album.photo(over, author, "urgent"))
    assert [one.text for one in results.of_activity(over, "en").remarks] == ["One counter is open"]


def test_description_in_another_language_is_said_and_marked(over):
    album.photo(over, album.person(over.audit), "urgent", alt_language="it")
    one = results.of_activity(over, "en")
    assert "1 photo is not described in the language of the report for people who cannot see it." in report.missing(one)
    assert report_photos.picture(one.published[0]).alt_language == "it"


def test_remark_of_a_participant_is_told_only_where_quotation_is_agreed_to_and_the_team_shows_it(over):
    author = album.person(over.audit)
    album.remark(over, "urgent", "By the group")
    album.remark(over, "urgent", "From a phone", participant=author)
    theme = over.guide.themes.get(key="improvement").pk

    def said():
        one = results.of_activity(over, "en")
        (urgent,) = [category for category in one.categories if category.row.key == "urgent"]
        return one.said(urgent, theme)

    assert said() == ["By the group"]
    album.agree(author, Purpose.QUOTATION)
    assert said() == ["By the group", "From a phone"]
    over.remarks.filter(participant=author).update(hidden_at=over.ends, hidden_reason="It names a person.")
    assert said() == ["By the group"]


def test_comparison_needs_five_people_on_either_side_of_each_row(over):
    everybody = people(over, *FIVE_AND_FIVE)
    for author in everybody[:6]:
        album.photo(over, author, "achievements")
    origin, age = results.of_activity(over, "en").comparisons
    assert origin.kinds == ("TCN and migrants", "everybody else")
    assert age.kinds == ("under 30", "65 or older")
    for one in (origin, age):
        rows = {category.row.key: cells for category, cells in one.rows}
        # Behind the achievements are 5 and 1: beside the 5 the 1 could be worked out.
        assert rows == {"deficiencies": (5, 5), "achievements": (None, None), "way_ahead": (None, None)}
    assert results.of_activity(album.contest(over.audit), "en").comparisons == ()


def test_parts_of_the_city_are_compared_with_five_people_behind_each_number(over):
    for place, author in enumerate(people(over, *FIVE_AND_FIVE, *FIVE_AND_FIVE[:2])):
        over.photos.filter(participant=author).update(
            district="Old town" if place < 5 else "Harbour" if place < 10 else ""
        )
        # One of the harbour also went to the old town; photos of nobody who joined say nothing of people.
        if place == 5:
            album.photo(over, author, "urgent", district="Old town")
            album.photo(over, None, "urgent", district="Harbour")
    # Two said nothing of a part: beside both numbers theirs could be worked out.
    *_people, one = results.of_activity(over, "en").comparisons
    assert one.rows[0][1] == (None, 6)
    over.photos.filter(district="").update(district="Harbour")
    *_people, one = results.of_activity(over, "en").comparisons
    assert (one.kinds, one.of_places) == (("Harbour", "Old town"), True)
    assert [cells for _category, cells in one.rows] == [(7, 6), (None, None), (None, None)]


def test_topics_are_in_local_words(over):
    theme = over.guide.themes.get(key="friendly")
    ThemeWording.objects.create(activity=over, theme=theme, language="en", title="Where Velmora is kind")
    album.photo(over, album.person(over.audit), theme="friendly")
    one = results.of_activity(over, "en")
    assert report.topics(one) == ["Where Velmora is kind (1 photo)", "Room for improvement (0 photos)"]


def test_what_is_missing_is_said_before_the_report_is_made(client, over, member):
    album.photo(over, album.person(over.audit), "urgent", rights=False)
    album.photo(over, album.person(over.audit))
    client.force_login(member())
    here = f"/audits/{over.audit.slug}/photos/{over.uuid}/report/"
    page = client.get(here).content.decode()
    for sentence in (
        "2 people took photos; the toolkit asks for at least 20.",
        "The review has nothing under “Achievements of the city”.",
        "1 photo is not sorted.",
        "1 photo may not be published, or something is missing for it; the report is without it.",
    ):
        assert sentence in page


@pytest.mark.parametrize("count", [1, 6])
def test_queries_do_not_grow(audit, count):
    for place in range(count):
        over = album.activity(audit, title=f"Activity {place}")
        for author in people(over, *FIVE_AND_FIVE[:count]):
            album.remark(over, "urgent", "Again.", photo=author.photos.get())
    with CaptureQueriesContext(connection) as queries:
        for one in results.of_audit(audit, "en"):
            report.chapter(one)
    assert len(queries) == 9
