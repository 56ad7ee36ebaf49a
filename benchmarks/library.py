"""The benchmarks as they are read: all texts of one in the language of the reader, in the order of the toolkit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from audits.instruments import Text, translated

from .enums import Part
from .models import Benchmark, BenchmarkUse, ContextFactor, Criterion, Example, GuideQuestion, KeyFactor, Term

CORE_FIRST = (Part.WHOLE, Part.CORE, Part.NEIGHBOURHOOD)


@dataclass(frozen=True)
class Point:
    """A guide question or a criterion, with those that belong to it."""

    text: Text
    below: tuple[Point, ...] = ()


@dataclass(frozen=True)
class CityExample:
    city: str
    title: Text
    text: Text


@dataclass(frozen=True)
class Factor:
    """A key factor with everything below it. A factor without a title is called by its statement."""

    row: KeyFactor
    title: Text
    statement: Text
    rationale: Text
    explanation: Text
    explanation_end: Text
    questions: tuple[Point, ...]
    criteria: tuple[Point, ...]
    examples: tuple[CityExample, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its benchmark."""
        return anchor(self.row)

    @property
    def name(self) -> Text:
        return self.title if self.title.text else self.statement


@dataclass(frozen=True)
class Chapter:
    """The factors of one part. A benchmark without parts has one chapter with an empty `title`."""

    part: Part
    title: str
    explanation: str
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Definition:
    title: Text
    definition: Text


@dataclass(frozen=True)
class Titled:
    """A context factor, or a way of using a benchmark."""

    key: str
    title: Text
    text: Text


@dataclass(frozen=True)
class Reading:
    """A benchmark in the reader's language; texts without a translation stand in theirs."""

    benchmark: Benchmark
    title: Text
    standard: Text
    rationale: Text
    coverage: Text
    purpose: Text
    instructions: Text
    terms: tuple[Definition, ...]
    chapters: tuple[Chapter, ...]
    context: tuple[Titled, ...] = field(default=())
    context_source: str = ""

    @property
    def factors(self) -> list[Factor]:
        return [factor for chapter in self.chapters for factor in chapter.factors]

    @property
    def questions(self) -> int:
        """How many guide questions it has, those that belong to another one not counted."""
        return sum(len(factor.questions) for factor in self.factors)


def anchor(factor: KeyFactor) -> str:
    # Codes of factors can hold a stroke (KF/N1); the row's number is safe in every address.
    return f"factor-{factor.pk}"


def part_explanation(part: Part) -> str:
    """How the factors of a part of theme C+D are judged; empty where a benchmark has no parts."""
    if part == Part.CORE:
        return _("These factors are about the whole city. Each is judged once.")
    if part == Part.NEIGHBOURHOOD:
        return _(
            "These factors are about one neighbourhood or one participation scheme. Each is judged for every "
            "neighbourhood or scheme that the city looks at, as many as it has, and then summed up."
        )
    return ""


def listed() -> QuerySet[Benchmark]:
    """What can be chosen: all that is not retired, the originals first, with the numbers of factors, of guide questions
    (without their sub-questions) and of parts."""
    questions = Count("factors__questions", filter=Q(factors__questions__parent=None), distinct=True)
    parts = Count("factors__part", distinct=True)
    found = Benchmark.objects.current().select_related("derived_from")
    return found.annotate(
        factor_count=Count("factors", distinct=True), question_count=questions, part_count=parts
    ).order_by("origin", "title", "version")


def ways_of_use(language: str) -> list[Titled]:
    """Internal assessment, peer review, development plan."""
    rows = list(BenchmarkUse.objects.all())
    texts = translated(rows, language)
    return [Titled(row.key, **texts.of(row)) for row in rows]


def reading(benchmark: Benchmark, language: str) -> Reading:
    """All of a benchmark. The number of queries does not grow with its length."""
    rows, context = list(benchmark.rows()), list(ContextFactor.objects.all())
    texts = translated([*rows, *context], language)
    below: dict[tuple[type, int], list] = defaultdict(list)
    for row in rows:
        if isinstance(row, GuideQuestion | Criterion | Example):
            below[type(row), row.factor_id].append(row)

    def points(model: type, factor: KeyFactor) -> tuple[Point, ...]:
        found = below[model, factor.pk]
        return tuple(
            Point(
                texts[row, "text"],
                tuple(Point(texts[sub, "text"]) for sub in found if sub.parent_id == row.pk),
            )
            for row in found
            if row.parent_id is None
        )

    def factor_of(row: KeyFactor) -> Factor:
        return Factor(
            row=row,
            **texts.of(row),
            questions=points(GuideQuestion, row),
            criteria=points(Criterion, row),
            examples=tuple(
                CityExample(one.city, texts[one, "title"], texts[one, "text"]) for one in below[Example, row.pk]
            ),
        )

    factors = [factor_of(row) for row in rows if isinstance(row, KeyFactor)]
    return Reading(
        benchmark=benchmark,
        **texts.of(benchmark),
        terms=tuple(Definition(**texts.of(row)) for row in rows if isinstance(row, Term)),
        chapters=tuple(_chapters(factors)),
        context=tuple(Titled(row.key, **texts.of(row)) for row in context),
        context_source=", ".join(dict.fromkeys(f"{row.source_title}, {row.source_date}" for row in context)),
    )


def _chapters(factors: Sequence[Factor]):
    for part in CORE_FIRST:
        own = tuple(factor for factor in factors if factor.row.part == part)
        if own:
            title = "" if part == Part.WHOLE else str(part.label)
            yield Chapter(part, title, part_explanation(part), own)
