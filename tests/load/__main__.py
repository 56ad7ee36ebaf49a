"""Sixty phones on two walks against gunicorn, and their ledgers against what it holds then: nothing lost, nothing doubled.

Gunicorn runs as in production (README, "Deploy"), on a database of its own: SQLite, or with DATABASE_URL PostgreSQL.
Times are printed and judged by nobody but the reader, for they depend on the machine.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integra.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402

from checklists.models import Item  # noqa: E402
from tests.factories import (  # noqa: E402
    ActivityFactory,
    AuditFactory,
    CityWalkFactory,
    PhotoThemeFactory,
    PhotovoiceGuideFactory,
)
from tests.integra.test_deployment import PRODUCTION  # noqa: E402
from tests.integra.test_project import ROOT, environment  # noqa: E402
from tests.reports import city  # noqa: E402

from .ledger import reconciled  # noqa: E402
from .phone import Phone, Place, Watch, phone, together  # noqa: E402
from .pictures import SHRUNK, WHOLE, Camera, mark  # noqa: E402

LOG = ROOT / "var" / "load.log"
WALKS = 2
# One phone in so many sends photos as the camera gives them.
UNSHRUNK = 10
# So many requests at once keep every process of the server busy.
WARM = 60
LOGGED = ("Traceback", "database is locked", "deadlock", "ERROR")


def places(port: int) -> list[Place]:
    """Two walks of one audit, each with its photos, and as from two networks."""
    audit, form, guide = AuditFactory(), city.checklist(), PhotovoiceGuideFactory()
    PhotoThemeFactory(guide=guide)
    made = []
    for number in range(1, WALKS + 1):
        walk = CityWalkFactory(audit=audit, checklist=form)
        activity = ActivityFactory(audit=audit, guide=guide, beside=walk.join_code, join_code=f"PH77777{number}")
        items = tuple(Item.objects.filter(section__checklist=form).values_list("uuid", flat=True))
        made.append(Place("127.0.0.1", port, walk.join_code, activity.join_code, items, address=f"192.0.2.{number}"))
    return made


@contextmanager
def gunicorn(port: int, folder: Path, media: str) -> Iterator[subprocess.Popen]:
    """Gunicorn with the production settings, behind a proxy that speaks https; it writes LOG."""
    settings = connection.settings_dict
    user = f"{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}"
    database = (
        f"sqlite:///{settings['NAME']}" if connection.vendor == "sqlite" else f"postgres://{user}/{settings['NAME']}"
    )
    own = {
        **PRODUCTION,
        "DATABASE_URL": database,
        "MEDIA_ROOT": media,
        "SPOOL_ROOT": str(folder / "spool"),
        "STATIC_ROOT": str(folder / "static"),
        "BEHIND_PROXY": "true",
        "BIND": f"127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
    }
    with LOG.open("w") as log:
        call = [sys.executable, "-m", "gunicorn", "-c", "integra/gunicorn.py", "integra.wsgi"]
        process = subprocess.Popen(call, cwd=ROOT, env=environment(**own), stdout=log, stderr=log)
        try:
            while not _answers(port):
                time.sleep(0.2)
            # Each of its processes has begun before the first phone comes.
            with ThreadPoolExecutor(WARM) as pool:
                list(pool.map(_answers, [port] * WARM))
            yield process
        finally:
            process.terminate()
            process.wait()


def _answers(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/", timeout=60):
        return True
    return False


class Memory(threading.Thread):
    """Watches how many megabytes the processes of the server hold at most, all together and the largest of them."""

    def __init__(self, server: subprocess.Popen):
        super().__init__(daemon=True)
        self.server, self.most, self.largest = server, 0, 0

    def run(self) -> None:
        while self.server.poll() is None:
            held = [_megabytes(process) for process in [self.server.pid, *_children(self.server.pid)]]
            self.most, self.largest = max(self.most, sum(held)), max(self.largest, *held)
            time.sleep(0.25)


def _children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _megabytes(process: int) -> int:
    """The memory that a process has for itself; what the workers share with one another is not counted again."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private_")) // 1024


def phones_of(options: argparse.Namespace, port: int, folder: Path, watch: Watch) -> list[Phone]:
    """The phones with their photos, which lie as files in the folder."""
    cameras = {True: Camera(WHOLE), False: Camera(SHRUNK)}
    walks, made = places(port), []
    for number in range(1, options.phones + 1):
        shots = []
        for count in range(1, options.photos + 1):
            file = folder / f"{number}-{count}.jpg"
            file.write_bytes(cameras[number % UNSHRUNK == 0].shoot(mark(number, count)))
            shots.append(file.read_bytes)
        made.append(phone(number, walks[number % WALKS], watch, shots, seconds=options.seconds))
    return made


def report(watch: Watch, memory: Memory, seconds: float) -> None:
    print(f"{'':20} {'requests':>9} {'p50 ms':>9} {'p95 ms':>9} {'most ms':>9}")
    for kind, times in sorted(watch.seconds.items()):
        middle, high = (statistics.quantiles(times, n=100, method="inclusive")[place - 1] * 1000 for place in (50, 95))
        print(f"{kind:20} {len(times):9} {middle:9.0f} {high:9.0f} {max(times) * 1000:9.0f}")
    print(
        f"in {seconds:.0f} s; {watch.broken} requests broken off; {memory.most} MB, the largest process {memory.largest} MB"
    )
    print(", ".join(f"{status}: {count}" for status, count in sorted(watch.statuses.items())))
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{os.cpu_count()} cores, which the phones use too; load at the end {load}")


@contextmanager
def own_database(folder: Path) -> Iterator[None]:
    """A database that neither the suite nor anybody else uses at the same time; gone afterwards."""
    sqlite = connection.vendor == "sqlite"
    name = folder / "db.sqlite3" if sqlite else f"integra_load_{os.getpid()}"
    # Its tables come from the models, as those of the suite.
    connection.settings_dict["TEST"] |= {"NAME": name, "MIGRATE": False}
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)


def walked(options: argparse.Namespace, folder: Path, media: str) -> list[str]:
    """All phones on their walks, and the figures printed; what went wrong, as sentences."""
    watch = Watch()
    (folder / "static").mkdir()
    collect(folder / "static")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    phones = phones_of(options, port, folder, watch)
    connection.close()
    print(f"{options.phones} phones on {connection.vendor}", flush=True)
    with gunicorn(port, folder, media) as server:
        memory = Memory(server)
        memory.start()
        began = time.perf_counter()
        together(phones)
        took = time.perf_counter() - began
    report(watch, memory, took)
    log = LOG.read_text().splitlines()
    noted = [f"{LOG.name}: {line}" for line in log if any(sign in line for sign in LOGGED)]
    return [*reconciled(phones), *watch.faults, *noted]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make load", description=__doc__.splitlines()[0])
    parser.add_argument("--phones", type=int, default=60)
    parser.add_argument("--photos", type=int, default=20, help="of each phone")
    parser.add_argument("--seconds", type=float, default=240, help="how long the walk takes; 0: all is sent at once")
    options = parser.parse_args()
    setup_test_environment()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        tempfile.TemporaryDirectory() as media,
        override_settings(MEDIA_ROOT=media),
        own_database(Path(folder)),
    ):
        problems = walked(options, Path(folder), media)
    for problem in problems[:40]:
        print(f"! {problem}")
    print("Nothing lost, nothing doubled." if not problems else f"{len(problems)} problems")
    return bool(problems)


def collect(folder: Path) -> None:
    """The static files under their names in production, uncompressed: no phone asks for one here."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "tests.integra.test_deployment.NamesAlone"},
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=str(folder)):
        call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
