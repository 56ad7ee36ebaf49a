"""The demo: a fictional city whose audit is made through the actions that people use."""

import io

from django.core import mail
from django.core.management import call_command

from audits.models import Audit
from checklists import results, tables
from reports.demo import story


def test_demo_is_a_whole_audit_and_building_it_again_changes_nothing(db):
    call_command("seed", stdout=io.StringIO())
    for _again in range(2):
        call_command("demo", "--no-report", stdout=io.StringIO())
    audit = Audit.objects.get(title=story.AUDIT["title"])
    assert audit.city.fictional
    assert audit.previous is not None
    found = results.for_audit(audit)
    assert (len(found.walks), found.participants) == (2, 26)
    columns = tables.group_columns(found)
    assert len(columns) >= 3
    assert any("Police" in sentence for sentence in tables.by_groups(found).hidden)
    assert audit.findings.exists()
    assert audit.recommendations.exists()
    # Nobody is written to: the people are invented.
    assert mail.outbox == []
