import shutil

import pytest
from django.test import override_settings

from audits.models import Audit
from reports.actions import open_report
from tests import factories
from tests.reports import city


def report_of(audit):
    return open_report(audit=Audit.objects.with_frame().get(pk=audit.pk), language="en")


@pytest.fixture(scope="module")
def _velmora(kept, tmp_path_factory):
    """The audit of the invented city with the texts of its report, and the folder with its files."""
    media = tmp_path_factory.mktemp("velmora")
    with override_settings(MEDIA_ROOT=media):
        audit = city.audit()
        city.write(report_of(audit))
    return audit, media


@pytest.fixture
def velmora(_velmora, db, settings):
    """A report in English of the whole audit, with texts."""
    audit, media = _velmora
    shutil.copytree(media, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return report_of(audit)


@pytest.fixture
def bare(db):
    """A report of an audit in which nothing has been done yet."""
    return report_of(factories.AuditFactory(title="Bare 2026", slug="bare"))


@pytest.fixture
def coordinator(db):
    """Makes the coordinator of a report's audit."""

    def make(report):
        return factories.MembershipFactory(audit=report.audit).user

    return make
