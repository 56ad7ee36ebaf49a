"""Plays the demo's story through the actions that people use, so that it shows what the application really does."""

from __future__ import annotations

from django.core.management import CommandError
from django.db import transaction

from audits.enums import Role
from audits.models import Audit
from checklists.models import Checklist

from .. import story
from . import analysis, benchmarks, city, findings, groups, photos, research, stakeholders, texts, walks


def exists() -> bool:
    """Whether the demo has been built in this database."""
    return Audit.objects.filter(city__name=story.CITY["name"], city__fictional=True).exists()


@transaction.atomic
def build() -> Audit:
    """Builds the demo and returns its audit of 2026. Raises CommandError without the seeded instruments."""
    checklist = Checklist.objects.originals().current().first()
    if checklist is None:
        raise CommandError("The instruments are missing. Load them first: manage.py seed")
    people = {email: city.user(email, name, organisation) for _role, email, name, organisation in story.TEAM}
    coordinator = people[story.TEAM[0][1]]
    city.user(*story.ADMIN, is_staff=True, is_superuser=True)
    before = city.previous_audit(checklist, coordinator, people)
    audit = city.audit(before, coordinator, people)
    for plan in story.WALKS:
        walk = walks.plan(audit, checklist, plan, people)
        walks.sheets(walk, plan, story.TARGET, people)
        walks.close(walk)
    walks.discussion(audit, people)
    documents, institutions = research.build(audit, people)
    found = findings.findings(audit, people)
    findings.recommendations(audit, coordinator, found)
    research.findings(audit, documents, institutions, people)
    benchmarks.build(audit, documents, people)
    held = groups.build(audit, stakeholders.build(audit, people), people)
    analysis.build(audit, held, people)
    analysis.findings(audit, held, people)
    photos.build(audit, found, people)
    texts.texts(audit, coordinator)
    return audit


def logins() -> list[tuple[str, str, str]]:
    """Who can sign in to the demo: role, e-mail address, name; all with `story.PASSWORD`."""
    team = [(str(Role(role).label), email, name) for role, email, name, _organisation in story.TEAM]
    return [*team, ("Django admin", *story.ADMIN)]
