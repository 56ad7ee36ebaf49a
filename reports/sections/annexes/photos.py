"""The photo activities one by one: what the toolkit asks of the photovoice report, with all photos and their credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from photovoice import report, report_photos
from reports.document import blocks, numbering
from reports.material import Material

KEY = "annex-photos"


def photos(material: Material, before: Sequence[blocks.Section]) -> blocks.Section | None:
    """Every activity that is over, with its people, review and photos. Those that stand in the chapters `before` are
    named by their codes."""
    if not material.reviews:
        return None
    shown = [one.key for one in numbering.walk(tuple(before)) if isinstance(one, blocks.Picture)]
    of = {report_photos.key_of(uuid): uuid for uuid in material.photos}
    elsewhere = [of[key] for key in shown if key in of]
    chapters = (report.chapter(one, small=True, elsewhere=elsewhere) for one in material.reviews)
    parts = tuple(replace(one, in_contents=False) for one in chapters)
    return blocks.Section(KEY, _("Photovoice in detail"), blocks=parts)
