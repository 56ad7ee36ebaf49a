"""What the team made of the notes: codes by two coders, summaries by question and area, conclusions, findings."""

from __future__ import annotations

from django.utils import timezone

from audits.agenda.actions import EvidenceInput, create_finding
from audits.dates import clock
from audits.enums import Role
from audits.models import Audit, User
from focusgroups.models import (
    AreaSummary,
    Code,
    Coding,
    FocusGroup,
    GroupConclusions,
    GroupSummary,
    Note,
    QuestionSummary,
    Settlement,
)

from .. import story
from .groups import NOTES

Held = dict[str, tuple[FocusGroup, list[Note]]]


def build(audit: Audit, held: Held, people: dict[str, User]) -> None:
    first, second = (people[email] for role, email, *_rest in story.TEAM if role == Role.FACILITATOR)
    codes = {
        key: Code.objects.create(audit=audit, name=name, definition=definition, changed_by=first)
        for key, name, definition in story.CODES
    }
    _codings(held, codes, first, second)
    for key, (group, _notes) in held.items():
        _summaries(key, group, codes, first)


def _codings(held: Held, codes: dict[str, Code], first: User, second: User) -> None:
    """The first coder marked whole notes, the second one as much as the first sentence; where they differed, most is
    settled."""
    differ = {(group, place, code): has for group, place, code, has, _keep in story.DIFFERENCES}
    rows = []
    for key, (_group, notes) in held.items():
        for place, (note, line) in enumerate(zip(notes, NOTES[key], strict=True), 1):
            rows += [_coding(note, codes[code], first, note.text) for code in line[2]]
            own = [code for code in line[2] if differ.get((key, place, code), True)]
            own += [code for group, at, code in differ if (group, at) == (key, place) and code not in line[2]]
            sentence = note.text.split(". ")[0].rstrip(".") + "."
            passage = sentence if note.text.startswith(sentence) else note.text
            rows += [_coding(note, codes[code], second, passage) for code in own]
    Coding.objects.bulk_create(rows)
    for group, place, code, _has, keep in story.DIFFERENCES:
        if keep is not None:
            note = held[group][1][place - 1]
            Settlement.objects.create(note=note, code=codes[code], keep=keep, by=first)


def _coding(note: Note, code: Code, coder: User, passage: str) -> Coding:
    return Coding(note=note, code=code, coder=coder, start=0, end=len(passage), quote=passage)


def _summaries(key: str, group: FocusGroup, codes: dict[str, Code], by: User) -> None:
    text, changed, confirmation = story.SUMMARIES[key]
    GroupSummary.objects.create(
        group=group,
        text=text,
        changes=changed,
        confirmation=confirmation,
        confirmed_at=group.ends,
        changed_by=by,
    )
    questions = {row.source.key: row for row in group.questions.select_related("source") if row.source}
    for question, ideas, said in story.QUESTIONS[key]:
        summary = QuestionSummary.objects.create(question=questions[question], text=said, changed_by=by)
        summary.codes.set(codes[idea] for idea in ideas)
    for area, (enough, (statistics, knowledge, overall), reasons, results, wished) in story.AREAS[key].items():
        AreaSummary.objects.create(
            group=group,
            area=area,
            sufficiency=enough,
            lacks_statistics=statistics,
            lacks_knowledge=knowledge,
            lacks_overall=overall,
            reasons=reasons,
            results=results,
            recommendations=wished,
            changed_by=by,
        )
    plan = dict(story.CONCLUSIONS[key])
    ideas = plan.pop("codes")
    concluded = GroupConclusions.objects.create(group=group, changed_by=by, **plan)
    concluded.interest_codes.set(codes[idea] for idea in ideas)


def findings(audit: Audit, held: Held, people: dict[str, User]) -> None:
    """Findings made from passages; captions name the group and the minute, and never what somebody said."""
    for area, kind, text, sources in story.GROUP_FINDINGS:
        evidence = []
        for key, place in sources:
            group, notes = held[key]
            note = notes[place - 1]
            passage = note.codings.order_by("pk")[0]
            caption = f"{group.title}, passage of {clock(timezone.localtime(note.noted_at))}: {passage.code}"
            evidence.append(EvidenceInput("focusgroups", "passage", passage.uuid, caption))
        create_finding(
            audit=audit,
            area=area,
            kind=kind,
            text=text,
            method="focusgroups",
            by=people[story.RESEARCHER],
            evidence=evidence,
        )
