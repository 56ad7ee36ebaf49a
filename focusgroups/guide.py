"""The discussion guide and a session's own copy of its questions, side by side in the language of the discussion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from audits.enums import Area
from audits.instruments import Text, Texts, translated

from .models import DiscussionGuide, FocusGroup, LevelCount, Note, Question, QuestionSummary, SessionQuestion
from .wording import Form, judge


def guide_for_new() -> DiscussionGuide | None:
    """The guide that new groups follow: the city's own version where there is one, the latest; None where none is loaded."""
    return DiscussionGuide.objects.current().order_by("-origin", "-pk").first()


@dataclass(frozen=True)
class Preset:
    """What a new group takes over from the guide in a language, as far as it is translated; otherwise as it stands there."""

    purpose: str
    topics: str


def preset(guide: DiscussionGuide, language: str) -> Preset:
    topics = list(guide.topics.all())
    for topic in topics:
        topic.guide = guide
    texts = translated([guide, *topics], language)
    return Preset(
        purpose=str(texts[guide, "purpose"]),
        topics="\n".join(str(texts[topic, "text"]).replace("\n", " ") for topic in topics),
    )


def texts_of(guide: DiscussionGuide, language: str) -> dict[int, Text]:
    """The guide's questions in a language, by primary key, in its order."""
    questions = list(guide.questions.all())
    for question in questions:
        question.guide = guide
    texts = translated(questions, language)
    return {question.pk: texts[question, "text"] for question in questions}


@dataclass(frozen=True)
class Line:
    """A question of a session. `original` is what the guide says, None for an own one; `levels` are name and meaning of the
    levels on which it is answered; `used` says that notes or results stand under it."""

    row: SessionQuestion
    original: Text | None
    levels: tuple[tuple[Text, Text], ...]
    used: bool

    @property
    def reworded(self) -> bool:
        return self.original is not None and self.original.text != self.row.text

    @property
    def language(self) -> str:
        """The language that its words are in: an untranslated question of the guide stands in the guide's."""
        return self.original.language if self.original and not self.reworded else self.row.group.language

    @property
    def text(self) -> Text:
        return Text(self.row.text, self.language)

    @property
    def form(self) -> Form:
        """Open or closed; nothing is said of a question that is answered on levels."""
        return Form.UNKNOWN if self.levels else judge(self.row.text, self.language)

    @property
    def has_hints(self) -> bool:
        """Whether there is something to say on this very question while it is discussed."""
        return self.form == Form.CLOSED or self.reworded


@dataclass(frozen=True)
class AreaLines:
    """The questions of one area, in the order in which they are asked."""

    area: Area
    lines: list[Line]


def lines_of(group: FocusGroup) -> list[Line]:
    """The questions of a session in its order; the same queries for any number."""
    rows = list(
        group.questions.select_related("source__guide")
        .prefetch_related("source__levels")
        .annotate(
            used=Exists(Note.objects.filter(question=OuterRef("pk")))
            | Exists(LevelCount.objects.filter(question=OuterRef("pk"), people__gt=0))
            | Exists(QuestionSummary.objects.filter(~Q(text="") | Q(codes__isnull=False), question=OuterRef("pk")))
        )
    )
    sources = [row.source for row in rows if row.source]
    levels = {source.pk: list(source.levels.all()) for source in sources}
    for source in sources:
        for level in levels[source.pk]:
            level.question = source
    texts = translated([*sources, *(level for own in levels.values() for level in own)], group.language)
    for row in rows:
        row.group = group
    return [_line(row, levels.get(row.source_id, []), texts) for row in rows]


def _line(row: SessionQuestion, levels: Iterable, texts: Texts) -> Line:
    return Line(
        row=row,
        original=texts[row.source, "text"] if row.source else None,
        levels=tuple((texts[level, "title"], texts[level, "text"]) for level in levels),
        used=row.used,
    )


def in_order(areas: Iterable[str]) -> list[Area]:
    """The four areas in the order in which a session comes to those of its questions; those without any at the end.

    Pages on one session keep this order; the report and what counts over several sessions keep that of `Area`.
    """
    return [Area(area) for area in dict.fromkeys([*areas, *Area.values])]


def by_area(lines: Iterable[Line]) -> list[AreaLines]:
    """The questions by area, the areas `in_order`."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.row.area].append(line)
    return [AreaLines(area, found[area]) for area in in_order(list(found))]


def left_out(group: FocusGroup) -> list[tuple[Question, Text]]:
    """The guide's questions that this session does not ask, each in its language."""
    texts = texts_of(group.guide, group.language)
    asked = set(group.questions.exclude(source=None).values_list("source_id", flat=True))
    rows = {row.pk: row for row in group.guide.questions.all()}
    return [(rows[pk], text) for pk, text in texts.items() if pk not in asked]
