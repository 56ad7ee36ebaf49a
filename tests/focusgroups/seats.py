"""Seats as the team fills them, for the tests of what hangs on them."""

from django.urls import reverse

from audits.participation.enums import Purpose
from focusgroups.actions import prepare_seats, record_seat

TAKING_PART, QUOTATION, RECORDING = Purpose.TAKING_PART, Purpose.QUOTATION, Purpose.RECORDING


def address(name, group, *more):
    return reverse(f"focusgroups:{name}", args=[group.audit.slug, group.uuid, *more])


def taken(where, *agreed, count=1, **person):
    """Seats that are taken, with their codes; `agreed` beside taking part."""
    prepared = prepare_seats(group=where, count=count, language="en")
    for seat, _code in prepared:
        decisions = {TAKING_PART: True, QUOTATION: QUOTATION in agreed, RECORDING: RECORDING in agreed}
        record_seat(seat=seat, decisions=decisions, **person)
    return prepared


def shown(page, number):
    """What the page says about a seat, as a browser sends it back."""
    forms = page.context["grid"].forms if "grid" in page.context else [page.context["form"]]
    (form,) = [form for form in forms if form.seat.number == number]
    sent = {f"seat-{number}-{name}": value for name, value in form.initial.items() if value not in (False, "")}
    return sent | {f"seat-{number}-was": form.stands}
