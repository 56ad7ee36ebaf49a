"""What arrives about sheets: as JSON from the pages' scripts, or as a plain form from a browser without them."""

import datetime
import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.enums import Area, StakeholderGroup
from audits.forms.fields import DayField
from audits.participation.deliveries import ChangeForm, TextField, first_error
from audits.participation.enums import AgeBand, Gender

from ..actions import AnswerChange, PersonChange, PlaceChange, SheetChange
from ..actions.changes import LOCATION_LENGTH
from ..enums import Missing
from ..lines import Block, Line, Part, Plan
from ..models import Score, SheetPlace, WalkPlace
from ..wording import SHORT_TITLES, Wording

NOT_SAID = _("not said")


class AnswerForm(ChangeForm):
    """The answer to one statement. Whether statement and place belong to the walk is for `actions.record` to say."""

    makes = AnswerChange

    item = forms.UUIDField()
    place = forms.UUIDField(required=False)
    value = forms.IntegerField(required=False, error_messages={"invalid": _("A score is a whole number from 1 to 5.")})
    missing = forms.CharField(required=False)
    comment = TextField()
    suggestion = TextField()


class PlaceForm(ChangeForm):
    """Where and when a part was filled in at one place."""

    makes = PlaceChange

    place = forms.UUIDField()
    location = forms.CharField(required=False)
    date = DayField(
        required=False, error_messages={"invalid": _("Write the date as year-month-day, for example 2026-10-14.")}
    )
    time = forms.TimeField(
        required=False, error_messages={"invalid": _("Write the time as hours:minutes, for example 14:30.")}
    )


class PersonForm(ChangeForm):
    """What the head of a paper sheet says about who filled it in."""

    makes = PersonChange

    group = forms.ChoiceField(choices=[("", NOT_SAID), *StakeholderGroup.choices], required=False)
    gender = forms.ChoiceField(choices=[("", NOT_SAID), *Gender.choices], required=False)
    age_band = forms.ChoiceField(choices=[("", NOT_SAID), *AgeBand.choices], required=False)
    takes_part = forms.BooleanField(required=False)
    quotation = forms.BooleanField(required=False)
    guardian = forms.BooleanField(required=False)


KINDS: dict[str, type[ChangeForm]] = {"answer": AnswerForm, "place": PlaceForm, "person": PersonForm}


# The plain form -------------------------------------------------------------------------------------------


def fingerprint(content: Mapping[str, Any]) -> str:
    """Stands in the page beside each row, so that a plain form sends only what was changed on that very page."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:12]


@dataclass
class Row:
    """A line as a page shows it: what is stored, or what was typed and could not be taken, with the reason."""

    line: Line
    content: dict[str, Any]
    stored: dict[str, Any]
    score: Score | None
    text: Any
    locked: bool = False
    error: str = ""

    @property
    def name(self) -> str:
        return self.line.name

    @property
    def answer(self) -> str:
        """The value of the chosen radio button; empty where none is chosen."""
        return str(self.content["value"] or self.content["missing"])

    @property
    def none_value(self) -> str:
        """What "no answer" means on this row: an answer "don't know" stays one."""
        return self.content["missing"] or Missing.EMPTY.value

    @property
    def was(self) -> str:
        return fingerprint(self.stored)


@dataclass
class Head:
    """The head of a form that is filled once per place."""

    place: WalkPlace
    content: dict[str, Any]
    stored: dict[str, Any]
    error: str = ""
    longest = LOCATION_LENGTH

    @property
    def was(self) -> str:
        return fingerprint(self.stored)


@dataclass
class BlockRows:
    block: Block
    head: Head | None
    rows: list[Row]

    @property
    def answered(self) -> int:
        return sum(bool(row.answer) for row in self.rows)


@dataclass
class PartRows:
    part: Part
    title: Any
    blocks: list[BlockRows]

    @property
    def short(self) -> Any:
        return SHORT_TITLES[Area(self.part.section.area)]

    @property
    def answered(self) -> int:
        """Statements with an answer, at whatever place."""
        return len({row.line.item.pk for block in self.blocks for row in block.rows if row.answer})


NOTHING: dict[str, Any] = {"value": None, "missing": "", "comment": "", "suggestion": ""}


def content_of(score: Score) -> dict[str, Any]:
    return {
        "value": score.value,
        "missing": score.missing,
        "comment": score.comment,
        "suggestion": score.suggestion,
    }


def _part_of(line: Line) -> str:
    item, place = line.key
    return AnswerChange(uuid=item, sequence=0, item=item, place=place).part


@dataclass
class SheetForm:
    """A whole sheet as a form: its parts for the page, and what a plain POST changed.

    `late` holds what arrived after closing and waits, by the journal's part; it is shown as typed. `day` is the
    walk's, which heads of places say until somebody says otherwise.
    """

    plan: Plan
    wording: Wording
    scores: Mapping[tuple[int, int | None], Score]
    heads: Mapping[int, SheetPlace]
    late: Mapping[str, SheetChange]
    day: datetime.date
    for_team: bool = False
    parts: list[PartRows] = field(init=False)

    def __post_init__(self) -> None:
        self.parts = [
            PartRows(
                part,
                self.wording.titles[part.section.pk],
                [
                    BlockRows(
                        block,
                        self._head(block.place) if block.place else None,
                        [self._row(line) for line in block.lines],
                    )
                    for block in part.blocks
                ],
            )
            for part in self.plan.parts
        ]

    @property
    def rows(self) -> Iterator[Row]:
        return (row for part in self.parts for block in part.blocks for row in block.rows)

    @property
    def answered(self) -> int:
        """Statements with an answer, each counted once."""
        return sum(part.answered for part in self.parts)

    @property
    def given(self) -> int:
        """Answers, of `Plan.asked`."""
        return sum(bool(row.answer) for row in self.rows)

    def note_problems(self, problems: Mapping[str, str]) -> None:
        """Puts sentences about refused changes, by the journal's part, beside the rows and heads they belong to."""
        for block in (block for part in self.parts for block in part.blocks):
            if block.head and (problem := problems.get(f"{PlaceChange.prefix}{block.head.place.uuid}")):
                block.head.error = problem
            for row in block.rows:
                row.error = problems.get(_part_of(row.line), row.error)

    @property
    def has_errors(self) -> bool:
        blocks = [block for part in self.parts for block in part.blocks]
        return any(row.error for row in self.rows) or any(block.head and block.head.error for block in blocks)

    def _row(self, line: Line) -> Row:
        score = self.scores.get((line.item.pk, line.place.pk if line.place else None))
        stored = content_of(score) if score else dict(NOTHING)
        waiting = self.late.get(_part_of(line))
        return Row(
            line=line,
            content=dict(waiting.content) if waiting else stored,
            stored=dict(waiting.content) if waiting else stored,
            score=score,
            text=self.wording.statements[line.item.pk],
            locked=bool(self.for_team and score and score.from_phone),
        )

    def _head(self, place: WalkPlace) -> Head:
        kept = self.heads.get(place.pk)
        waiting = self.late.get(f"{PlaceChange.prefix}{place.uuid}")
        change = waiting or PlaceChange(
            uuid=place.uuid,
            sequence=0,
            place=place.uuid,
            location=kept.location if kept else "",
            date=kept.date if kept else self.day,
            time=kept.time if kept else None,
        )
        return Head(place, change.content, dict(change.content))

    def changed(self, data: Mapping[str, str], *, sequence: int) -> list[SheetChange]:
        """What a plain POST changed, as changes with UUIDs of their own, the later ones with higher sequences.

        A row counts as changed where it differs both from what the page showed and from what is stored now.
        Rows and heads that cannot be read get their `error` and keep what was typed.
        """
        found: list[SheetChange] = []
        for block in (block for part in self.parts for block in part.blocks):
            if block.head and f"was-place-{block.head.place.pk}" in data:
                found += self._changed_head(block.head, data, sequence + len(found))
            for row in block.rows:
                if f"was-{row.name}" in data and not row.locked:
                    found += self._changed_row(row, data, sequence + len(found))
        return found

    def _changed_row(self, row: Row, data: Mapping[str, str], sequence: int) -> list[SheetChange]:
        answer = data.get(f"answer-{row.name}", "")
        missing = answer if answer in Missing.values else ""
        item, place = row.line.key
        form = AnswerForm(
            {
                "uuid": uuid.uuid4(),
                "sequence": sequence,
                "item": item,
                "place": place,
                "value": "" if missing else answer,
                "missing": missing,
                "comment": data.get(f"comment-{row.name}", ""),
                "suggestion": data.get(f"idea-{row.name}", ""),
            }
        )
        if not form.is_valid():
            row.error = first_error(form)
            return []
        change = form.change()
        if fingerprint(change.content) in (data[f"was-{row.name}"], row.was):
            return []
        row.content = change.content
        return [change]

    def _changed_head(self, head: Head, data: Mapping[str, str], sequence: int) -> list[SheetChange]:
        typed = {name: data.get(f"{name}-{head.place.pk}", "").strip() for name in ("location", "date", "time")}
        form = PlaceForm({"uuid": uuid.uuid4(), "sequence": sequence, "place": head.place.uuid, **typed})
        if not form.is_valid():
            head.content, head.error = typed, first_error(form)
            return []
        change = form.change()
        if fingerprint(change.content) in (data[f"was-place-{head.place.pk}"], head.was):
            return []
        head.content = change.content
        return [change]


class HideCommentForm(forms.Form):
    """Why a comment is hidden; the reason stays with it."""

    reason = forms.CharField(
        label=_("Why is it hidden?"),
        help_text=_("For example: it names a person. The team sees this reason, nobody else."),
        max_length=300,
        error_messages={"required": _("Write why the comment is hidden.")},
    )


class LateDecisionForm(forms.Form):
    """Whether what arrived after closing counts."""

    ADMIT, REFUSE = "admit", "refuse"

    decision = forms.ChoiceField(
        choices=[(ADMIT, _("Let it count")), (REFUSE, _("Leave it out"))],
        error_messages={
            "required": _("Choose whether the late answers count."),
            "invalid_choice": _("Choose whether the late answers count."),
        },
    )
