"""Making files of a report: in a limited child process, started here or by a Celery worker, and polled by the page.

Files of a build in the making lie in a folder of their own under SPOOL_ROOT; the finished one goes to the storage.
A build that fails says why and leaves texts and older files as they are.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from audits.models import Audit, User
from audits.participation.actions import words_of
from audits.participation.models import Participant
from audits.texts import Said, in_words

from .. import rendering
from ..assembly import Assembly, assembly
from ..document import blocks, child, numbering
from ..enums import BuildFormat, BuildState
from ..models import Build, Report

# Longer than the child's own limit: then nobody is left who could tell how it ended.
GRACE = timedelta(seconds=30)
# A worker should have taken it up by then.
LONGEST_QUEUE = timedelta(minutes=30)
KEPT = 3
# The task of `reports.tasks`, which itself calls the actions of this module.
TASK = "reports.tasks.make"
POLL_SECONDS = 0.5


def start_build(*, report: Report, format: str = BuildFormat.PDF, by: User | None) -> Build:
    """Begins to make a file of the report as it is now and returns at once; `refresh_build` tells how it goes.

    Where nothing has changed since the last file, or the same file is being made already, that build is returned.
    """
    # It stands before the report is read: words or photos that are taken back meanwhile stop it.
    build = Build.objects.create(report=report, format=format, requested_by=by)
    try:
        made = assembly(report)
        build.fingerprint, build.facts = fingerprint_of(made, format), _shown_in(made)
    except BaseException:
        build.delete()
        raise
    for known in report.builds.filter(format=format, fingerprint=build.fingerprint):
        known = refresh_build(build=known)
        if known.is_open or (
            known.state == BuildState.DONE and known.file and known.file.storage.exists(known.file.name)
        ):
            build.delete()
            return known
    noted = {"fingerprint": build.fingerprint, "facts": build.facts}
    if not Build.objects.open().filter(pk=build.pk).update(**noted):
        return Build.objects.get(pk=build.pk)
    if format == BuildFormat.HTML:
        return _write_page(build, made)
    if settings.CELERY_BROKER_URL:
        transaction.on_commit(lambda: current_app.send_task(TASK, [build.pk]))
        return build
    return _start(build, made)


def run_build(*, build: Build) -> Build:
    """Makes the file of a build and waits for the end, for a Celery worker. The data are those of this moment."""
    # What it will show is not known before the report is read again: whatever is taken back meanwhile stops it.
    Build.objects.filter(pk=build.pk).update(facts={})
    made = assembly(build.report)
    build.fingerprint, build.facts = fingerprint_of(made, build.format), _shown_in(made)
    build = _start(build, made)
    while build.is_open:
        time.sleep(POLL_SECONDS)
        build = refresh_build(build=build)
    return build


def refresh_build(*, build: Build) -> Build:
    """Brings a build up to date with the child that makes it; returns it as it stands now.

    One whose child has not been heard of for longer than the time limit has died and is given up, so that it can be
    tried again. Waiting for its turn it has longer.
    """
    if not build.is_open:
        return build
    waiting = False
    if _folder(build).is_dir():
        progress = child.read_progress(_folder(build) / rendering.PROGRESS)
        waiting = progress.state == "queued"
        if progress.state == "done":
            return _finish(build, progress)
        if progress.state == "failed":
            return _fail(build, progress.reason, progress.detail)
        if progress.stage != build.progress:
            build.progress = progress.stage
            Build.objects.open().filter(pk=build.pk).update(progress=build.progress)
    try:
        heard = datetime.fromtimestamp((_folder(build) / rendering.PROGRESS).stat().st_mtime, tz=UTC)
    except FileNotFoundError:
        heard, waiting = build.started_at or build.created_at, not build.started_at
    if timezone.now() > heard + (LONGEST_QUEUE if waiting else timedelta(seconds=settings.RENDER_SECONDS) + GRACE):
        return _fail(build, "stopped", "")
    return build


def _start(build: Build, made: Assembly) -> Build:
    """Starts the child that makes the PDF."""
    build.state, build.started_at = BuildState.RUNNING, timezone.now()
    begun = {name: getattr(build, name) for name in ("state", "started_at", "fingerprint", "facts")}
    if not Build.objects.open().filter(pk=build.pk).update(**begun):
        return Build.objects.get(pk=build.pk)
    try:
        rendering.start_pdf(made, _folder(build))
    except rendering.PictureMissingError as error:
        return _fail(build, "picture", str(error))
    if not Build.objects.open().filter(pk=build.pk).exists():
        # A photo was taken back while its file was copied.
        shutil.rmtree(_folder(build), ignore_errors=True)
        return Build.objects.get(pk=build.pk)
    return build


def _write_page(build: Build, made: Assembly) -> Build:
    began = timezone.now()
    try:
        content = rendering.page(made)
    except rendering.PictureMissingError as error:
        return _fail(build, "picture", str(error))
    with transaction.atomic():
        locked = Build.objects.select_for_update(of=("self",)).select_related("report__audit").get(pk=build.pk)
        if not locked.is_open:
            return locked
        locked.started_at = began
        locked.file.save(f"{locked.uuid}.html", ContentFile(content.encode()), save=False)
        return _done(locked, {})


def _finish(build: Build, progress: child.Progress) -> Build:
    """Takes over the finished file; of several who see it finished, one does."""
    folder = _folder(build)
    with transaction.atomic():
        locked = Build.objects.select_for_update().select_related("report__audit").get(pk=build.pk)
        if not locked.is_open:
            return locked
        with (folder / rendering.TARGET).open("rb") as file:
            locked.file.save(f"{locked.uuid}.pdf", File(file), save=False)
        locked.fingerprint = build.fingerprint
        facts = {
            "pages": progress.page_count,
            "sections": dict(progress.pages_by_section),
            "unprintable": dict(progress.unprintable),
        }
        locked = _done(locked, facts)
    shutil.rmtree(folder, ignore_errors=True)
    return locked


def _done(build: Build, facts: dict) -> Build:
    build.state, build.progress, build.facts = BuildState.DONE, "done", {**build.facts, **facts}
    build.finished_at = timezone.now()
    build.save()
    old = build.report.builds.done().filter(format=build.format).exclude(pk=build.pk)[KEPT - 1 :]
    for one in old:
        file = one.file
        one.delete()
        transaction.on_commit(lambda file=file: file.storage.delete(file.name))
    return build


def _fail(build: Build, reason: str, detail: str) -> Build:
    build.state, build.reason, build.error = BuildState.FAILED, reason, detail
    build.finished_at = timezone.now()
    build.save()
    shutil.rmtree(_folder(build), ignore_errors=True)
    return build


def withdraw(audit: Audit, pictures: Collection[UUID]) -> None:
    """Deletes the files that show one of these photos, and stops those in the making; the builds say why."""
    _withdraw(audit, "withdrawn", "pictures", {str(one) for one in pictures})


def withdraw_words(participant: Participant) -> None:
    """As `withdraw`, for the files in which words of the participant stand, quoted or copied into texts of the team."""
    _withdraw(participant.audit, "words", "people", {participant.pk})


def withdraw_struck(audit: Audit) -> None:
    """As `withdraw`, for all files: fewer words are struck out of a text than it takes to know whose they are."""
    _withdraw(audit, "words")


@transaction.atomic
def _withdraw(audit: Audit, reason: str, fact: str = "", gone: Collection[str | int] = ()) -> None:
    rows = Build.objects.select_for_update(of=("self",)).filter(report__audit=audit)
    for build in rows.exclude(state=BuildState.FAILED):
        # Of a file from before this was noted nobody knows what it shows.
        if not fact or fact not in build.facts or not set(build.facts[fact]).isdisjoint(gone):
            if build.file:
                transaction.on_commit(partial(build.file.storage.delete, build.file.name))
                build.file = ""
            _fail(build, reason, "")


def _shown_in(made: Assembly) -> dict:
    """What a build notes of the report from its beginning on: its photos, and the people whose words stand in it."""
    words = words_of(Participant.objects.filter(audit=made.report.audit))
    said = Said((one.participant, one.text) for one in words)
    people = said.found_in("\n".join(_texts_in(blocks.to_dict(made.document))))
    # A quotation is somebody's words, however short.
    quoted = {tuple(in_words(one.text)) for one in numbering.walk(made.document) if isinstance(one, blocks.Quote)}
    people |= {one.participant for one in words if tuple(in_words(one.text)) in quoted}
    return {"pictures": rendering.photos(made), "people": sorted(people)}


def _texts_in(tree: Any) -> Iterator[str]:
    """All texts of a document as `blocks.to_dict` gives it."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list | tuple):
        for one in tree.values() if isinstance(tree, dict) else tree:
            yield from _texts_in(one)


def _folder(build: Build) -> Path:
    return Path(settings.SPOOL_ROOT) / "reports" / str(build.uuid)


def fingerprint_of(made: Assembly, format: str) -> str:
    """What the file will say, and with which program: the same input and program make the same file."""
    tree = json.dumps(blocks.to_dict(made.document), sort_keys=True)
    return sha256(f"{format}\n{_writer()}\n{tree}".encode()).hexdigest()


@cache
def _writer() -> str:
    """A digest of everything that draws documents: the writers' code, templates, stylesheets and translations."""
    digest = sha256()
    for folder in (Path(child.__file__).parent, settings.BASE_DIR / "static" / "report", *settings.LOCALE_PATHS):
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in (".py", ".html", ".svg", ".css", ".mo"):
                digest.update(path.read_bytes())
    return digest.hexdigest()
