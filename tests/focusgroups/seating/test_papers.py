"""The papers of the day: what stands on them, and what never does."""

import io
import uuid

import pdfplumber
import pytest
from django.utils.text import slugify

from audits import printing
from audits.participation.actions import participant_by_code
from focusgroups.enums import Reply
from focusgroups.models import Seat
from focusgroups.printed.seats import attendance_sheet, consent_forms, seat_cards
from reports.document import blocks, pdf
from reports.document.html import render_html
from tests.factories import InviteeFactory, SeatFactory
from tests.focusgroups.seats import address, taken


@pytest.fixture
def not_rendered(monkeypatch):
    """The documents that would have been rendered."""
    documents = []

    def begin(owner, key, document):
        documents.append(document())
        return printing.Print(uuid.uuid4(), None)

    monkeypatch.setattr(printing, "begin", begin)
    return documents


def text_of(document):
    return " ".join(render_html(document, target="page").split())


def block(document, kind):
    parts = [part for chapter in document.chapters for part in (chapter, *getattr(chapter, "blocks", ()))]
    return next(part for part in parts if isinstance(part, kind))


def test_new_cards_carry_the_codes_of_their_seats(team, group, not_rendered, settings):
    settings.SITE_URL = "https://audit.city.example"
    team.post(address("prints", group), {"which": "new", "count": "3", "language": "bg"})
    (document,) = not_rendered
    cards = block(document, blocks.Cards).cards
    assert [card.number for card in cards] == ["1", "2", "3"]
    seats = [participant_by_code(audit=group.audit, code=card.code).seat for card in cards]
    assert seats == list(Seat.objects.all())
    assert document.language == "bg"
    assert f"https://audit.city.example/join/{group.join_code}" in str(block(document, blocks.Cards).receipt)


def test_cards_again_are_for_the_seats_that_nobody_has_taken(team, group, not_rendered):
    taken(group)
    SeatFactory(group=group, number=7, participant__joined_at=None)
    page = team.get(address("prints", group)).content.decode()
    assert "1 seat gets a new code" in page
    team.post(address("prints", group), {"which": "again", "language": "en"})
    assert [card.number for card in block(not_rendered[0], blocks.Cards).cards] == ["7"]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"which": "new", "count": ""}, "count", "Write how many seats"),
        ({"which": "new", "count": "61"}, "count", "At most 60 more"),
        ({"which": "new", "count": "ten"}, "count", "whole number"),
        ({"which": "again"}, "which", "cannot be chosen here"),
        ({"which": "consent", "language": "xx"}, "language", "cannot be chosen here"),
    ],
    ids=["none", "too many", "no number", "none waits", "language"],
)
def test_bad_wishes_prepare_nothing(team, group, not_rendered, typed, field, words):
    page = team.post(address("prints", group), {"language": "en", **typed})
    assert words in str(page.context["form"].errors[field])
    assert not not_rendered
    assert not Seat.objects.exists()


def test_consent_form_says_each_purpose_and_who_answers_and_has_no_code(group):
    taken(group, count=2)
    document = consent_forms(group, language="en", numbers=[1, 2], address="https://audit.example/join/7KPM")
    form = block(document, blocks.PaperForm)
    assert form.sheets == (blocks.FormSheet("1"), blocks.FormSheet("2"))
    purposes = [option.partition(".")[0] for option in form.choices[0].options]
    assert purposes == ["I want to take part", "My words may be quoted", "The discussion may be recorded"]
    words = text_of(document)
    for part in ("Data Office, Main Square 1", "parent or guardian", "https://audit.example/join/7KPM", "Seat"):
        assert part in words
    assert "Sheet" not in words


def test_attendance_sheet_names_who_may_come_and_no_seat(group):
    InviteeFactory(group=group, name="Ada Who Comes", organisation="Open Door", reply=Reply.YES)
    InviteeFactory(group=group, name="Ben Who Is Silent")
    InviteeFactory(group=group, name="Cem Who Stays Away", reply=Reply.NO)
    InviteeFactory(group=group, name="", organisation="", email="", contact_deleted_at="2026-01-01T00:00Z")
    taken(group, count=2)
    rows = block(attendance_sheet(group, language="en"), blocks.Table).rows
    assert [row.cells[:3] for row in rows if row.cells[0]] == [
        ("Ada Who Comes", "Open Door", "NGOs and community organisations"),
        ("Ben Who Is Silent", "An organisation", "NGOs and community organisations"),
    ]
    assert not any(str(cell).isdigit() for row in rows for cell in row.cells)


def test_attendance_sheet_of_a_full_group_has_one_page_without_english_words_of_ours(group):
    for number in range(11):
        InviteeFactory(group=group, name=f"Amal Haddad {number}", organisation="Club e.V.", target_group="tcn")
    for language in ("ar", "sk"):
        document = attendance_sheet(group, language=language)
        assert "communities" not in text_of(document)
        assert pdf.render_pdf(document, media={}.__getitem__).page_count == 1
    # Where names run the other way, their marks stay with them.
    assert "\N{FIRST STRONG ISOLATE}Club e.V.\N{POP DIRECTIONAL ISOLATE}" in text_of(
        attendance_sheet(group, language="ar")
    )


def test_seat_stands_once_on_its_consent_form(group):
    document = consent_forms(group, language="en", numbers=[7], address="https://audit.example/join/7KPM")
    with pdfplumber.open(io.BytesIO(pdf.render_pdf(document, media={}.__getitem__).data)) as file:
        assert [page.extract_text().count("Seat") for page in file.pages] == [1]


def test_papers_of_the_last_day_are_listed_and_fetched_by_those_of_the_group_alone(team, group, monkeypatch):
    monkeypatch.setattr("reports.document.child.start", lambda *args, **more: None)
    sent = {"which": "new", "count": "2", "language": "en", "uuid": str(uuid.uuid4())}
    first, second = (team.post(address("prints", group), sent).url for _press in range(2))
    assert (first, Seat.objects.count()) == (second, 2)
    (made,) = printing.of(group.uuid)
    page = team.get(address("prints", group)).content.decode()
    assert f'href="{address("print", group, made.key)}"><bdi>Seat cards</bdi></a>' in page
    (made.folder / "progress.json").write_text('{"state": "done"}')
    made.file.write_bytes(b"%PDF")
    file = team.get(address("print-file", group, made.key))
    assert b"".join(file.streaming_content) == b"%PDF"
    assert f"seat-cards-{slugify(group.title)}-en.pdf" in file["Content-Disposition"]
    assert printing.of(uuid.uuid4()) == []
    assert "Seat cards" in text_of(seat_cards(group, language="en", cards=[("1", "7KPM 3XWD")], address="x"))


def test_seat_cards_stand_four_on_a_page(group):
    cards = [(str(number), "7KPM 3XWD") for number in range(1, 9)]
    document = seat_cards(group, language="en", cards=cards, address="https://city.example/join/ABCDEFGH")
    made = pdf.render_pdf(document, media={}.__getitem__)
    with pdfplumber.open(io.BytesIO(made.data)) as file:
        assert [page.extract_text().count("7KPM 3XWD") for page in file.pages] == [4, 4]
