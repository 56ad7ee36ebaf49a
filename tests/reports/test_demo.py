"""The demo: a fictional city whose audit is made through the actions that people use."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pytest
from django.core import mail
from django.core.management import call_command
from django.test import override_settings

from audits.models import Audit
from audits.participation.enums import Purpose
from audits.participation.models import Participant
from checklists import results, tables
from photovoice.models import PhotoRights, Remark, Vote
from photovoice.rights import may_be_published
from reports import outline
from reports.actions import open_report
from reports.assembly import assemble
from reports.demo import story
from reports.document import blocks
from reports.document.numbering import walk
from tests.stored import everything_stored

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Demo:
    audit: Any
    pdf: Path
    letters: list


@pytest.fixture(scope="module")
def demo(seeded, tmp_path_factory):
    """The demo with its report and the letters that it sent, built once for the module."""
    folder = tmp_path_factory.mktemp("demo")
    mail.outbox.clear()
    with override_settings(MEDIA_ROOT=folder / "media", SPOOL_ROOT=folder / "spool"):
        call_command("demo", output=folder / "report.pdf", stdout=io.StringIO())
    audit = Audit.objects.with_frame().get(title=story.AUDIT["title"])
    return Demo(audit, folder / "report.pdf", list(mail.outbox))


def test_demo_is_a_whole_audit_and_building_it_again_changes_nothing(demo):
    stored = everything_stored()
    call_command("demo", "--no-report", stdout=io.StringIO())
    assert everything_stored() == stored
    audit = demo.audit
    assert audit.city.fictional
    assert audit.previous is not None
    found = results.for_audit(audit)
    assert (len(found.walks), found.participants) == (2, 26)
    columns = tables.group_columns(found)
    assert len(columns) >= 3
    assert any("Police" in sentence for sentence in tables.by_groups(found).hidden)
    assert audit.findings.exists()
    assert audit.recommendations.exists()
    groups = list(audit.focus_groups.all())
    assert [(group.notes.count(), group.seats.count()) for group in groups] == [(25, 9), (40, 10)]
    assert all(group.questions.filter(notes__isnull=True).count() == 0 for group in groups)
    assert all(any(invitee.name for invitee in group.invitees.all()) for group in groups[1:])
    assert not any(getattr(one, name) for one in groups[0].invitees.all() for name in one.CONTACT)
    assert audit.stakeholders.filter(migrant_led="yes").count() >= 5
    photos = audit.photo_activities.get().photos
    assert (photos.count(), photos.values("participant").distinct().count()) == (60, 24)
    publishable = [photo for photo in photos.with_rights() if may_be_published(photo)]
    assert len(publishable) == 44
    assert (photos.filter(state="late").count(), photos.exclude(hidden_at=None).count()) == (1, 2)
    votes = Vote.objects.filter(photo__in=photos.going_round())
    assert votes.values("participant").distinct().count() == 8
    remarks = Remark.objects.exclude(participant=None)
    agreed = Participant.objects.agreeing_to(Purpose.QUOTATION)
    assert (remarks.count(), remarks.filter(participant__in=agreed).count()) == (2, 0)
    # What the authors said is as old as their photos.
    held = audit.photo_activities.get().starts.date()
    said = PhotoRights.objects.filter(given_by="participant", photo__state="in")
    assert {one.at.date() for one in said} == {held}
    # Nobody is written to: the people are invented.
    assert demo.letters == mail.outbox == []


def test_report_of_the_demo_has_the_prescribed_sections_and_lengths_and_is_accessible(demo):
    checked = page_validation.validate_pdf(demo.pdf, profile="ua1")
    assert checked.is_compliant, checked

    report = open_report(audit=demo.audit, language=demo.audit.language)
    build = report.builds.get()
    with pikepdf.open(demo.pdf) as file, file.open_outline() as bookmarks:
        assert len(file.pages) == build.page_count
        titles = [item.title for item in bookmarks.root]
        part_2 = next(item for item in bookmarks.root if item.title.startswith("Part II."))
        assert [item.title for item in part_2.children] == [
            "2.1 Desk research", "2.2 Focus groups", "2.3 City tours and checklists", "2.4 Photovoice",
        ]  # fmt: skip
    assert titles == [
        "City Audit Report: Velmora City Integration Audit 2026", "Contents", "Executive summary", "Introduction",
        "Part I. City context", "Part II. Main audit findings", "Part III. Conclusions and recommendations",
        "Annexes. Scores, method, sources",
    ]  # fmt: skip
    for entry in outline.walk():
        if entry.pages:
            assert build.pages_of(entry.key) <= entry.pages[1], entry.key
    assert build.marks == 0


def test_demo_quotes_two_people_who_agree_to_it(demo):
    document = assemble(open_report(audit=demo.audit, language=demo.audit.language))
    quotes = [node for node in walk(document) if isinstance(node, blocks.Quote)]
    assert len(quotes) == 2
    told = {remark for _area, remark in story.QUOTES} | {story.GROUP_QUOTE}
    assert {quote.text.strip("“”") for quote in quotes} <= told
