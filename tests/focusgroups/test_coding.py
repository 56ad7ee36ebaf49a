"""What counts, where passages stand, and the page on which notes are coded."""

from fractions import Fraction

import pytest

from audits.enums import Role, StakeholderGroup
from focusgroups.coding import Mark, Standing, agreement, located, pairs, pieces
from focusgroups.models import Code, Coding
from tests import factories
from tests.focusgroups.pages import to, words_of

JSON = {"HTTP_ACCEPT": "application/json"}


def marks(*triples):
    return [Mark(note, code, coder) for note, code, coder in triples]


# The rule of counting ---------------------------------------------------------------------------------------


def test_all_codes_of_a_single_coder_count():
    found = pairs(marks((1, "a", "ada"), (2, "a", "ada")), {})
    assert [pair.standing for pair in found] == [Standing.ALONE, Standing.ALONE]
    assert agreement(found) is None


def test_second_coder_makes_a_difference_only_on_notes_that_both_coded():
    found = pairs(marks((1, "a", "ada"), (2, "a", "ada"), (2, "b", "ben"), (3, "b", "ben")), {})
    standing = {(pair.note, pair.code): pair.standing for pair in found}
    assert standing == {
        (1, "a"): Standing.ALONE,
        (2, "a"): Standing.OPEN,
        (2, "b"): Standing.OPEN,
        (3, "b"): Standing.ALONE,
    }
    assert agreement(found) == 0


def test_what_was_settled_holds_when_the_other_coder_takes_a_code_away():
    found = pairs(marks((1, "a", "ada"), (2, "a", "ada")), {(1, "a"): False, (2, "a"): True})
    assert [pair.standing for pair in found] == [Standing.LEFT, Standing.KEPT]
    assert agreement(found) is None


def test_between_two_coders_agreement_and_what_was_settled_to_keep_counts():
    found = pairs(
        marks(
            *((note, "a", coder) for note in (1, 2) for coder in ("ada", "ben")),
            (1, "b", "ada"),
            (1, "c", "ben"),
            (2, "d", "ada"),
            (2, "d", "ada"),
        ),
        {(1, "b"): True, (1, "c"): False},
    )
    standing = {(pair.note, pair.code): pair.standing for pair in found}
    assert standing == {
        (1, "a"): Standing.AGREED,
        (2, "a"): Standing.AGREED,
        (1, "b"): Standing.KEPT,
        (1, "c"): Standing.LEFT,
        (2, "d"): Standing.OPEN,
    }
    assert [pair.standing.counts for pair in found] == [True, True, True, False, False]
    # What was settled afterwards makes nobody agree.
    assert agreement(found) == Fraction(2, 5)
    assert found[-1].others == {"ben"}


# Passages in a text -----------------------------------------------------------------------------------------


def test_passage_is_found_again_by_its_words():
    assert located("We need homes", 3, 7, "need") == (3, 7)
    assert located("Well, we need homes", 3, 7, "need") == (9, 13)
    # Of two places the nearer one.
    assert located("need and need and need", 10, 14, "need") == (9, 13)
    assert located("We want homes", 3, 7, "need") is None


def test_overlapping_passages_cut_the_text_without_changing_it():
    text = "Rents are too high"
    found = pieces(text, {"a": (0, 9), "b": (6, 18)})
    assert [(piece.text, piece.covering, piece.ending) for piece in found] == [
        ("Rents ", ("a",), ()),
        ("are", ("a", "b"), ("a",)),
        (" too high", ("b",), ("b",)),
    ]
    assert "".join(piece.text for piece in found) == text
    assert pieces("", {}) == []


# The page ---------------------------------------------------------------------------------------------------


@pytest.fixture
def note(noted):
    return factories.NoteFactory(group=noted, text="Rents 🏠 are too high for newcomers")


def put(desk, group, note, **data):
    return desk.post(to("coding-sync", group.audit, group.uuid), {"note": note.uuid, **data}, **JSON)


def test_code_goes_on_a_passage_once_and_new_names_make_codes(desk, noted, note):
    passage = {"code": "  Cost of   housing ", "start": 12, "end": 20, "quote": "too high"}
    answer = put(desk, noted, note, **passage)
    assert answer.status_code == 200
    assert answer.json()["codes"] == ["Cost of housing"]
    assert "<mark>too high</mark>" in answer.json()["html"]
    assert put(desk, noted, note, **passage | {"code": "COST of housing"}).status_code == 200
    coding = Coding.objects.get()
    assert (coding.code.name, coding.start, coding.end, coding.quote) == ("Cost of housing", 12, 20, "too high")
    assert note.text[coding.start : coding.end] == "too high"
    assert Code.objects.get().audit == noted.audit


def test_without_a_passage_the_plain_form_codes_the_whole_note(desk, noted, note):
    answer = desk.post(to("coding-sync", noted.audit, noted.uuid), {"note": note.uuid, "code": "Rents"})
    assert answer.url == f"{to('coding', noted.audit, noted.uuid)}#note-{note.uuid}"
    coding = Coding.objects.get()
    assert (coding.start, coding.end, coding.quote) == (0, len(note.text), note.text)
    taken = desk.post(to("coding-sync", noted.audit, noted.uuid), {"note": note.uuid, "take": coding.uuid})
    assert taken.status_code == 302
    assert not Coding.objects.exists()
    again = desk.post(to("coding-sync", noted.audit, noted.uuid), {"note": note.uuid, "take": coding.uuid}, **JSON)
    assert again.status_code == 200


def test_words_that_moved_are_found_and_words_that_went_are_refused(desk, noted, note):
    assert put(desk, noted, note, code="A", start=0, end=8, quote=" newcomers").status_code == 200
    assert Coding.objects.get().quote == "newcomers"
    refused = put(desk, noted, note, code="B", start=0, end=4, quote="Fares")
    assert refused.status_code == 422
    assert "somebody has corrected it" in refused.json()["errors"][0]
    gone = factories.NoteFactory(group=noted, removed=True)
    assert "took it back" in put(desk, noted, gone, code="B").json()["errors"][0]
    too_long = put(desk, noted, note, code="x" * 500)
    assert too_long.status_code == 422
    assert "at most 120 characters" in too_long.json()["errors"][0]
    plain = desk.post(to("coding-sync", noted.audit, noted.uuid), {"note": note.uuid, "code": "x" * 500}, follow=True)
    assert "What you typed: " + "x" * 500 in words_of(plain)
    # A browser would cut off what is pasted, without a word.
    assert "maxlength" not in desk.get(to("coding", noted.audit, noted.uuid)).content.decode()
    assert Coding.objects.count() == 1


def test_others_codes_are_hidden_until_asked_for_and_cannot_be_taken_away(desk, noted, note):
    other = factories.CodingFactory(note=note, code__name="Foreign idea", end=5)
    page = to("coding", noted.audit, noted.uuid)
    assert "<mark>" not in desk.get(page).content.decode()
    assert "Take away" not in desk.get(page).content.decode()
    shown = desk.get(page, {"codes": "all"})
    assert "<mark>Rents</mark>" in shown.content.decode()
    desk.post(to("coding-sync", noted.audit, noted.uuid), {"note": note.uuid, "take": other.uuid})
    assert Coding.objects.count() == 1


def test_page_says_when_a_coded_passage_was_corrected_away(desk, noted, note):
    user = noted.audit.memberships.get().user
    factories.CodingFactory(note=note, coder=user, start=12, end=20, quote="too low")
    page = words_of(desk.get(to("coding", noted.audit, noted.uuid)))
    assert "The note was corrected; the words “too low” do not stand in it any more." in page


def test_notes_are_narrowed_and_a_link_finds_its_note(desk, noted, note, seat):
    user = noted.audit.memberships.get().user
    factories.CodingFactory(note=note, coder=user)
    hot = factories.NoteFactory(group=noted, hot=True, question__area="urban", speaker=StakeholderGroup.POLICE)
    factories.NoteFactory(group=noted, removed=True)
    # What was noted once gives way to what the seat says.
    note.seat, note.speaker = seat(StakeholderGroup.SCHOOLS), StakeholderGroup.POLICE
    note.save()
    page = to("coding", noted.audit, noted.uuid)

    def shown(**wanted):
        return {one.note for one in desk.get(page, wanted).context["rows"]}

    assert shown() == {note, hot}
    assert shown(only="uncoded") == shown(only="hot") == shown(area="urban") == shown(speaker="police") == {hot}
    assert shown(question=str(note.question.uuid)) == shown(speaker="schools") == {note}
    assert shown(note="nonsense", area="nonsense", page="9") == {note, hot}


def test_coding_asks_as_often_for_300_notes_as_for_three(desk, noted, seat, django_assert_max_num_queries):
    user = noted.audit.memberships.get().user
    question, code, taken = (
        factories.SessionQuestionFactory(group=noted),
        factories.CodeFactory(audit=noted.audit),
        seat(),
    )
    desk.get(to("coding", noted.audit, noted.uuid))
    counts = []
    for number in (3, 297):
        for one in factories.NoteFactory.create_batch(number, group=noted, question=question, seat=taken):
            factories.CodingFactory(note=one, code=code, coder=user)
        with django_assert_max_num_queries(16) as asked:
            assert desk.get(to("coding", noted.audit, noted.uuid)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_researchers_do_not_see_notes(client, noted, note, member):
    client.force_login(member(Role.RESEARCHER))
    assert client.get(to("coding", noted.audit, noted.uuid)).status_code == 403
