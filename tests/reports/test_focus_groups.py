"""The section on focus groups, the annex of each group, and the report of one group as its own PDF."""

import io
from datetime import date

import page as page_validation
import pdfplumber
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from audits import images, printing
from audits.enums import Area, StakeholderGroup
from audits.models import Audit, CityPlan
from audits.participation.actions import give_consents
from audits.participation.enums import Purpose
from audits.participation.models import Consent
from focusgroups import results
from focusgroups.enums import Confirmation, GroupState, Sufficiency
from focusgroups.models import AreaSummary, GroupConclusions, GroupSummary, HotSpot, LevelCount, QuestionSummary
from focusgroups.printed import report as printed
from reports import figures
from reports.actions import save_text
from reports.assembly import assemble, assembly
from reports.document import blocks as b
from reports.document import pdf
from reports.document.html import render_html
from reports.document.numbering import walk
from reports.sections import points
from reports.status import statuses
from tests import factories

pytestmark = pytest.mark.django_db

CIVIL, MIGRANTS = StakeholderGroup.NGO, StakeholderGroup.MIGRANTS


def seats(group, *people):
    """Seats with consent to quotation: stakeholder group and gender of each."""
    found = []
    for number, (own, gender) in enumerate(people, 1):
        who = factories.ParticipantFactory(audit=group.audit, group=own, gender=gender)
        found.append(factories.SeatFactory(group=group, participant=who, number=number))
        for purpose in (Purpose.TAKING_PART, Purpose.QUOTATION):
            consent(found[-1], purpose)
    return found


def consent(seat, purpose=Purpose.QUOTATION, *, given=True):
    Consent.objects.create(participant=seat.participant, purpose=purpose, given=given, text_version="1", language="en")


def hold(audit, *people, title="Communities and NGOs"):
    """A closed group with what the team made of it."""
    group = factories.FocusGroupFactory(
        audit=audit,
        title=title,
        state=GroupState.CLOSED,
        date=date(2026, 11, 5),
        moderator="Amina Haddad",
        topics="Services\nSafety",
    )
    group.taken = seats(group, *people)
    for area in Area:
        AreaSummary.objects.create(
            group=group,
            area=area,
            sufficiency=Sufficiency.LACKING,
            lacks_statistics=True,
            reasons="Offices share no figures.",
            results=f"What {title} said on {area.value}.",
            recommendations="Share them.",
        )
    code = factories.CodeFactory(audit=audit, name=f"Idea of {title}")
    for area in Area:
        question = factories.SessionQuestionFactory(group=group, area=area, text=f"How is {area.value}?")
        QuestionSummary.objects.create(question=question, text=f"Much on {area.value}.").codes.add(code)
    made = GroupConclusions.objects.create(
        group=group,
        interest="Homes.",
        successes="The desk",
        challenges="- No homes\n- No figures",
        conclusions="Asked too late",
        recommendations="Stand surety",
    )
    made.interest_codes.add(code)
    GroupSummary.objects.create(group=group, text="We agree.", confirmation=Confirmation.CONFIRMED)
    return group


TEN = [*[(CIVIL, "woman")] * 5, *[(MIGRANTS, "man")] * 5]


@pytest.fixture
def group(bare):
    return hold(bare.audit, *TEN)


def found(node, kind):
    return [one for one in walk(node) if isinstance(one, kind)]


def section(document, key):
    return next(one for one in found(document, b.Section) if one.key == key)


def text_of(node):
    return str(b.tree.encode(node))


def test_section_sums_up_closed_groups_and_the_annex_holds_each(bare, group):
    hold(bare.audit, *[(StakeholderGroup.POLICE, "man")] * 9, title="Institutions")
    factories.FocusGroupFactory(audit=bare.audit, title="Still planned")
    document = assemble(bare)
    part = text_of(section(document, "focus_groups"))
    assert "19 people took part in 2 focus groups" in part
    assert [one.items for one in found(section(document, "focus_groups"), b.Points)] == [("Services", "Safety")]
    assert "Moderator: Amina Haddad" in part
    for said in ("What Institutions said on vision.", "The desk", "No homes", "Stand surety", "Idea of Institutions"):
        assert said in part
    # What both groups name stands once.
    assert part.count("Stand surety") == 1
    annex = section(document, "annex-groups")
    assert [one.title for one in annex.blocks] == ["Communities and NGOs", "Institutions"]
    said = text_of(annex.blocks[0])
    for line in (
        "Not enough. Lacking: statistical data. Offices share no figures.",
        "How is civic?",
        "Big ideas: Idea of Communities and NGOs.",
        "Much on civic.",
        "Confirmed by the participants",
        "Asked too late",
    ):
        assert line in said
    assert "Still planned" not in text_of(document)


def test_points_of_the_toolkit_are_met_by_what_a_group_left(bare):
    made = assembly(bare)
    assert all(state.missing for state in points("focus_groups", made.material, set()))
    assert statuses(made, None)["focus_groups"].absent
    group = hold(bare.audit, *TEN)
    made = assembly(bare)
    assert [state.missing for state in points("focus_groups", made.material, set())] == [None] * 6
    AreaSummary.objects.filter(group=group, area=Area.URBAN).delete()
    (missing,) = [one.missing for one in points("focus_groups", assembly(bare).material, set()) if one.missing]
    assert missing.text == "No results of a group yet: Urban environment."


def test_numbers_of_people_keep_the_rule_of_small_numbers(bare):
    few = hold(bare.audit, *TEN[:3], *TEN[5:], title="Few of one kind")
    session = results.of_group(few, "en")
    # 3 of civil society are hidden, and with them the 5 others, beside a total of 8.
    assert (session.people, session.families, session.genders) == (8, {}, {})
    assert printed.participants(session) == "8 in all"
    assert text_of(assemble(bare)).count("unless a smaller number could be worked out") == 1
    assert "unless a smaller number" in text_of(printed.document(session, "en"))
    assert not [one for one in found(assemble(bare), b.Table) if "Civil society: " in text_of(one)]
    ten = results.of_group(hold(bare.audit, *TEN), "en")
    assert printed.participants(ten) == "10 in all; Civil society: 5, TCN and migrants: 5; women: 5, men: 5"


def test_themes_are_short_and_stand_once(bare, group):
    data = "Communities in the city: data, statistics, countries of origin, their numbers. Where none exist, guesses."
    group.topics = f"{data}\nWork: wages"
    group.save()
    said = text_of(assemble(bare))
    assert said.count("Communities in the city") == said.count("Work: wages") == 1
    assert "guesses" not in said
    # Where groups had other topics, the annex says which.
    hold(bare.audit, *TEN, title="Institutions")
    annex = section(assemble(bare), "annex-groups")
    assert "Services" in text_of(annex.blocks[1])


def test_answers_on_levels_are_a_table_with_bars_from_five_people_on(bare, group):
    question = group.questions.get(area=Area.CIVIC)
    low = factories.InclusionLevelFactory(title="Low", position=1)
    high = factories.InclusionLevelFactory(question=low.question, title="High", position=2)
    counts = [LevelCount.objects.create(question=question, level=level, people=n) for level, n in ((low, 3), (high, 1))]
    assert "as 4 people judged it" not in text_of(assemble(bare))
    # Two on a level are too few, and by the three others one would know them.
    counts[1].people = 2
    counts[1].save()
    document = assemble(bare)
    assert "5 people judged the level of social inclusion; how many chose which level is not shown." in text_of(
        section(document, "focus_groups")
    )
    assert "5 people answered on levels. Levels that fewer than five people chose" in text_of(document)
    LevelCount.objects.filter(level=low).update(people=6)
    LevelCount.objects.filter(level=high).update(people=5)
    middle = factories.InclusionLevelFactory(question=low.question, title="Nobody", position=3)
    LevelCount.objects.create(question=question, level=middle, people=0)
    document = assemble(bare)
    assert "as 11 people judged it: low 6, high 5, nobody 0." in text_of(section(document, "focus_groups"))
    (table,) = [one for one in found(document, b.Table) if one.caption == "Answers on levels, 11 people"]
    assert [row.cells[1] for row in table.rows] == [6, 5, 0]
    # What one group does not show, all together do not show either.
    other = hold(bare.audit, *TEN, title="Institutions").questions.get(area=Area.CIVIC)
    for level, people in ((low, 7), (high, 5), (middle, 3)):
        LevelCount.objects.create(question=other, level=level, people=people)
    said = text_of(section(assemble(bare), "focus_groups"))
    assert "as 26 people judged it: low 13, others: not shown." in said


def quote(report, note):
    report.blocks.create(section="focus_groups", position=99, kind="live", live=f"quote:{note.uuid}")
    return [(one.text, one.by) for one in found(assemble(report), b.Quote)]


def test_quotation_names_a_family_and_goes_with_the_consent(bare, group):
    seat = group.taken[-1]
    note = factories.NoteFactory(group=group, seat=seat, speaker=MIGRANTS, text="We are guests.")
    assert quote(bare, note) == [("“We are guests.”", "TCN and migrants, in a focus group")]
    consent(seat, given=False)
    assert found(assemble(bare), b.Quote) == []
    assert "We are guests." not in render_html(assemble(bare), target="page")
    # The place in the report stays: with the consent the words come back.
    consent(seat)
    assert len(found(assemble(bare), b.Quote)) == 1


def test_nothing_is_quoted_without_a_seat_or_of_a_family_below_five_in_that_group(bare):
    group = hold(bare.audit, *TEN[:4], *TEN[5:])
    hold(bare.audit, *TEN, title="Elsewhere they are five")
    assert quote(bare, factories.NoteFactory(group=group, seat=group.taken[0])) == []
    assert quote(bare, factories.NoteFactory(group=group, speaker=MIGRANTS)) == []
    assert len(quote(bare, factories.NoteFactory(group=group, seat=group.taken[-1]))) == 1


def test_only_notes_that_may_be_quoted_are_offered_and_taken(client, bare, group, coordinator):
    client.force_login(coordinator(bare))
    agreed = factories.NoteFactory(group=group, seat=group.taken[0], text="Quote me.")
    refused = factories.NoteFactory(group=group, seat=group.taken[1], text="Never quote me.")
    consent(group.taken[1], given=False)
    where = f"/audits/{bare.audit.slug}/report/en/focus_groups/"
    page = client.get(where).content.decode()
    assert "Quote me." in page
    assert "Never quote me." not in page
    for note in (refused, agreed):
        client.post(f"{where}quote/", {"quote": note.uuid})
    assert [one.live for one in bare.blocks.filter(live__startswith="quote:")] == [f"quote:{agreed.uuid}"]


def test_texts_become_stale_when_a_group_says_something_else(bare, group, coordinator):
    block = bare.blocks.get(section="focus_groups", slot="results")
    save_text(block=block, html="<p>Homes.</p>", version=block.version, by=coordinator(bare))
    assert statuses(assembly(bare), None)["focus_groups"].stale == 0
    before = figures.facts("focus_groups", assembly(bare).material)
    AreaSummary.objects.filter(group=group, area=Area.CIVIC).update(results="Something else.")
    made = assembly(bare)
    assert statuses(made, None)["focus_groups"].stale == 1
    said = figures.changes(before, figures.facts("focus_groups", made.material), figures.tokens(made.material))
    assert said == ["The text on the focus group “Communities and NGOs” has been reworded."]
    assert figures.tokens(made.material)["groups.people"].value == "10"


def hot_spots(group):
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "#e3ddd0").save(out, "PNG")
    drawn = images.draw(ContentFile(out.getvalue(), name="plan.png"), images.PictureKind.PLAN)
    plan = CityPlan.objects.create(audit=group.audit, title="Plan", picture=images.keep(drawn, audit=group.audit))
    for place, published in (("Underpass", True), ("Block 7", False)):
        HotSpot.objects.create(group=group, plan=plan, place=place, issue="Dark.", x=500, y=250, published=published)


def test_only_published_places_are_named_in_the_report(bare, group):
    hot_spots(group)
    document = assemble(bare)
    (plan,) = found(document, b.Plan)
    assert (plan.places, plan.alt) == ((b.Place(1, 500, 250),), "Plan with marks: 1 Underpass")
    assert "1 place that participants named as unsafe is published" in text_of(section(document, "focus_groups"))
    assert "Block 7" not in text_of(document)


def test_report_of_one_group_is_an_accessible_pdf_with_published_places_alone(group, tmp_path):
    hot_spots(group)
    factories.NoteFactory(group=group, seat=group.taken[0], text="A raw note.")
    session = results.of_group(group, "en")
    ((uuid, file),) = printed.pictures(session).items()
    with file.open("rb") as opened:
        media = {str(uuid): opened.read()}
    document = printed.document(session, "en")
    assert b.from_dict(b.to_dict(document)) == document
    made = pdf.render_pdf(document, media=media.__getitem__)
    target = tmp_path / "group.pdf"
    target.write_bytes(made.data)
    checked = page_validation.validate_pdf(target, profile="ua1")
    assert checked.is_compliant, checked
    with pdfplumber.open(target) as file:
        first = file.pages[0].extract_text()
        # No page for a cover, and in the head of this page not the title that stands below it.
        assert first.splitlines()[0] == group.audit.title
        assert "Participants" in first
        text = "\n".join(page.extract_text() for page in file.pages)
        assert sum(len(page.images) for page in file.pages) == 1
    for said in ("Focus group report", "Communities and NGOs", "Underpass", "Stand surety"):
        assert said in text
    assert "Block 7" not in text
    assert "A raw note." not in text
    with pytest.raises(ValueError, match="closed"):
        results.of_group(factories.FocusGroupFactory(), "en")


def test_report_of_a_group_is_made_from_its_page_once_it_is_closed(client, group, coordinator, bare):
    hot_spots(group)
    client.force_login(coordinator(bare))
    here = f"/audits/{group.audit.slug}/groups/{group.uuid}/"
    assert f"{here}report/" in client.get(here).content.decode()
    sent = {"uuid": "11111111-1111-4111-8111-111111111111"}
    first, again = (client.post(f"{here}report/", sent) for _time in range(2))
    assert first.url == again.url
    assert client.get(first.url).status_code == 200
    planned = factories.FocusGroupFactory(audit=group.audit)
    where = f"/audits/{group.audit.slug}/groups/{planned.uuid}/"
    assert f"{where}report/" not in client.get(where).content.decode()
    answer = client.post(f"{where}report/", sent)
    assert answer.status_code == 200
    assert "once the session is closed" in answer.content.decode()


def test_gaps_name_a_tally_of_more_people_than_came_and_a_confirmation_of_nothing(group):
    question = group.questions.get(area=Area.CIVIC)
    count = question.counts.create(level=factories.InclusionLevelFactory(), people=10)
    assert results.unwritten(results.of_group(group, "en")) == []
    LevelCount.objects.filter(pk=count.pk).update(people=11)
    GroupSummary.objects.filter(group=group).update(text="")
    assert results.unwritten(results.of_group(group, "en")) == [
        "The summary, confirmed by the participants",
        "The answers on levels: more are counted than took part",
    ]


def test_report_of_a_group_says_what_is_not_written_and_quotes_what_somebody_chose(client, group, coordinator, bare):
    assert results.unwritten(results.of_group(group, "en")) == []
    AreaSummary.objects.filter(group=group, area=Area.CIVIC).update(results="")
    GroupConclusions.objects.filter(group=group).update(successes="")
    question = group.questions.get(area=Area.CIVIC)
    QuestionSummary.objects.filter(question=question).update(text="")
    assert "was said" not in " ".join(results.unwritten(results.of_group(group, "en")))
    agreed = factories.NoteFactory(group=group, question=question, seat=group.taken[0], text="Quote me.")
    left_out = factories.NoteFactory(group=group, question=question, seat=group.taken[1], text="Quote others.")
    refused = factories.NoteFactory(group=group, question=question, seat=group.taken[2], text="Never quote me.")
    consent(group.taken[2], given=False)
    where = f"/audits/{group.audit.slug}/groups/{group.uuid}/report/"
    client.force_login(coordinator(bare))
    page = client.get(where).content.decode()
    assert f"{Area.CIVIC.short}: what was said to “{question.heading}”" in page
    for words in (f"{Area.CIVIC.short}: main results", "Main successes", "Quote me.", "Make the PDF without these"):
        assert words in page
    assert "Never quote me." not in page
    assert "may not be quoted any more" in client.post(where, {"quotes": [refused.uuid]}).content.decode()
    assert client.post(where, {"quotes": [agreed.uuid]}).status_code == 302
    document = printed.document(results.of_group(group, "en"), "en", [agreed])
    assert [(one.text, one.by) for one in found(document, b.Quote)] == [("“Quote me.”", "Civil society")]
    assert "Not written yet" in text_of(document)
    assert left_out.text not in text_of(document)
    # Whoever does not run groups reads no notes, and chooses none.
    client.force_login(factories.MembershipFactory(audit=bare.audit, role="viewer").user)
    assert "Quote me." not in client.get(where).content.decode()
    assert client.post(where, {"quotes": [agreed.uuid]}).status_code == 200


def test_words_that_are_taken_back_while_a_report_begins_stand_in_no_file(
    client, group, coordinator, bare, monkeypatch, django_capture_on_commit_callbacks
):
    started = []
    monkeypatch.setattr(printing.child, "start", lambda tree, *args, **kwargs: started.append(tree.read_text()))
    said = [factories.NoteFactory(group=group, seat=seat, text=f"Words of {seat.number}.") for seat in group.taken[:2]]
    begin = printing.begin

    def begin_slowly(*args):
        consent(group.taken[0], given=False)
        return begin(*args)

    monkeypatch.setattr(printing, "begin", begin_slowly)
    where = f"/audits/{group.audit.slug}/groups/{group.uuid}/report/"
    client.force_login(coordinator(bare))
    assert client.post(where, {"quotes": [note.uuid for note in said]}).status_code == 302
    assert "Words of 2." in started[0]
    assert "Words of 1." not in started[0]

    def read_slowly(*args):
        with django_capture_on_commit_callbacks(execute=True):
            give_consents(participant=group.taken[1].participant, decisions={Purpose.QUOTATION: False}, language="en")
        return document(*args)

    document = printed.document
    monkeypatch.setattr(printed, "document", read_slowly)
    answer = client.post(where, {"quotes": [said[1].uuid]}).content.decode()
    assert "Words in it were taken back since" in answer
    assert len(started) == 1


def test_report_names_the_plan_of_which_the_picture_is_lost(client, group, coordinator, bare):
    hot_spots(group)
    picture = HotSpot.objects.filter(published=True).first().plan.picture
    picture.file.storage.delete(picture.file.name)
    client.force_login(coordinator(bare))
    answer = client.post(f"/audits/{group.audit.slug}/groups/{group.uuid}/report/")
    assert "A picture could not be read: Plan" in answer.content.decode()


def test_typed_words_are_printed_as_text(bare, group):
    evil = '"><script>x()</script> [[plan]]'
    AreaSummary.objects.filter(group=group).update(results=evil, reasons=evil, recommendations=evil)
    QuestionSummary.objects.filter(question__group=group).update(text=evil)
    GroupConclusions.objects.filter(group=group).update(interest=evil, successes=evil, recommendations=evil)
    group.title = evil
    group.topics = evil
    group.save()
    page = render_html(assemble(bare), target="page")
    assert "<script" not in page
    assert "[ [plan]]" in page


@pytest.mark.parametrize("count", [1, 8])
def test_queries_do_not_grow_with_the_groups(bare, count):
    for place in range(count):
        group = hold(bare.audit, *TEN, title=f"Group {place}")
        question = group.questions.first()
        LevelCount.objects.create(question=question, level=factories.InclusionLevelFactory(), people=7)
    bare.audit = Audit.objects.with_frame().get(pk=bare.audit.pk)
    with CaptureQueriesContext(connection) as queries:
        assemble(bare)
    assert len(queries) == 22
