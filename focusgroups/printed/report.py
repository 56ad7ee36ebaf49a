"""The report of a focus group (toolkit, "Focus group report"): a document of its own, and an annex of the City Audit
Report. It holds what the team made of the session, and of the notes themselves only what somebody chose to quote
(`focusgroups/quotations.py`); in the City Audit Report quotations are placed one by one, so its annex has none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone, translation
from django.utils.html import escape, format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from audits.dates import clock, full_date, long_date
from audits.enums import Area
from audits.participation.attendance import GENDERS, in_words
from audits.texts import in_passages
from reports.document import blocks
from reports.document.numbers import listed, number
from reports.document.richtext import unreferenced

from ..enums import Confirmation, Sufficiency
from ..models import AreaSummary, Code, Note, QuestionSummary, SessionQuestion
from ..quotations import family_of
from ..results import Session, Tally, unwritten

SUFFICIENCY = {Sufficiency.ENOUGH: "full", Sufficiency.PARTLY: "part", Sufficiency.LACKING: "none"}
"""Answers as marks of a table (`blocks.Level`)."""


def document(session: Session, language: str, quoted: Iterable[Note] = ()) -> blocks.Document:
    """The report of one group in a language, ready for the document writer; `quoted` are notes that may be quoted."""
    with translation.override(language):
        group = session.group
        authority = group.audit.city.authority
        return blocks.Document(
            title=_("Focus group report: %(group)s") % {"group": group.title},
            language=language,
            author=authority,
            running_title=group.audit.title,
            imprint=authority,
            subject=group.audit.title,
            areas=tuple(blocks.Area(area.value, area.letter, str(area.short)) for area in Area),
            chapters=(
                replace(
                    chapter(session, before=tuple(_unwritten(session)), quoted=quoted),
                    part=" · ".join((_("Focus group report"), str(group.get_kind_display()))),
                    running_title=group.title,
                ),
            ),
        )


def pictures(session: Session) -> dict[Any, Any]:
    """The files of the pictures that its report shows, by UUID."""
    found = {spot.plan.picture for spot in session.hot_spots}
    return {picture.uuid: picture.file for picture in found}


def chapter(
    session: Session,
    *,
    before: Sequence[Any] = (),
    quoted: Iterable[Note] = (),
    told: Collection[str] = (),
) -> blocks.Section:
    """One group in the active language: what stands `before` all else, who met, the four areas with their questions and
    what is quoted under them, the session as a whole. Of "topics" and "hidden", why people are not numbered, those are
    left out that the document has `told` before."""
    key = f"group-{session.group.uuid}"
    said: dict[int | None, list[blocks.Quote]] = defaultdict(list)
    for note in quoted:
        said[note.question_id].append(_quote(note, session.group.language))
    parts: list[Any] = [*before, _facts(session, told), *_confirmed(session)]
    parts += [section for area in Area if (section := _area(session, area, key, said))]
    parts += said[None]
    parts += _hot_spots(session, key)
    parts += _conclusions(session, key)
    return blocks.Section(key, session.group.title, blocks=tuple(parts))


def _unwritten(session: Session) -> Iterator[blocks.RichText]:
    """Says in the document itself what it does not hold yet: nobody takes a gap for an answer."""
    if found := unwritten(session):
        yield blocks.RichText(_list(found), side=_("Not written yet"), style="note")


def _quote(note: Note, language: str) -> blocks.Quote:
    return blocks.Quote(
        _("“%(text)s”") % {"text": typed(note.text)},
        str(family_of(note).label),
        "" if language == get_language() else language,
    )


# Who met ---------------------------------------------------------------------------------------------------


def _facts(session: Session, told: Collection[str]) -> blocks.Table:
    group = session.group
    people = participants(session)
    if session.hides_people and "hidden" not in told:
        people = f"{people}. {HIDDEN}"
    facts: list[tuple[str, str]] = [
        (_("Date"), f"{full_date(group.date)}, {clock(group.starts_at)}–{clock(group.ends)}"),
        (_("City and place"), listed([str(group.audit.city.name), group.venue])),
        (_("Moderator"), group.moderator),
        (_("Rapporteur"), group.rapporteur),
        (_("Participants"), people),
    ]
    rows = [blocks.Row((label, typed(value))) for label, value in facts if value]
    if group.topic_lines and "topics" not in told:
        rows.append(blocks.Row((_("Topics"), blocks.Points(tuple(map(theme, group.topic_lines))))))
    return blocks.Table(
        _("The session"),
        (blocks.Column(_("What"), 22), blocks.Column(_("Which"), 78)),
        tuple(rows),
        style="facts",
        numbered=False,
    )


HIDDEN = gettext_lazy(
    "How many people there are of a kind is shown from five on, unless a smaller number could be worked out from it."
)
_LONG_TOPIC = 80
_TOPIC_ENDS = re.compile(r"\s*[:(]|(?<=\w{4})[.?!]\s")


def theme(topic: str) -> str:
    """A topic as it is named in a report: of a long one, such as the guide's, the name alone and not what follows it in
    a bracket, behind a colon or in a sentence of its own."""
    topic = typed(topic)
    if len(topic) > _LONG_TOPIC:
        topic = _TOPIC_ENDS.split(topic, maxsplit=1)[0] or topic
    return topic.rstrip(".;: ")


def participants(session: Session) -> str:
    """How many people, then in one dimension after the other: families, women and men. Small numbers are not told."""
    if not session.people:
        return _("not recorded")
    families = {str(family.label): count for family, count in session.families.items()}
    genders = {str(GENDERS[gender]): count for gender, count in session.genders.items()}
    parts = [
        _("%(number)s in all") % {"number": number(session.people)},
        in_words(families, session.people),
        in_words(genders, session.people),
    ]
    return "; ".join(filter(None, parts))


def _confirmed(session: Session) -> Iterator[Any]:
    """The summary as the participants confirmed it."""
    summary = session.summary
    if summary is None or summary.confirmation not in (Confirmation.CONFIRMED, Confirmation.WITH_CHANGES):
        return
    said = str(summary.get_confirmation_display())
    if summary.confirmed_at:
        # The day stands in front: no sentence ends in a date.
        said = f"{long_date(timezone.localtime(summary.confirmed_at).date())}: {said}"
    yield from _paragraphs(_("Summary, as it was read out at the end"), summary.text, first=said)
    yield from _paragraphs(_("What participants changed"), summary.changes)


# The areas -------------------------------------------------------------------------------------------------


def _area(
    session: Session, area: Area, key: str, said: Mapping[int | None, list[blocks.Quote]]
) -> blocks.Section | None:
    row = session.areas.get(area)
    parts: list[Any] = []
    if row:
        parts += _information(row)
        parts += _paragraphs(_("Main results"), row.results)
    for question in session.questions(area):
        parts += _question(session, question, area, said.get(question.pk, []))
    if row:
        parts += _paragraphs(_("Recommendations and suggestions"), row.recommendations)
    if not parts:
        return None
    return blocks.Section(
        f"{key}-{area.value}", str(area.short), area=area.value, in_contents=False, blocks=tuple(parts)
    )


def _information(row: AreaSummary) -> Iterator[Any]:
    """Whether the participants had enough information, what they lacked and why."""
    said = []
    if row.sufficiency != Sufficiency.UNKNOWN:
        said.append(str(row.get_sufficiency_display()) + ".")
    if what := lacking(row):
        said.append(_("Lacking: %(what)s.") % {"what": listed(what)})
    said.append(" ".join(row.reasons.split()))
    text = " ".join(part for part in said if part)
    yield from _paragraphs(_("Information of the participants"), text)


def lacking(row: AreaSummary) -> list[str]:
    """What was lacking, in words of a list."""
    words = (
        (row.lacks_statistics, _("statistical data")),
        (row.lacks_knowledge, _("knowledge of specific issues")),
        (row.lacks_overall, _("information overall")),
    )
    return [word for lacks, word in words if lacks]


def _question(session: Session, question: SessionQuestion, area: Area, quotes: Sequence[blocks.Quote]) -> Iterator[Any]:
    """A question with its big ideas, what was said, in whose words, and its tally; nothing for one that was not taken
    up."""
    summary: QuestionSummary | None = getattr(question, "summary", None)
    ideas = [code.name for code in summary.codes.all()] if summary else []
    parts = _lines(summary.text) if summary else []
    if ideas:
        parts.append(_("Big ideas: %(ideas)s.") % {"ideas": listed(ideas)})
    tally = next((one for one in session.tallies if one.question == question), None)
    if not parts and tally is None and not quotes:
        return
    # The question and what was said of it in one paragraph: with fourteen questions every line counts.
    said = " ".join(typed(part) for part in parts)
    asked = question.text if said else question.heading
    html = format_html("<p><strong>{}</strong> {}</p>", typed(asked), said)
    yield blocks.RichText(html, style="note")
    yield from quotes
    if tally:
        yield _levels(session, tally, area)


NOT_SHOWN = gettext_lazy(
    "Levels that fewer than five people chose, or from which these could be worked out, are not shown."
)


def _levels(session: Session, tally: Tally, area: Area) -> blocks.Table | blocks.Paragraph:
    """The answers on levels, each with its bar; where no level may be shown, how many answered."""
    if not tally.tells:
        said = _("%(people)s people answered on levels.") % {"people": number(tally.people)}
        return blocks.Paragraph(f"{said} {NOT_SHOWN}", "note")
    rows = tuple(
        blocks.Row(
            (
                blocks.passage(session.texts[level, "title"].text, session.texts[level, "title"].language),
                _("not shown") if people is None else people,
                None if people is None else blocks.Bar(people / tally.people),
            ),
            area="",
        )
        for level, people in tally.counts
    )
    return blocks.Table(
        _("Answers on levels, %(people)s people") % {"people": number(tally.people)},
        (blocks.Column(_("Level"), 25), blocks.Column(_("People"), 12, "number"), blocks.Column(_("Share"), 63)),
        rows,
        key=f"levels-{tally.question.uuid}",
        source=str(NOT_SHOWN) if tally.hides else "",
        short=_("Social inclusion on levels: %(group)s") % {"group": session.group.title},
    )


# The session as a whole ------------------------------------------------------------------------------------


def _hot_spots(session: Session, key: str) -> Iterator[Any]:
    """Places that may be published, on their plans and in a table; numbered through all plans."""
    if not session.hot_spots:
        return
    numbered = list(enumerate(session.hot_spots, 1))
    parts: list[Any] = []
    for plan in dict.fromkeys(spot.plan for spot in session.hot_spots):
        mine = [(place, spot) for place, spot in numbered if spot.plan_id == plan.pk]
        names = listed([f"{place} {spot.place}" for place, spot in mine])
        parts.append(
            blocks.Plan(
                str(plan.picture.uuid),
                _("%(plan)s with marks: %(places)s") % {"plan": plan.title, "places": names},
                _("Places that participants named as unsafe"),
                plan.picture.width,
                plan.picture.height,
                tuple(blocks.Place(place, spot.x, spot.y) for place, spot in mine),
                credit=plan.source,
                key=f"{key}-plan-{plan.uuid}",
                short=_("Hot spots: %(group)s") % {"group": session.group.title},
            )
        )
    parts.append(
        blocks.Table(
            _("The places, their safety issues and what participants recommend"),
            (
                blocks.Column(_("No."), 6, "number"),
                blocks.Column(_("Place"), 22),
                blocks.Column(_("Safety issue"), 38),
                blocks.Column(_("Recommendation"), 34),
            ),
            tuple(
                blocks.Row((number(place), typed(spot.place), typed(spot.issue), typed(spot.recommendation) or None))
                for place, spot in numbered
            ),
            key=f"{key}-spots",
            style="tight",
            short=_("Hot spots in words: %(group)s") % {"group": session.group.title},
        )
    )
    yield blocks.Section(
        f"{key}-places", _("Hot spots of urban safety"), area=Area.URBAN.value, in_contents=False, blocks=tuple(parts)
    )


def _conclusions(session: Session, key: str) -> Iterator[Any]:
    """What the toolkit's report form asks of a session as a whole."""
    found = session.conclusions
    if found is None:
        return
    parts: list[Any] = []
    ideas = [code.name for code in _codes(found.interest_codes)]
    interest = [_("Big ideas: %(ideas)s.") % {"ideas": listed(ideas)}] if ideas else []
    parts += _paragraphs(_("Themes that stirred most interest"), "\n".join([*interest, found.interest]))
    for title, text in (
        (_("Main successes"), found.successes),
        (_("Main challenges"), found.challenges),
        (_("Conclusions"), found.conclusions),
        (_("Recommendations"), found.recommendations),
    ):
        if points := points_of(text):
            parts.append(blocks.RichText(_list(points), side=title, style="note"))
    if parts:
        yield blocks.Section(f"{key}-whole", _("The session as a whole"), in_contents=False, blocks=tuple(parts))


def _codes(codes: Any) -> list[Code]:
    return list(codes.all())


# Texts that people typed -----------------------------------------------------------------------------------


def typed(text: str) -> str:
    """What somebody typed, in one line and without references."""
    return unreferenced(" ".join(text.split()))


def points_of(text: str) -> list[str]:
    """The points of a text that has one to a line, without their dashes."""
    return [typed(line) for line in _lines(text)]


def _lines(text: str) -> list[str]:
    return [part for line, points in in_passages(text) for part in (points or (line,))]


def _list(points: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in points) + "</ul>"


def _paragraphs(title: str, text: str, *, first: str = "") -> Iterator[blocks.RichText]:
    """A text beside its title, paragraphs and lists as they were typed, below a first line; nothing without a text."""
    html = ""
    for line, points in in_passages(text):
        html += _list([typed(point) for point in points]) if points else format_html("<p>{}</p>", typed(line))
    if html:
        lead = format_html("<p><strong>{}</strong></p>", first) if first else ""
        yield blocks.RichText(lead + html, side=title, style="note")
