from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits.enums import Area, StakeholderGroup
from audits.models import Audit, ContextFigure, ContextIndicator, Translation
from checklists.enums import WalkState
from checklists.models import Item, Score
from reports import outline
from reports.actions import open_report
from reports.assembly import assemble, assembly
from reports.document import blocks as b
from reports.document.html import render_html
from reports.document.numbering import number, walk
from tests import factories
from tests.reports import city

pytestmark = pytest.mark.django_db


def found(document, kind):
    return [node for node in walk(document) if isinstance(node, kind)]


def section(document, key):
    return next(one for one in found(document, b.Section) if one.key == key)


def test_report_has_every_prescribed_section_in_order_with_its_budget(velmora):
    document = assemble(velmora)
    chapters = [one.key for one in document.chapters]
    assert chapters == ["toc", "executive_summary", "introduction", "part_1", "part_2", "part_3", "annexes"]
    part_2 = section(document, "part_2")
    assert [one.key for one in part_2.blocks] == ["desk_research", "focus_groups", "city_tours", "photovoice"]
    assert [one.number for one in part_2.blocks] == ["2.1", "2.2", "2.3", "2.4"]
    for entry in outline.walk():
        if entry.pages:
            assert section(document, entry.key).pages == entry.pages
    assert [one.part for one in document.chapters[3:6]] == ["Part I", "Part II", "Part III"]


def test_title_page_carries_title_logos_authors_and_disclaimer(velmora):
    cover = assemble(velmora).cover
    assert cover.title == "City Audit Report"
    assert cover.kicker == "City of Velmora"
    assert [one.alt for one in cover.logos] == ["City of Velmora", "Open Door Velmora", "University of Lower Velm"]
    assert "Marek Dobrin" in cover.authors
    assert "European Commission" in cover.disclaimer
    assert len(cover.scores) == 30
    assert "fictional" in " ".join(cover.lines)


def test_tree_survives_json_and_numbering(velmora):
    document = assemble(velmora)
    assert b.from_dict(b.to_dict(document)) == document
    _numbered, references = number(document)
    assert references["F4"].text == "F4"
    assert references["U8"].text == "U8"
    assert references["R3"].text == "R3"


def absent(document):
    """The sections that say nothing but that their method was not carried out."""
    return {one.key for one in found(document, b.Section) if one.blocks == (b.NotCarriedOut(),)}


def test_method_without_anything_is_an_honest_sentence_and_no_empty_heading(bare):
    document = assemble(bare)
    assert absent(document) == {"desk_research", "focus_groups", "city_tours", "photovoice"}
    assert all(one.blocks for one in found(document, b.Section))
    page = render_html(document, target="page")
    assert page.count("This method has not been carried out in this audit.") == 4


def test_method_with_a_text_or_a_finding_is_carried_out(bare):
    block = bare.blocks.get(section="photovoice", slot="achievements")
    block.html = "<p>Children play together.</p>"
    block.save()
    factories.FindingFactory(audit=bare.audit, method="focusgroups", text="Both groups praise the desk.")
    document = assemble(bare)
    assert absent(document) == {"desk_research", "city_tours"}
    titles = [one.title for one in section(document, "photovoice").blocks]
    assert titles == ["Achievements"]


def test_every_finding_stands_once_where_its_method_is_presented(velmora):
    document = assemble(velmora)
    codes = [one.code for one in found(document, b.Finding)]
    assert sorted(codes) == [f"F{n}" for n in range(1, 9)]
    assert [one.code for one in found(section(document, "desk_research"), b.Finding)] == ["F7"]
    assert [one.code for one in found(section(document, "city_tours.urban"), b.Finding)] == ["F4", "F5"]
    assert [one.code for one in found(section(document, "part_3.attitudes"), b.Finding)] == ["F8"]


def test_recommendations_point_to_findings_and_the_statements_behind_them(velmora):
    one = next(one for one in found(assemble(velmora), b.Recommendation) if one.code == "R3")
    assert one.evidence == ("F4", "U8")
    assert one.addressee == "City Council, Housing Office"


def test_walks_tell_places_and_participants_without_small_groups(velmora):
    table = next(one for one in found(assemble(velmora), b.Table) if one.caption == "Walks and participants")
    assert table.rows[0].cells == ("Old Harbour, 9 May 2026", "Old Port · Harbour Library · Mills estate")
    participants = table.rows[-1].cells[1]
    assert participants.startswith("26 in all")
    assert "Institutions (together: City administration, Police, Schools): 10" in participants
    assert "TCN and migrants: 10" in participants


def test_walks_on_another_checklist_are_named_with_the_reason_why_they_are_not_pooled(velmora):
    older = factories.ChecklistFactory(title="Short form", version="1")
    item = factories.ItemFactory(section=factories.SectionFactory(checklist=older, area=Area.URBAN), key="U1")
    walk = factories.CityWalkFactory(audit=velmora.audit, checklist=older, title="First try", date=date(2026, 4, 2))
    Score.objects.create(sheet=factories.SheetFactory(walk=walk), item=item, value=1)
    factories.CityWalkFactory(audit=velmora.audit, checklist=older, title="Only planned", date=date(2026, 4, 3))
    tours = section(assemble(velmora), "city_tours")
    table = next(one for one in found(tours, b.Table) if one.caption == "Walks and participants")
    assert [row.cells[0].split(",")[0] for row in table.rows[:3]] == ["First try", "Old Harbour", "Station Quarter"]
    assert table.rows[-1].cells[1].startswith("26 in all")
    said = next(one.text for one in found(tours, b.Paragraph) if "First try" in one.text)
    assert "The figures are those of Old Harbour, Station Quarter" in said
    assert "without First try (“Short form”, 1)" in said
    assert "only answers to the same statements can be put together" in said


def test_people_on_two_walks_are_told_of(velmora):
    twice = "Some people took part in more than one walk"
    assert twice not in str(b.to_dict(assemble(velmora)))
    first, second = velmora.audit.walks.all()
    person = first.sheets.first().participant
    Score.objects.create(
        sheet=factories.SheetFactory(walk=second, number=99, participant=person), item=Item.objects.first(), value=3
    )
    assert twice in str(b.to_dict(assemble(velmora)))


@pytest.mark.parametrize("language", ["hr", "bg"])
def test_no_sentence_ends_in_a_date(velmora, language):
    """A date in Croatian or Bulgarian ends in a full stop of its own, and a second one would follow it."""
    tree = str(b.to_dict(assemble(open_report(audit=velmora.audit, language=language))))
    assert "2026" in tree
    assert ".." not in tree


def test_best_and_worst_of_each_area_are_those_of_the_results(velmora):
    made = assembly(velmora)
    for area in Area:
        extremes = next(one for one in found(made.document, b.Extremes) if one.area == area)
        (block,) = made.material.of_area(area)
        means = [row.mean for row in block.rows]
        assert {one.mean for one in extremes.best} == {float(max(means))}
        assert {one.mean for one in extremes.worst} == {float(min(means))}


def test_text_has_short_forms_and_the_annex_the_full_wording(velmora):
    document = assemble(velmora)
    table = next(one for one in found(document, b.ItemsTable) if one.area == "urban")
    assert table.items[7].statement == "Rental housing available and affordable"
    rows = {row.key: row for row in next(one for one in found(document, b.Table) if one.key == "all-scores").rows}
    assert rows["U8"].cells[0] == f"U8. {city.FULL.format('Rental housing available and affordable')}"
    assert rows["U8"].cells[1:6] == table.items[7].counts


def test_previous_audit_stands_beside_this_one(velmora):
    document = assemble(velmora)
    table = next(one for one in found(document, b.Comparison) if one.change)
    assert [one.label for one in table.series] == ["2023", "2026"]
    whole = next(one for one in table.rows if one.label == "The whole checklist")
    made = assembly(velmora)
    assert whole.values[1] == float(made.material.results.result.figure.mean_shown)
    glance = next(iter(found(document, b.Glance)))
    assert all(row.before is not None for row in glance.rows)


def test_consensus_stands_beside_the_means_and_changes_none(velmora):
    document = assemble(velmora)
    table = next(one for one in found(document, b.Table) if one.key == "consensus")
    v3 = next(row for row in table.rows if row.cells[0].startswith("V3"))
    assert v3.cells[1] == "Old Harbour: Meetings are not yet a structure."
    assert v3.cells[2] == "2"
    mean = next(item.mean for one in found(document, b.ItemsTable) for item in one.items if item.code == "V3")
    assert v3.cells[3].value == mean != 2
    u1 = next(row for row in table.rows if row.cells[0].startswith("U1"))
    assert u1.cells[2] == "no agreement"


def test_city_context_has_change_source_and_charts_of_what_moves(velmora):
    document = assemble(velmora)
    table = next(one for one in found(document, b.Table) if one.key == "context")
    share = next(row for row in table.rows if row.cells[0] == "Share of third-country nationals (%)")
    assert [cell.value for cell in share.cells[1:5]] == [4.3, 4.9, 5.3, 5.7]
    assert (round(share.cells[5].value, 1), share.cells[5].unit) == (1.4, "pt")
    pupils = next(row for row in table.rows if "pupils" in row.cells[0])
    assert pupils.cells[2].value is None
    _numbered, references = number(document)
    assert all(row.cells[-1][2:-2] in references for row in table.rows)
    charts = next(iter(found(document, b.SmallMultiples)))
    assert "Territory (km²)" not in [one.title for one in charts.panels]


def test_change_from_zero_is_not_reckoned(bare):
    row = ContextIndicator.objects.create(audit=bare.audit, topic="tcn", name="Arrivals", source="Register")
    ContextFigure.objects.bulk_create(ContextFigure(indicator=row, year=2022 + n, value=n) for n in range(3))
    table = next(one for one in found(assemble(bare), b.Table) if one.key == "context")
    assert table.rows[0].cells[-2].value is None


def test_fewer_than_five_sheets_show_no_figure_and_say_so(bare):
    city.harbour(bare.audit, 4)
    document = assemble(bare)
    assert len(found(document, b.Suppressed)) == 1
    for kind in (b.ItemsTable, b.Extremes, b.Glance, b.Comparison):
        assert found(document, kind) == []
    assert document.cover.scores == ()
    page = render_html(document, target="page")
    assert "Harbour, 9 May 2026" in page
    assert "4.00" not in page
    assert "Housing" not in page
    assert "Police" not in page


def test_five_sheets_show_figures_but_no_group_below_five(bare):
    walk = city.harbour(bare.audit, 4)
    for n in range(2):
        sheet = factories.SheetFactory(walk=walk, number=n + 5, participant__group=StakeholderGroup.NGO)
        Score.objects.create(sheet=sheet, item=walk.checklist.sections.get().items.get(), value=1)
    document = assemble(bare)
    assert found(document, b.ItemsTable)[0].items[0].mean == 3
    assert found(document, b.Comparison) == []
    assert "Police: 4" not in render_html(document, target="page")


def test_figure_that_is_hidden_stands_nowhere_in_the_tree(velmora):
    """The mean of a group of two is planted where no other figure has its digits."""
    police = Score.objects.filter(
        sheet__walk__audit=velmora.audit, sheet__participant__group=StakeholderGroup.POLICE, item__key="U8"
    )
    police.update(value=1)
    tree = str(b.to_dict(assemble(velmora)))
    assert "'Police'" not in tree
    assert "Police, Schools: Fewer than 5 people answered" in tree


def test_quotation_needs_consent_and_names_a_family_of_five(velmora):
    scores = {one.comment: one for one in Score.objects.exclude(comment="")}
    agreed = scores["When they hear my name on the phone, the flat is gone."]
    refused = scores["This one must never be printed."]
    for score in (agreed, refused):
        velmora.blocks.create(section="city_tours", position=99, kind="live", live=f"quote:{score.uuid}")
    (quote,) = found(assemble(velmora), b.Quote)
    assert "the flat is gone" in quote.text
    assert quote.by == "TCN and migrants, on a city walk"

    agreed.sheet.participant.group = StakeholderGroup.OTHER
    agreed.sheet.participant.save()
    (quote,) = found(assemble(velmora), b.Quote)
    assert quote.by == "On a city walk"

    agreed.hidden_reason = "It names a person."
    agreed.save()
    assert found(assemble(velmora), b.Quote) == []


def test_tokens_in_texts_are_todays_figures(velmora):
    made = assembly(velmora)
    text = next(
        one.html
        for one in found(section(made.document, "executive_summary"), b.RichText)
        if "Urban" in one.html or "urban" in one.html
    )
    figure = made.material.results.item_results["U8"].figure
    assert f"scores {figure.mean_shown} (" in text
    assert "{{" not in str(b.to_dict(made.document))


def test_opening_sentence_is_printed_large_and_plain(velmora):
    lead = next(one for one in found(section(assemble(velmora), "part_3"), b.Paragraph) if one.style == "lead")
    assert lead.text.startswith("Velmora has built the front door.")


def test_text_in_a_wrong_place_still_has_no_markup_of_its_own(bare):
    block = bare.blocks.get(section="introduction", slot="project")
    block.html = '<p>Safe <script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x()">link</a></p>'
    block.save()
    page = render_html(assemble(bare), target="page")
    assert "alert" not in page
    assert "javascript" not in page
    assert "Safe" in page


def test_subsections_are_numbered_without_gaps(velmora):
    velmora.blocks.filter(section="part_1", slot="responses").update(html="")
    numbers = [one.number for one in section(assemble(velmora), "part_1").blocks if isinstance(one, b.Section)]
    assert numbers == ["1.1", "1.2"]


def test_item_codes_never_take_the_place_of_findings(bare):
    walk = city.harbour(bare.audit, 5)
    factories.ItemFactory(section=walk.checklist.sections.get(), key="F1", statement="Statement with an unlucky code.")
    factories.FindingFactory(audit=bare.audit, number=1, method="checklists", area=Area.URBAN)
    document = assemble(bare)
    number(document)


def test_report_in_another_language_uses_its_texts_and_numbers(velmora):
    item = Item.objects.get(key="U8")
    for field, text in (("short", "Жилища под наем"), ("statement", "Има достатъчно достъпни жилища под наем.")):
        Translation.objects.create(target=item, field=field, language="bg", text=text, source=getattr(item, field))
    report = open_report(audit=velmora.audit, language="bg")
    document = assemble(report)
    assert document.language == "bg"
    assert "Жилища под наем" in str(b.to_dict(document))
    mean = str(assembly(report).material.results.item_results["U8"].figure.mean_shown).replace(".", ",")
    assert f">{mean}<" in render_html(document, target="page")


def test_queries_do_not_grow_with_the_data(bare):
    def counted():
        bare.audit = Audit.objects.with_frame().get(pk=bare.audit.pk)
        with CaptureQueriesContext(connection) as queries:
            assemble(bare)
        return len(queries)

    city.harbour(bare.audit, 5)
    finding = factories.FindingFactory(audit=bare.audit, number=1, method="checklists")
    factories.EvidenceLinkFactory(holder=finding)
    factories.RecommendationFactory(audit=bare.audit, number=1).findings.add(finding)
    ContextIndicator.objects.create(audit=bare.audit, topic="tcn", name="A", source="S").figures.create(
        year=2024, value=1
    )
    few = counted()
    walk = bare.audit.walks.get()
    for n in range(30):
        sheet = factories.SheetFactory(walk=walk, number=n + 10)
        Score.objects.create(sheet=sheet, item=walk.checklist.sections.get().items.get(), value=2)
        more = factories.FindingFactory(audit=bare.audit, number=n + 2, method="")
        factories.EvidenceLinkFactory(holder=more)
        factories.RecommendationFactory(audit=bare.audit, number=n + 2).findings.add(more)
        row = ContextIndicator.objects.create(audit=bare.audit, topic="tcn", name=f"B{n}", source=f"S{n}")
        row.figures.create(year=2024, value=1)
    assert counted() == few <= 30


def test_two_sections_of_an_own_checklist_may_share_an_area(bare):
    form = factories.ChecklistFactory()
    for title in ("Streets at night", "Streets by day"):
        section = factories.SectionFactory(checklist=form, area=Area.URBAN, title=title)
        factories.ItemFactory(section=section, key=f"U{section.pk}", statement=f"{title} are safe.")
    made = factories.CityWalkFactory(audit=bare.audit, checklist=form, state=WalkState.CLOSED)
    for _ in range(5):
        sheet = factories.SheetFactory(walk=made)
        for item in Item.objects.filter(section__checklist=form):
            Score.objects.create(sheet=sheet, item=item, value=4)
    page = render_html(assemble(bare), target="page")
    assert "Streets at night: scores of all statements, mean 4.00" in page
    assert "Streets by day: scores of all statements, mean 4.00" in page
