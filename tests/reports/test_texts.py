from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from audits.models import StaleError
from audits.participation.actions import erase, note_struck, to_mend
from checklists.models import Score
from reports import actions, figures, sections
from reports.assembly import assembly
from reports.models import Report, SectionBlock
from reports.status import is_stale, statuses, what_changed
from tests import factories
from tests.reports import city
from tests.stored import everything_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return factories.UserFactory(name="Irena")


@pytest.fixture
def text(bare):
    return bare.blocks.get(section="introduction", slot="project")


def test_report_is_opened_once_with_the_blocks_of_every_section(bare):
    again = actions.open_report(audit=bare.audit, language="en")
    assert again == bare
    assert Report.objects.filter(audit=bare.audit).count() == 1
    for key, composition in sections.COMPOSITIONS.items():
        assert bare.blocks.filter(section=key).count() == len(composition)


def test_saving_cleans_counts_the_version_and_remembers_who(text, writer):
    html = '<p onclick="x()">One <script>bad()</script><strong>two</strong> <a href="http://evil.example">l</a></p>'
    saved = actions.save_text(block=text, html=html, version=1, by=writer)
    text.refresh_from_db()
    assert text.html == "<p>One <strong>two</strong> <a>l</a></p>"
    assert (text.version, saved.version) == (2, 2)
    assert text.changed_by == writer


def test_saving_the_same_text_again_changes_nothing(text, writer):
    actions.save_text(block=text, html="<p>One</p>", version=1, by=writer)
    actions.save_text(block=text, html="<p>One</p>", version=1, by=writer)
    text.refresh_from_db()
    assert text.version == 2


def test_empty_paragraphs_are_no_text(text, writer):
    actions.save_text(block=text, html="<p>One</p>", version=1, by=writer)
    actions.save_text(block=text, html="<p> <br></p>", version=2, by=writer)
    text.refresh_from_db()
    assert text.html == ""


def test_stale_save_is_refused_and_loses_neither_text(text, writer):
    other = factories.UserFactory()
    actions.save_text(block=text, html="<p>Theirs</p>", version=1, by=other)
    with pytest.raises(StaleError) as raised:
        actions.save_text(block=text, html="<p>Mine</p>", version=1, by=writer)
    assert raised.value.current.html == "<p>Theirs</p>"
    text.refresh_from_db()
    assert text.html == "<p>Theirs</p>"


def test_text_that_is_written_over_stays_in_the_history(text, writer):
    other = factories.UserFactory()
    actions.save_text(block=text, html="<p>Theirs</p>", version=1, by=other)
    actions.save_text(block=text, html="<p>Mine</p>", version=2, by=writer)
    assert list(text.history.values_list("html", flat=True)) == ["<p>Mine</p>", "<p>Theirs</p>"]


def test_saves_of_one_sitting_are_one_version_in_the_history(text, writer):
    for version, html in enumerate(("<p>A</p>", "<p>A b</p>", "<p>A b c</p>"), 1):
        actions.save_text(block=text, html=html, version=version, by=writer)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        actions.save_text(block=text, html="<p>Later</p>", version=4, by=writer)
    rows = [(row.html, row.version, row.history_user) for row in text.history.all()]
    assert rows == [("<p>Later</p>", 5, writer), ("<p>A b c</p>", 4, writer)]


def test_emptied_text_is_still_in_the_history(text, writer):
    long = "<p>What was written in a whole hour.</p>"
    actions.save_text(block=text, html=long, version=1, by=writer)
    actions.save_text(block=text, html="", version=2, by=writer)
    assert [row.html for row in text.history.all()] == ["", long]


def test_long_sitting_is_several_versions(text, writer):
    begun = timezone.now()
    for minutes, html in ((0, "<p>A</p>"), (6, "<p>A b</p>"), (12, "<p>A b c</p>")):
        with time_machine.travel(begun + timedelta(minutes=minutes), tick=False):
            actions.save_text(block=text, html=html, version=text.version, by=writer)
            text.refresh_from_db()
    assert [row.html for row in text.history.all()] == ["<p>A b c</p>", "<p>A b</p>"]


def test_blocks_move_up_and_down_and_stop_at_the_ends(bare):
    row = bare.blocks.filter(section="introduction")
    first, second, *_rest = row
    actions.move_block(block=second, step=-1)
    assert list(row.values_list("pk", flat=True))[:2] == [second.pk, first.pk]
    actions.move_block(block=second, step=-1)
    actions.move_block(block=second, step=1)
    assert list(row.values_list("pk", flat=True))[:2] == [first.pk, second.pk]


def test_removed_text_can_be_put_back_where_it_stood(bare, text, writer):
    actions.save_text(block=text, html="<p>Kept</p>", version=1, by=writer)
    place = text.position
    actions.remove_block(block=text, version=2, by=writer)
    assert text not in bare.blocks.placed()
    actions.restore_block(block=text, by=writer)
    text.refresh_from_db()
    assert (text.html, text.position, text.removed_at) == ("<p>Kept</p>", place, None)


def test_text_that_somebody_changed_meanwhile_is_not_removed(bare, text, writer):
    actions.save_text(block=text, html="<p>Of somebody else</p>", version=1, by=writer)
    with pytest.raises(StaleError):
        actions.remove_block(block=text, version=1, by=factories.UserFactory())
    assert text in bare.blocks.placed()


def test_removed_empty_text_and_live_block_are_gone_and_can_be_added(bare, text, writer):
    live = bare.blocks.get(live="introduction.methods")
    for block in (text, live):
        actions.remove_block(block=block, version=1, by=writer)
    assert not SectionBlock.objects.filter(pk__in=[text.pk, live.pk]).exists()
    first = bare.blocks.filter(section="introduction").first()
    added = actions.add_live(report=bare, section="introduction", key="introduction.methods", after=first, by=writer)
    slot = actions.add_text(report=bare, section="introduction", slot="project", after=first, by=writer)
    row = list(bare.blocks.filter(section="introduction").values_list("pk", flat=True))
    assert row[:3] == [first.pk, slot.pk, added.pk]


def test_live_block_stands_in_its_own_section_and_once(bare, writer):
    with pytest.raises(KeyError):
        actions.add_live(report=bare, section="introduction", key="part_1.table", by=writer)
    there = bare.blocks.get(live="part_1.table")
    assert actions.add_live(report=bare, section="part_1", key="part_1.table", by=writer) == there
    with pytest.raises(KeyError):
        actions.add_text(report=bare, section="part_1", slot="project", by=writer)
    with pytest.raises(IntegrityError), transaction.atomic():
        bare.blocks.create(section="part_1", kind="live", live="part_1.table")


def test_block_is_either_text_or_live(bare):
    with pytest.raises(IntegrityError), transaction.atomic():
        bare.blocks.create(section="part_1", kind="text", live="part_1.table")


def test_words_that_are_taken_back_go_out_of_removed_texts_and_versions_too(bare, text, writer):
    seat = factories.SeatFactory(group__audit=bare.audit)
    note = factories.NoteFactory(group=seat.group, seat=seat, text="Behind the blue door nobody wants to listen to us.")
    removed = bare.blocks.filter(kind="text").exclude(pk=text.pk).first()
    quoted = f"<p>One says: {note.text}</p>"
    actions.save_text(block=removed, html=quoted, version=1, by=writer)
    actions.remove_block(block=removed, version=2, by=writer)
    actions.save_text(block=text, html=quoted, version=1, by=writer)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        actions.save_text(block=text, html="<p>Mended</p>", version=2, by=writer)
    erase(seat.participant)
    assert "blue door" not in everything_stored()
    text.refresh_from_db()
    assert text.html == "<p>Mended</p>"
    assert to_mend(bare.audit) == []
    actions.restore_block(block=removed, by=writer)
    assert [one.struck.row for one in to_mend(bare.audit)] == [removed.pk]


def test_struck_text_that_is_found_right_is_read_again(bare, text, writer):
    actions.save_text(block=text, html="<p>Right</p>", version=1, by=writer)
    note_struck(bare.audit, [text])
    assert len(to_mend(bare.audit)) == 1
    actions.confirm_text(block=text, by=writer)
    assert to_mend(bare.audit) == []


def test_text_that_was_deleted_while_words_were_struck_is_nobodys_to_read(bare):
    gone, stays = factories.FindingFactory.create_batch(2, audit=bare.audit)
    type(gone).objects.filter(pk=gone.pk).delete()
    note_struck(bare.audit, [gone, stays])
    assert [one.struck.row for one in to_mend(bare.audit)] == [stays.pk]


# Texts and the figures they were written on ----------------------------------------------------------------


def part_of(made, section, slot):
    return next(part for part in made.parts[section] if part.block.slot == slot)


def test_changed_figure_makes_the_text_stale_and_says_what_moved(velmora, writer):
    block = velmora.blocks.get(section="city_tours", slot="urban")
    actions.save_text(block=block, html="<p>Transport is praised.</p>", version=block.version, by=writer)
    made = assembly(velmora)
    assert not is_stale(part_of(made, "city_tours", "urban"), made)

    before = made.tokens["score.U8"].value
    Score.objects.filter(sheet__walk__audit=velmora.audit, item__key="U8").update(value=5)
    velmora.refresh_from_db()
    made = assembly(velmora)
    part = part_of(made, "city_tours", "urban")
    assert is_stale(part, made)
    changes = what_changed(part, made)
    assert f"U8 Rental housing available and affordable moved from {before} to 5.00." in changes
    assert not any("U1 " in change for change in changes)
    assert statuses(made, None)["city_tours"].stale == 1

    actions.confirm_text(block=block, by=writer)
    made = assembly(velmora)
    assert not is_stale(part_of(made, "city_tours", "urban"), made)
    block.refresh_from_db()
    assert block.html == "<p>Transport is praised.</p>"


def test_new_and_reworded_findings_make_summary_and_conclusions_stale(velmora, writer):
    block = velmora.blocks.get(section="executive_summary", slot="conclusions")
    actions.save_text(block=block, html="<p>So it is.</p>", version=block.version, by=writer)
    finding = velmora.audit.findings.get(number=4)
    finding.text = "Somebody finds a flat."
    finding.save()
    city.finding(velmora.audit, "civic", "task", "A new one.", number=20)
    velmora.audit.findings.get(number=8).delete()
    made = assembly(velmora)
    changes = what_changed(part_of(made, "executive_summary", "conclusions"), made)
    assert sorted(changes) == ["F20 is new.", "F4 has been reworded.", "F8 has been deleted."]


def test_context_figures_concern_part_one_alone(velmora, writer):
    for section, slot in (("part_1", "situation"), ("city_tours", "results")):
        block = velmora.blocks.get(section=section, slot=slot)
        actions.save_text(block=block, html="<p>A new text.</p>", version=block.version, by=writer)
    velmora.audit.context_indicators.get(name="Population").figures.filter(year=2025).update(value=215000)
    made = assembly(velmora)
    part = part_of(made, "part_1", "situation")
    assert what_changed(part, made) == ["Population, 2025 moved from 214380 to 215000."]
    assert not is_stale(part_of(made, "city_tours", "results"), made)


def test_tokens_print_figures_and_a_dash_for_what_there_is_not(velmora):
    known = assembly(velmora).tokens
    assert figures.insert("{{ participants }} people, {{score.U8}}", known) == f"26 people, {known['score.U8'].value}"
    assert figures.insert("{{&nbsp;score.nothing }}", known) == "–"
    assert figures.unknown("{{ score.nothing }} {{ score }}", known) == ["score.nothing"]
    assert figures.insert("{{ not a token }} {% if %}", known) == "{{ not a token }} {% if %}"


def test_no_token_of_a_walk_of_few(bare):
    assert assembly(bare).tokens == {}


# What is missing -------------------------------------------------------------------------------------------


def missing(report, section):
    made = assembly(report)
    return {
        state.point.key for state in sections.points(section, made.material, made.written(section)) if state.missing
    }


def test_every_required_point_of_the_outline_has_a_check():
    for entry in sections.outline.walk():
        assert {point.key for point in entry.points} == set(sections.CHECKS.get(entry.key, {}))


def test_bare_report_misses_what_the_toolkit_asks_for(bare):
    assert missing(bare, "title_page") == {"logos", "authors"}
    assert missing(bare, "part_1") == {"population", "tcn", "situation", "responses", "attitudes"}
    assert missing(bare, "city_tours") == {"tours", "locations", "results", "extremes", "ideas"}
    assert missing(bare, "part_3") == {"conclusions", "recommendations", "areas"}
    assert missing(bare, "executive_summary") == {"findings", "conclusions", "recommendations", "areas"}


def test_full_report_misses_ideas_of_one_area_only(velmora):
    found = {key: missing(velmora, key) for key in sections.CHECKS}
    assert found.pop("city_tours") == {"ideas"}
    assert {key for key, points in found.items() if points} == {"focus_groups", "photovoice"}


def test_state_of_a_section_follows_its_points_and_texts(velmora):
    found = statuses(assembly(velmora), None)
    assert found["part_1"].state == "ready"
    assert found["city_tours"].state == "missing"
    assert found["photovoice"].state == "absent"
    assert found["introduction"].state == "ready"
    velmora.blocks.filter(section="part_1").update(html="")
    assert statuses(assembly(velmora), None)["part_1"].state == "empty"
