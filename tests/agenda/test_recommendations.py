import re

import pytest

from audits.agenda import actions
from audits.agenda.models import Recommendation
from tests import factories

from .test_findings import codes_on, said, to, words_of

A_RECOMMENDATION = {"title": "Open in the evening", "text": "One evening a week.", "area": "urban"}


@pytest.fixture
def lead(signed_in, coordinator):
    """The coordinator, past the first request of a session."""
    client = signed_in(coordinator)
    client.get("/help/")
    return client


def test_list_reads_any_number_of_recommendations_with_the_same_queries(audit, lead, django_assert_num_queries):
    for total in (1, 3, 300):
        while audit.recommendations.count() < total:
            finding = factories.FindingFactory(audit=audit)
            factories.EvidenceLinkFactory(holder=finding)
            factories.RecommendationFactory(audit=audit).findings.add(finding)
        with django_assert_num_queries(10):
            response = lead.get(to("recommendation-list", audit))
        assert len(codes_on(response)) == total


def test_list_shows_what_each_rests_on(audit, lead):
    finding = factories.FindingFactory(audit=audit, number=7, text="No ramp.")
    factories.EvidenceLinkFactory(holder=finding, caption="Station square")
    resting = factories.RecommendationFactory(audit=audit, number=1, addressee="City Council", horizon="12 months")
    resting.findings.add(finding)
    factories.RecommendationFactory(audit=audit, number=2, area="vision")
    response = lead.get(to("recommendation-list", audit))
    assert codes_on(response) == ["R2", "R1"]
    words = words_of(response)
    for expected in ("F7", "No ramp.", "Station square", "City Council", "12 months", "Rests on no finding yet"):
        assert expected in words
    assert words.count("No recommendation yet.") == 2


def test_empty_list_leads_writers_on(audit, lead, member, signed_in):
    assert "Write the first recommendation" in words_of(lead.get(to("recommendation-list", audit)))
    assert "Write the first" not in words_of(signed_in(member("partner")).get(to("recommendation-list", audit)))


def test_move_leads_back_to_the_button(audit, lead):
    for number in (1, 2):
        factories.RecommendationFactory(audit=audit, number=number, position=number)
    response = lead.post(to("recommendation-move", audit, 1), {"step": "1"})
    assert response["Location"] == to("recommendation-list", audit) + "#R1-down"
    assert said(response) == ["R1 is now number 2 of 2 in “Urban environment”."]


def test_detail_shows_findings_with_their_evidence_then_and_now(audit, lead, fieldwork):
    reference = fieldwork.add("Station square", mean="2.38")
    findings = [factories.FindingFactory(audit=audit, number=number, position=number) for number in (1, 2)]
    for finding in findings:
        factories.EvidenceLinkFactory(
            holder=finding, app="fieldwork", type="place", source=reference.source, figures={"mean": "2.41"}
        )
    made = factories.RecommendationFactory(audit=audit, number=1)
    made.findings.set(findings)
    words = words_of(lead.get(made.get_absolute_url()))
    assert words.count("Average then 2.41, now 2.38") == 2
    assert words.index("F1") < words.index("F2")


def test_detail_asks_as_many_questions_for_three_findings_as_for_one(audit, lead, django_assert_num_queries):
    made = factories.RecommendationFactory(audit=audit, number=1)
    for total in (1, 3):
        while made.findings.count() < total:
            finding = factories.FindingFactory(audit=audit)
            factories.EvidenceLinkFactory(holder=finding)
            made.findings.add(finding)
        with django_assert_num_queries(11):
            lead.get(made.get_absolute_url())


def test_recommendation_is_prefilled_from_a_finding(audit, lead):
    finding = factories.FindingFactory(audit=audit, number=3, area="civic")
    page = lead.get(to("recommendation-create", audit), {"finding": "3"})
    form = page.context["form"]
    assert (form["area"].value(), form["findings"].value()) == ("civic", [finding.pk])
    assert "1 of 1 ticked" in words_of(page)


@pytest.mark.parametrize("asked", ["99", "x", "²", "9" * 40])
def test_prefilling_from_nothing_gives_an_empty_form(audit, lead, asked):
    page = lead.get(to("recommendation-create", audit), {"finding": asked})
    assert page.status_code == 200
    assert page.context["form"]["findings"].value() is None


def test_recommendation_is_written_and_rests_on_the_ticked_findings(audit, coordinator, lead):
    findings = [factories.FindingFactory(audit=audit) for _ in range(3)]
    data = {
        **A_RECOMMENDATION,
        "addressee": "City Council",
        "horizon": "12 months",
        "findings": [one.pk for one in findings[:2]],
    }
    response = lead.post(to("recommendation-create", audit), data)
    made = audit.recommendations.get()
    assert response["Location"] == made.get_absolute_url() + "#saved"
    assert (made.number, made.title, made.addressee, made.horizon) == (
        1,
        "Open in the evening",
        "City Council",
        "12 months",
    )
    assert (set(made.findings.all()), made.created_by) == (set(findings[:2]), coordinator)


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"title": ""}, "title", "Write the recommendation in one line"),
        ({"title": "x" * 161}, "title", "at most 160 characters"),
        ({"text": ""}, "text", "Write what should be done"),
        ({"area": "moon"}, "area", "Choose one of the four areas"),
        ({"findings": ["x"]}, "findings", "not part of this audit"),
        ({"findings": ["999999"]}, "findings", "not part of this audit"),
    ],
)
def test_bad_input_is_named_beside_its_field_and_writes_nothing(audit, lead, changed, field, message):
    response = lead.post(to("recommendation-create", audit), {**A_RECOMMENDATION, **changed})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert message in response.context["form"].errors[field][0]
    assert not audit.recommendations.exists()


def test_finding_of_another_audit_is_refused_and_never_shown(audit, lead):
    own, foreign = factories.FindingFactory(audit=audit), factories.FindingFactory(text="Of another city")
    data = {**A_RECOMMENDATION, "findings": [own.pk, foreign.pk]}
    response = lead.post(to("recommendation-create", audit), data)
    assert "One of the findings is not part of this audit" in response.context["form"].errors["findings"][0]
    words = words_of(response)
    assert "1 of 1 ticked" in words
    assert "One evening a week." in words
    assert "Of another city" not in words
    assert not Recommendation.objects.exists()


def test_stale_save_shows_which_findings_the_other_chose(audit, lead, member):
    finding = factories.FindingFactory(audit=audit, number=8)
    made = actions.create_recommendation(audit=audit, by=None, **A_RECOMMENDATION)
    petra = member(name="Petra Kolar")
    actions.save_recommendation(recommendation=made, findings=[finding], version=1, by=petra)
    response = lead.post(to("recommendation-edit", audit, 1), {**A_RECOMMENDATION, "version": 1})
    assert response.status_code == 409
    assert [(str(label), value) for label, value in response.context["differences"]] == [
        ("Which findings does it rest on?", "F8")
    ]
    assert "Petra Kolar saved it at" in words_of(response)
    assert list(made.findings.all()) == [finding]
    data = {**A_RECOMMENDATION, "version": response.context["form"]["version"].value()}
    assert lead.post(to("recommendation-edit", audit, 1), data).status_code == 302
    assert not made.findings.exists()


def test_text_of_a_recommendation_deleted_meanwhile_can_be_saved_as_a_new_one(audit, lead):
    actions.create_recommendation(audit=audit, by=None, **A_RECOMMENDATION).delete()
    response = lead.post(to("recommendation-edit", audit, 1), {**A_RECOMMENDATION, "version": 1})
    assert response.status_code == 409
    assert "R1 was deleted while you were writing." in words_of(response)
    assert "One evening a week." in words_of(response)
    assert lead.get(to("recommendation-edit", audit, 1)).status_code == 404


def test_deletion_leaves_the_findings(audit, lead):
    finding = factories.FindingFactory(audit=audit, number=2)
    made = factories.RecommendationFactory(audit=audit, number=1)
    made.findings.add(finding)
    words = words_of(lead.get(to("recommendation-delete", audit, 1)))
    assert re.search(r"The findings it rests on stay: +F2", words)
    lead.post(to("recommendation-delete", audit, 1))
    assert not Recommendation.objects.exists()
    assert list(audit.findings.all()) == [finding]
