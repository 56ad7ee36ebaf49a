"""`manage.py report AUDIT --format pdf|html --output FILE`: one City Audit Report as a file."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from audits.models import Audit
from reports import outline, rendering
from reports.actions import open_report
from reports.assembly import Assembly, assembly
from reports.document import child
from reports.enums import BuildFormat

POLL_SECONDS = 0.3


class Command(BaseCommand):
    help = "Writes the City Audit Report of an audit as a PDF or as one HTML file."

    def add_arguments(self, parser):
        parser.add_argument("audit", help="short address of the audit, as in its URL")
        parser.add_argument("--format", choices=BuildFormat.values, default=BuildFormat.PDF)
        parser.add_argument("--output", required=True, type=Path, help="the file to write; an old one is replaced")
        parser.add_argument("--language", help="one of the audit's languages; by default the first")

    def handle(self, *, audit, format, output, language, **options):
        output = Path(output)
        found = Audit.objects.with_frame().filter(slug=audit).first()
        if found is None:
            raise CommandError(f"There is no audit {audit!r}.")
        language = language or found.language
        if language not in found.report_languages:
            raise CommandError(
                f"The audit has no report in {language!r}; its languages: {', '.join(found.report_languages)}."
            )
        if not output.parent.is_dir():
            raise CommandError(f"There is no folder {str(output.parent)!r}.")
        self.stdout.write(f"Assembling the report of {found} ({language})")
        made = assembly(open_report(audit=found, language=language))
        try:
            if format == BuildFormat.HTML:
                _write(output, rendering.page(made).encode())
            else:
                self._pdf(made, output)
        except rendering.PictureMissingError as error:
            raise CommandError(f"The logo of {error} cannot be read.") from error
        self.stdout.write(self.style.SUCCESS(f"Written: {output}"))

    def _pdf(self, made: Assembly, output: Path) -> None:
        """In the same limited child as on the page, with its stages told as they come."""
        with tempfile.TemporaryDirectory(prefix="integra-report-") as name:
            folder = Path(name)
            rendering.start_pdf(made, folder)
            progress = self._watch(folder / rendering.PROGRESS)
            if progress.state != "done":
                raise CommandError(f"The PDF could not be made. {progress.message}")
            _write(output, (folder / rendering.TARGET).read_bytes())
        self.stdout.write(f"{progress.page_count} pages")
        if progress.marks:
            letters = " ".join(progress.unprintable)
            self.stderr.write(self.style.WARNING(f"Letters that cannot be printed stand as a mark (�): {letters}"))
        for entry in outline.walk():
            if entry.pages and entry.key in progress.pages_by_section:
                least, most = entry.pages
                length = progress.pages_by_section[entry.key]["pages"]
                advice = f"{least:g}" if least == most else f"{least:g} to {most:g}"
                self.stdout.write(f"  {entry.title}: {length:.1f} of {advice}")

    def _watch(self, path: Path) -> child.Progress:
        told, until = "", time.monotonic() + settings.RENDER_SECONDS + 30
        while True:
            progress = child.read_progress(path)
            if progress.state in ("done", "failed"):
                return progress
            if progress.state == "queued":
                until = time.monotonic() + settings.RENDER_SECONDS + 30
            if progress.message != told:
                told = progress.message
                self.stdout.write(told)
            if time.monotonic() > until:
                return child.Progress("failed", reason="stopped")
            time.sleep(POLL_SECONDS)


def _write(path: Path, data: bytes) -> None:
    """Replaces the file in one step."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
