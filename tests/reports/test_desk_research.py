import io
import re
from dataclasses import replace
from datetime import date

import pdfplumber
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import translation

from audits.models import Audit
from deskresearch.enums import AnswerState, Level, Point, ProvisionTopic, Rating
from deskresearch.models import Answer, Document, DocumentRating, Institution, Partnership, Provision
from reports import figures, researched
from reports.assembly import assemble, assembly
from reports.document import blocks as b
from reports.document import pdf
from reports.document.html import render_html
from reports.document.numbering import number, walk
from reports.document.richtext import REFERENCE
from reports.sections import points
from reports.sections.desk_research import policies
from reports.sections.sources import _document
from tests import factories
from tests.reports import research
from tests.reports.test_assembly import found, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(bare):
    return research.desk(bare.audit)


def table(document, key):
    return next(one for one in found(document, b.Table) if one.key == key)


def named(one):
    return isinstance(one, b.Table | b.Governance) or bool(getattr(one, "side", ""))


def beside(document, side):
    """The list with that side note."""
    return next(one.html for one in found(document, b.RichText) if one.side == side)


def test_points_stand_in_the_order_of_the_toolkit(bare, desk):
    part = section(assemble(bare), "desk_research")
    assert [one.key for one in part.blocks] == ["desk_research.policies", "desk_research.governance"]
    said = [one.key if isinstance(one, b.Table | b.Governance) else one.side for one in walk(part) if named(one)]
    assert said == [
        "Aspects of the documents rated",
        "Provisions: TCN integration",
        "Provisions: Urban security",
        "Effectiveness of the documents rated",
        "How far the documents rated answer the four areas",
        "governance",
        "Strengths",
        "Weaknesses",
    ]
    said = [one.text for one in found(part, b.Paragraph)]
    assert any(text.endswith("In detail: [[partnerships]].") for text in said)
    assert any(text.endswith("In detail: [[cooperation]].") for text in said)


ANSWERED = [
    "1.4",
    "1.5",
    "1.6",
    "1.1",
    "1.2",
    "1.3",
    "1.7",
    "1.8",
    "2.1",
    "2.2",
    "2.3",
    "2.5",
    "2.7",
    "2.8",
    "2.4",
    "2.6",
]


def test_answers_stand_at_their_point_where_nothing_else_was_found_on_it_and_otherwise_in_the_annex(bare, desk):
    document = assemble(bare)
    assert "Answer to" not in str(b.to_dict(section(document, "desk_research")).values())
    annex = "".join(one.html for one in found(section(document, "annex-answers"), b.RichText))
    assert re.findall(r"Answer to (\d\.\d)", annex) == sorted(ANSWERED)
    for rows in (bare.audit.documents, bare.audit.partnerships, bare.audit.institutions):
        rows.all().delete()
    desk.strengths = desk.weaknesses = ""
    desk.save()
    document = assemble(bare)
    part = "".join(one.html for one in found(section(document, "desk_research"), b.RichText))
    assert re.findall(r"Answer to (\d\.\d)", part) == ANSWERED
    assert "annex-answers" not in {one.key for one in found(document, b.Section)}


def test_city_documents_stand_by_aspect_with_their_number_and_areas(bare, desk):
    document = assemble(bare)
    rows = table(document, "documents-by-aspect").rows
    assert len(rows) == 8
    strategy = next(row for row in rows if "Integration Strategy 2024" in row.cells[0] and "Action" not in row.cells[0])
    assert [one.word for one in strategy.cells[1:8]] == ["Yes", "Yes", "Yes", "Partly", "Partly", "No", "Partly"]
    assert strategy.cells[8].keys == ("vision", "civic", "urban", "attitudes")
    housing = next(row for row in rows if "Housing" in row.cells[0])
    assert housing.cells[6] == b.Level("na", "n/k")
    culture = next(row for row in rows if "Youth" in row.cells[0])
    assert culture.cells[4] == b.Level("part", "Partly")
    _numbered, references = number(document)
    assert references[REFERENCE.match(strategy.cells[0])[1]].kind == "source"


def test_rated_documents_come_before_the_others_and_what_is_left_out_is_counted(bare, desk):
    for place in range(10):
        factories.DocumentFactory(audit=bare.audit, title=f"Aardvark census {place}", level=Level.CITY)
    made = table(assemble(bare), "documents-by-aspect")
    titles = [row.cells[0].split(" ", 1)[1] for row in made.rows]
    assert len(titles) == 15
    assert not any("Aardvark" in title for title in titles[:8])
    assert titles[:2] == ["Action Plan to the Integration Strategy, 2024–2026", "Community Safety Programme, 2023–2026"]
    assert titles[8:] == [f"Aardvark census {place}" for place in range(7)]
    assert "3 more documents of the city are left out here; [[documents]] holds them all" in made.source


def test_note_below_a_table_explains_only_what_stands_in_it(bare, desk):
    Institution.objects.update(capacity=Rating.UNKNOWN, urban_security=Rating.YES)
    assert table(assemble(bare), "institutions").source == (
        "n/k: looked for and not found out. A dash: none, or not rated."
    )
    Institution.objects.update(capacity=Rating.NO)
    assert table(assemble(bare), "institutions").source == "A dash: none, or not rated."


def test_heads_of_the_documents_by_aspect_stand_apart_in_every_language(bare):
    factories.DocumentFactory(audit=bare.audit, level=Level.CITY)
    desk, chapters = researched.load(bare.audit), []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            made = policies.matrix(desk)
        made = replace(made, caption="Caption", key=code * 2, rows=(b.Row(("Aardvark", *[None] * 8)),), source="")
        chapters.append(b.Section(code, code, language=code, new_page=True, blocks=(made,)))
    document = b.Document("Title", "en", "City", "Running", chapters=tuple(chapters))
    with pdfplumber.open(io.BytesIO(pdf.render_pdf(document, media=None).data)) as file:
        for page, chapter in zip(file.pages, chapters, strict=True):
            words = [word["text"] for word in page.extract_words(x_tolerance=2)]
            heads = words[words.index("Caption") + 1 : words.index("Aardvark")]
            titles = [column.title for column in chapter.blocks[0].columns]
            # A head that touches the next one makes one word with it; one that is broken leaves its parts.
            assert [word for word in heads if not any(word.rstrip("-‐") in title for title in titles)] == []
            assert len(heads) >= len(titles)


def test_sources_are_counted_by_kind_and_what_is_not_published_is_a_fact(bare, desk):
    said = found(section(assemble(bare), "desk_research"), b.Paragraph)[0].text
    assert said.startswith(
        "12 sources were reviewed (Document review: 8; Literature review: 1; Secondary data review: 2; Media publications: 1)."
    )
    assert "8 are documents of the city: 2 written for the integration of third-country nationals, 5 for one" in said
    safety = desk.documents["Community Safety Programme"]
    culture = desk.documents["Youth and Culture Programme"]
    assert f"Not published on the city’s website: [[doc-{safety.uuid}]]." in said
    assert f"Not known whether it is published there: [[doc-{culture.uuid}]]." in said


def test_provisions_are_quoted_with_document_and_page_and_the_rest_is_in_the_annex(bare, desk):
    document = assemble(bare)
    html = "".join(
        one.html for one in found(section(document, "desk_research"), b.RichText) if "Provisions" in one.side
    )
    safety = desk.documents["Community Safety Programme"]
    assert f"between the port and the station.” [[doc-{safety.uuid}]], section 2.3</li>" in html
    assert html.count("<li>") == 2
    quoted = found(section(document, "desk_research"), b.Paragraph)
    assert any("2 of 17 provisions stand here" in one.text for one in quoted)
    annex = [row for row in table(document, "provisions-quoted").rows if row.style != "band"]
    assert len(annex) == Provision.objects.count() == 17


def test_long_provision_ends_in_dots_in_the_text_and_stands_whole_in_the_annex(bare):
    text = " ".join(f"word{n}" for n in range(90))
    factories.ProvisionFactory(document__audit=bare.audit, text=text, page="")
    document = assemble(bare)
    short = next(one.html for one in found(document, b.RichText) if "word0" in one.html)
    assert "word44 …" in short
    assert "word45" not in short
    assert table(document, "provisions-quoted").rows[1].cells[0] == f"“{text}”"


def test_topic_without_a_provision_is_said_so(bare):
    factories.ProvisionFactory(document__audit=bare.audit)
    texts = [one.text for one in found(section(assemble(bare), "desk_research"), b.Paragraph)]
    assert "No provision was found on this topic: Urban security." in texts


def test_effectiveness_and_areas_count_the_rated_documents(bare, desk):
    document = assemble(bare)
    cost, impact, _aligned = beside(document, "Effectiveness of the documents rated").split("</li>")[:3]
    assert "<strong>Cost-efficient</strong>: yes 1, partly 3, no 1, unknown 2." in cost
    assert "<strong>Has an impact on local communities</strong>: " in impact
    vision = beside(document, "How far the documents rated answer the four areas").split("</li>")[0]
    assert "<strong>City vision and services</strong>: yes 4, partly 2, no 1." in vision
    addressed = [row.cells[-1] for row in table(document, "documents-by-aspect").rows]
    assert sum("vision" in areas.keys for areas in addressed if areas) == 6


def test_governance_is_drawn_and_tabled(bare, desk):
    document = assemble(bare)
    (drawn,) = found(document, b.Governance)
    assert [tier.title for tier in drawn.tiers] == ["Decide", "Deliver", "Consult and co-operate"]
    styles = {body.name: body.style for tier in drawn.tiers for body in tier.bodies}
    assert styles["Deputy Mayor"] == "full"
    assert styles["NGOs"] == ""
    assert styles["Newcomers’ Forum"] == "missing"
    names = {body.key: body.name for tier in drawn.tiers for body in tier.bodies}
    lines = {(names[one.above], names[one.below], one.kind) for one in drawn.lines}
    assert ("Deputy Mayor", "Housing Office", "reports") in lines
    assert ("Social Services", "NGOs", "works") in lines
    # Inside a level the table alone has it: the case conference of two departments.
    assert ("Public Safety", "Social Services", "works") not in lines
    rows = {row.cells[0]: row.cells for row in table(document, "institutions").rows}
    social = rows["Social Services (Integration Desk, 4 posts)"]
    assert social[1:3] == ("Deputy Mayor", "Public Safety, NGOs")
    assert [one.word for one in social[3:]] == ["Yes", "No", "Partly"]
    assert "Newcomers’ Forum: missing, it should be there" in rows


def test_strengths_and_weaknesses_of_the_model_and_of_institutions(bare, desk):
    document = assemble(bare)
    part = section(document, "desk_research.governance")
    lists = {one.side: one.html for one in found(part, b.RichText) if one.side}
    assert "<li>Four permanent posts</li>" in lists["Strengths"]
    assert "<li>Citizens and TCN are heard only in projects</li>" in lists["Weaknesses"]
    rows = {row.cells[0]: row.cells[1:] for row in table(section(document, "annexes"), "strengths").rows}
    assert rows["Social Services"] == (
        "One desk instead of five; Four permanent posts",
        "No interpreters beyond the Desk",
    )


def test_partnerships_tell_how_far_tcn_take_part_and_what_is_missing(bare, desk):
    document = assemble(bare)
    (agreements,) = table(document, "partnerships").rows
    assert agreements.cells[0] == "Six agreements with NGOs (standing)"
    assert agreements.cells[2:] == ("implementation", b.Level("part", "Low"))
    conference, hearing = table(document, "cooperation").rows
    assert conference.cells[0] == "Case conference (Working co-operation; standing)"
    assert hearing.cells[0] == "Hearing on the strategy (missing, it should be there)"
    assert hearing.cells[2:] == (None, None)
    texts = [one.text for one in found(document, b.Paragraph)]
    assert (
        "Level on which third-country nationals take part in the 2 existing partnerships and mechanisms: Low: 1; None: 1."
        in texts
    )


def test_answers_are_printed_once_with_what_they_rest_on_and_drafts_never(bare, desk):
    tree = str(b.to_dict(assemble(bare)))
    assert all(tree.count(f"Answer to {key}:") == 1 for key in research.QUESTIONS)
    strategy = desk.documents["Integration Strategy 2024–2030"]
    assert f"both have begun. [[doc-{strategy.uuid}]], p. 4</p>" in tree
    assert "(see Public Safety)" in tree
    for state in (AnswerState.DRAFTED, AnswerState.OPEN):
        Answer.objects.update(state=state)
        assert "Answer to" not in str(b.to_dict(assemble(bare)))


def test_answer_to_a_question_of_an_own_guide_is_printed_with_its_question(bare, desk):
    step = desk.guide.steps.last()
    question = factories.ResearchQuestionFactory(step=step, key="2.9", text="Who pays for interpreters?", position=99)
    factories.AnswerFactory(research=desk, question=question, text="Nobody <yet>.\n\n", state=AnswerState.DONE)
    last = found(section(assemble(bare), "desk_research.governance"), b.RichText)[-1]
    assert last.html == "<p><strong>Who pays for interpreters?</strong> Nobody &lt;yet&gt;.</p>"


def test_annexes_hold_reasons_and_mandates_in_full(bare, desk):
    document = assemble(bare)
    rows = table(document, "documents").rows
    assert sum(row.style == "band" for row in rows) == 12
    assert any(
        row.cells == ("Gender-aware", b.Level("part", "Partly"), research.REASONS[Rating.PARTLY]) for row in rows
    )
    facts = [row.cells for row in table(document, "institutions-in-full").rows]
    assert ("Mandate", "Information, language courses, advice.") in facts
    assert ("Responsible for urban security", "No") in facts
    assert ("How it works", "Yearly grants for courses and advice.") in [
        row.cells for row in table(document, "partnerships-in-full").rows
    ]


def test_sources_are_numbered_as_they_are_first_cited(bare, desk):
    document, _references = number(assemble(bare))
    page = render_html(document, target="page")
    printed = [int(found) for found in re.findall(r'class="ref" href="#[^"]+">\[(\d+)\]', page)]
    numbers = list(dict.fromkeys(printed))
    assert numbers == list(range(1, len(numbers) + 1))
    (listed,) = found(document, b.References)
    assert [one.number for one in listed.sources] == list(range(1, 14))
    assert "INTEGRA City Integration Audit Toolkit" in listed.sources[0].html
    # Not published, so the first document that the text speaks of.
    assert "Community Safety Programme" in listed.sources[1].html
    plan = next(one.html for one in listed.sources if "Action Plan to the Integration Strategy" in one.html)
    assert plan == (
        "City of Velmora, <em>Action Plan to the Integration Strategy</em>, 2024–2026. "
        '<a href="https://velmora.example/documents">https://velmora.example/documents</a>'
    )


def test_every_citation_and_pointer_leads_somewhere(velmora):
    research.desk(velmora.audit)
    research.assessment(velmora.audit)
    document = assemble(velmora)
    assert b.from_dict(b.to_dict(document)) == document
    _numbered, references = number(document)
    assert set(REFERENCE.findall(str(b.to_dict(document)))) <= set(references)
    assert "[[" not in render_html(document, target="page")


def test_address_that_leads_nowhere_any_more_says_when_it_was_found_so():
    one = factories.DocumentFactory.build(title="Survey", link="http://x.example/a&b", source_type=None, audit=None)
    assert _document(one) == "<em>Survey</em>. http://x.example/a&amp;b"
    one.link_dead_on = date(2026, 5, 3)
    assert _document(one) == "<em>Survey</em>. http://x.example/a&amp;b (not found there any more on 3 May 2026)"
    # What was found of the link says nothing of the city's website, which is the address that is printed.
    one.published_at = "http://city.example"
    assert _document(one) == "<em>Survey</em>. http://city.example"


@pytest.mark.parametrize(
    ("title", "first", "last", "printed"),
    [
        ("Strategy", 2024, 2030, "Strategy, 2024–2030"),
        ("Strategy 2024–2030", 2024, 2030, "Strategy 2024–2030"),
        ("Ordinance", 2019, None, "Ordinance, since 2019"),
        ("Plan", None, 2027, "Plan, until 2027"),
        ("Survey", None, None, "Survey"),
    ],
)
def test_document_is_named_with_its_years_once(bare, title, first, last, printed):
    factories.DocumentFactory(audit=bare.audit, title=title, from_year=first, to_year=last)
    (row,) = table(assemble(bare), "documents-by-aspect").rows
    assert row.cells[0].split(" ", 1)[1] == printed


def missing(report):
    made = assembly(report)
    return {
        state.point.key: state.missing and state.missing.text
        for state in points("desk_research", made.material, made.written("desk_research"))
    }


def test_each_point_is_met_by_data(bare):
    assert all(missing(bare).values())
    research.desk(bare.audit)
    assert not any(missing(bare).values())


def test_what_is_missing_leads_to_the_page_where_it_is_written(bare):
    made = assembly(bare)
    states = points("desk_research", made.material, made.written("desk_research"))
    leads = {state.point.key: resolve(state.missing.url).url_name for state in states}
    assert {key: leads[key] for key in ("agencies", "governance", "partnerships", "cooperation")} == {
        "agencies": "institution-list",
        "governance": "governance",
        "partnerships": "institution-list",
        "cooperation": "institution-list",
    }


def test_own_text_meets_the_points_of_its_group(bare):
    block = bare.blocks.get(section="desk_research", slot="policies")
    block.html = "<p>Eight documents were read.</p>"
    block.save()
    said = missing(bare)
    assert [key for key, text in said.items() if text is None] == ["documents", "provisions", "effectiveness", "vision"]
    assert said["agencies"] == "No institution has been described yet."


def test_draft_of_an_answer_meets_no_point(bare):
    made = research.guide()
    kept = factories.ResearchFactory(audit=bare.audit, guide=made)
    question = made.steps.first().questions.get(key="1.1")
    answer = factories.AnswerFactory(research=kept, question=question, state=AnswerState.DRAFTED)
    assert missing(bare)["provisions"] == "No provision has been quoted yet."
    Answer.objects.filter(pk=answer.pk).update(state=AnswerState.DONE)
    assert missing(bare)["provisions"] is None


def test_desk_research_is_carried_out_once_something_is_listed(bare):
    factories.DocumentFactory(audit=bare.audit)
    part = section(assemble(bare), "desk_research")
    assert part.blocks != (b.NotCarriedOut(),)
    assert [one.key for one in part.blocks] == ["desk_research.policies"]


def test_figures_of_the_research_are_tokens_and_make_a_text_stale(bare, desk):
    material = assembly(bare).material
    known = figures.tokens(material)
    assert known["documents"].value == "12"
    assert known["documents.city"].value == "8"
    assert known["institutions"].value == "6"
    assert known["documents.financed"].value == "5 of 8"
    before = figures.facts("desk_research", material)
    desk.documents["Housing Ordinance"].delete()
    after = figures.facts("desk_research", assembly(bare).material)
    said = figures.changes(before, after, known)
    assert "Documents reviewed moved from 12 to 11." in said


def test_web_page_shows_the_same(bare, desk):
    page = render_html(assemble(bare), target="page")
    assert "What the city’s documents cover, aspect by aspect" in page
    assert '<p class="name" dir="auto">Social Services</p>' in page
    assert "Social Services reports to Deputy Mayor" in page


def test_names_with_markup_are_shown_as_text(bare):
    evil = '"><script>x()</script>'
    one = factories.DocumentFactory(audit=bare.audit, title=evil, issued_by=evil, link="https://x.example/<script>")
    factories.ProvisionFactory(document=one, text=evil, page=evil[:40])
    factories.InstitutionFactory(audit=bare.audit, name=evil, note=evil, strengths=evil)
    made = factories.ResearchFactory(audit=bare.audit, strengths=evil)
    factories.AnswerFactory(research=made, text=evil, state=AnswerState.DONE)
    assert "<script" not in render_html(assemble(bare), target="page")


def fill(audit, count):
    """So many documents with ratings and provisions, institutions, partnerships and answers that cite them."""
    kind = factories.SourceTypeFactory()
    made = factories.ResearchFactory(audit=audit, guide=kind.guide)
    step = factories.StepFactory(guide=kind.guide)
    for n in range(count):
        one = Document.objects.create(audit=audit, title=f"Document {n}", kind="strategy", source_type=kind)
        DocumentRating.objects.bulk_create(DocumentRating(document=one, point=point, value="yes") for point in Point)
        provision = Provision.objects.create(document=one, topic=ProvisionTopic.SECURITY, text="x")
        body = Institution.objects.create(audit=audit, name=f"Body {n}", kind="ngo", level="consult")
        partnership = Partnership.objects.create(audit=audit, title=f"P{n}", kind="cooperation", standing=True)
        partnership.institutions.add(body)
        question = factories.ResearchQuestionFactory(step=step, key=f"9.{n}")
        answer = Answer.objects.create(research=made, question=question, text="x", state=AnswerState.DONE)
        answer.documents.add(one)
        answer.provisions.add(provision)
        answer.institutions.add(body)
        answer.partnerships.add(partnership)
    return made


@pytest.mark.parametrize("count", [3, 300])
def test_queries_do_not_grow_with_the_research(bare, count):
    fill(bare.audit, count)
    bare.audit = Audit.objects.with_frame().get(pk=bare.audit.pk)
    with CaptureQueriesContext(connection) as queries:
        assemble(bare)
    assert len(queries) == 24
