import pytest
from django.db import IntegrityError, transaction

from audits.agenda.models import Finding, Recommendation
from audits.enums import Area
from tests import factories


def test_report_order_is_the_toolkits_areas_then_the_place(audit):
    made = {
        (area, place): factories.FindingFactory(audit=audit, area=area, position=place)
        for place in (2, 1)
        for area in ("attitudes", "urban", "vision", "civic")
    }
    assert list(Finding.objects.in_report_order()) == [made[area, place] for area in Area.values for place in (1, 2)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("АВТОБУС", True),
        ("автобусна спирка", True),
        ("спирка автобусна", True),
        ("спирка метро", False),
        ("f7", True),
        ("F8", False),
        ("  ", True),
        ("й", True),
        ("и\u0306", True),
        ("краи", True),
        ("%", False),
        ("(.*", False),
    ],
)
def test_search_finds_words_in_any_case_order_and_composition(audit, words, found):
    factories.FindingFactory(audit=audit, number=7, text="Новата Автобусна СПИРКА е в крайния квартал.")
    assert audit.findings.mentioning(words).exists() is found


def test_search_looks_into_title_and_text_of_recommendations(audit):
    made = factories.RecommendationFactory(audit=audit, title="ОТВОРЕТЕ центъра", text="Вечер")
    assert list(audit.recommendations.mentioning("отворете вечер")) == [made]


def test_evidence_of_many_findings_is_read_at_once(audit, django_assert_num_queries):
    for _ in range(3):
        factories.EvidenceLinkFactory(holder=factories.FindingFactory(audit=audit))
    with django_assert_num_queries(2):
        assert [len(one.evidence.all()) for one in audit.findings.in_report_order().with_evidence()] == [1, 1, 1]


def test_evidence_of_recommendations_comes_through_their_findings_in_order(audit, django_assert_num_queries):
    late = factories.FindingFactory(audit=audit, position=2)
    early = factories.FindingFactory(audit=audit, position=1)
    link = factories.EvidenceLinkFactory(holder=early)
    factories.RecommendationFactory(audit=audit).findings.set([late, early])
    with django_assert_num_queries(3):
        (made,) = Recommendation.objects.in_report_order().with_evidence()
        assert list(made.findings.all()) == [early, late]
        assert list(made.findings.all()[0].evidence.all()) == [link]


def test_findings_and_recommendations_that_stand_alone_are_named(audit):
    alone, carrying = factories.FindingFactory(audit=audit), factories.FindingFactory(audit=audit)
    resting, bare = factories.RecommendationFactory(audit=audit), factories.RecommendationFactory(audit=audit)
    resting.findings.add(carrying)
    assert list(audit.findings.without_recommendation()) == [alone]
    assert list(audit.recommendations.without_finding()) == [bare]


@pytest.mark.parametrize(
    ("factory", "fields"),
    [
        (factories.FindingFactory, {"area": "moon"}),
        (factories.FindingFactory, {"kind": "guess"}),
        (factories.FindingFactory, {"number": 1}),
        (factories.RecommendationFactory, {"area": "moon"}),
        (factories.RecommendationFactory, {"number": 1}),
    ],
)
def test_database_refuses_what_cannot_be(audit, factory, fields):
    factory(audit=audit, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(audit=audit, **{"number": 2, **fields})


def test_deleting_a_finding_takes_its_evidence_links_along(audit):
    link = factories.EvidenceLinkFactory(holder=factories.FindingFactory(audit=audit))
    link.holder.delete()
    assert not type(link).objects.exists()
