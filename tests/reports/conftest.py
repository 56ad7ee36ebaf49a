import pytest

from audits.models import Audit
from reports.actions import open_report
from tests import factories
from tests.reports import city


@pytest.fixture
def velmora(db):
    """A report in English of the whole audit, with texts."""
    audit = city.audit()
    report = open_report(audit=Audit.objects.with_frame().get(pk=audit.pk), language="en")
    city.write(report)
    return report


@pytest.fixture
def bare(db):
    """A report of an audit in which nothing has been done yet."""
    audit = factories.AuditFactory(title="Bare 2026", slug="bare")
    return open_report(audit=audit, language="en")


@pytest.fixture
def coordinator(db):
    """Makes the coordinator of a report's audit."""

    def make(report):
        return factories.MembershipFactory(audit=report.audit).user

    return make
