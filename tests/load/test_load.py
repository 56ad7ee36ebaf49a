"""`make load`: few phones instead of sixty, and a ledger that tells what is missing."""

import subprocess
import sys
from uuid import uuid4

import pytest

from tests.factories import ActivityFactory, AuditFactory, CityWalkFactory
from tests.integra.test_project import ROOT, environment
from tests.reports import city

from .ledger import reconciled
from .phone import Place, Watch, phone


def test_few_phones_lose_and_double_nothing():
    few = ["--phones", "2", "--photos", "1", "--seconds", "0"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.load", *few],
        cwd=ROOT,
        env=environment(DEBUG="true"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing lost, nothing doubled." in done.stdout
    assert "photo 200: " in done.stdout


@pytest.mark.django_db
def test_ledger_tells_of_photos_and_scores_that_the_server_does_not_hold():
    form, audit = city.checklist(), AuditFactory()
    walk, activity = CityWalkFactory(audit=audit, checklist=form), ActivityFactory(audit=audit)
    items = tuple(item.uuid for section in form.sections.all() for item in section.items.all())
    place = Place("127.0.0.1", 1, walk.join_code, activity.join_code, items)
    lost = phone(1, place, Watch(), [lambda: b""], seconds=0)
    lost.owner, lost.sheet = str(uuid4()), str(uuid4())
    missed = reconciled([lost])
    assert any(line.startswith("photos: 0 instead of 1") for line in missed)
    assert any("never answered" in line for line in missed)
