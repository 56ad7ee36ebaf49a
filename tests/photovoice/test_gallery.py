"""The gallery and the ledger of a photo (toolkit, "Photovoice", rights and obligations)."""

from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audits.participation.enums import Purpose
from audits.participation.models import Participant
from photovoice import actions
from photovoice.enums import AllowedUse, GivenBy, PhotoSource, PhotoState, VisiblePeople
from photovoice.models import Photo, PhotoRights, Placement
from photovoice.rights import Gap, gaps
from reports.enums import BuildState
from reports.models import Build, Report
from tests import factories


def at(name, activity, photo=None, *more):
    return reverse(
        f"photovoice:{name}", args=[activity.audit.slug, activity.uuid, *([photo.uuid] if photo else []), *more]
    )


@pytest.fixture
def make(activity):
    """Makes a photo of the activity with the statement of rights that is given."""

    def photo(*, rights=None, **fields):
        made = factories.PhotoFactory(activity=activity, **fields)
        if rights is not None:
            factories.PhotoRightsFactory(photo=made, **rights)
        return made

    return photo


def fill(activity, number):
    """So many more photos, each with its author, consent, picture and rights."""
    first = activity.photos.count() + 1
    people = Participant.objects.bulk_create(
        factories.ParticipantFactory.build(audit=activity.audit) for _ in range(number)
    )
    consents = [person.consents.model(participant=person, purpose=Purpose.PUBLICATION, given=True) for person in people]
    people[0].consents.model.objects.bulk_create(consents)
    pictures = factories.PictureFactory._meta.model.objects.bulk_create(
        factories.PictureFactory.build(audit=activity.audit, kind="photo") for _ in range(number)
    )
    theme = activity.guide.themes.first()
    photos = Photo.objects.bulk_create(
        Photo(activity=activity, participant=person, picture=picture, number=first + index, title="T", theme=theme)
        for index, (person, picture) in enumerate(zip(people, pictures, strict=True))
    )
    PhotoRights.objects.bulk_create(factories.PhotoRightsFactory.build(photo=photo) for photo in photos)


@pytest.mark.parametrize("page", ["gallery", "review", "places", "show"])
def test_pages_ask_the_database_as_often_for_three_hundred_photos_as_for_three(desk, activity, page):
    fill(activity, 3)
    desk.get(at(page, activity))
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.get(at(page, activity))
    fill(activity, 297)
    with CaptureQueriesContext(connection) as many:
        answer = desk.get(at(page, activity))
    assert answer.status_code == 200
    assert len(many) == len(few)
    assert len(few) <= 19


def test_group_of_three_hundred_photos_comes_in_pages_with_as_many_queries_as_one_of_three(desk, activity):
    group = activity.guide.wrap_up_categories.get(key="urgent")
    address = reverse("photovoice:category", args=[activity.audit.slug, activity.uuid, group.uuid])
    counts = []
    for number in (3, 297):
        fill(activity, number)
        left = activity.photos.filter(placement=None)
        Placement.objects.bulk_create(Placement(photo=photo, category=group) for photo in left)
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = desk.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert answer.content.decode().count('class="photo"') == 24
    assert len(desk.get(address, {"page": "13"}).context["page_obj"]) == 12


def test_photos_are_told_apart_by_theme_and_permission_and_by_where_they_lie(desk, activity, make, photographer):
    friendly = activity.guide.themes.get(key="friendly")
    free = make(title="Free", alt="A street", rights={}, theme=friendly, participant=photographer())
    make(title="Inside", rights={"use": AllowedUse.INSIDE}, participant=photographer())
    make(title="Unknown")
    make(title="Late one", state=PhotoState.LATE)

    def titles(**query):
        page = desk.get(at("gallery", activity), query).context["page_obj"]
        return [one.photo.title for one in page]

    assert titles() == ["Free", "Inside", "Unknown"]
    assert titles(theme=friendly.uuid) == titles(permission="free") == [free.title]
    assert titles(permission="inside") == ["Inside"]
    assert titles(permission="missing") == ["Unknown"]
    assert titles(heap="late") == ["Late one"]


def test_late_photo_is_admitted_or_left_out(desk, activity, make):
    one, other = make(state=PhotoState.LATE), make(state=PhotoState.LATE)
    page = desk.get(at("photo", activity, one)).content.decode()
    assert f'action="{at("photo-late", activity, one)}"' in page
    desk.post(at("photo-late", activity, one), {"decision": "admit"})
    desk.post(at("photo-late", activity, other), {"decision": "refuse"})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == (PhotoState.IN, PhotoState.REFUSED)


def test_author_s_words_stand_in_their_own_language_with_the_whole_history_of_rights(desk, activity, make):
    photo = make(title="المكتبة", text="تعرف اسمي", language="ar", rights={"credit": "Samira O.", "anonymous": False})
    factories.PhotoRightsFactory(photo=photo, use=AllowedUse.INSIDE)
    page = desk.get(at("photo", activity, photo)).content.decode()
    assert 'lang="ar" dir="rtl">المكتبة' in page
    assert "Samira O." in page
    assert page.count("photo-2026-1") == 2
    assert str(Gap.USE.label) in page


def test_looking_at_a_photo_fills_its_gaps_and_leads_to_the_next(desk, activity, make, photographer):
    author = photographer()
    photo = make(rights={"people": VisiblePeople.UNKNOWN}, participant=author)
    following = make(participant=author)
    said = {"people": "none", "alt": "A queue", "seen": "", "next": "1"}
    answer = desk.post(at("photo", activity, photo), said)
    assert answer.url.startswith(following.get_absolute_url())
    photo = Photo.objects.with_rights().get(pk=photo.pk)
    assert gaps(photo) == []
    assert photo.rights.last().given_by == GivenBy.TEAM


def test_description_that_somebody_else_wrote_meanwhile_is_shown_not_overwritten(desk, activity, make):
    photo = make(alt="Theirs")
    answer = desk.post(at("photo", activity, photo), {"people": "", "alt": "Mine", "seen": ""})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    photo.refresh_from_db()
    assert photo.alt == "Theirs"
    # With what it shows now, the next save goes through.
    form = answer.context["form"]
    desk.post(at("photo", activity, photo), {"people": "", "alt": "Both", "seen": form["seen"].value()})
    photo.refresh_from_db()
    assert photo.alt == "Both"


def test_what_one_leaves_as_it_was_does_not_undo_what_somebody_else_saw_meanwhile(desk, activity, make, member):
    photo = make(rights={"people": VisiblePeople.NONE})
    page = desk.get(at("photo", activity, photo)).context["form"]
    said = {name: page[name].value() or "" for name in page.fields} | {"alt": "A queue"}
    seen = VisiblePeople.NOT_AGREED
    actions.state_rights(photo=photo, given_by=GivenBy.TEAM, by=member(), language="en", people=seen)
    desk.post(at("photo", activity, photo), said)
    photo = Photo.objects.with_rights().get(pk=photo.pk)
    assert (photo.alt, photo.rights.last().people) == ("A queue", seen)


def test_part_of_the_city_is_named_once_and_offered_for_the_next_photo(desk, activity, make):
    first, second = make(), make()
    desk.post(at("photo", activity, first), {"people": "", "alt": "", "seen": "", "district": " Old  town "})
    first.refresh_from_db()
    assert first.district == "Old town"
    page = desk.get(at("photo", activity, second))
    assert '<option value="Old town">' in page.content.decode()


def test_theme_that_the_author_chose_on_an_own_phone_stays(desk, activity, photographer, send):
    friendly, other = activity.guide.themes.order_by("position")
    uuid = uuid4()
    send(photographer(), photo=uuid, title="Mine", theme=friendly.uuid)
    photo = Photo.objects.get(uuid=uuid)
    desk.post(at("photo", activity, photo), {"people": "", "alt": "", "seen": "", "theme": other.uuid})
    photo.refresh_from_db()
    assert photo.theme == friendly


def test_rights_are_recorded_for_authors_only_where_the_photo_came_from_no_own_phone(desk, activity, make):
    ours, theirs = make(source=PhotoSource.COLLECTED, participant=None), make()
    said = {"declared": "on", "use": "report", "credit": "Bao N."}
    assert desk.post(at("photo-rights", activity, ours), said).status_code == 302
    assert desk.post(at("photo-rights", activity, theirs), said).status_code == 403
    statement = ours.rights.get()
    assert (statement.credit, statement.given_by) == ("Bao N.", GivenBy.TEAM)
    assert statement.by is not None
    both = desk.post(at("photo-rights", activity, ours), {**said, "anonymous": "on"})
    assert "Either a name" in both.content.decode()
    # Written on a page that did not show the statement above.
    stale = desk.post(at("photo-rights", activity, ours), {**said, "use": "all"})
    assert stale.status_code == 409
    assert str(AllowedUse.REPORT.label) in stale.content.decode()
    assert ours.rights.count() == 1


def test_caption_is_translated_beside_the_original_and_a_stale_one_is_not_lost(desk, activity, make):
    photo = make(title="Tram 4")
    address = at("photo-translation", activity, photo, "bg")
    desk.post(address, {"title": "Трамвай 4", "text": "", "seen": ""})
    assert photo.translations.get().title == "Трамвай 4"
    stale = desk.post(address, {"title": "Друго", "text": "", "seen": ""})
    assert stale.status_code == 409
    assert "Друго" in stale.content.decode()
    photo.refresh_from_db()
    assert (photo.title, photo.translations.get().title) == ("Tram 4", "Трамвай 4")
    desk.post(at("photo-translation-delete", activity, photo, "bg"))
    assert not photo.translations.exists()


def test_words_about_a_photo_that_was_taken_back_meanwhile_come_back(desk, activity, make):
    photo = make()
    pages = {at("photo", activity, photo): "alt", at("photo-translation", activity, photo, "de"): "title"}
    photo.delete()
    for page, name in pages.items():
        answer = desk.post(page, {name: "A street in the rain"})
        assert answer.status_code == 409
        assert "A street in the rain" in answer.content.decode()
        assert desk.get(page).status_code == 404


def test_photo_is_hidden_with_a_reason_and_shown_again(desk, activity, make):
    photo = make()
    assert desk.post(at("photo-hide", activity, photo), {"hidden_reason": " "}).status_code == 200
    desk.post(at("photo-hide", activity, photo), {"hidden_reason": "A licence plate"})
    assert photo not in Photo.objects.counting()
    assert "A licence plate" in desk.get(at("gallery", activity), {"heap": "hidden"}).content.decode()
    desk.post(at("photo-hide", activity, photo), {"show": "yes"})
    assert photo in Photo.objects.counting()


def test_photo_becomes_evidence_of_a_finding_and_says_so(desk, activity, make):
    photo = make()
    page = desk.get(at("photo", activity, photo)).content.decode()
    assert f"source=photovoice:photo:{photo.uuid}" in page
    data = {"area": "urban", "method": "photovoice", "kind": "deficiency", "text": "No signs at the stops."}
    create = reverse("agenda:finding-create", args=[activity.audit.slug])
    answer = desk.post(f"{create}?source=photovoice:photo:{photo.uuid}", data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert "No signs at the stops." in desk.get(at("photo", activity, photo)).content.decode()


def test_everything_that_uses_a_photo_is_told_also_before_it_is_deleted(desk, activity, make):
    photo, other = make(), make()
    judged = factories.EvidenceFactory(title="What we saw at the stop")
    judged.links.create(app="photovoice", type="photo", source=photo.uuid, caption="Photo")
    report = Report.objects.create(audit=activity.audit, language="en")
    shown = {"pictures": [str(photo.picture.uuid)]}
    Build.objects.create(report=report, state=BuildState.DONE, facts=shown)
    Build.objects.create(report=report, state=BuildState.FAILED, facts=shown)
    for page in ("photo", "photo-delete"):
        said = desk.get(at(page, activity, photo)).content.decode()
        assert "What we saw at the stop" in said
        assert said.count("Report (English), PDF") == 1
        assert "Report (English), PDF" not in desk.get(at(page, activity, other)).content.decode()


def test_place_is_marked_on_the_plan_unless_the_author_did(desk, activity, make, photographer, send):
    activity.asks_place = True
    plan = factories.CityPlanFactory(audit=activity.audit)
    photo = make()
    desk.post(at("photo-place", activity, photo), {"x": "25", "y": "62.5"})
    photo.refresh_from_db()
    assert (photo.plan, photo.left, photo.top) == (plan, "25.00%", "62.50%")
    assert photo.title in desk.get(at("places", activity)).content.decode()
    uuid = uuid4()
    send(photographer(), photo=uuid, plan=plan.uuid, plan_x=photo.plan_x, plan_y=photo.plan_y)
    theirs = Photo.objects.get(uuid=uuid)
    assert desk.post(at("photo-place", activity, theirs), {"x": "1", "y": "1"}).status_code == 403


def test_description_says_in_which_language_it_is_read_out(desk, activity, make):
    photo = make()
    form = desk.get(at("photo", activity, photo)).context["form"]
    assert form["alt_language"].value() == activity.audit.language
    said = {"people": "", "alt": "Una fila", "seen": "", "alt_language": "it", "seen_alt_language": ""}
    desk.post(at("photo", activity, photo), said)
    assert 'alt="Una fila" lang="it"' in desk.get(at("photo", activity, photo)).content.decode()
    # Who changes something else leaves what somebody said of it meanwhile.
    later = {"people": "", "alt": "Una fila", "seen": "Una fila", "alt_language": "en", "seen_alt_language": "en"}
    desk.post(at("photo", activity, photo), {**later, "district": "Old town"})
    photo.refresh_from_db()
    assert (photo.alt_language, photo.district) == ("it", "Old town")


def test_language_of_descriptions_is_said_of_all_photos_at_once(desk, activity, make):
    said, unsaid, silent = make(), make(), make()
    Photo.objects.filter(pk=said.pk).update(alt="Una fila", alt_language="it")
    Photo.objects.filter(pk=unsaid.pk).update(alt="Un tram")
    page = desk.get(at("photo", activity, unsaid))
    assert page.context["form"]["alt_language"].value() == "it"
    assert "Nobody has said in which language it is described" in page.content.decode()
    assert "Of 1 description " in desk.get(at("gallery", activity)).content.decode()
    desk.post(at("gallery", activity), {"language": "uk"})
    languages = dict(Photo.objects.values_list("pk", "alt_language"))
    assert languages == {said.pk: "it", unsaid.pk: "uk", silent.pk: ""}
    assert "Say it of all of them" not in desk.get(at("gallery", activity)).content.decode()


def test_language_of_descriptions_that_is_none_is_said_beside_the_field(desk, activity, make):
    make()
    Photo.objects.update(alt="Un tram", alt_language="")
    page = desk.post(at("gallery", activity), {"language": "no such"})
    assert page.context["language_form"].errors["language"][0] in unescape(page.content.decode())
    assert Photo.objects.get().alt_language == ""


def test_deleting_asks_first(desk, activity, photographer, send):
    uuid = uuid4()
    send(photographer(), photo=uuid, title="Mine")
    photo = Photo.objects.get(uuid=uuid)
    assert "Hide it instead" in desk.get(at("photo-delete", activity, photo)).content.decode()
    desk.post(at("photo-delete", activity, photo))
    assert not Photo.objects.exists()
    # Who did it stays known, and its number is no other photo's.
    page = desk.get(activity.get_absolute_url()).content.decode()
    assert "Photo 1 deleted at its author’s request" in page
    assert "Mine" not in page
    send(photographer())
    assert Photo.objects.get().number == 2
