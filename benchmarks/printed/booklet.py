"""A benchmark as a booklet: standard, terms, key factors with questions, criteria and examples, context factors.

Headings of the booklet's own are in the language in which it is printed; what the instrument says stands in that
language where it is translated, else in its source language, and is marked with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.instruments import Text
from reports.document import blocks

from ..library import Chapter, CityExample, Factor, Point, Reading, Titled, reading
from ..models import Benchmark


def booklet_document(benchmark: Benchmark, language: str) -> blocks.Document:
    """The booklet in a language, ready for the document writer. Parts that have nothing to say are left out."""
    with translation.override(language):
        read = reading(benchmark, language)
        return blocks.Document(
            title=read.title.text,
            language=language,
            author=benchmark.authoring,
            subject=_("A benchmark to test a city against"),
            running_title=read.title.text,
            imprint=", ".join(filter(None, (benchmark.source_title, benchmark.source_date))),
            cover=_cover(read),
            chapters=tuple(_chapters(read)),
        )


def _cover(read: Reading) -> blocks.Cover:
    benchmark = read.benchmark
    return blocks.Cover(
        kicker=_("Benchmark"),
        title=read.title.text,
        subtitle=read.standard.text,
        language=read.title.language,
        lines=tuple(
            filter(
                None,
                (
                    ngettext("%(count)d key factor", "%(count)d key factors", len(read.factors))
                    % {"count": len(read.factors)},
                    ngettext("%(count)d guide question", "%(count)d guide questions", read.questions)
                    % {"count": read.questions}
                    if read.questions
                    else "",
                    "" if benchmark.is_original else _("Own version: %(version)s") % {"version": benchmark.version},
                ),
            )
        ),
        authors=benchmark.authoring,
        disclaimer=_source(benchmark.source_title, benchmark.source_date),
    )


def _source(title: str, when: str) -> str:
    source = _("%(title)s, %(date)s") % {"title": title, "date": when} if when else title
    return _("Source: %(source)s. The copyright stays with its authors.") % {"source": source}


def _chapters(read: Reading) -> Iterable[blocks.Section]:
    yield blocks.Section("toc", _("Contents"), new_page=True, in_contents=False, blocks=(blocks.Contents(),))
    yield _about(read)
    for number, chapter in enumerate(read.chapters):
        yield _factors(chapter, number)
    if read.context:
        yield _context(read.context, read.context_source)


def _about(read: Reading) -> blocks.Section:
    nodes: list[Any] = []
    if read.standard.text:
        nodes.append(blocks.Paragraph(read.standard.text, style="lead", language=read.standard.language))
    nodes += [*_passages(read.purpose), *_passages(read.rationale)]
    sections = {
        "coverage": (_("What it covers"), _passages(read.coverage)),
        "use": (_("How to read it"), _passages(read.instructions)),
        "terms": (_("What its words mean"), [_titled(term.title, term.definition) for term in read.terms]),
    }
    for key, (title, own) in sections.items():
        if own:
            nodes.append(blocks.Section(key, title, blocks=tuple(own)))
    return blocks.Section("about", _("About this benchmark"), new_page=True, blocks=tuple(nodes))


def _factors(chapter: Chapter, number: int) -> blocks.Section:
    explained = [blocks.Paragraph(chapter.explanation)] if chapter.explanation else []
    return blocks.Section(
        f"factors-{number}",
        chapter.title or _("Key factors"),
        new_page=True,
        blocks=(*explained, *(_factor(factor) for factor in chapter.factors)),
    )


def _factor(factor: Factor) -> blocks.Section:
    """The statement opens it; where it has no title of its own, the statement is the heading and is not repeated."""
    nodes: list[Any] = []
    if factor.title.text:
        nodes.append(blocks.Paragraph(factor.statement.text, style="lead", language=factor.statement.language))
    nodes += _passages(factor.rationale)
    nodes += _passages(factor.explanation)
    if factor.criteria:
        nodes.append(_points(factor.criteria))
    nodes += _passages(factor.explanation_end)
    if factor.questions:
        nodes.append(_below(f"{factor.anchor}-questions", _("Guide questions"), [_points(factor.questions)]))
    if factor.examples:
        examples = [_example(example) for example in factor.examples]
        nodes.append(_below(f"{factor.anchor}-examples", _("How cities do it"), examples))
    return blocks.Section(
        factor.anchor,
        factor.name.text,
        number=factor.row.key,
        language=factor.name.language,
        blocks=tuple(nodes),
    )


def _below(key: str, title: str, nodes: Iterable[Any]) -> blocks.Section:
    """A heading in the language of the booklet, inside a factor that may be in another one."""
    language = translation.get_language()
    return blocks.Section(key, title, in_contents=False, language=language, blocks=tuple(nodes))


def _context(context: Iterable[Titled], source: str) -> blocks.Section:
    intro = blocks.Paragraph(
        _("Conditions that are largely beyond a city’s control and can explain why a factor is or is not in place.")
    )
    note = blocks.Paragraph(_("Source: %(source)s.") % {"source": source}, style="note")
    rows = (_titled(one.title, one.text) for one in context)
    return blocks.Section("context", _("Context factors"), new_page=True, blocks=(intro, *rows, note))


def _passages(text: Text) -> list[blocks.Paragraph]:
    lines = (line.strip() for line in text.text.splitlines())
    return [blocks.Paragraph(line, language=text.language) for line in lines if line]


def _titled(title: Text, text: Text) -> blocks.RichText:
    return blocks.RichText(format_html("<p><strong>{}:</strong> {}</p>", title, text), language=text.language)


def _example(example: CityExample) -> blocks.RichText:
    head = f"{example.city}: {example.title}" if example.title.text else example.city
    paragraphs = format_html_join("", "<p>{}</p>", ((line,) for line in example.text.text.splitlines() if line.strip()))
    return blocks.RichText(
        format_html("<p><strong>{}</strong></p>{}", head, paragraphs), language=example.text.language
    )


def _points(points: Iterable[Point]) -> blocks.RichText:
    points = list(points)
    return blocks.RichText(_list(points, "ol"), language=points[0].text.language)


def _list(points: Iterable[Point], kind: str) -> str:
    items = format_html_join(
        "",
        "<li>{}{}</li>",
        ((point.text, _list(point.below, "ul") if point.below else "") for point in points),
    )
    return format_html("<{}>{}</{}>", kind, items, kind)
