"""The home of the benchmarks and the reading of one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audits.enums import Role
from audits.instruments import save_translation
from benchmarks import library
from benchmarks.enums import Part, Verdict
from benchmarks.models import Benchmark, KeyFactor
from tests import factories
from tests.factories.benchmarks import (
    AssessedFactorFactory,
    AssessmentFactory,
    ContextFactorFactory,
    JudgementFactory,
    PeerReviewFactory,
    SchemeFactory,
)
from tests.factories.instruments import BenchmarkFactory, ExampleFactory, GuideQuestionFactory, KeyFactorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit():
    return factories.AuditFactory()


@pytest.fixture
def reader(client, audit):
    client.force_login(factories.MembershipFactory(audit=audit, role=Role.VIEWER).user)
    return client


@pytest.fixture
def writer(client, audit):
    client.force_login(factories.MembershipFactory(audit=audit, role=Role.RESEARCHER).user)
    return client


def text(response):
    return " ".join(response.content.decode().split())


def home(client, audit):
    return client.get(reverse("benchmarks:home", args=[audit.slug]))


def page_of(client, audit, benchmark):
    return client.get(reverse("benchmarks:benchmark-detail", args=[audit.slug, benchmark.code, benchmark.version]))


# Home --------------------------------------------------------------------------------------------------------


def test_home_shows_the_library_with_numbers_source_and_authors(reader, audit, seeded):
    response = home(reader, audit)
    assert [benchmark.code for benchmark, _texts in response.context["benchmarks"]] == [
        "anti_discrimination",
        "cultural_diversity",
        "unites_codesign",
        "theme_a",
        "theme_b",
        "theme_cd",
    ]
    numbers = {one.code: (one.factor_count, one.question_count) for one, _texts in response.context["benchmarks"]}
    assert numbers["theme_cd"] == (12, 47)
    assert numbers["unites_codesign"] == (7, 0)
    page = text(response)
    assert "Sue Lukes and Richard Stanton, MigrationWork CIC" in page
    assert "Integrating Cities Toolkit: Anti-discrimination policies (2012)" in page
    assert page.count("One benchmark in two parts") == 1
    for way in ("Benchmarking by internal assessment", "Conducting a peer review", "Preparing a development plan"):
        assert way in page


def test_home_offers_own_versions_and_leaves_out_what_is_retired(reader, audit):
    BenchmarkFactory(title="Our own", version="velmora-2026")
    BenchmarkFactory(title="Put away", retired_at=timezone.now())
    page = text(home(reader, audit))
    assert "Our own" in page
    assert "Own version: velmora-2026" in page
    assert "Put away" not in page


def test_home_says_how_far_each_assessment_is(reader, audit):
    assessment = AssessmentFactory(audit=audit, title="Autumn")
    for verdict in (Verdict.IN_PLACE, Verdict.NOT_RELEVANT, Verdict.NOT_JUDGED):
        JudgementFactory(assessed__assessment=assessment, verdict=verdict)
    JudgementFactory(assessed__assessment=assessment, assessed__in_scope=False, verdict=Verdict.IN_PLACE)
    AssessmentFactory(title="Of another audit")
    response = home(reader, audit)
    (row,) = response.context["assessments"]
    assert (row.assessment, row.judged, row.total) == (assessment, 2, 3)
    assert "Of another audit" not in text(response)


def test_home_of_a_city_without_assessments_tells_each_what_comes_next(client, reader, audit):
    assert "The coordinator or a researcher begins one" in text(home(reader, audit))
    client.force_login(factories.MembershipFactory(audit=audit, role=Role.RESEARCHER).user)
    assert "Choose a benchmark below" in text(home(client, audit))


def test_home_tells_the_state_of_a_peer_review(reader, audit):
    PeerReviewFactory(assessment__audit=audit)
    assert "Preparing" in text(home(reader, audit))


def fill(audit, number):
    """Assessments of one large benchmark each, judged, with commitments linked."""
    for _ in range(number):
        assessment = AssessmentFactory(audit=audit)
        scheme = SchemeFactory(assessment=assessment)
        factor = KeyFactorFactory(benchmark=assessment.benchmark, part=Part.NEIGHBOURHOOD)
        assessed = AssessedFactorFactory(assessment=assessment, factor=factor)
        JudgementFactory(assessed=assessed, scheme=scheme, verdict=Verdict.PARTLY)
        PeerReviewFactory(assessment=assessment)


def test_home_takes_the_same_queries_at_3_and_at_300_rows(reader, audit):
    home(reader, audit)
    queries = []
    for more in (3, 297):
        fill(audit, more)
        with CaptureQueriesContext(connection) as captured:
            assert home(reader, audit).status_code == 200
        queries.append(len(captured))
    assert queries[0] == queries[1]


# Reading -----------------------------------------------------------------------------------------------------


def test_page_holds_all_of_a_benchmark_in_its_order(reader, audit, seeded):
    benchmark = Benchmark.objects.get(code="anti_discrimination")
    page = text(page_of(reader, audit, benchmark))
    places = [page.index(f'id="factor-{pk}"') for pk in benchmark.factors.values_list("pk", flat=True)]
    assert places == sorted(places)
    assert len(places) == 11
    for words in (
        "employment, services, procurement and tendering procedures",  # the standard
        "Indirect discrimination occurs when",  # a term
        "Do political leaders refer to this commitment frequently?",
        "Ghent: Public stand by the city and its mayor",
        "Ghent has joined the European Coalition of Cities Against Racism",
        "National legislation and policy",  # a context factor
        "MigrationWork CIC",
    ):
        assert words in page, words


def test_every_entry_of_the_side_list_leads_to_a_place_on_the_page(reader, audit, seeded):
    page = page_of(reader, audit, Benchmark.objects.get(code="theme_cd")).content.decode()
    wanted = set(re.findall(r'href="#([^"]+)"', page)) - {"main"}
    assert len(wanted) == 12 + 3
    assert wanted <= set(re.findall(r'id="([^"]+)"', page))


def test_theme_with_two_parts_says_how_each_is_judged(reader, audit, seeded):
    page = text(page_of(reader, audit, Benchmark.objects.get(code="theme_cd")))
    assert "Core: the whole city" in page
    assert "Each is judged for every neighbourhood or scheme that the city looks at" in page
    one = text(page_of(reader, audit, Benchmark.objects.get(code="theme_a")))
    assert "neighbourhood or scheme that the city looks at" not in one


def test_sub_questions_and_criteria_stand_below_what_they_belong_to(seeded):
    neighbourhood = library.reading(Benchmark.objects.get(code="theme_cd"), "en")
    (review,) = [factor for factor in neighbourhood.factors if factor.row.key == "KF/N2"]
    assert [len(point.below) for point in review.questions] == [4, 0, 0]
    unites = library.reading(Benchmark.objects.get(code="unites_codesign"), "en")
    assert [len(point.below) for point in unites.factors[5].criteria] == [0, 0, 0, 5]
    assert (unites.questions, neighbourhood.questions) == (0, 47)


def test_text_that_is_not_translated_is_marked_with_its_language(reader, audit, seeded):
    benchmark = Benchmark.objects.get(code="theme_a")
    factor = benchmark.factors.get(key="1")
    by = factories.UserFactory()
    save_translation(factor, "title", "bg", text="Публичен ангажимент", reviewed=True, revision=0, by=by)
    reader.cookies["django_language"] = "bg"
    page = page_of(reader, audit, benchmark).content.decode()
    assert "Публичен ангажимент</h3>" in page
    assert '<span lang="en" dir="ltr">Planning and strategy</span>' in page
    assert '<div lang="en" dir="ltr"><p>The city actively communicates' in page


def test_retired_benchmark_can_be_read_and_says_so(writer, audit):
    benchmark = BenchmarkFactory(retired_at=timezone.now())
    assert "New assessments cannot begin with this version" in text(page_of(writer, audit, benchmark))


def test_page_names_the_assessments_of_this_audit_alone(reader, audit):
    benchmark = BenchmarkFactory()
    AssessmentFactory(audit=audit, benchmark=benchmark, title="Ours")
    AssessmentFactory(benchmark=benchmark, title="Theirs")
    page = text(page_of(reader, audit, benchmark))
    assert "Ours" in page
    assert "Theirs" not in page


def test_page_takes_the_same_queries_at_3_and_at_300_factors(reader, audit):
    benchmark = BenchmarkFactory(language="fr")
    queries = []
    for more in (3, 297):
        for _ in range(more):
            factor = KeyFactorFactory(benchmark=benchmark)
            parent = GuideQuestionFactory(factor=factor)
            GuideQuestionFactory(factor=factor, parent=parent)
            ExampleFactory(factor=factor)
            ContextFactorFactory()
        page_of(reader, audit, benchmark)
        with CaptureQueriesContext(connection) as captured:
            assert page_of(reader, audit, benchmark).status_code == 200
        queries.append(len(captured))
    assert KeyFactor.objects.filter(benchmark=benchmark).count() == 300
    assert queries[0] == queries[1]


def test_unknown_benchmark_is_not_found(reader, audit):
    assert reader.get(reverse("benchmarks:benchmark-detail", args=[audit.slug, "nowhere", "1"])).status_code == 404
