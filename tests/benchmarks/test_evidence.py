import html
import re
import uuid
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from audits import methods
from audits.agenda.actions import forget_sources
from audits.agenda.models import EvidenceLink
from audits.enums import Role
from audits.methods import Evidence as Shown
from audits.methods import Method, Reference
from benchmarks import actions, evidence
from benchmarks.enums import Verdict
from benchmarks.models import Evidence
from tests import factories

from .pages import factor, form_of, judge, to, words_of


class Library:
    """Stands for a method of the audit that offers sources."""

    def __init__(self, key):
        self.sources = {}
        self.method = Method(
            key=key,
            name=key.title(),
            icon="paperclip",
            order=1,
            url=lambda audit: "/",
            may_see="see_results",
            resolve=lambda references, user: {one: self.sources[one] for one in references if one in self.sources},
            evidence_choices=lambda audit, user: list(self.sources.items()),
        )

    def add(self, caption, **figures):
        reference = Reference(self.method.key, "document", uuid.uuid4())
        self.sources[reference] = Shown(caption, "/source/", figures)
        return reference


@pytest.fixture
def library(monkeypatch):
    one = Library("deskresearch")
    monkeypatch.setitem(methods._methods, "deskresearch", one.method)
    return one


@pytest.fixture
def walks(monkeypatch):
    one = Library("checklists")
    monkeypatch.setitem(methods._methods, "checklists", one.method)
    return one


@pytest.fixture
def row(assessment):
    return factor(assessment, "01")


def key(reference):
    return f"{reference.app}:{reference.source}:{reference.type}"


def test_document_gets_its_kind_place_address_and_question(team, row):
    question = row.factor.questions.get(key="q1")
    sent = {
        "uuid": uuid.uuid4(),
        "kind": "documentary",
        "documentary": "minutes",
        "title": "Council minutes of May",
        "text": "The council took note.",
        "place": "pages 4–9",
        "web": "velmora.example/minutes",
        "question": question.pk,
    }
    page = to("evidence-create", row)
    team.post(page, sent)
    team.post(page, sent)
    piece = Evidence.objects.get()
    assert (piece.documentary, piece.web, piece.question) == ("minutes", "https://velmora.example/minutes", question)
    words = words_of(team.get(to("factor", row)))
    for expected in ("Council minutes of May", "Minutes and briefings", "pages 4–9", "question 1"):
        assert expected in words
    assert "1 piece of evidence" in words


@pytest.mark.parametrize(
    ("web", "said"),
    [
        ("http://localhost:8000/audits/velmora/", "This address leads back into this audit."),
        ("ftp://velmora.example/minutes", "This is not the address of a page on the web."),
    ],
)
def test_address_that_is_no_page_of_the_web_is_refused(team, row, web, said):
    sent = {"kind": "documentary", "title": "Council minutes", "web": web}
    response = team.post(to("evidence-create", row), sent, SERVER_NAME="localhost")
    assert said in words_of(response)
    assert 'value="Council minutes"' in response.content.decode()
    assert not Evidence.objects.exists()


def test_source_of_the_audit_gives_the_title_and_keeps_its_figures(team, row, walks):
    reference = walks.add("U8 Streets are safe", mean="2.41", n=25)
    team.post(to("evidence-create", row), {"kind": "checklist", "source": key(reference)})
    piece = Evidence.objects.get()
    assert piece.title == "U8 Streets are safe"
    link = piece.links.get()
    assert (link.app, link.source, link.figures) == ("checklists", reference.source, {"mean": "2.41", "n": 25})
    walks.sources[reference] = Shown("U8 Streets are safe", "/source/", {"mean": "3.10", "n": 31})
    words = words_of(team.get(to("factor", row)))
    assert "then 2.41, now 3.10" in words.replace(" ,", ",")


def test_source_of_another_kind_is_refused_and_everything_typed_stays(team, row, walks):
    reference = walks.add("U8 Streets are safe")
    response = team.post(
        to("evidence-create", row), {"kind": "documentary", "text": "Long words.", "source": key(reference)}
    )
    assert "This source is not a document." in words_of(response)
    assert "Long words." in words_of(response)
    assert not Evidence.objects.exists()


def test_source_that_is_not_offered_is_refused(team, row, library):
    response = team.post(
        to("evidence-create", row), {"kind": "documentary", "source": f"deskresearch:{uuid.uuid4()}:document"}
    )
    assert "not offered for this audit" in words_of(response)


def test_search_narrows_the_sources_and_loses_nothing(team, row, library):
    library.add("Integration strategy")
    library.add("School report")
    response = team.post(
        to("evidence-create", row),
        {"kind": "documentary", "text": "Long words.", "search": "STRATEGY", "find": "1"},
    )
    words = words_of(response)
    assert "1 source has these words." in words
    assert ("Integration strategy" in words, "School report" in words, "Long words." in words) == (True, False, True)
    assert not Evidence.objects.exists()


def test_without_title_and_source_it_says_what_to_do(team, row):
    response = team.post(to("evidence-create", row), {"kind": "interview"})
    assert "Write what it is, or choose a source above." in words_of(response)


def test_sources_stand_in_groups_of_their_kind_with_a_way_to_add_one(team, audit, row, library, walks):
    library.add("Integration strategy")
    walks.sources[Reference("checklists", "item:U8", uuid.uuid4())] = Shown("U8 Streets are safe", "/source/", {})
    page = team.get(to("evidence-create", row))
    groups = [name for name, _options in page.context["form"].fields["source"].choices]
    assert [str(name) for name in groups] == ["", "Documents", "Checklists"]
    kinds = 'data-kinds="{&quot;documentary&quot;: &quot;deskresearch&quot;, &quot;focus_group&quot;: &quot;focusgroups&quot;'
    assert kinds in page.content.decode()
    for name in ("document", "institution"):
        back = urlencode({"back": to("evidence-create", row)}, safe="")
        assert f'href="{reverse(f"deskresearch:{name}-create", args=[audit.slug])}?{back}"' in page.content.decode()


def test_search_counts_sources_of_the_kind(team, row, library, walks):
    library.add("Street plan")
    walks.add("U8 Streets are safe")
    response = team.post(to("evidence-create", row), {"kind": "checklist", "search": "street", "find": "1"})
    assert "1 source has these words." in words_of(response)


def test_another_kind_of_document_is_not_named_in_the_list(team, row):
    factories.EvidenceFactory(
        judgement=row.judgements.get(), kind="documentary", documentary="other", place="Article 4"
    )
    assert "Document, Article 4" in words_of(team.get(to("factor", row)))


def test_help_asks_for_functions_and_never_names(team, row):
    assert "Name the function, never the person" in words_of(team.get(to("evidence-create", row)))


def test_kind_of_document_belongs_to_documents_alone(team, row):
    team.post(to("evidence-create", row), {"kind": "interview", "documentary": "minutes", "title": "Head of schools"})
    assert Evidence.objects.get().documentary == ""


def test_evidence_is_changed_and_its_source_taken_away(team, row, library):
    reference = library.add("Integration strategy")
    team.post(to("evidence-create", row), {"kind": "documentary", "source": key(reference)})
    piece = Evidence.objects.get()
    page = to("evidence-edit", piece)
    library.sources.clear()
    assert "Integration strategy" in words_of(team.get(page))
    sent = {"kind": "documentary", "title": "The strategy", "version": 1}
    team.post(page, {**sent, "source": key(reference)})
    assert (Evidence.objects.get().title, piece.links.count()) == ("The strategy", 1)
    team.post(page, {**sent, "version": 2})
    assert piece.links.count() == 0


def test_two_people_who_change_one_piece_see_both_texts(team, row):
    piece = factories.EvidenceFactory(judgement=row.judgements.get(), title="Report")
    page = to("evidence-edit", piece)
    team.post(page, {"kind": "documentary", "title": "Theirs", "version": 1})
    response = team.post(page, {"kind": "documentary", "title": "Mine", "version": 1})
    assert response.status_code == 409
    assert "Theirs" in words_of(response)


def test_deleting_evidence_asks_and_takes_its_links(team, row):
    piece = factories.EvidenceFactory(judgement=row.judgements.get(), title="Report")
    factories.EvidenceLinkFactory(holder=piece)
    assert "The source itself stays." in words_of(team.get(to("evidence-delete", piece)))
    team.post(to("evidence-delete", piece))
    assert (Evidence.objects.count(), EvidenceLink.objects.count()) == (0, 0)


def test_closed_assessment_takes_no_evidence_and_gives_the_text_back(team, assessment, row):
    piece = factories.EvidenceFactory(judgement=row.judgements.get(), title="Report")
    actions.close(assessment=assessment, by=None)
    response = team.post(to("evidence-create", row), {"kind": "interview", "title": "Head of schools"})
    assert "This assessment is closed" in words_of(response)
    assert 'value="Head of schools"' in response.content.decode()
    assert "Other" not in team.post(
        to("evidence-edit", piece), {"kind": "documentary", "title": "Other", "version": 1}
    ).headers.get("Location", "")
    assert "This assessment is closed" in words_of(team.post(to("evidence-delete", piece)))
    assert list(Evidence.objects.values_list("title", flat=True)) == ["Report"]


def test_evidence_of_another_factor_is_not_found_under_this_one(team, assessment, row):
    piece = factories.EvidenceFactory(judgement=factor(assessment, "02").judgements.get())
    address = to("evidence-edit", piece).replace(str(piece.judgement.assessed.uuid), str(row.uuid))
    assert team.get(address).status_code == 404


def test_search_keeps_the_version_that_the_page_was_opened_at(team, row):
    piece = factories.EvidenceFactory(judgement=row.judgements.get())
    Evidence.objects.filter(pk=piece.pk).update(text="Theirs.", version=2)
    sent = {"version": 1, "kind": "documentary", "title": "Report", "text": "Mine."}
    response = team.post(to("evidence-edit", piece), sent | {"search": "x", "find": "1"})
    assert 'name="version" value="1"' in response.content.decode()
    assert team.post(to("evidence-edit", piece), sent).status_code == 409


def test_evidence_sent_again_with_other_words_shows_both(team, row, library):
    reference = library.add("Integration strategy")
    sent = {"uuid": uuid.uuid4(), "kind": "documentary", "title": "Report", "text": "First."}
    page = to("evidence-create", row)
    team.post(page, sent)
    response = team.post(page, sent | {"text": "Corrected."})
    assert (response.status_code, "First." in words_of(response)) == (409, True)
    assert team.post(page, sent | {"source": key(reference)}).status_code == 409
    team.post(to("evidence-edit", Evidence.objects.get()), sent | {"text": "Corrected.", "version": 1})
    assert Evidence.objects.get().text == "Corrected."


def test_evidence_that_was_deleted_gives_back_what_was_typed(team, audit, row, scheme_benchmark):
    piece = factories.EvidenceFactory(judgement=row.judgements.get())
    sent = {"version": 1, "kind": "documentary", "title": "Report", "text": "Typed for an hour."}
    page = to("evidence-edit", piece)
    piece.delete()
    response = team.post(page, sent)
    assert (response.status_code, "Typed for an hour." in words_of(response)) == (409, True)
    assert team.get(page).status_code == 404
    schemed = actions.create_assessment(audit=audit, benchmark=scheme_benchmark, by=None, title="Taking part")
    scheme = factories.SchemeFactory(assessment=schemed)
    page = to("evidence-create", factor(schemed, "KF/N1"), scheme=scheme.uuid)
    scheme.delete()
    response = team.post(page, sent)
    assert (response.status_code, "Typed for an hour." in words_of(response)) == (409, True)


def test_drafts_of_two_schemes_do_not_mix(team, audit, scheme_benchmark):
    schemed = actions.create_assessment(audit=audit, benchmark=scheme_benchmark, by=None, title="Taking part")
    scheme = factories.SchemeFactory(assessment=schemed)
    actions.ensure_judgements(assessment=schemed)
    page = team.get(to("evidence-create", factor(schemed, "KF/N1"), scheme=scheme.uuid))
    assert f"scheme={scheme.uuid}" in page.content.decode().split('data-draft="')[1].split('"')[0]


# What the rest of the audit learns ------------------------------------------------------------------------


def test_judged_factors_are_offered_as_evidence(member, audit, assessment):
    judge(assessment, "01", Verdict.PARTLY)
    judge(assessment, "02", Verdict.IN_PLACE)
    assessment.factors.filter(factor__key="02").update(in_scope=False)
    found = evidence.evidence_choices(audit, member(Role.VIEWER))
    assert [shown.caption for _reference, shown in found] == ["Fairness 01 Factor 1: Partly in place"]
    assert evidence.evidence_choices(audit, member(Role.REVIEWER)) == []


def test_factor_and_judgement_are_resolved_as_they_are_now(member, researcher, assessment, django_assert_num_queries):
    judgement = judge(assessment, "01", Verdict.PARTLY)
    references = [
        Reference("benchmarks", "factor", judgement.assessed.uuid),
        Reference("benchmarks", "judgement", judgement.uuid),
        Reference("benchmarks", "factor", uuid.uuid4()),
        Reference("benchmarks", "other", judgement.uuid),
    ]
    found = evidence.resolve(references, researcher)
    assert {one.caption for one in found.values()} == {"Fairness 01 Factor 1: Partly in place"}
    assert len(found) == 2
    assert evidence.resolve(references, member(Role.REVIEWER)) == {}
    assert evidence.resolve(references, factories.UserFactory()) == {}


def test_any_number_of_references_takes_the_same_queries(researcher, assessment, django_assert_num_queries):
    references = [Reference("benchmarks", "factor", row.uuid) for row in assessment.factors.all()]
    for asked in (references[:1], references):
        with django_assert_num_queries(5):
            assert len(evidence.resolve(asked, researcher)) == len(asked)


def test_factor_proposes_a_measure(member, researcher, assessment):
    reference = Reference("benchmarks", "factor", factor(assessment, "01").uuid)
    idea = evidence.measure_idea(reference, researcher)
    assert idea.objective == "The city does thing 1."
    assert idea.steps == (
        "Have a good answer to: Is it written down?",
        "Have a good answer to: Who does it? in schools",
    )
    assert idea.examples == (("Ghent", "Ghent did it."),)
    assert evidence.measure_idea(reference, member(Role.REVIEWER)) is None
    assert evidence.measure_idea(Reference("benchmarks", "factor", uuid.uuid4()), researcher) is None


def test_criterion_is_proposed_as_a_step_with_those_below_it(researcher, assessment):
    row = factor(assessment, "02")
    make = row.factor.criteria.model
    make(factor=row.factor, key="c1", text="supports people by:", position=1).save_base(raw=True)
    for number, text in enumerate(("childcare;", "payment."), start=1):
        make(
            factor=row.factor,
            key=f"c1.{number}",
            text=text,
            position=1 + number,
            parent=row.factor.criteria.get(key="c1"),
        ).save_base(raw=True)
    idea = evidence.measure_idea(Reference("benchmarks", "factor", row.uuid), researcher)
    assert idea.steps == ("supports people by: childcare, payment.",)


def test_example_on_the_page_of_a_factor_is_the_one_that_the_measure_begins_with(team, benchmark, assessment):
    factories.ExampleFactory(
        factor=benchmark.factors.get(key="01"), key="e2", position=2, city="Turin", text="So did it."
    )
    page = team.get(factor(assessment, "01").get_absolute_url()).content.decode()
    links = re.findall(r'href="([^"]+example=\d+)"', page)
    found = [team.get(html.unescape(link)).context["form"]["inspired_by"].value() for link in links]
    assert found == ["Ghent: Ghent did it.", "Turin: So did it."]


def test_words_that_are_taken_back_go_from_judgement_history_and_answers(team, row):
    said = "The office sends us away every single time"
    judgement = judge(row.assessment, "01", Verdict.PARTLY, f"One said: {said}. So it is.")
    answer = judgement.answers.create(question=row.factor.questions.first(), text=f"No, {said}.")
    piece = factories.EvidenceFactory(judgement=judgement, text=said)
    source = uuid.uuid4()
    factories.EvidenceLinkFactory(holder=piece, app="focusgroups", type="note", source=source, caption="Note")
    late = form_of(judgement, verdict="in_place")
    audit = row.assessment.audit
    forget_sources(audit=audit, app="focusgroups", sources=[source], passages=[said])
    team.post(row.get_absolute_url(), late)
    for kept in (judgement, answer, piece):
        kept.refresh_from_db()
    assert (judgement.reasoning, answer.text, piece.text) == ("One said: […]. So it is.", "No, […].", "[…]")
    assert not judgement.history.filter(reasoning__contains=said).exists()
