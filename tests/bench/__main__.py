"""Times pairs of the same work on little and on much data, in turn, and prints each pair's ratio.

A ratio near 1 means that the amount of data does not matter; one near 10 that time grows with them.
"""

import json
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integra.settings")
django.setup()

import pandas as pd  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from django.urls import reverse  # noqa: E402
from PIL import Image  # noqa: E402

from audits import images  # noqa: E402
from audits.enums import PictureKind  # noqa: E402
from audits.models import Audit  # noqa: E402
from checklists import scoring, spreadsheet  # noqa: E402
from checklists.enums import WalkState  # noqa: E402
from checklists.lines import plan_of  # noqa: E402
from checklists.models import CityWalk, Score  # noqa: E402
from checklists.wording import wording_of  # noqa: E402
from reports import rendering  # noqa: E402
from reports.actions import open_report  # noqa: E402
from reports.assembly import assembly  # noqa: E402
from reports.document import child  # noqa: E402
from tests.factories import AuditFactory, MembershipFactory  # noqa: E402
from tests.load.pictures import WHOLE, Camera  # noqa: E402
from tests.reports import city  # noqa: E402

FEW, MANY = 25, 250
ROUNDS = 7


@dataclass(frozen=True)
class Pair:
    """The same work twice: `first` on the smaller data or by the other way, `second` on the larger or by ours."""

    name: str
    first: Callable[[], object]
    second: Callable[[], object]
    data: str = f"{FEW} / {MANY} sheets"
    rounds: int = ROUNDS


class Town:
    """An audit with one walk of so many sheets on the city walk checklist, and its coordinator's browser."""

    def __init__(self, sheets: int, form):
        self.audit = AuditFactory()
        groups = [city.GROUPS[number % len(city.GROUPS)] for number in range(sheets)]
        self.walk = CityWalk.objects.get(pk=city.walk(self.audit, form, groups).pk)
        self.client = Client()
        self.client.force_login(MembershipFactory(audit=self.audit).user)
        self.report = open_report(audit=Audit.objects.with_frame().get(pk=self.audit.pk), language="en")
        self.plan = plan_of(self.walk)
        self.wording = wording_of(self.plan, self.walk.checklist, "en")
        self.sheet = self.walk.sheets.get(number=1)
        self.sequence = 0
        self.device = str(uuid.uuid4())
        self.table = self._table(sheets)

    def page(self, name: str, *more) -> Callable[[], object]:
        address = reverse(name, args=[self.audit.slug, *more])

        def get():
            answer = self.client.get(address)
            assert answer.status_code == 200, f"{address}: {answer.status_code}"
            return answer.content

        return get

    def on_walk(self, name: str, *more) -> Callable[[], object]:
        return self.page(f"checklists:{name}", self.walk.uuid, *more)

    def save(self) -> None:
        """One score typed into the grid."""
        self.sequence += 1
        line = next(iter(self.plan))
        change = {
            "uuid": str(uuid.uuid4()),
            "sequence": self.sequence,
            "kind": "answer",
            "item": str(line.item.uuid),
            "place": None,
            "value": 1 + self.sequence % 5,
            "missing": "",
            "comment": "",
            "suggestion": "",
        }
        # A report needs walks that are closed, typing one that is open.
        walks = CityWalk.objects.filter(pk=self.walk.pk)
        walks.update(state=WalkState.OPEN)
        answer = self.client.post(
            reverse("checklists:sheet-changes", args=[self.audit.slug, self.walk.uuid, 1]),
            json.dumps({"sheet": str(self.sheet.uuid), "device": self.device, "changes": [change]}),
            content_type="application/json",
        )
        walks.update(state=WalkState.CLOSED)
        assert answer.json()["results"][0]["outcome"] == "saved", answer.content

    def _table(self, sheets: int) -> bytes:
        heads = ["number", "group", *(line.item.key for line in self.plan)]
        rows = [[str(number), "", *("3" for _line in self.plan)] for number in range(1, sheets + 1)]
        return "\n".join(",".join(row) for row in [heads, *rows]).encode()

    def read(self) -> None:
        """Reads a table of sheets as an import does, up to the preview."""
        reading = spreadsheet.read(self.table, self.plan, self.wording, taken={})
        assert not reading.problems, reading.problems[:1]

    def answers(self) -> list[scoring.Answer]:
        rows = Score.objects.filter(sheet__walk=self.walk).values_list("sheet__participant_id", "item__key", "value")
        return [scoring.Answer(participant=who, item=item, value=value) for who, item, value in rows]

    def sections(self) -> list[scoring.Section]:
        sections = self.walk.checklist.sections.prefetch_related("items")
        return [scoring.Section(one.key, tuple(item.key for item in one.items.all())) for one in sections]

    def pdf(self) -> None:
        # The child tidies up after it has said that it is done.
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            place = Path(folder)
            rendering.start_pdf(assembly(self.report), place)
            while (progress := child.read_progress(place / rendering.PROGRESS)).state != "done":
                assert progress.state != "failed", progress
                time.sleep(0.02)


def with_pandas(answers: list[scoring.Answer]) -> None:
    """Means and deviations of items, sections left out: less than our module does."""
    table = pd.DataFrame([(one.participant, one.item, one.value) for one in answers], columns=["who", "item", "value"])
    own = table.groupby(["who", "item"])["value"].mean().unstack("item")
    own.agg(["mean", "std", "count"])


def with_pillow(photo: bytes) -> None:
    """Both sizes of a photo, without looking at what it is, holds and weighs. Ours may take 1.3 times as long."""
    with Image.open(BytesIO(photo)) as image:
        for side in (images.LONGEST_SIDE[PictureKind.PHOTO], images.SMALL_SIDE):
            image.thumbnail((side, side))
            image.save(BytesIO(), "JPEG", quality=88)


def pairs(few: Town, many: Town) -> list[Pair]:
    photo = Camera(WHOLE).shoot(1)
    little, much, sections = few.answers(), many.answers(), many.sections()

    def both(name: str, page: str, *more) -> Pair:
        return Pair(name, few.on_walk(page, *more), many.on_walk(page, *more))

    return [
        Pair(
            "scoring",
            lambda: scoring.checklist_result(little, sections),
            lambda: scoring.checklist_result(much, sections),
        ),
        Pair(
            "scoring: pandas / ours",
            lambda: with_pandas(much),
            lambda: scoring.checklist_result(much, sections),
            data=f"{MANY} sheets",
        ),
        Pair(
            "photo: Pillow / ours",
            lambda: with_pillow(photo),
            lambda: images.draw(ContentFile(photo, name="photo.jpg"), PictureKind.PHOTO),
            data="12 megapixels",
        ),
        Pair("audit home", few.page("audits:audit-home"), many.page("audits:audit-home")),
        both("results page", "walk-results"),
        both("results side by side", "walk-groups"),
        both("results as XLSX", "walk-export", "xlsx"),
        both("list of sheets", "sheet-list"),
        both("sheet grid", "sheet-entry", 1),
        Pair("one score saved", few.save, many.save),
        Pair("table read for import", few.read, many.read),
        Pair("report assembled", lambda: assembly(few.report), lambda: assembly(many.report)),
        Pair("report as PDF", few.pdf, many.pdf, rounds=3),
    ]


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measured(pair: Pair) -> str:
    """A row of the table: medians of both, and of the ratio round by round with its range."""
    pair.first(), pair.second()
    times = [(seconds(pair.first), seconds(pair.second)) for _round in range(pair.rounds)]
    ratios = sorted(second / first for first, second in times)
    first, second = (statistics.median(side) * 1000 for side in zip(*times, strict=True))
    middle = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"
    return f"{pair.name:24} {pair.data:20} {first:9.1f} {second:9.1f}   {middle}"


def main() -> None:
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
            override_settings(MEDIA_ROOT=folder, SPOOL_ROOT=folder),
        ):
            form = city.checklist()
            print(f"{'':24} {'data':20} {'first ms':>9} {'second ms':>9}   second / first (range)")
            for pair in pairs(Town(FEW, form), Town(MANY, form)):
                print(measured(pair), flush=True)
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
