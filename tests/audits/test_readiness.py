from decimal import Decimal

import pytest

from audits.enums import IndicatorTopic, Role
from audits.readiness import context_gaps, preparation
from tests.factories import AuditFactory, ContextIndicatorFactory, MembershipFactory

pytestmark = pytest.mark.django_db

YEARS = {2022: Decimal(1), 2023: Decimal(2), 2024: Decimal(3)}


def gaps(audit):
    return [gap.text for gap in context_gaps(audit.context_indicators.prefetch_related("figures"))]


def test_empty_table_lacks_the_three_topics_of_the_reports_first_part():
    assert gaps(AuditFactory()) == [
        "Population: no figures yet",
        "Territory: no figures yet",
        "TCN statistics: no figures yet",
    ]


def test_topic_is_there_with_three_years_of_one_indicator_and_its_source():
    audit = AuditFactory()
    for topic in ("population", "territory", "tcn"):
        ContextIndicatorFactory(audit=audit, topic=topic, figures=YEARS)
    assert gaps(audit) == []


def test_two_years_are_too_few_even_with_another_indicator_of_two_others():
    audit = AuditFactory()
    ContextIndicatorFactory(audit=audit, topic="population", figures={2022: 1, 2023: 2})
    ContextIndicatorFactory(audit=audit, topic="population", figures={2024: 1})
    assert gaps(audit)[0] == "Population: figures of 2 years, at least 3 are needed"


def test_figures_without_a_source_are_named():
    audit = AuditFactory()
    ContextIndicatorFactory(audit=audit, topic="tcn", name="Permits", source="", figures=YEARS)
    assert "TCN statistics: “Permits” has no source" in gaps(audit)


def test_indicator_with_everything_speaks_for_its_topic():
    audit = AuditFactory()
    ContextIndicatorFactory(audit=audit, topic="population", source="", figures=YEARS)
    ContextIndicatorFactory(audit=audit, topic="population", figures=YEARS)
    assert not any(text.startswith("Population") for text in gaps(audit))


def test_other_topics_are_never_missed():
    audit = AuditFactory()
    ContextIndicatorFactory(audit=audit, topic=IndicatorTopic.ECONOMY, figures={2022: 1})
    assert len(gaps(audit)) == 3


def prepared(audit, role, roles=(), invited=0):
    member = MembershipFactory(audit=audit, role=role)
    return preparation(audit, member.user, [role, *roles], invited)


def complete_audit():
    audit = AuditFactory(controller="City", authors="Irena", disclaimer="None", description="Project")
    for topic in ("population", "territory", "tcn"):
        ContextIndicatorFactory(audit=audit, topic=topic, figures=YEARS)
    return audit


def test_new_audit_is_not_started_and_asks_the_coordinator_for_the_controller_first():
    progress = prepared(AuditFactory(), Role.COORDINATOR)
    assert (progress.state, progress.done, progress.total) == ("todo", 0, 8)
    assert progress.next_step.text == "Name the controller of the data"
    assert all(missing.url for missing in progress.missing)


def test_coordinator_alone_is_asked_to_invite_and_an_open_invitation_is_enough():
    audit = AuditFactory(controller="City")
    assert prepared(audit, Role.COORDINATOR).next_step.text.startswith("Invite")
    assert not prepared(audit, Role.COORDINATOR, invited=1).next_step.text.startswith("Invite")


def test_researcher_is_asked_for_figures_alone():
    audit = AuditFactory()
    progress = prepared(audit, Role.RESEARCHER, [Role.COORDINATOR])
    assert progress.next_step.label == "Enter figures"
    assert {missing.url for missing in progress.missing} == {"", f"/audits/{audit.slug}/context/"}


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PARTNER, Role.VIEWER])
def test_who_cannot_prepare_sees_facts_without_links_or_next_step(role):
    progress = prepared(AuditFactory(), role, [Role.COORDINATOR])
    assert progress.next_step is None
    assert progress.missing
    assert not any(missing.url for missing in progress.missing)
    assert progress.link_label == "See the city’s figures"


def test_prepared_audit_is_done():
    progress = prepared(complete_audit(), Role.COORDINATOR, [Role.FACILITATOR])
    assert (progress.state, progress.missing, progress.next_step) == ("done", (), None)
