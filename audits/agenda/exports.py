"""Measures as files: days for a calendar (ICS), and a workbook with all fields and the whole history (XLSX).

No cell is ever a formula (SAFETY, "Spreadsheets").
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from audits.models import Audit
from audits.spreadsheet import add_sheet
from audits.spreadsheet import workbook as new_workbook

from .enums import MeasureState
from .models import Measure, MeasureProgress

ICS = "text/calendar; charset=utf-8"


def calendar(audit: Audit, measures: Iterable[Measure], address: Callable[[Measure], str]) -> bytes:
    """The due days of measures as all-day events, in the active language. Nobody's name stands in it.

    `measures` come `last_said()`; `address` gives the page of a measure. The identifier of an event is that of its
    measure, so that a calendar that has read an older file moves the event instead of adding one. Measures that are
    dropped stand there as cancelled (RFC 5545, 3.8.1.11): left out, an older file's event would stay. Done ones took
    place; their text says so.
    """
    found = Calendar()
    found.add("prodid", "-//INTEGRA//City Integration Audit//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    name = _("Measures: %(audit)s") % {"audit": audit.title}
    found.add("x-wr-calname", name)
    found.add("name", name, parameters={"LANGUAGE": _language()})
    for measure in measures:
        found.add_component(_event(measure, address(measure)))
    return found.to_ical()


def _language() -> str:
    return get_language() or "en"


def _event(measure: Measure, address: str) -> Event:
    event = Event()
    event.add("uid", f"measure-{measure.uuid}@integra")
    changed = max(filter(None, (measure.changed_at, measure.said_at)))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    # Text and state change apart from each other: each makes the event another one.
    event.add("sequence", measure.version - 1 + measure.said_count)
    event.add("status", "CANCELLED" if measure.state == MeasureState.DROPPED else "CONFIRMED")
    # Without an end it lasts this one day (RFC 5545, 3.6.1).
    event.add("dtstart", measure.due)
    event.add("transp", "TRANSPARENT")
    summary = _("Due: %(measure)s") if measure.is_open else _("%(state)s: %(measure)s")
    event.add("summary", _text(summary % {"state": measure.get_state_display(), "measure": measure}))
    said = [f"{measure.get_state_display()}, {measure.get_pace_display()}", measure.objective]
    event.add("description", _text("\n".join(filter(None, said))))
    event.add("categories", [str(measure.area_label)])
    event.add("url", address)
    return event


def _text(text: str) -> vText:
    return vText(text, params={"LANGUAGE": _language()})


def workbook(audit: Audit, measures: Iterable[Measure], history: Iterable[MeasureProgress]) -> bytes:
    """All fields of the measures, and on a second sheet each entry of their history."""
    out = io.BytesIO()
    book = new_workbook(out)
    book.set_properties({"title": _("Measures"), "subject": audit.title})
    add_sheet(book, _("Measures"), _heads(), map(_cells, measures), frozen=2)
    add_sheet(book, _("Progress"), _history_heads(), map(_entry, history), frozen=2)
    book.close()
    return out.getvalue()


def _heads() -> list[tuple[str, int]]:
    return [
        (_("Code"), 7),
        (_("Measure"), 36),
        (_("Area"), 24),
        (_("Objective"), 36),
        (_("Steps"), 36),
        (_("Quick win or longer term"), 14),
        (_("Responsible"), 24),
        (_("Due"), 12),
        (_("Resources"), 24),
        (_("How one will see it"), 24),
        (_("State"), 12),
        (_("Overdue"), 9),
        (_("Not complete yet"), 20),
        (_("Example that inspired it"), 24),
        (_("From the recommendation"), 30),
        (_("Made from"), 30),
    ]


def _cells(measure: Measure) -> list[object]:
    return [
        measure.code,
        measure.title,
        measure.area_label,
        measure.objective,
        measure.step,
        measure.get_pace_display(),
        measure.responsible,
        measure.due,
        measure.resources,
        measure.indicator,
        measure.get_state_display(),
        _("yes") if measure.is_overdue else None,
        ", ".join(str(name) for name in measure.still_lacking),
        measure.inspired_by,
        measure.recommendation,
        "\n".join(link.caption for link in measure.evidence.all()),
    ]


def _history_heads() -> list[tuple[str, int]]:
    return [(_("Code"), 7), (_("Measure"), 36), (_("When"), 18), (_("State"), 12), (_("Note"), 60), (_("By"), 24)]


def _entry(entry: MeasureProgress) -> list[object]:
    measure = entry.measure
    return [measure.code, measure.title, entry.created_at, entry.get_state_display(), entry.note, entry.by]
