"""The results table is the chart: distribution bars as SVG whose widths are attributes, as the CSP asks."""

from django import template
from django.utils.translation import gettext as _

from checklists.scale import SCALE

register = template.Library()

# Below this share of the bar a figure does not fit its part; it stays in the accessible name.
LEAST_PERCENT_WITH_FIGURE = 4


@register.inclusion_tag("checklists/_distribution.html")
def distribution(counts):
    """The bar of how often each score from 1 to 5 was given. `counts` are five numbers."""
    total = sum(counts)
    parts, left = [], 0.0
    for step, count in zip(SCALE, counts, strict=True):
        width = 100 * count / total if total else 0
        if count:
            parts.append(
                {
                    "value": step.value,
                    "x": f"{left:.2f}",
                    "width": f"{width:.2f}",
                    "middle": f"{left + width / 2:.2f}",
                    "count": count if width >= LEAST_PERCENT_WITH_FIGURE else "",
                    "dark": step.ink == "#ffffff",
                }
            )
        left += width
    words = ", ".join(
        _("score %(value)s: %(count)s") % {"value": step.value, "count": count}
        for step, count in zip(SCALE, counts, strict=True)
    )
    return {"parts": parts, "words": words}


@register.inclusion_tag("checklists/_levels.html")
def levels(counts):
    """The distribution as large bars, 5 on top, for a room."""
    most = max(counts) or 1
    rows = [
        {"value": step.value, "count": count, "width": f"{100 * count / most:.1f}"}
        for step, count in zip(SCALE, counts, strict=True)
    ]
    return {"rows": rows[::-1]}


@register.filter
def absolute(value):
    """The value without its sign."""
    return abs(value)
