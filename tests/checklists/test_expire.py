import os
import time
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from audits import printing
from checklists.models import SheetUpload
from tests.factories import UserFactory

DAYS = 24 * 60 * 60


@pytest.fixture
def kept(walk):
    """A pack and a spreadsheet of today and of two days ago each; answers which are still there."""
    for name, age in (("new", 0), ("old", 2 * DAYS)):
        folder = settings.SPOOL_ROOT / "prints" / str(walk.uuid) / name
        folder.mkdir(parents=True)
        (folder / "pack.pdf").write_bytes(b"personal codes")
        (folder / "media.json").write_text("{}")
        os.utime(folder / "media.json", (time.time() - age,) * 2)
        upload = SheetUpload.objects.create(walk=walk, by=UserFactory(), name=name, content=b"x", digest="x")
        SheetUpload.objects.filter(pk=upload.pk).update(created_at=timezone.now() - timedelta(seconds=age))

    def still():
        packs = sorted(folder.name for folder in (settings.SPOOL_ROOT / "prints").glob("*/*"))
        return packs, sorted(SheetUpload.objects.values_list("name", flat=True))

    return still


def test_expire_deletes_packs_and_spreadsheets_of_more_than_a_day(kept, capsys):
    call_command("expire")
    assert kept() == (["new"], ["new"])
    assert "prints: 1 deleted" in capsys.readouterr().out


def test_expire_only_counts_in_a_dry_run(kept, capsys):
    call_command("expire", "--dry-run")
    assert kept() == (["new", "old"], ["new", "old"])
    assert "sheet_uploads: 1 (kept" in capsys.readouterr().out


def test_packs_of_an_earlier_version_are_deleted_too(walk, capsys):
    folder = settings.SPOOL_ROOT / "packs" / str(walk.uuid) / "old"
    folder.mkdir(parents=True)
    (folder / "pack.pdf").write_bytes(b"personal codes")
    (folder / "media.json").write_text("{}")
    os.utime(folder / "media.json", (time.time() - 2 * DAYS,) * 2)
    call_command("expire")
    assert not folder.exists()
    assert "prints: 1 deleted" in capsys.readouterr().out


def test_printing_that_is_swept_away_this_moment_is_passed_over(walk, monkeypatch):
    folder = settings.SPOOL_ROOT / "prints" / str(walk.uuid) / "gone"
    monkeypatch.setattr(type(folder), "glob", lambda self, pattern: iter([folder]))
    assert printing.expired(timezone.now()) == 0
    assert printing.find(walk.uuid, uuid.uuid4()) is None
