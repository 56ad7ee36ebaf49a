"""Access to measures: the team reads, facilitators and partners watch over them, coordinators and researchers write."""

import uuid

from tests import factories
from tests.access import row, slug


def a_measure(world):
    return factories.MeasureFactory(audit=world.audit).number


def a_print(world):
    return uuid.uuid4()


A_MEASURE = {"title": "Open in the evening", "area": "urban", "pace": "quick"}
READ = "  login login 200 200 200 200 404 200 404 404"
WRITE = " login login 200 403 200 403 404 403 404 404"
SENT = "  401   401   302 403 302 403 404 403 404 404"
WATCH = " login login 200 200 200 200 404 403 404 404"
NOTED = " 401   401   302 302 302 302 404 403 404 404"

ROWS = {
    # column:      anon part coor faci rese part revi view outs admin
    "agenda:measure-list": row(READ, audit=slug),
    "agenda:measure-detail": row(READ, audit=slug, number=a_measure),
    "agenda:measure-timeline": row(READ, audit=slug),
    "agenda:measure-ics": row(READ, audit=slug),
    "agenda:measure-export": row(READ, audit=slug),
    "agenda:measure-pdf": row(READ, audit=slug),
    # Without a choice of the language it asks again.
    "agenda:measure-pdf POST": row("401 401 200 200 200 200 404 200 404 404", audit=slug),
    "agenda:measure-print": row(READ, audit=slug, key=a_print),
    "agenda:measure-print-file": row("login login 404 404 404 404 404 404 404 404", audit=slug, key=a_print),
    "agenda:measure-create": row(WRITE, audit=slug),
    "agenda:measure-create POST": row(SENT, audit=slug, data=A_MEASURE),
    "agenda:measure-edit": row(WRITE, audit=slug, number=a_measure),
    "agenda:measure-edit POST": row(SENT, audit=slug, number=a_measure, data={**A_MEASURE, "version": 1}),
    "agenda:measure-delete": row(WRITE, audit=slug, number=a_measure),
    "agenda:measure-delete POST": row(SENT, audit=slug, number=a_measure),
    "agenda:measure-move POST": row(SENT, audit=slug, number=a_measure, data={"step": "1"}),
    "agenda:measure-progress": row("login login 302 302 302 302 404 403 404 404", audit=slug, number=a_measure),
    "agenda:measure-progress POST": row(
        NOTED, audit=slug, number=a_measure, data={"note": "The room is found.", "state": "planned"}
    ),
    "agenda:measure-review": row(WATCH, audit=slug),
    "agenda:measure-review POST": row(NOTED, audit=slug),
}
