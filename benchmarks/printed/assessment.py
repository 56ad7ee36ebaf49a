"""An assessment as a document of its own, and as a chapter of the City Audit Report's annex."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from audits.dates import full_date, long_date
from audits.instruments import Text, translated
from reports.document import blocks
from reports.document.numbers import number
from reports.document.richtext import unreferenced

from ..enums import Verdict
from ..models import Assessment, Judgement, QuestionAnswer
from ..results import FactorResult, Moved, Result, comparison_of, result_of
from ..scoring import Move


def document(assessment: Assessment, language: str) -> blocks.Document:
    """The assessment in a language, ready for the document writer."""
    with translation.override(language):
        result = result_of(assessment, language)
        benchmark, authority = str(_text(assessment.benchmark, "title")), assessment.audit.city.authority
        return blocks.Document(
            title=assessment.title,
            language=language,
            author=authority,
            running_title=f"{assessment.audit.city} · {assessment.title}",
            imprint=authority,
            subject=benchmark,
            cover=blocks.Cover(
                kicker=str(assessment.get_kind_display()),
                title=assessment.title,
                subtitle=benchmark,
                lines=tuple(_cover_lines(assessment)),
            ),
            chapters=(chapter(result), *_answers(result, language)),
        )


def chapter(result: Result, *, cite: str = "") -> blocks.Section:
    """The assessment in the active language, which has to be that of the result: wheel with the standard, who judged
    what by which definition; judgements, neighbourhoods, strengths, gaps, what has moved. `cite` is the citation of the
    benchmark where the document has a list of sources.
    """
    assessment, language = result.assessment, get_language() or "en"
    key = f"assessment-{assessment.uuid}"
    parts: list[Any] = [_wheel(result, cite, key), _judgements(result, key)]
    parts += _schemes(result, key)
    parts += _strengths_and_gaps(result, key)
    parts += _left_over(result, key)
    parts += _moves(assessment, comparison_of(result, language), key)
    return blocks.Section(key, assessment.title, running_title=assessment.title, new_page=True, blocks=tuple(parts))


def _cover_lines(assessment: Assessment) -> list[str]:
    lines = [str(assessment.audit.city)]
    if assessment.closed_at:
        lines.append(_("Closed: %(day)s") % {"day": full_date(timezone.localtime(assessment.closed_at).date())})
    else:
        lines.append(_("Not closed yet: judgements may still change"))
    return lines


def _text(row: Any, field: str) -> Text:
    return translated([row], get_language() or "en")[row, field]


def _named(one: FactorResult | Moved, frame: str = "{}") -> str | blocks.Passage:
    """Code and name of a factor within a frame."""
    return blocks.passage(_one_line(one.name.text), one.name.language, frame.replace("{}", f"{one.code} {{}}", 1))


def _days(assessment: Assessment) -> str:
    days = [day for day in (assessment.starts_on, assessment.ends_on) if day]
    return " – ".join(dict.fromkeys(long_date(day) for day in days))


def _wheel(result: Result, cite: str, key: str) -> blocks.Wheel:
    """The result at one glance, with the facts of the assessment beside it; the table of judgements says the same."""
    tally = result.tally
    in_place = tally.counts.get(Verdict.IN_PLACE, 0)
    caption = ngettext(
        "%(place)s of %(count)s key factor is in place", "%(place)s of %(count)s key factors are in place", tally.total
    )
    return blocks.Wheel(
        caption % {"place": number(in_place), "count": number(tally.total)},
        tuple(blocks.Spoke(one.code, one.verdict.rings, one.verdict != Verdict.NOT_RELEVANT) for one in result.factors),
        tuple(
            blocks.Legend(verdict.rings, count, str(verdict.label), verdict != Verdict.NOT_RELEVANT)
            for verdict, count in tally.in_order
            if count
        ),
        notes=tuple(_notes(result, cite)),
        key=f"{key}-wheel",
        short=_("Benchmark wheel: %(title)s") % {"title": result.assessment.title},
    )


def _notes(result: Result, cite: str) -> Iterator[str | blocks.Passage]:
    """Benchmark and standard, who judged and when, the definition, how much is judged."""
    assessment, tally = result.assessment, result.tally
    benchmark = assessment.benchmark
    title, standard = _text(benchmark, "title"), _text(benchmark, "standard")
    frame = _("Benchmark: %(title)s") % {"title": " ".join(filter(None, ["{}", cite]))}
    yield blocks.passage(_one_line(title.text), title.language, frame)
    if benchmark.standard:
        frame = _("The standard: “%(standard)s”") % {"standard": "{}"}
        yield blocks.passage(_one_line(standard.text), standard.language, frame)
    if assessment.people:
        yield _("Who judged: %(people)s.") % {"people": _one_line(assessment.people).rstrip(".")}
    if days := _days(assessment):
        yield _("When: %(when)s") % {"when": days}
    if assessment.migrant_definition:
        yield _("“Migrant” means here: %(definition)s") % {"definition": _one_line(assessment.migrant_definition)}
    if tally.judged < tally.total:
        said = ngettext(
            "%(judged)s of %(count)s key factor has been judged so far.",
            "%(judged)s of %(count)s key factors have been judged so far.",
            tally.total,
        )
        yield said % {"judged": number(tally.judged), "count": number(tally.total)}


def _judgements(result: Result, key: str) -> blocks.Table:
    """All factors in scope with judgement, reasons and evidence, said once here."""
    tally = result.tally
    words = ngettext(
        "Judgements: %(judged)s of %(count)s key factor judged",
        "Judgements: %(judged)s of %(count)s key factors judged",
        tally.total,
    )
    return blocks.Table(
        words % {"judged": tally.judged, "count": tally.total},
        (
            blocks.Column(_("Key factor"), 30),
            blocks.Column(_("Judgement"), 17),
            blocks.Column(_("Reasons and evidence"), 53),
        ),
        tuple(_judgement_rows(result, key)),
        key=f"{key}-judgements",
        short=_("Judgements: %(name)s") % {"name": result.assessment.title},
        style="tight",
    )


def _judgement_rows(result: Result, key: str) -> Iterator[blocks.Row]:
    """A row for each factor; where the benchmark has parts, a heading over those of each."""
    for part, factors in result.parts:
        if len(result.parts) > 1:
            yield blocks.Row((str(part.label),), style="band")
        for one in factors:
            cells = (_named(one), _level(one), _reasons(one))
            yield blocks.Row(cells, key=f"{key}-{one.assessed.uuid}")


def _level(one: FactorResult) -> blocks.Level:
    return blocks.Level(one.verdict.state, str(one.verdict.label))


def _reasons(one: FactorResult) -> str:
    parts = []
    if one.per_scheme:
        parts.append(f"{one.schemes_said}.")
    else:
        parts += [_one_line(judgement.reasoning) for judgement in one.reasons]
    if one.context_factors:
        parts.append(_("What explains it: %(what)s.") % {"what": ", ".join(str(c) for c in one.context_factors)})
    if cited := list(dict.fromkeys(unreferenced(piece.cited) for piece in one.evidence)):
        parts.append(_("Evidence: %(what)s.") % {"what": "; ".join(cited)})
    elif one.verdict.is_judged and one.verdict != Verdict.NOT_RELEVANT:
        parts.append(_("No evidence is recorded."))
    return " ".join(parts) or "–"


def _one_line(text: str) -> str:
    """What somebody typed, in one line."""
    return unreferenced(" ".join(text.split()))


def _schemes(result: Result, key: str) -> list[Any]:
    """Where factors are judged per neighbourhood or scheme: each judgement of each with its reason."""
    if not result.per_scheme or not result.schemes:
        return []
    rows = []
    for one, judgements in result.scheme_rows:
        rows.append(blocks.Row((_named(one),), style="band"))
        for scheme, judgement in zip(result.schemes, judgements, strict=True):
            verdict = Verdict(judgement.verdict) if judgement else Verdict.NOT_JUDGED
            reasons = _one_line(judgement.reasoning) if judgement else ""
            rows.append(
                blocks.Row((_one_line(scheme.name), blocks.Level(verdict.state, str(verdict.label)), reasons or "–"))
            )
    table = blocks.Table(
        _("Neighbourhoods and schemes, one by one"),
        (
            blocks.Column(_("Neighbourhood or scheme"), 30),
            blocks.Column(_("Judgement"), 17),
            blocks.Column(_("Reasons"), 53),
        ),
        tuple(rows),
        key=f"{key}-schemes",
        style="tight",
    )
    return [blocks.Section(f"{key}-by-scheme", _("Neighbourhoods and schemes"), in_contents=False, blocks=(table,))]


def _answers(result: Result, language: str) -> list[blocks.Section]:
    """What was answered to the guide questions, factor by factor: a chapter of the assessment's own document alone."""
    answers: dict[int, list[QuestionAnswer]] = defaultdict(list)
    found = QuestionAnswer.objects.filter(judgement__assessed__assessment=result.assessment)
    for answer in found.select_related("question__factor__benchmark"):
        answers[answer.judgement_id].append(answer)
    texts = translated([answer.question for of_one in answers.values() for answer in of_one], language)
    key = f"assessment-{result.assessment.uuid}-answers"
    sections = []
    for one in result.factors:
        nodes: list[Any] = []
        for judgement in one.judgements:
            if judgement.scheme_id and judgement.pk in answers:
                nodes.append(blocks.Paragraph(_one_line(str(judgement.scheme)), style="lead"))
            for answer in answers.get(judgement.pk, ()):
                question = texts[answer.question, "text"]
                nodes.append(blocks.Paragraph(_one_line(question.text), style="note", language=question.language))
                lines = filter(str.strip, answer.text.splitlines())
                nodes += [blocks.Paragraph(unreferenced(line.strip())) for line in lines]
        if nodes:
            title = _one_line(f"{one.code} {one.name}")
            sections.append(blocks.Section(f"{key}-{one.assessed.uuid}", title, in_contents=False, blocks=tuple(nodes)))
    title = _("Answers to the guide questions")
    return [blocks.Section(key, title, new_page=True, blocks=tuple(sections))] if sections else []


def _strengths_and_gaps(result: Result, key: str) -> list[Any]:
    parts = []
    for name, title, lines, none in (
        (
            "strengths",
            _("Strengths: in place"),
            [_named(one) for one in result.strengths],
            _("No key factor is judged in place."),
        ),
        (
            "gaps",
            _("Gaps: not in place"),
            [_named(one, "{}" + _where(one.missing)) for one in result.gaps],
            _("No key factor is judged not in place."),
        ),
        (
            "unproven",
            _("Judged without evidence"),
            [_named(one, "{}" + _where(one.unproven)) for one in result.unproven],
            result.proof_said,
        ),
    ):
        body: Any = blocks.Bullets(tuple(lines)) if lines else blocks.Paragraph(none)
        parts.append(blocks.Section(f"{key}-{name}", title, in_contents=False, blocks=(body,)))
    return parts


def _where(judgements: list[Judgement]) -> str:
    """The neighbourhoods and schemes of which the judgements are, in brackets; "" for those of the whole city."""
    names = ", ".join(_one_line(str(one.scheme)) for one in judgements if one.scheme_id)
    return f" ({names})" if names else ""


def _left_over(result: Result, key: str) -> list[Any]:
    if not result.left_over:
        return []
    lines = tuple(
        _named(
            one,
            _("%(factor)s (version %(version)s): %(verdict)s")
            % {"factor": "{}", "version": one.assessed.factor.benchmark.version, "verdict": one.verdict.label},
        )
        for one in result.left_over
    )
    note = blocks.Paragraph(_("They are kept as they were judged, and do not count in the shares above."), style="note")
    return [
        blocks.Section(
            f"{key}-left-over",
            _("Judged in another version of the benchmark"),
            in_contents=False,
            blocks=(blocks.Bullets(lines), note),
        )
    ]


def _moves(assessment: Assessment, moves: list[Moved], key: str) -> list[Any]:
    """What moved since the baseline and why: both reasons side by side."""
    if not moves:
        return []
    changed = [one for one in moves if one.move not in (Move.SAME, Move.OPEN)]
    intro = blocks.Paragraph(
        ngettext(
            "%(count)s key factor stands otherwise than in “%(name)s”.",
            "%(count)s key factors stand otherwise than in “%(name)s”.",
            len(changed),
        )
        % {"count": len(changed), "name": assessment.baseline}
    )
    parts: list[Any] = [intro]
    if changed:
        parts.append(
            blocks.Table(
                _("What has moved since “%(name)s”") % {"name": assessment.baseline},
                (
                    blocks.Column(_("Key factor"), 28),
                    blocks.Column(_("Then"), 36),
                    blocks.Column(_("Now"), 36),
                ),
                tuple(
                    blocks.Row((_named(one, f"{{}} ({_label(one)})"), _side(one.before), _side(one.now)))
                    for one in changed
                ),
                key=f"{key}-moved",
                short=_("What has moved: %(name)s") % {"name": assessment.title},
                style="tight",
            )
        )
    return [blocks.Section(f"{key}-moves", _("What has moved, and why"), in_contents=False, blocks=tuple(parts))]


def _label(one: Moved) -> str:
    return "; ".join([str(one.label), *(_one_line(words) for words in one.schemes)])


def _side(one: FactorResult | None) -> str:
    if one is None:
        return _("Not part of it")
    reasons = [_reason(judgement) for judgement in one.reasons]
    if one.context_factors:
        reasons.append(_("What explains it: %(what)s.") % {"what": ", ".join(str(c) for c in one.context_factors)})
    return " ".join([f"{one.verdict.label}.", *reasons])


def _reason(judgement: Judgement) -> str:
    text = _one_line(judgement.reasoning)
    return f"{_one_line(str(judgement.scheme))}: {text}" if judgement.scheme_id else text
