"""What is printed for a photo activity, and the words of its invitation."""

import io
import re
from urllib.parse import unquote
from uuid import UUID, uuid4

import pdfplumber
import pytest
import segno
from django.conf import settings
from django.urls import reverse

from audits import printing
from audits.participation.actions import participant_by_code
from audits.participation.consent import PHOTOS, TEXTS, WALKS
from audits.participation.enums import Purpose
from audits.participation.models import Participant
from audits.participation.posters import Way, poster_document
from photovoice.models import Instruction
from photovoice.printed import consent_document, instructions_document
from reports.document import blocks
from reports.document.html import render_html
from reports.document.pdf import render_pdf
from tests import factories

WAY = Way("https://audit.example/join/9ACDEFGH/", "audit.example/join", "9ACD EFGH")


def address(name, activity):
    return reverse(f"photovoice:{name}", args=[activity.audit.slug, activity.uuid])


def text_of(document):
    return " ".join(render_html(document, target="print").split())


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def not_rendered(monkeypatch):
    """The documents that would have been rendered."""
    documents = []

    def begin(owner, key, document):
        documents.append(document())
        return printing.Print(uuid4(), None)

    monkeypatch.setattr(printing, "begin", begin)
    return documents


# Posters -----------------------------------------------------------------------------------------------------


def test_a_poster_a_language_each_with_its_own_square(desk, activity, not_rendered):
    activity.audit.controller = "City of Velmora\nMain Square 1"
    activity.audit.save()
    response = desk.post(address("prints", activity), {"which": "poster-a5", "languages": "all"})
    assert response.status_code == 302
    (document,) = not_rendered
    assert [poster.language for poster in document.chapters] == ["en", "bg", "hr", "cs", "it", "sk", "ar", "uk"]
    english, arabic = document.chapters[0], document.chapters[6]
    assert {poster.size for poster in document.chapters} == {"a5"}
    assert english.square != arabic.square
    said = text_of(document)
    for fact in ("Town hall", "testserver/join", f"{activity.join_code[:4]} {activity.join_code[4:]}", "Main Square 1"):
        assert fact in said
    assert re.search(r'<section class="poster poster-a5" lang="ar" dir="rtl"', said)


def test_files_are_told_apart_by_their_names_in_every_script(desk, activity, monkeypatch):
    monkeypatch.setattr("reports.document.child.start", lambda *args, **more: None)
    activity.title = "الميناء"
    activity.save()
    names = []
    for which, language in (("poster-a4", "ar"), ("poster-a4", "uk"), ("instructions", "ar"), ("poster-a4", "all")):
        key = desk.post(address("prints", activity), {"which": which, "languages": language, "uuid": uuid4()}).url
        made = printing.find(activity.uuid, UUID(key.rstrip("/").rpartition("/")[2]))
        (made.folder / "progress.json").write_text('{"state": "done"}')
        made.file.write_bytes(b"%PDF")
        file = desk.get(f"{key}file/")
        assert b"".join(file.streaming_content) == b"%PDF"
        names.append(unquote(file["Content-Disposition"]))
    assert len(set(names)) == 4
    assert all("الميناء" in name for name in names)
    assert [name.rpartition("-")[2] for name in names] == ["ar.pdf", "uk.pdf", "ar.pdf", "uk.pdf"]
    assert "-a4-" in names[0]


def test_the_square_holds_the_address_in_the_language_of_the_poster():
    square = WAY.printed_square("ar")
    matrix = segno.make(f"{WAY.url}?lang=ar", error="m").matrix
    assert square.rows == tuple("".join("01"[bool(cell)] for cell in row) for row in matrix)


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_each_poster_of_a_set_stands_on_one_page_in_letters_of_one_size(activity, size):
    activity.title = (
        "A long name of an activity that somebody has thought about for an afternoon, and then " + "more" * 8
    )
    activity.save()
    activity.audit.controller = "Office for Integration and Equal Opportunities\n" * 4
    activity.audit.save()
    languages = list(dict(settings.PARTICIPANT_LANGUAGES))
    place = "In front of the main entrance of the former harbour library, " + "Donaudampfschifffahrtsgesellschaft" * 2
    document = poster_document(
        WAY, audit=activity.audit, code=activity.join_code, languages=languages, size=size, place=place
    )
    with pdfplumber.open(io.BytesIO(render_pdf(document, media=lambda uuid: b"").data)) as file:
        largest = [max(round(letter["size"], 1) for letter in page.chars) for page in file.pages]
    assert len(largest) == len(languages)
    assert len(set(largest)) == 1


def test_walks_have_the_same_poster(desk, audit, not_rendered):
    walk = factories.CityWalkFactory(audit=audit, title="Harbour")
    page = reverse("checklists:walk-poster", args=[audit.slug, walk.uuid])
    assert "Choose a size." in words(desk.post(page, {"languages": "en"}))
    assert desk.post(page, {"size": "a4", "languages": "en"}).status_code == 302
    (document,) = not_rendered
    (poster,) = document.chapters
    assert (poster.title, poster.size) == ("Walk with us: Harbour", "a4")
    assert walk.meeting_point in text_of(document)


def test_language_and_title_of_another_script_stay_apart_from_the_sentence_around_them(desk, activity):
    photo = factories.PhotoFactory(activity=activity, language="ar")
    page = words(desk.get(reverse("photovoice:photo", args=[activity.audit.slug, activity.uuid, photo.uuid])))
    assert "in \N{FIRST STRONG ISOLATE}العربية\N{POP DIRECTIONAL ISOLATE}." in page


# Instructions, cards -----------------------------------------------------------------------------------------


def test_instructions_hold_what_the_toolkit_asks_for(activity):
    said = {
        "rights": "rights: whoever sends a photo confirms that it is their own.",
        "photo_fields": "A title.",
        "participants": "Involve many people.",
    }
    # Past the lock of a guide in use.
    Instruction.objects.bulk_create(
        Instruction(guide=activity.guide, key=key, title=key, text=text) for key, text in said.items()
    )
    activity.wordings.create(theme=activity.guide.themes.get(key="friendly"), language="ar", title="أماكن جيدة")
    activity.sending = "#velmora"
    activity.save()
    said = text_of(instructions_document(activity, languages=["en", "ar"], way=WAY))
    # The heading says already what it is about.
    assert "rights:" not in said
    for fact in ("Whoever sends", "A title.", "3 hours", "Town hall", "Library", "Friendly city", "#velmora", WAY.code):
        assert fact in said
    assert "أماكن جيدة" in said
    # Said to those who plan, not to those who take photos.
    assert "Involve many people." not in said


def test_instructions_stand_on_one_page_with_the_square_beside_how_to_send(activity):
    said = "Whoever sends a photo confirms that it is their own, and lets the city show it without earning money. "
    keys = ("rights", "photo_fields", "formats")
    Instruction.objects.bulk_create(Instruction(guide=activity.guide, key=key, title=key, text=said) for key in keys)
    activity.childcare = activity.interpreters = activity.expenses = activity.access = (
        "At the town hall, free of charge"
    )
    activity.save()

    def pages(*languages):
        document = instructions_document(activity, languages=languages, way=WAY)
        with pdfplumber.open(io.BytesIO(render_pdf(document, media=lambda uuid: b"").data)) as file:
            return [(page.extract_text(), len(page.rects) > 100) for page in file.pages]

    assert [square for _text, square in pages("en", "ar", "uk")] == [True] * 3
    # What has no room on one page has two, and the square stays with its heading.
    activity.sending = said * 24
    activity.save()
    assert [square for text, square in pages("en") if "How to send them" in text] == [True]


def test_cards_hold_codes_that_nobody_has_taken_and_that_are_kept_nowhere(desk, activity, not_rendered):
    desk.post(address("prints", activity), {"which": "cards", "languages": "uk", "count": "3"})
    (document,) = not_rendered
    (cards,) = (part for part in document.chapters[0].blocks if isinstance(part, blocks.Cards))
    codes = [card.code for card in cards.cards]
    taken = [participant_by_code(audit=activity.audit, code=code.replace(" ", "")) for code in codes]
    assert len(set(taken)) == 3
    assert {(one.joined_at, one.language) for one in taken} == {(None, "uk")}
    assert not any(code.replace(" ", "") in str(list(Participant.objects.values())) for code in codes)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"which": "cards", "languages": "all", "count": "3"}, "Choose one language"),
        ({"which": "cards", "languages": "en", "count": ""}, "Write how many cards to print."),
        ({"which": "cards", "languages": "en", "count": "400"}, "At most 40 at once"),
        ({"which": "", "languages": "en"}, "Choose what to print."),
    ],
)
def test_what_cannot_be_printed_is_said_and_makes_nothing(desk, activity, not_rendered, sent, said):
    assert said in words(desk.post(address("prints", activity), sent))
    assert not_rendered == []
    assert not Participant.objects.exists()


# Consent form ------------------------------------------------------------------------------------------------


def test_consent_form_asks_what_the_joining_page_asks_with_a_box_for_yes_and_for_no(desk, activity, not_rendered):
    desk.post(address("prints", activity), {"which": "consent", "languages": "en"})
    activity.beside = factories.CityWalkFactory(audit=activity.audit).join_code
    activity.save()
    desk.post(address("prints", activity), {"which": "consent", "languages": "en"})
    alone, with_walk = (text_of(document) for document in not_rendered)
    boxes = '<ul><li><span class="tick"></span>Yes</li><li><span class="tick"></span>No</li></ul>'
    for text in PHOTOS.texts.values():
        assert f'<p class="asked">{text.title}</p><p>{text.words}</p></div>{boxes}' in alone
    assert f"Version of these words: {PHOTOS.version}<" in alone
    for fact in ("Town hall", "<p>Signature<", "<p>Signature of the parent or guardian<", "Under 18<", WAY.short[-4:]):
        assert fact in alone
    # On a phone, too, who joins both is asked for both.
    assert str(TEXTS[Purpose.QUOTATION].title) not in alone
    assert f'<p class="asked">{TEXTS[Purpose.QUOTATION].title}</p>' in with_walk
    assert f"{PHOTOS.version}+{WALKS.version}<" in with_walk


def test_consent_form_has_one_page_in_each_language(activity):
    activity.beside = factories.CityWalkFactory(audit=activity.audit).join_code
    activity.save()
    activity.audit.controller = "Office for Integration and Equal Opportunities\n" * 3
    activity.audit.save()
    made = render_pdf(consent_document(activity, languages=["en", "ar", "uk"], way=WAY), media=lambda uuid: b"")
    assert [made.pages_by_section[f"consent-{language}"].first for language in ("en", "ar", "uk")] == [1, 2, 3]
    assert made.page_count == 3


# Invitation --------------------------------------------------------------------------------------------------


def test_invitation_is_ours_until_the_team_words_it(desk, activity, not_rendered):
    page = address("invitation", activity) + "?language=en"
    said = words(desk.get(page))
    for fact in ("Town hall", "Friendly city", f"/join/{activity.join_code}"):
        assert fact in said
    desk.post(page, {"title": "Come!", "text": "All of you.\n- Bring a phone", "version": "1"})
    assert "All of you." in words(desk.get(page))
    assert "All of you." not in words(desk.get(address("invitation", activity) + "?language=bg"))
    desk.post(address("prints", activity), {"which": "invitation", "languages": "en"})
    (section,) = not_rendered[0].chapters
    assert section.title == "Come!"
    assert section.blocks[:2] == (blocks.Paragraph("All of you."), blocks.Bullets(("Bring a phone",)))
    assert isinstance(section.blocks[2], blocks.Beside)


def test_two_who_word_the_invitation_at_once_both_keep_their_words(desk, activity):
    page = address("invitation", activity) + "?language=en"
    desk.post(page, {"title": "Come!", "text": "First.", "version": "1"})
    response = desk.post(page, {"title": "Come!", "text": "Second.", "version": "1"})
    assert response.status_code == 409
    assert "First." in words(response)
    assert "Second." in words(response)


def test_an_unknown_language_has_no_invitation(desk, activity):
    assert desk.get(address("invitation", activity) + "?language=xx").status_code == 404
