"""Template tags of the document templates: texts with references, numbers by language, charts."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils import translation
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.document import blocks, charts, numbering, numbers, richtext
from reports.document import governance as layout

register = template.Library()


@register.filter
def template_of(block: Any) -> str:
    """Returns the template that draws a block: `ItemsTable` is drawn by blocks/itemstable.html."""
    return f"document/blocks/{type(block).__name__.lower()}.html"


@register.filter
def is_a(value: Any, name: str) -> bool:
    """Says whether `value` is the node called `name` (a cell, a section)."""
    return type(value).__name__ == name


@register.filter
def direction(language: str) -> str:
    return blocks.direction(language)


# References ------------------------------------------------------------------------------------------------


def label(reference: numbering.Reference) -> str:
    """Returns what is printed for a reference: "Table 3", "[4]", "F12"."""
    if reference.kind == "figure":
        return _("Figure %(number)s") % {"number": reference.number}
    if reference.kind == "table":
        return _("Table %(number)s") % {"number": reference.number}
    return f"[{reference.number}]" if reference.kind == "source" else reference.text


def _link(context: template.Context, key: str) -> SafeString | None:
    found = context["references"].get(key)
    return found and format_html('<a class="ref" href="#{}">{}</a>', found.anchor, label(found))


@register.simple_tag(takes_context=True)
def text(context: template.Context, value: Any) -> SafeString:
    """Prints a plain text, `[[key]]` as links, and the words of a passage with their language."""
    if isinstance(value, blocks.Passage):
        before, _words, after = value.frame.partition("{}")
        words = format_html(
            '<span lang="{}" dir="{}">{}</span>', value.language, direction(value.language), text(context, value.text)
        )
        return format_html("{}{}{}", text(context, before), words, text(context, after))
    return richtext.with_references(str(value), lambda key: _link(context, key))


@register.simple_tag(takes_context=True)
def rich(context: template.Context, html: str) -> SafeString:
    """Prints rich text, cleaned; its headings follow the section in which it stands."""
    return richtext.fitted(
        html,
        heading=context["depth"] + (1 if context["target"] == "print" else 2),
        reference=lambda key: _link(context, key),
        anchors=set(context["references"]),
    )


@register.simple_tag(takes_context=True)
def references_to(context: template.Context, keys: tuple[str, ...]) -> SafeString:
    """Prints the references as one list; keys that the document does not hold are left out."""
    links = [(link,) for key in keys if (link := _link(context, key))]
    return format_html_join(numbers.listed(["", ""]), "{}", links)


@register.simple_tag
def codes_of(aspects: tuple[blocks.Aspect, ...]) -> str:
    """Prints statements that tie by their codes: a table cell has no room for the wording of several."""
    return numbers.listed([aspect.code for aspect in aspects])


@register.simple_tag
def caption_label(block: Any) -> str:
    """Prints "Figure 2" or "Table 3" for a numbered block."""
    return label(numbering.Reference("figure" if isinstance(block, numbering.FIGURES) else "table", "", block.number))


@register.simple_tag(takes_context=True)
def listed_figures(context: template.Context) -> list[dict[str, str]]:
    """Returns the numbered figures, then the tables: anchor, label, short caption."""
    found = [b for b in numbering.walk(context["document"]) if getattr(b, "number", 0) and hasattr(b, "caption")]
    found.sort(key=lambda b: isinstance(b, numbering.TABLES))
    return [{"key": b.key, "label": caption_label(b), "title": b.short or b.caption} for b in found]


@register.simple_tag
def page_words() -> tuple[str, str, str]:
    """Returns the words around the page numbers: "Page ", " of ", ""."""
    # Translators: the footer of a printed page
    words = pgettext("footer", "Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}
    before, between, after = words.split("\0")
    return before, between, after


@register.simple_tag(takes_context=True)
def heading_level(context: template.Context, deeper: int = 0) -> int:
    """Returns the level of a heading here; on a page the only h1 is the document's title."""
    depth: int = context["depth"]
    on_page: bool = context["target"] == "page"
    return min(depth + deeper + on_page, 6)


@register.simple_tag
def running_title(section: blocks.Section) -> str:
    """Prints a section's name for the running head, the bookmarks and the contents: "Part I. City "
    "context"."""
    lead = f"{section.part}. " if section.part else f"{section.number} " if section.number else ""
    return section.running_title or lead + section.title


@register.simple_tag
def sections_in_contents(chapter: blocks.Section) -> list[blocks.Section]:
    return [block for block in chapter.blocks if isinstance(block, blocks.Section) and block.in_contents]


# Areas and pictures ----------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def mark(context: template.Context, key: str, named: str = "") -> SafeString:
    """Prints an area's mark, colour and letter; "named" where its name does not stand beside it."""
    area = context["areas"].get(key)
    if area is None:
        return SafeString("")
    if named and context["target"] == "page":
        return format_html('<abbr class="mark a-{}" title="{}">{}</abbr> ', key, area.name, area.letter)
    return format_html('<span class="mark a-{}">{}</span> ', key, area.letter)


@register.simple_tag(takes_context=True)
def area_name(context: template.Context, key: str) -> str:
    area = context["areas"].get(key)
    return area.name if area else key


@register.simple_tag
def area_colour(key: str) -> str:
    return charts.AREA_COLOURS.get(key, charts.ACCENT)


@register.simple_tag(takes_context=True)
def media(context: template.Context, uuid: str) -> str:
    """Prints the address of a picture."""
    return str(context["media_url"](uuid))


# Numbers and cells -----------------------------------------------------------------------------------------


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    return numbers.number(value, decimals)


@register.simple_tag(takes_context=True)
def change(context: template.Context, row: blocks.ComparisonRow) -> str:
    """Prints the last value minus the first, both as shown, so that the reader can recalculate it."""
    first, last = row.values[0], row.values[-1]
    if first is None or last is None:
        return numbers.number(None)
    places = context["decimals"]
    return numbers.number(float(numbers.rounded(last, places) - numbers.rounded(first, places)), places, sign=True)


@register.simple_tag(takes_context=True)
def cell(context: template.Context, value: Any) -> SafeString:
    """Prints the text or number in a table cell."""
    if value is None:
        return conditional_escape(numbers.number(None))
    if isinstance(value, int | float):
        return conditional_escape(numbers.number(value, 0 if isinstance(value, int) else context["decimals"]))
    if isinstance(value, blocks.Number):
        shown = numbers.number(value.value, value.decimals, sign=value.sign)
        unit = f"\N{NO-BREAK SPACE}{value.unit}" if value.unit and value.value is not None else ""
        return format_html("<b>{}</b>" if value.strong else "{}", f"{shown}{unit}{value.mark}")
    return text(context, value)


@register.filter
def is_number(value: Any) -> bool:
    return isinstance(value, int | float | blocks.Number)


@register.filter
def percent(share: float) -> str:
    return f"{min(max(share, 0), 1) * 100:.1f}%"


@register.filter
def as_width(column: blocks.Column) -> str:
    return f"{column.width:.2f}%"


@register.filter
def kind_at(columns: tuple[blocks.Column, ...], index: int) -> str:
    return columns[index].kind if index < len(columns) else ""


@register.filter
def comparison_width(block: blocks.Comparison) -> int:
    return 2 + len(block.series) + block.change


# Charts ----------------------------------------------------------------------------------------------------


def _rtl() -> bool:
    return translation.get_language_bidi()


@register.inclusion_tag("document/charts/distribution.svg", takes_context=True)
def distribution(context: template.Context, counts: tuple[int, ...]) -> dict[str, Any]:
    return charts.distribution(counts, rtl=_rtl()) | {"target": context["target"]}


@register.inclusion_tag("document/charts/distribution.svg", takes_context=True)
def legend(context: template.Context) -> dict[str, Any]:
    return charts.legend(rtl=_rtl()) | {"title": _("Scores from 1 to 5"), "target": context["target"]}


@register.inclusion_tag("document/charts/axis.svg", takes_context=True)
def axis(context: template.Context) -> dict[str, Any]:
    return {"ticks": charts.axis(rtl=_rtl()), "target": context["target"]}


@register.inclusion_tag("document/charts/marks.svg", takes_context=True)
def glance_marks(context: template.Context, block: blocks.Glance, row: blocks.GlanceRow) -> dict[str, Any]:
    values = [(block.before, "before", row.before), (block.now, "now", row.mean)]
    return charts.marks(values, area=row.area, decimals=context["decimals"], rtl=_rtl()) | {"target": context["target"]}


@register.inclusion_tag("document/charts/marks.svg", takes_context=True)
def comparison_marks(context: template.Context, block: blocks.Comparison, row: blocks.ComparisonRow) -> dict[str, Any]:
    values = [(series.label, series.mark, value) for series, value in zip(block.series, row.values, strict=True)]
    return charts.marks(values, area=row.area, decimals=context["decimals"], rtl=_rtl()) | {"target": context["target"]}


@register.simple_tag
def bar_start(share: float) -> str:
    return percent(1 - share) if _rtl() else "0"


@register.inclusion_tag("document/charts/panel.svg")
def panel(chart: blocks.Panel) -> dict[str, Any]:
    return charts.panel(chart, rtl=_rtl())


@register.inclusion_tag("document/charts/fingerprint.svg", takes_context=True)
def fingerprint(context: template.Context, cover: blocks.Cover) -> dict[str, Any]:
    areas = context["document"].areas
    return charts.fingerprint(cover.scores, areas, decimals=context["decimals"], rtl=_rtl())


@register.inclusion_tag("document/charts/wheel.svg")
def wheel(block: blocks.Wheel) -> dict[str, Any]:
    return charts.wheel([(spoke.code, spoke.rings, spoke.relevant) for spoke in block.spokes], rtl=_rtl())


@register.inclusion_tag("document/charts/plan.svg", takes_context=True)
def plan(context: template.Context, block: blocks.Plan) -> dict[str, Any]:
    """Draws the picture of a plan with its numbered marks on it."""
    marks = [(place.number, place.x, place.y) for place in block.places]
    return charts.plan(block.width, block.height, marks) | {"url": media(context, block.media), "title": block.alt}


@register.simple_tag
def governance(block: blocks.Governance) -> list[dict[str, Any]]:
    """Returns the tiers of the diagram with their rows and lines (`governance.diagram`)."""
    return layout.diagram(block, rtl=_rtl())


@register.simple_tag
def governance_keys(block: blocks.Governance) -> list[tuple[str, str]]:
    """Returns what the legend has to explain: the kinds of lines and boxes that occur."""
    kinds = {line.kind for line in block.lines}
    styles = {body.style for tier in block.tiers for body in tier.bodies}
    words = [
        ("reports", _("reports to, or has its mandate from (dot)"), "reports" in kinds),
        ("works", _("standing co-operation"), "works" in kinds),
        ("full", _("TCN mandate"), "full" in styles),
        ("part", _("TCN mandate in part"), "part" in styles),
        ("plain", _("no TCN mandate, or not known"), "" in styles),
        ("missing", _("missing: it should be there"), "missing" in styles),
    ]
    return [(kind, text) for kind, text, occurs in words if occurs]


@register.simple_tag
def governance_word(body: blocks.Body) -> str:
    """Returns what the fill of a box means, in a word: no meaning is in the look alone."""
    return {"full": _("TCN mandate"), "part": _("TCN mandate in part"), "missing": _("missing")}.get(body.style, "")


@register.inclusion_tag("document/charts/boxes.svg", takes_context=True)
def score_boxes(context: template.Context) -> dict[str, Any]:
    """Draws the boxes of one statement on paper: 1 to 5, then "no answer" apart from them."""
    order = [*(str(rating.score) for rating in charts.SCALE), ""]
    places = [4, 34, 64, 94, 124, 168]
    boxes = [{"x": str(200 - x - 26 if _rtl() else x), "label": one} for x, one in zip(places, order, strict=True)]
    for box in boxes:
        box["middle"] = str(int(box["x"]) + 13)
    return {"boxes": boxes, "title": _("Boxes for the scores 1 to 5 and for “don’t know”")}


@register.simple_tag
def square_path(block: blocks.Square) -> str:
    """Returns the dark cells as the data of an SVG path, a stroke for each run of them in a row."""
    return "".join(
        f"M{run.start()} {row}h{len(run[0])}v1h-{len(run[0])}z"
        for row, cells in enumerate(block.rows)
        for run in re.finditer("1+", cells)
    )
