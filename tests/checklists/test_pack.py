"""Printing the pack: the forms that are issued, what the document says, the file and who gets it."""

import re
import time
import uuid
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from audits import printing
from audits.enums import Area, Role
from audits.models import Translation
from audits.participation.actions import participant_by_code
from audits.participation.models import Participant
from checklists.actions import issue_forms, reissue_forms, unused_forms
from checklists.enums import WalkState
from checklists.models import Sheet
from checklists.pack import pack_document
from reports.document import blocks
from reports.document.html import render_html
from tests.checklists.conftest import items
from tests.factories import MembershipFactory, ParticipantFactory, ScoreFactory, SheetFactory


@pytest.fixture
def team(client, facilitator):
    client.force_login(facilitator)
    return client


def address(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, walk.uuid, *more])


def text_of(document):
    return " ".join(render_html(document, target="page").split())


def chapter(document, kind):
    return next((part for part in document.chapters if isinstance(part, kind)), None)


def asked(**changes):
    return {"which": "new", "count": 2, "language": "en", "agenda": "on", "briefing": "on", **changes}


@pytest.fixture
def not_rendered(monkeypatch):
    """The documents that would have been rendered."""
    documents = []

    def begin(walk, key, document):
        documents.append(document())
        return printing.Print(uuid.uuid4(), None)

    monkeypatch.setattr(printing, "begin", begin)
    return documents


# Forms -------------------------------------------------------------------------------------------------------


def test_issued_forms_are_sheets_that_nobody_has_taken(walk, facilitator):
    SheetFactory(walk=walk, number=7)
    issued = issue_forms(walk=walk, count=3, language="bg", by=facilitator)
    assert [sheet.number for sheet, _code in issued] == [8, 9, 10]
    for sheet, code in issued:
        assert sheet.participant.joined_at is None
        assert (sheet.language, sheet.participant.language, len(sheet.translation_revision)) == ("bg", "bg", 16)
        assert participant_by_code(audit=walk.audit, code=code) == sheet.participant
    assert not Sheet.objects.filter(number__gte=8).counted().exists()


def test_codes_are_kept_nowhere(walk, facilitator):
    ((_sheet, code),) = issue_forms(walk=walk, count=1, language="en", by=facilitator)
    assert code not in str(list(Participant.objects.values()) + list(Sheet.objects.values()))


def test_forms_in_use_keep_their_codes(walk, facilitator):
    issued = issue_forms(walk=walk, count=4, language="en", by=facilitator)
    (answered, _code), (joined, joined_code), (void, _void_code), (free, free_code) = issued
    ScoreFactory(sheet=answered, item=items(walk)[0])
    Participant.objects.filter(pk=joined.participant_id).update(joined_at=timezone.now())
    Sheet.objects.filter(pk=void.pk).update(voided_at=timezone.now(), void_reason="Wet")
    assert list(unused_forms(walk)) == [free]
    ((again, new_code),) = reissue_forms(walk=walk, numbers=[1, 2, 3, 4], language="bg", by=facilitator)
    assert (again.pk, again.language) == (free.pk, "bg")
    assert participant_by_code(audit=walk.audit, code=free_code) is None
    assert participant_by_code(audit=walk.audit, code=new_code) == free.participant
    assert participant_by_code(audit=walk.audit, code=joined_code) == joined.participant


# Document ----------------------------------------------------------------------------------------------------


def test_agenda_says_when_and_where(per_place_walk):
    walk = per_place_walk
    walk.interpreters = "Arabic"
    document = pack_document(walk, language="en", briefing=False, address="https://audit.example/join/9ACDEFGH/")
    words = text_of(document)
    for said in ("Saturday, 10 October 2026", "10:00–12:45", "10:45–12:00", "Main gate", "Arabic", "/join/9ACDEFGH"):
        assert said in words
    assert words.index("Station Square") < words.index("Mill Street underpass")
    assert chapter(document, blocks.PaperForm) is None


def test_briefing_keeps_lines_and_lists(walk):
    walk.briefing_resources = "Two people.\n- A house\n- A bus\n\nNo budget <b>line</b> [[x]]."
    document = pack_document(walk, language="en", agenda=False)
    (briefing,) = document.chapters
    (resources,) = briefing.blocks
    assert resources.blocks == (
        blocks.Paragraph("Two people."),
        blocks.Bullets(("A house", "A bus")),
        blocks.Paragraph("No budget <b>line</b> [[x]]."),
    )
    assert "&lt;b&gt;line&lt;/b&gt; [[x]]" in text_of(document)


def test_pack_without_a_briefing_leaves_it_out(walk):
    assert [part.key for part in pack_document(walk, language="en").chapters] == ["agenda"]


def test_paper_form_asks_each_part_once_and_the_urban_part_at_each_place(per_place_walk):
    document = pack_document(per_place_walk, language="en", forms=[("1", "7KPM 3XWD")], agenda=False)
    form = chapter(document, blocks.PaperForm)
    assert [(part.title, bool(part.fields), bool(part.ideas)) for part in form.sections] == [
        (Area.VISION.label, False, True),
        (f"{Area.URBAN.label}: Station Square", True, False),
        (f"{Area.URBAN.label}: Mill Street underpass", True, True),
    ]
    assert [item.code for item in form.sections[1].items] == [item.key for item in items(per_place_walk)[2:]]
    assert form.sheets == (blocks.FormSheet("1", "7KPM 3XWD"),)


def test_paper_form_names_who_answers_for_the_data_and_asks_for_consent_apart(walk):
    walk.audit.controller = "City of Velmora,\nHarbour Square 1\naudit@velmora.example"
    document = pack_document(walk, language="en", forms=[("", "")], agenda=False, address="https://audit.example/join/")
    words = text_of(document)
    assert "Who answers for the data: City of Velmora, Harbour Square 1, audit@velmora.example" in words
    consents = next(
        choice for choice in chapter(document, blocks.PaperForm).choices if "Only the first" in choice.label
    )
    assert [option.partition(".")[0].partition(":")[0] for option in consents.options] == [
        "I want to take part",
        "My comments may be quoted",
        "Under 18",
    ]
    assert "Go to https://audit.example/join" in words


def test_paper_form_speaks_the_chosen_language(walk):
    item = items(walk)[0]
    Translation.objects.create(
        target=item, field="statement", language="bg", source=item.statement, text="Градът има стратегия."
    )
    document = pack_document(walk, language="bg", forms=[("1", "")])
    assert document.language == "bg"
    assert chapter(document, blocks.PaperForm).sections[0].items[0].statement == "Градът има стратегия."


# Page --------------------------------------------------------------------------------------------------------


def test_printing_new_forms_makes_their_sheets(team, walk, not_rendered):
    response = team.post(address("walk-pack", walk), asked(count=3))
    assert response.status_code == 302
    (document,) = not_rendered
    sheets = chapter(document, blocks.PaperForm).sheets
    assert [sheet.number for sheet in sheets] == ["1", "2", "3"]
    for sheet in sheets:
        assert participant_by_code(audit=walk.audit, code=sheet.code) is not None


def test_printing_again_makes_no_new_sheets(team, walk, facilitator, not_rendered):
    issue_forms(walk=walk, count=2, language="en", by=facilitator)
    team.post(address("walk-pack", walk), asked(which="again", count=""))
    assert walk.sheets.count() == 2
    assert [sheet.number for sheet in chapter(not_rendered[0], blocks.PaperForm).sheets] == ["1", "2"]


def test_single_form_is_printed_again_and_the_others_keep_their_codes(team, walk, facilitator, not_rendered):
    (_first, first_code), (_second, second_code), *_more = issue_forms(
        walk=walk, count=5, language="en", by=facilitator
    )
    team.post(address("walk-pack", walk), asked(which="again", count="", numbers="2, 4 - 5"))
    assert [sheet.number for sheet in chapter(not_rendered[0], blocks.PaperForm).sheets] == ["2", "4", "5"]
    assert participant_by_code(audit=walk.audit, code=first_code) is not None
    assert participant_by_code(audit=walk.audit, code=second_code) is None


@pytest.mark.parametrize(
    ("numbers", "words"),
    [("1, x", "“x” is not a number"), ("3", "Form 3 does not wait"), ("7-9", "None of these forms waits")],
)
def test_wrong_numbers_are_not_printed_again(team, walk, facilitator, not_rendered, numbers, words):
    issue_forms(walk=walk, count=2, language="en", by=facilitator)
    response = team.post(address("walk-pack", walk), asked(which="again", count="", numbers=numbers))
    assert words in str(response.context["form"].errors["numbers"])
    assert not not_rendered


def test_copy_without_code_makes_no_sheet(team, walk, not_rendered):
    team.post(address("walk-pack", walk), asked(which="blank", count=""))
    assert chapter(not_rendered[0], blocks.PaperForm).sheets == (blocks.FormSheet("", ""),)
    assert not walk.sheets.exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"count": ""}, "count", "how many"),
        ({"count": "0"}, "count", "At least one"),
        ({"count": "41"}, "count", "At most 40"),
        ({"count": "many"}, "count", "whole number"),
        ({"language": "xx"}, "language", "cannot be chosen here"),
        ({"which": "again"}, "which", "cannot be chosen here"),
        ({"which": "none", "agenda": "", "briefing": ""}, "which", "Nothing would be printed"),
    ],
)
def test_bad_wishes_print_nothing(team, walk, not_rendered, changes, field, words):
    response = team.post(address("walk-pack", walk), asked(**changes))
    assert words in str(response.context["form"].errors[field])
    assert not not_rendered
    assert not walk.sheets.exists()


def test_closed_walk_makes_no_new_forms_and_offers_the_copy_instead(team, walk, not_rendered):
    walk.state = WalkState.CLOSED
    walk.save()
    page = team.get(address("walk-pack", walk))
    assert page.context["form"]["which"].value() == "blank"
    assert "The walk is closed, so no new forms are made" in page.content.decode()
    response = team.post(address("walk-pack", walk), asked())
    assert "cannot be chosen here" in str(response.context["form"].errors["which"])
    assert not walk.sheets.exists()
    team.post(address("walk-pack", walk), asked(which="blank"))
    assert chapter(not_rendered[0], blocks.PaperForm).sheets == (blocks.FormSheet("", ""),)


# File --------------------------------------------------------------------------------------------------------


def finished(client, page):
    """The page of a printing once it is over."""
    for _second in range(600):
        response = client.get(page)
        if response.context["progress"].state in ("done", "failed"):
            return response
        time.sleep(0.2)
    raise AssertionError("The printing does not end.")


def test_pack_is_printed_and_fetched(team, per_place_walk, settings):
    walk = per_place_walk
    team.force_login(MembershipFactory(audit=walk.audit, role=Role.FACILITATOR).user)
    page = team.post(address("walk-pack", walk), asked(count=1)).url
    response = finished(team, page)
    assert response.context["progress"].state == "done"
    assert not list(settings.SPOOL_ROOT.rglob("tree.json"))
    made = response.context["print"]
    file = team.get(address("walk-print-file", walk, made.key))
    assert file.headers["Content-Type"] == "application/pdf"
    assert "no-store" in file.headers["Cache-Control"]
    content = b"".join(file.streaming_content)
    (folder,) = settings.SPOOL_ROOT.rglob(str(made.key))
    assert folder.stat().st_mode & 0o077 == 0
    (settings.SPOOL_ROOT / "copy.pdf").write_bytes(content)
    with pikepdf.open(settings.SPOOL_ROOT / "copy.pdf") as pdf:
        assert len(pdf.pages) == response.context["progress"].page_count >= 4


def test_pack_that_is_asked_for_twice_is_made_once(team, walk, monkeypatch):
    """A second press would give forms out that nobody has on paper."""
    started = []
    monkeypatch.setattr("reports.document.child.start", lambda *args, **more: started.append(args))
    page = team.get(address("walk-pack", walk)).content.decode()
    sent = asked(count=3, uuid=re.search(r'name="uuid" value="([^"]+)"', page)[1])
    assert team.post(address("walk-pack", walk), sent).url == team.post(address("walk-pack", walk), sent).url
    assert (len(started), walk.sheets.count()) == (1, 3)
    team.post(address("walk-pack", walk), {**sent, "language": "bg"})
    assert (len(started), walk.sheets.count()) == (2, 6)
    team.post(address("walk-pack", walk), asked(count=3))
    assert (len(started), walk.sheets.count()) == (3, 9)


def test_pack_belongs_to_its_walk_and_goes_after_a_day(team, walk, settings):
    key = uuid.uuid4()
    folder = settings.SPOOL_ROOT / "prints" / str(walk.uuid) / str(key)
    folder.mkdir(parents=True)
    (folder / "media.json").write_text("{}")
    (folder / "document.pdf").write_bytes(b"%PDF")
    (folder / "progress.json").write_text('{"state": "done"}')
    other = type(walk).objects.create(
        audit=walk.audit, checklist=walk.checklist, title="Other", date=walk.date, starts_at=walk.starts_at,
        meeting_point="Gate", join_code="QRTW3467",
    )  # fmt: skip
    file = team.get(address("walk-print-file", walk, key))
    assert b"".join(file.streaming_content) == b"%PDF"
    assert team.get(address("walk-print-file", other, key)).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert printing.find(walk.uuid, key) is None
        assert printing.sweep() == 1
    assert not folder.exists()
    assert "has been deleted" in team.get(address("walk-print", walk, key)).content.decode()
    assert team.get(address("walk-print-file", walk, key)).status_code == 404


def test_failed_printing_says_why(team, walk, settings):
    key = uuid.uuid4()
    folder = settings.SPOOL_ROOT / "prints" / str(walk.uuid) / str(key)
    folder.mkdir(parents=True)
    (folder / "media.json").write_text("{}")
    (folder / "tree.json").write_text("{}")
    (folder / "progress.json").write_text('{"state": "failed", "reason": "time"}')
    content = team.get(address("walk-print", walk, key)).content.decode()
    assert "It took too long and was stopped" in content
    assert not (folder / "tree.json").exists()
    assert team.get(address("walk-print-file", walk, key)).status_code == 404


@pytest.mark.parametrize("name", ["walk-pack", "walk-print", "walk-print-file"])
def test_viewer_prints_nothing(client, walk, name):
    client.force_login(MembershipFactory(audit=walk.audit, role=Role.VIEWER).user)
    more = [] if name == "walk-pack" else [uuid.uuid4()]
    assert client.get(address(name, walk, *more)).status_code == 403


def test_participants_of_forms_that_wait_are_no_participants(walk, facilitator):
    ParticipantFactory(audit=walk.audit)
    issue_forms(walk=walk, count=5, language="en", by=facilitator)
    assert Participant.objects.joined().count() == 1
