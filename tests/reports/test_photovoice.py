"""The section on photovoice, the annex of each activity, chosen photos, and the photovoice report as its own PDF."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import page as page_validation
import pdfplumber
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audits import printing
from audits.enums import StakeholderGroup
from audits.images import Box
from audits.models import Audit
from audits.participation.actions import erase, give_consents
from audits.participation.enums import Purpose
from photovoice import actions, results
from photovoice import report as printed
from reports import rendering
from reports.actions import add_live, refresh_build, save_text, start_build
from reports.assembly import assemble, assembly
from reports.document import blocks as b
from reports.document import child, pdf
from reports.document.html import render_html
from reports.document.numbering import number, walk
from reports.models import Build, SectionBlock
from reports.sections import points
from reports.status import statuses, what_changed
from tests import factories
from tests.photovoice import album

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(bare):
    """An activity with two photos of one author and a remark."""
    made = album.activity(bare.audit)
    made.author = album.person(bare.audit, StakeholderGroup.MIGRANTS)
    made.queue = album.photo(made, made.author, "urgent", colour="#7a8f9d")
    made.library = album.photo(
        made, made.author, "achievements", "friendly", title="Open till ten", colour="#a5673f", size=(48, 64)
    )
    album.remark(made, "urgent", "Nobody says how long it takes [[plan]]")
    return made


def found(node, kind):
    return [one for one in walk(node) if isinstance(one, kind)]


def section(document, key):
    return next(one for one in found(document, b.Section) if one.key == key)


def titles(node):
    return [one.title for one in found(node, b.Picture)]


def text_of(node):
    return str(b.tree.encode(node))


def choose(report, photo, section="photovoice"):
    return add_live(report=report, section=section, key=f"photo:{photo.uuid}", by=None)


def test_section_tells_who_where_and_what_under_each_category_with_photos(bare, over):
    document = assemble(bare)
    part = section(document, "photovoice")
    said = text_of(part)
    for line in (
        "Harbour and mills, Saturday, 10 October 2026",
        "Town hall – Library. Participants: 1 in all",
        "Friendly city (1 photo); Room for improvement (1 photo)",
        "<strong>Urgent</strong>, 1 photo: Nobody says how long it takes [ [plan]].",
    ):
        assert line in said
    headings = {one.title: titles(one) for one in part.blocks if isinstance(one, b.Section)}
    assert headings == {
        "Deficiencies: most common, urgent, subtle": ["Nine in the morning."],
        "Achievements": ["Open till ten."],
    }
    annex = section(document, "annex-photos")
    # What stands in the section is named by its code there, with its credit.
    assert titles(annex) == []
    page = render_html(document, target="page")
    assert page.count("Photo: Samira O.") == 2
    assert "In the report: " in text_of(annex)
    assert {one.code for one in found(number(document)[0], b.Picture)} == {"P1", "P2"}


def test_what_the_review_found_says_of_which_activity_it_is_where_there_are_several(bare, over):
    assert "<p>Harbour" not in text_of(section(assemble(bare), "photovoice"))
    other = album.activity(bare.audit, title="Station", guide=over.guide)
    album.photo(other, over.author, "urgent")
    (theme,) = [one for one in found(section(assemble(bare), "photovoice"), b.RichText) if "Urgent" in one.html]
    assert re.findall(r"<p>([^<]*)</p>", theme.html) == ["Harbour and mills", "Station"]


def test_points_of_the_toolkit_are_met_by_what_the_review_left(bare):
    assert statuses(assembly(bare), None)["photovoice"].absent
    made = album.activity(bare.audit)
    album.photo(made, album.person(bare.audit), "urgent")
    missing = {state.point.key for state in points("photovoice", assembly(bare).material, set()) if state.missing}
    assert missing == {"achievements", "way_ahead"}


def test_evidence_of_findings_comes_first_then_the_themes_in_turn(bare, over):
    for place in range(4):
        album.photo(over, over.author, "urgent", "friendly" if place == 3 else "improvement", title=f"More {place}")
    telling = over.photos.get(title="More 2")
    finding = factories.FindingFactory(audit=bare.audit, method="photovoice")
    factories.EvidenceLinkFactory(holder=finding, app="photovoice", type="photo", source=telling.uuid)
    document = assemble(bare)
    shown = titles(section(document, "photovoice.deficiencies"))
    assert shown == ["More 2.", "More 3.", "Nine in the morning."]
    assert titles(section(document, "annex-photos")) == ["More 0.", "More 1."]


def test_chosen_photos_stand_where_somebody_put_them_and_nowhere_else(bare, over):
    first = choose(bare, over.queue, "introduction")
    choose(bare, over.library, "introduction")
    document = assemble(bare)
    (together,) = found(section(document, "introduction"), b.Pictures)
    # Wide ones first; those that follow each other stand together.
    assert [one.tall for one in together.pictures] == [False, True]
    assert titles(section(document, "photovoice")) == []
    first.delete()
    assert titles(section(assemble(bare), "photovoice")) == ["Nine in the morning."]


def test_only_photos_that_may_be_published_are_offered_and_taken(client, bare, over, coordinator):
    client.force_login(coordinator(bare))
    inside = album.photo(over, over.author, title="Never show me", rights={"use": "inside"})
    where = f"/audits/{bare.audit.slug}/report/en/photovoice/"
    page = client.get(where).content.decode()
    assert "Nine in the morning" in page
    assert "Never show me" not in page
    for photo in (inside, over.queue, over.library):
        client.post(f"{where}photo/", {"photo": photo.uuid})
    chosen = bare.blocks.filter(live__startswith="photo:").values_list("live", flat=True)
    assert set(chosen) == {f"photo:{over.queue.uuid}", f"photo:{over.library.uuid}"}
    assert "This photo stands beside the one above." in client.get(where).content.decode()


def test_whoever_reads_the_report_sees_its_photos_and_no_others(client, bare, over):
    viewer = factories.MembershipFactory(audit=bare.audit, role="viewer").user
    client.force_login(viewer)
    inside = album.photo(over, over.author, rights={"use": "inside"})
    here = f"/audits/{bare.audit.slug}/report/en/"
    address = f"{here}pictures/{over.queue.picture.uuid}/"
    page = client.get(f"{here}preview/").content.decode()
    assert f'src="{address}"' in page
    assert client.get(address).status_code == client.get(f"{address}small/").status_code == 200
    assert client.get(f"{here}pictures/{inside.picture.uuid}/").status_code == 404
    assert client.get(f"/pictures/{over.queue.picture.uuid}/").status_code == 404


def test_photo_goes_from_the_report_with_its_author_and_texts_say_so(bare, over, coordinator):
    other = album.photo(over, album.person(bare.audit), "urgent", title="Stays", colour="#334455")
    choose(bare, over.library, "introduction")
    block = bare.blocks.get(section="photovoice", slot="deficiencies")
    save_text(block=block, html=f"<p>See [[photo-{over.queue.uuid}]].</p>", version=1, by=coordinator(bare))
    made = assembly(bare)
    assert statuses(made, None)["photovoice"].stale == 0
    assert set(rendering.pictures(made)) == {str(one.picture.uuid) for one in over.photos.all()}
    erase(over.author)
    made = assembly(bare)
    assert [one.key for one in found(made.document, b.Picture)] == [f"photo-{other.uuid}"]
    assert set(rendering.pictures(made)) == {str(other.picture.uuid)}
    (part,) = [one for one in made.parts["photovoice"] if one.block.slot == "deficiencies"]
    assert "2 photos are not shown any more." in what_changed(part, made)
    page = render_html(made.document, target="page")
    assert "Open till ten" not in page
    assert "Nine in the morning" not in page
    assert "Nine in the morning" not in str(SectionBlock.objects.values())


@pytest.mark.parametrize("target", ["report", "own"])
def test_pdf_with_photos_is_accessible_and_credits_each(bare, over, target, tmp_path):
    album.photo(over, over.author, "urgent", title="طابور", text="شباك واحد", language="ar", colour="#665577")
    album.photo(over, over.author, None, None, rights={"anonymous": True}, colour="#556677")
    if target == "report":
        made = assembly(bare)
        document, media = made.document, rendering.pictures(made)
    else:
        review = results.of_activity(over, "en")
        document = printed.document(review, "en")
        media = {}
        for uuid, kept in printed.pictures(review).items():
            with kept.open("rb") as opened:
                media[str(uuid)] = opened.read()
    assert b.from_dict(b.to_dict(document)) == document
    file = tmp_path / "photos.pdf"
    file.write_bytes(pdf.render_pdf(document, media=media.__getitem__).data)
    checked = page_validation.validate_pdf(file, profile="ua1")
    assert checked.is_compliant, checked
    with pdfplumber.open(file) as opened:
        text = "\n".join(page.extract_text() for page in opened.pages)
        assert sum(len(page.images) for page in opened.pages) == 4
    assert text.count("Photo: Samira O.") == 3
    assert text.count("Photo: without a name") == 1


@pytest.mark.parametrize("what", ["delete", "blur", "hide", "rename", "withdraw"])
def test_photo_that_may_not_be_shown_as_it_was_is_in_no_file_any_more(
    bare, over, what, monkeypatch, settings, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(child, "start", lambda *args, **options: None)
    photo, by = over.library, factories.UserFactory()
    page = start_build(report=bare, format="html", by=by)
    kept = page.file.name
    making = start_build(report=bare, by=by)
    others = Build.objects.create(report=bare, state="done", facts={"pictures": [str(uuid4())], "people": []})
    review = results.of_activity(over, "en")
    owner = actions.report_owner(over)
    printing.begin(owner, uuid4(), lambda: printed.document(review, "en"), printed.pictures(review))
    photo.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        match what:
            case "delete":
                actions.delete_photos([photo])
            case "blur":
                actions.blur(photo=photo, boxes=[Box(0.1, 0.1, 0.2, 0.2)], language="en", by=by)
            case "hide":
                actions.hide(photo=photo, reason="Asked for it", by=by)
            case "rename":
                actions.state_rights(photo=photo, given_by="participant", language="en", credit="", anonymous=True)
            case "withdraw":
                give_consents(participant=over.author, decisions={Purpose.PUBLICATION: False}, language="en")
    page.refresh_from_db()
    assert (page.state, page.reason, bool(page.file)) == ("failed", "withdrawn", False)
    assert not default_storage.exists(kept)
    assert refresh_build(build=Build.objects.get(pk=making.pk)).state == "failed"
    assert not (Path(settings.SPOOL_ROOT) / "reports" / str(making.uuid)).exists()
    assert not (Path(settings.SPOOL_ROOT) / "prints" / str(owner)).exists()
    others.refresh_from_db()
    assert others.state == "done"


def test_words_of_a_photo_that_was_deleted_are_in_no_file_any_more(bare, over):
    words = "A queue before the only open counter, at nine"
    type(over.library).objects.filter(pk=over.library.pk).update(text=words)
    factories.FindingFactory(audit=bare.audit, text=f"One wrote: “{words}”.")
    build = Build.objects.create(report=bare, state="done", facts={"pictures": [], "people": []})
    actions.delete_photos([over.library])
    build.refresh_from_db()
    assert (build.state, build.reason) == ("failed", "words")


def test_web_page_as_a_file_has_a_gallery_by_theme_with_captions_credits_and_translations(bare, over):
    arabic = album.photo(over, over.author, "urgent", title="طابور", text="شباك", language="ar", colour="#665577")
    factories.CaptionTranslationFactory(photo=arabic, language="en", title="A queue", text="One counter")
    more = [album.photo(over, over.author, "urgent", title=f"More {place}", colour="#334455") for place in range(2)]
    finding = factories.FindingFactory(audit=bare.audit, method="photovoice")
    factories.EvidenceLinkFactory(holder=finding, app="photovoice", type="photo", source=more[1].uuid)
    album.photo(over, over.author, "urgent", title="Never show me", rights={"use": "inside"}, colour="#000000")
    made = assembly(bare)
    printed_html = render_html(made.document, target="print")
    assert "gallery" not in printed_html
    page = rendering.page(made)
    assert "Never show me" not in page
    _before, friendly, improvement = re.split(r'id="activity-[^"]+-gallery-\d+"', page)
    assert "Open till ten" in friendly
    for words in ("Nine in the morning", "A queue.", 'lang="ar" dir="rtl">طابور – شباك</span>', "More 0", "More 1"):
        assert words in improvement
    assert improvement.count('alt="A queue before a counter"') == improvement.count("Photo: Samira O.") == 4
    # Each in the gallery is a way to itself, under the code that it has everywhere.
    codes = {one.key: one.code for one in found(number(made.document)[0], b.Picture)}
    for photo in (over.queue, arabic, *more):
        code = codes[f"photo-{photo.uuid}"]
        assert re.search(rf'href="#[a-z-]*photo-{photo.uuid}"><img [^>]+><span class="unseen">Show {code} larger', page)
    for target in set(re.findall(r'href="#([^"]+)"', page)):
        assert f'id="{target}"' in page, target
    # The one that came in last is evidence, so it is the first of the report.
    for theme in (friendly, improvement):
        order = [int(code) for code in re.findall(r"Show P(\d+) larger", theme)]
        assert order == sorted(order)


@pytest.mark.parametrize("how", ["erased", "not quoted"])
def test_printed_review_with_a_remark_that_was_taken_back_is_deleted(
    bare, over, how, monkeypatch, settings, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(child, "start", lambda *args, **options: None)
    reader = factories.ParticipantFactory(audit=bare.audit)
    give_consents(participant=reader, decisions={Purpose.QUOTATION: True}, language="en")
    album.remark(over, "urgent", "Nobody answers the telephone.", participant=reader)
    review = results.of_activity(over, "en")
    owner = actions.report_owner(over)
    printing.begin(owner, uuid4(), lambda: printed.document(review, "en"), printed.pictures(review))
    folder = Path(settings.SPOOL_ROOT) / "prints" / str(owner)
    assert folder.exists()
    with django_capture_on_commit_callbacks(execute=True):
        if how == "erased":
            erase(reader)
        else:
            give_consents(participant=reader, decisions={Purpose.QUOTATION: False}, language="en")
    assert not folder.exists()


def test_page_of_a_report_that_was_deleted_says_the_true_reason(
    client, bare, over, coordinator, monkeypatch, time_machine, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(child, "start", lambda *args, **options: None)
    client.force_login(coordinator(bare))
    address = client.post(f"/audits/{bare.audit.slug}/photos/{over.uuid}/report/", {}).url
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_photos([over.queue])
    said = "A photo in it was taken back or changed since, so the file was deleted."
    page = client.get(address).content.decode()
    assert said in page
    assert "kept for one day" not in page
    time_machine.move_to(timezone.now() + timedelta(hours=25))
    client.force_login(coordinator(bare))
    assert "kept for one day" in client.get(address).content.decode()


def test_report_of_an_activity_is_made_once_it_is_over(client, over, coordinator, bare):
    client.force_login(coordinator(bare))
    here = f"/audits/{bare.audit.slug}/photos/{over.uuid}/report/"
    sent = {"uuid": "11111111-1111-4111-8111-111111111112"}
    first, again = (client.post(here, sent) for _time in range(2))
    assert first.url == again.url
    assert client.get(first.url).status_code == 200
    picture = over.library.picture
    picture.file.storage.delete(picture.file.name)
    said = client.post(here, {}).content.decode()
    assert f"A picture could not be read: photo {over.library.number}" in said
    running = album.activity(bare.audit, title="Running", state="open")
    answer = client.post(f"/audits/{bare.audit.slug}/photos/{running.uuid}/report/", sent)
    assert "once the activity is closing or closed" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 6])
def test_queries_do_not_grow_with_the_photos(bare, count):
    for place in range(count):
        made = album.activity(bare.audit, title=f"Activity {place}")
        for _time in range(count):
            album.photo(made, album.person(bare.audit), "urgent")
        album.remark(made, "urgent", "Again.")
    bare.audit = Audit.objects.with_frame().get(pk=bare.audit.pk)
    with CaptureQueriesContext(connection) as queries:
        assemble(bare)
    assert len(queries) == 23
