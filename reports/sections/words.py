"""Wordings that several sections share. To be used while the language of the report is active."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from html import escape

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from audits.dates import long_date, month_year
from audits.enums import Area
from audits.models import Audit
from checklists import tables
from reports.document import blocks
from reports.document.numbers import number
from reports.material import Material

title = lazy(lambda pattern, area: str(pattern) % {"area": area.short}, str)
"""The title of a live block on an area, in the language in which it is read."""


def figure(value: Decimal | None) -> str:
    """A mean or deviation in running text, with its two decimals."""
    return number(None if value is None else float(value), 2)


def as_float(value: Decimal | None) -> float | None:
    """A figure as shown, for the document: it will be shown as the very same digits."""
    return None if value is None else float(value)


def day(value: date) -> str:
    return long_date(value)


def period(audit: Audit) -> str:
    """ "March 2026 to December 2026", or one month."""
    first, last = (month_year(value) for value in (audit.starts_on, audit.ends_on))
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def labels(material: Material) -> tuple[str, str]:
    """Names of the previous audit, "" without one, and of this one."""
    now = material.audit
    if material.before is None:
        return "", str(now.ends_on.year)
    before = material.before.audit
    return before.label_beside(now), now.label_beside(before)


def aspects(material: Material, rows: Iterable[tables.Row]) -> tuple[blocks.Aspect, ...]:
    return tuple(blocks.Aspect(row.item.key, material.shortly(row.item), float(row.mean)) for row in rows)


def finding(one) -> blocks.Finding:
    return blocks.Finding(one.code, str(one.get_kind_display()), one.text, code=one.code)


def findings_of(material: Material, method: str) -> tuple[blocks.Finding, ...]:
    """The findings of a method in the order of the areas."""
    return tuple(finding(one) for one in material.findings_of(method))


def bulleted(texts: Iterable[str], *, ordered: bool = False) -> str:
    """Plain texts as a list in rich text, for where a list needs a side note or bold beginnings (`(strong, text)`)."""
    tag = "ol" if ordered else "ul"
    return f"<{tag}>{''.join(f'<li>{text}</li>' for text in texts)}</{tag}>"


def safe(text: str) -> str:
    """Plain text inside rich text."""
    return escape(text, quote=False)


def area_heading(section: str, area: Area) -> blocks.Section:
    return blocks.Section(f"{section}.{area.value}", str(area.short), area=area.value, in_contents=False)
