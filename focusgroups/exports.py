"""Codebook and coded passages as XLSX, and the codebook in the exchange format of programs for qualitative analysis."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from audits.enums import Area
from audits.models import Audit
from audits.spreadsheet import workbook

from .codebook import Counted, codings_in, counted
from .models import Code

QDC = "urn:QDA-XML:codebook:1.0"
"""Namespace of REFI-QDA codebooks (REFI-QDA standard 1.5, section 5)."""
ORIGIN = "INTEGRA"
# What XML 1.0 cannot hold, escaped or not.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def qdc(codes: Iterable[Code]) -> bytes:
    """The codebook as REFI-QDA, one level deep, as ours is. The format wants one code at least."""
    book = ElementTree.Element("CodeBook", {"xmlns": QDC, "origin": ORIGIN})
    listed = ElementTree.SubElement(book, "Codes")
    for code in codes:
        about = {"guid": str(code.uuid), "name": _writable(code.name), "isCodable": "true"}
        entry = ElementTree.SubElement(listed, "Code", about)
        if code.definition:
            ElementTree.SubElement(entry, "Description").text = _writable(code.definition)
    return ElementTree.tostring(book, encoding="utf-8", xml_declaration=True)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)


def xlsx(audit: Audit) -> bytes:
    """Two sheets: the codes with their counts, and every coded passage, for whoever may read the notes.

    Nothing says who spoke: no file joins what single people said with their group (DESIGN rule 4), and beside passages
    that name one, those that do not would tell whose words they are. Quotations are chosen in the program, by consent.
    """
    found = counted(audit)
    file = io.BytesIO()
    book = workbook(file)
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for title, widths, rows in (
        (_("Codebook"), (30, 60, 10, 10, *[14] * len(Area)), _codes(audit, found)),
        (_("Passages"), (24, 50, 24, 30, 70, 12, 12, 24), _passages(audit, found)),
    ):
        sheet = book.add_worksheet(title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, wrap)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(place, column, value, wrap)
                else:
                    sheet.write_string(place, column, str(value), wrap if place else bold)
        sheet.freeze_panes(1, 0)
    book.close()
    return file.getvalue()


def _codes(audit: Audit, found: Counted) -> Iterable[list[object]]:
    yield [_("Code"), _("Definition"), _("Notes"), _("Undecided"), *(area.short for area in Area)]
    for code in Code.objects.filter(audit=audit):
        counts = found.of(code)
        yield [code.name, code.definition, counts.notes, counts.undecided, *(counts.areas[area] for area in Area)]


def _passages(audit: Audit, found: Counted) -> Iterable[list[object]]:
    yield [
        _("Focus group"),
        _("Question"),
        _("Area"),
        _("Code"),
        _("Passage: for the analysis, not to be quoted from here"),
        _("Stirred the group"),
        _("Counts"),
        _("Coded by"),
    ]
    counts = found.counting
    rows = codings_in(audit).select_related("note__group", "note__question", "code", "coder")
    for coding in rows.order_by("note__group__date", "note__group", "note__noted_at", "note", "start", "pk"):
        note, question = coding.note, coding.note.question
        yield [
            note.group.title,
            question.text if question else "",
            Area(question.area).short if question else "",
            coding.code.name,
            coding.words or _("The note was changed since."),
            _("Yes") if note.hot else _("No"),
            _("Yes") if (coding.note_id, coding.code_id) in counts else _("No"),
            str(coding.coder) if coding.coder else "",
        ]
