"""A session's own copy of the guide's questions: copied, added, put in order, taken out, brought back.

Positions run through the whole session, area by area, so that who goes through them in order stays in one area until it is
done. What changes them holds the group's row.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audits.enums import Area
from audits.models import StaleError, User

from ..guide import left_out, lines_of, texts_of
from ..models import FocusGroup, Question, SessionQuestion


def _hold(group: FocusGroup) -> None:
    FocusGroup.objects.select_for_update().get(pk=group.pk)


def copy_questions(*, group: FocusGroup) -> None:
    """Copies all questions of the guide into a new group, in the language of the discussion."""
    areas = dict(group.guide.questions.values_list("pk", "area"))
    SessionQuestion.objects.bulk_create(
        SessionQuestion(group=group, source_id=pk, area=areas[pk], text=text.text, position=place)
        for place, (pk, text) in enumerate(texts_of(group.guide, group.language).items(), start=1)
    )


def _arrange(group: FocusGroup, order: list[SessionQuestion]) -> None:
    """Numbers the questions in this order, each area's together: the guide's order of areas, then that of the toolkit."""
    areas = list(dict.fromkeys([*group.guide.questions.values_list("area", flat=True), *Area.values]))
    changed = []
    for place, row in enumerate(sorted(order, key=lambda row: areas.index(row.area)), start=1):
        if row.position != place:
            row.position = place
            changed.append(row)
    SessionQuestion.objects.bulk_update(changed, ["position"])


@transaction.atomic
def add_question(*, group: FocusGroup, by: User | None, uuid: UUID | None = None, **fields: Any) -> SessionQuestion:
    """An own question at the end of its area.

    With a `uuid` that the group already has, that question is returned; StaleError is raised where it says something else.
    """
    _hold(group)
    standing: SessionQuestion | None = group.questions.filter(uuid=uuid).first() if uuid else None
    if standing:
        if any(getattr(standing, name) != fields[name] for name in SessionQuestion.written):
            raise StaleError(standing)
        return standing
    made = SessionQuestion(group=group, changed_by=by, **fields)
    if uuid and not SessionQuestion.objects.filter(uuid=uuid).exists():
        made.uuid = uuid
    made.save(force_insert=True)
    _arrange(group, [*group.questions.exclude(pk=made.pk), made])
    return made


@transaction.atomic
def put_last(*, question: SessionQuestion) -> None:
    """Puts a question at the end of its area, as one that has come to it from another."""
    _hold(question.group)
    _arrange(question.group, [*question.group.questions.exclude(pk=question.pk), question])


@transaction.atomic
def move_question(*, question: SessionQuestion, step: int) -> tuple[int, int]:
    """Moves a question within its area by `step` places; at either end it stays.

    Returns its place, counted from 1, and how many there are.
    """
    group = question.group
    _hold(group)
    order = list(group.questions.all())
    own = [row for row in order if row.area == question.area]
    old = own.index(question)
    new = min(max(old + step, 0), len(own) - 1)
    own.insert(new, own.pop(old))
    _arrange(group, [*(row for row in order if row.area != question.area), *own])
    return new + 1, len(own)


@transaction.atomic
def remove_question(*, question: SessionQuestion) -> None:
    """Takes a question out of the session. Raises ValidationError where notes or results stand under it."""
    _hold(question.group)
    if any(line.used for line in lines_of(question.group) if line.row == question):
        raise ValidationError(_("Notes or results stand under this question, so it stays."))
    question.delete()


@transaction.atomic
def bring_back(*, group: FocusGroup, source: Question | None = None) -> int:
    """Copies a question of the guide that was taken out back into its place, or all where none is named.

    Returns how many came back.
    """
    _hold(group)
    back = [
        SessionQuestion(group=group, source=row, area=row.area, text=text.text)
        for row, text in left_out(group)
        if source is None or row == source
    ]
    places = {row.pk: row.position for row in group.guide.questions.all()}
    order = list(group.questions.all())
    for made in back:
        made.save()
        # Before the first question of the guide that follows it there, else at the end of its area.
        following = (
            place
            for place, row in enumerate(order)
            if row.area == made.area and row.source_id in places and places[row.source_id] > places[made.source_id]
        )
        order.insert(next(following, len(order)), made)
    _arrange(group, order)
    return len(back)


@transaction.atomic
def follow_language(*, group: FocusGroup, before: str) -> None:
    """Puts the questions that nobody has reworded, and under which nothing stands, into the group's language."""
    _hold(group)
    old, new = texts_of(group.guide, before), texts_of(group.guide, group.language)
    changed = []
    for line in lines_of(group):
        pk = line.row.source_id
        if pk in new and not line.used and line.row.text == old[pk].text != new[pk].text:
            line.row.text = new[pk].text
            line.row.version += 1
            changed.append(line.row)
    SessionQuestion.objects.bulk_update(changed, ["text", "version"])
