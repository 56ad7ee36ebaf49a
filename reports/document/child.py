"""Rendering in a child process under limits: `python -m reports.document.child in.json out.pdf --media
map.json`.

The child knows no database and no secrets: it reads the serialised tree and the files that the map names,
and writes the PDF. A small supervisor inside it forks the worker and outlives it, so that a death by time
or memory is always told in the progress file, and nothing is ever left half written: the PDF appears under
its name when it is whole.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).resolve().parent / "fonts.conf"
SECONDS = 180
MEGABYTES = 1500
# Renderings at a time on this machine; the others wait, or ten people who print at once would stop everybody.
PARALLEL = max(2, os.cpu_count() or 1)
TURN_SECONDS = 0.2
# Of the parent's environment only what finding Python, fonts and temporary files needs; no secret among it.
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH")

STAGES = {
    "reading": _("Reading the texts and figures"),
    "laying out": _("Laying out the pages"),
    "writing": _("Writing the PDF"),
    "done": _("Done"),
}
REASONS = {
    "time": _("It took too long and was stopped. A very long text or table may be the cause."),
    "memory": _("It needed too much memory and was stopped. Very large pictures may be the cause."),
    "picture": _("A picture could not be read: %(detail)s"),
    "tree": _("The document could not be read."),
    "error": _("Something went wrong while it was made. The cause is written in the log."),
    "withdrawn": _("A photo in it was taken back or changed since, so the file was deleted. Make it anew."),
    "words": _("Words in it were taken back since, so the file was deleted. Make it anew."),
    "stopped": _("It was stopped from outside."),
}


@dataclass(frozen=True)
class Progress:
    """How a rendering stands: `state` is queued, running, done or failed; once done, the page facts are in it."""

    state: str
    stage: str = ""
    reason: str = ""
    detail: str = ""
    page_count: int = 0
    pages_by_section: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    unprintable: Mapping[str, int] = field(default_factory=dict)

    @property
    def marks(self) -> int:
        """How many letters stand as marks in the PDF, because no font has them."""
        return sum(self.unprintable.values())

    @property
    def message(self) -> str:
        """What a person reads: the stage, or why it failed."""
        if self.state == "failed":
            return str(REASONS.get(self.reason, REASONS["error"])) % {"detail": self.detail}
        return str(STAGES.get(self.stage, _("Waiting for its turn")))


def read_progress(path: Path) -> Progress:
    """Returns what the progress file says; without a file the rendering is queued."""
    try:
        return Progress(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Progress("queued")


def start(
    tree: Path,
    target: Path,
    *,
    media: Path,
    progress: Path,
    seconds: int = SECONDS,
    megabytes: int = MEGABYTES,
) -> None:
    """Starts the rendering in the background and returns at once; `read_progress(progress)` tells how it
    goes.

    `tree` holds `blocks.to_dict` as JSON, `media` a JSON map from picture uuid to file path. An old file at
    `target` stays until the new one is whole.
    """
    _write(progress, Progress("queued"))
    subprocess.run(_command(tree, target, media, progress, seconds, megabytes, "--detach"), **_surroundings())


def run(
    tree: Path,
    target: Path,
    *,
    media: Path,
    progress: Path,
    seconds: int = SECONDS,
    megabytes: int = MEGABYTES,
) -> Progress:
    """Renders like `start` and waits for the end; returns the last progress, done or failed. Never raises
    for a render.
    """
    _write(progress, Progress("queued"))
    subprocess.run(_command(tree, target, media, progress, seconds, megabytes), **_surroundings())
    last = read_progress(progress)
    return last if last.state in ("done", "failed") else Progress("failed", reason="stopped")


def _command(
    tree: Path, target: Path, media: Path, progress: Path, seconds: int, megabytes: int, *more: str
) -> list[str]:
    return [
        sys.executable, "-m", "reports.document.child", str(tree.resolve()), str(target.resolve()),
        "--media", str(media.resolve()), "--progress", str(progress.resolve()),
        "--seconds", str(seconds), "--megabytes", str(megabytes), *more,
    ]  # fmt: skip


def _surroundings() -> dict[str, Any]:
    return {
        "cwd": ROOT,
        "env": {name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
        "stdin": subprocess.DEVNULL,
        "check": False,
    }


def _write(path: Path, progress: Progress) -> None:
    """Replaces the progress file in one step, so that a reader never sees half of it."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(asdict(progress)), encoding="utf-8")
    part.replace(path)


# A worker that died without a word: by a limit of time, or, as C libraries and a starved interpreter do,
# for want of memory.
TIME_SIGNALS = {signal.SIGALRM, signal.SIGXCPU}
MEMORY_SIGNALS = {signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV, signal.SIGBUS}


# In the child ----------------------------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    """Supervises one rendering; returns 0 when the PDF is there."""
    parser = argparse.ArgumentParser(prog="python -m reports.document.child", description=__doc__.splitlines()[0])
    parser.add_argument("tree", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--media", type=Path, required=True, help="JSON map from picture uuid to file path")
    parser.add_argument("--progress", type=Path, help="JSON file that tells how it goes")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="limit of processor and of real time")
    parser.add_argument("--megabytes", type=int, default=MEGABYTES, help="limit of memory")
    parser.add_argument("--detach", action="store_true", help="return at once")
    given = parser.parse_args(arguments)
    given.progress = given.progress or given.target.with_name(f"{given.target.name}.progress")
    if given.detach:
        if os.fork():
            return 0
        os.setsid()
    return _supervise(given)


def places() -> list[Path]:
    """The files that running renderings lock, one each."""
    folder = Path(tempfile.gettempdir()) / f"integra-renderings-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return [folder / str(number) for number in range(PARALLEL)]


def _wait_for_turn() -> int | None:
    """Returns the locked file; None where files cannot be locked, for a rendering without a turn is better than none."""
    try:
        files = [os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600) for place in places()]
        while True:
            for file in files:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                return file
            time.sleep(TURN_SECONDS)
    except OSError:
        return None


def _supervise(given: argparse.Namespace) -> int:
    part = given.target.with_name(f"{given.target.name}.{os.getpid()}.part")
    # Held by this process and its worker until both have ended, however they end.
    _turn = _wait_for_turn()
    _write(given.progress, Progress("running", "reading"))
    with tempfile.TemporaryDirectory(prefix="integra-render-") as workshop:
        worker = os.fork()
        if worker == 0:
            status = 1
            try:
                status = _work(given, part, workshop)
            finally:
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    part.unlink(missing_ok=True)
    # Told that it is done, whoever waited may have taken the file and the folder away already.
    if status == 0:
        return 0
    last = read_progress(given.progress)
    if last.state != "failed":
        reason = (
            "time" if -status in TIME_SIGNALS else "memory" if status > 0 or -status in MEMORY_SIGNALS else "stopped"
        )
        _write(given.progress, Progress("failed", reason=reason, detail=str(status)))
    return 1


def _work(given: argparse.Namespace, part: Path, workshop: str) -> int:
    def fail(reason: str, detail: str = "") -> int:
        _write(given.progress, Progress("failed", reason=reason, detail=detail))
        return 1

    try:
        # Whatever a worker leaves behind when it dies lies in its own folder, font caches included.
        os.environ |= {
            "FONTCONFIG_FILE": str(FONTS),
            "TMPDIR": workshop,
            "XDG_CACHE_HOME": workshop,
            "HOME": workshop,
        }
        _limit_time(given.seconds)
        _configure()
        import weasyprint  # noqa: F401 - loaded before memory is limited: a library that does not fit fails in odd ways

        from reports.document import blocks
        from reports.document.pdf import MediaMissingError, render_pdf

        resource.setrlimit(resource.RLIMIT_AS, (given.megabytes * 2**20,) * 2)
        try:
            document = blocks.from_dict(json.loads(given.tree.read_text(encoding="utf-8")))
            paths = json.loads(given.media.read_text(encoding="utf-8"))
        except ValueError as error:
            return fail("tree", str(error))
        try:
            result = render_pdf(
                document,
                media=lambda key: Path(paths[key]).read_bytes(),
                progress=lambda stage: _write(given.progress, Progress("running", stage)),
            )
        except MediaMissingError as error:
            return fail("picture", str(error))
        _publish(result.data, part, given.target)
        sections = {key: asdict(extent) for key, extent in result.pages_by_section.items()}
        done = Progress(
            "done",
            "done",
            page_count=result.page_count,
            pages_by_section=sections,
            unprintable=result.unprintable,
        )
        _write(given.progress, done)
    except MemoryError:
        return fail("memory")
    except Exception as error:
        if isinstance(error.__cause__, MemoryError) or isinstance(error.__context__, MemoryError):
            return fail("memory")
        traceback.print_exc()
        return fail("error", f"{type(error).__name__}: {error}")
    return 0


def _limit_time(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    # The limit of real time: not handled, so it ends the worker even inside a C library.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)


def _configure() -> None:
    """Gives Django what templates and translations need, and nothing else: no apps, no database, "
    "no secret."""
    import django
    from django.conf import settings

    settings.configure(INSTALLED_APPS=[], USE_I18N=True, LANGUAGE_CODE="en", LOCALE_PATHS=[ROOT / "locale"])
    django.setup()


def _publish(data: bytes, part: Path, target: Path) -> None:
    """Writes beside the target, syncs and renames: a reader finds the old file or the new one."""
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
