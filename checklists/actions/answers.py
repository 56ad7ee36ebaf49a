"""What was typed on sheets: kept in the journal, validated, applied (DESIGN rule 12; SAFETY, "Nothing lost")."""

import uuid
from collections.abc import Iterable, Sequence
from itertools import chain

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.enums import StakeholderGroup
from audits.models import User
from audits.participation import actions as participation
from audits.participation.actions import Incoming, NotAcceptingError, Outcome, Result, Verdict, problem_with_text
from audits.participation.enums import AgeBand, ChangeState, Gender, Purpose
from audits.participation.models import Change, Participant

from ..enums import Missing, SheetSource, WalkState
from ..lines import Line, Plan, plan_of
from ..models import CityWalk, Score, Sheet, SheetPlace
from ..scale import SCALE
from .changes import (
    LOCATION_LENGTH,
    TEXT_LENGTH,
    AnswerChange,
    PersonChange,
    PlaceChange,
    SheetChange,
    from_journal,
)


class NotRecordedError(Exception):
    """Of several sheets nothing was written, because something was refused. `results` is one list per sheet."""

    def __init__(self, results: list[list[Result]]):
        super().__init__("Some answers cannot be recorded.")
        self.results = results


_MESSAGE = {
    Verdict.LATE: gettext_lazy("The walk is closed. This is kept and counts once the team admits it."),
    Verdict.CONFLICT: gettext_lazy("This change was sent before with another content. Load the page again."),
}


def record(
    *,
    sheet: Sheet,
    changes: Sequence[SheetChange],
    device: uuid.UUID,
    by: User | None = None,
    participant: Participant | None = None,
    plan: Plan | None = None,
    language: str = "",
    revision: str = "",
) -> list[Result]:
    """Takes changes to one sheet, from the team (`by`) or from the participant, and answers each, in order.

    A change that is refused never blocks the others. Changes to a closed walk are kept and wait for `admit_late`.
    `plan` saves its queries where the caller has it; `language` and `revision` note in which words a participant
    read the statements. Raises NotAcceptingError when the walk is not open yet or the sheet is void.
    """
    if (by is None) == (participant is None):
        raise ValueError("Either a member of the team or the participant writes on a sheet.")
    with transaction.atomic():
        sheet = (
            Sheet.objects.select_for_update(of=("self",)).select_related("walk__audit", "participant").get(pk=sheet.pk)
        )
        if participant is not None and participant.pk != sheet.participant_id:
            raise ValueError("This is the sheet of somebody else.")
        _ask_whether_open(sheet)
        plan = plan or plan_of(sheet.walk)
        scores = _scores_of(sheet)
        results: dict[int, Result] = {}
        taken: list[tuple[int, SheetChange]] = []
        for index, change in enumerate(changes):
            if problem := problem_with(change, sheet=sheet, plan=plan, scores=scores, by=by):
                results[index] = Result(uuid=change.uuid, outcome=Outcome.REFUSED, message=problem)
            else:
                taken.append((index, change))
        accepted = participation.accept(
            audit=sheet.walk.audit,
            subject=sheet.subject,
            device=device,
            changes=[
                Incoming(uuid=change.uuid, sequence=change.sequence, part=change.part, content=change.content)
                for _index, change in taken
            ],
            participant=sheet.participant,
            by=by,
            late=sheet.walk.state == WalkState.CLOSED,
        )
        stands = []
        for (index, change), answer in zip(taken, accepted, strict=True):
            results[index] = Result(
                uuid=change.uuid,
                outcome=Outcome.of(answer.verdict),
                message=str(_MESSAGE.get(answer.verdict, "")),
            )
            if answer.verdict is Verdict.STANDS:
                stands.append(change)
        _apply(sheet, stands, plan=plan, scores=scores, from_phone=participant is not None)
        _note_language(sheet, language, revision)
    return [results[index] for index in range(len(changes))]


def record_many(
    *,
    sheets: Iterable[tuple[Sheet, Sequence[SheetChange]]],
    device: uuid.UUID,
    by: User,
    plan: Plan | None = None,
) -> list[list[Result]]:
    """Takes changes to several sheets of one walk at once, as a spreadsheet brings them: all of them or none.

    Returns the results in the order of `sheets`. Raises NotRecordedError with every result when a change is refused or
    in conflict, and NotAcceptingError as `record` does.
    """
    entries = list(sheets)
    results: dict[int, list[Result]] = {}
    with transaction.atomic():
        # Always in the same order, so that two imports cannot wait for each other.
        for index, (sheet, changes) in sorted(enumerate(entries), key=lambda entry: entry[1][0].pk):
            plan = plan or plan_of(sheet.walk)
            results[index] = record(sheet=sheet, changes=changes, device=device, by=by, plan=plan)
        in_order = [results[index] for index in range(len(entries))]
        if any(result.outcome in (Outcome.REFUSED, Outcome.CONFLICT) for found in in_order for result in found):
            raise NotRecordedError(in_order)
    return in_order


def submit(*, sheet: Sheet) -> None:
    """The participant sends the sheet. Answers may still change until the walk closes."""
    Sheet.objects.filter(pk=sheet.pk).update(submitted_at=timezone.now())


def admit_late(*, sheet: Sheet, by: User) -> int:
    """Lets what arrived for a sheet after closing count. Returns how many changes stand now.

    What the team typed about an answer that the participant gave on an own phone meanwhile is left out.
    """
    with transaction.atomic():
        sheet = (
            Sheet.objects.select_for_update(of=("self",)).select_related("walk__audit", "participant").get(pk=sheet.pk)
        )
        waiting = Change.objects.filter(subject=sheet.subject).late()
        plan = plan_of(sheet.walk)
        scores = _scores_of(sheet)
        blocked = []
        for change in waiting:
            if problem_with(_of(change), sheet=sheet, plan=plan, scores=scores, by=change.by):
                blocked.append(change)
        participation.refuse(changes=blocked, by=by)
        admitted = participation.admit(changes=[change for change in waiting if change not in blocked], by=by)
        for from_phone in (False, True):
            stands = [_of(change) for change in admitted if (change.by_id is None) == from_phone]
            _apply(sheet, stands, plan=plan, scores=scores, from_phone=from_phone)
    return len(admitted)


def refuse_late(*, sheet: Sheet, by: User) -> int:
    """Leaves what arrived for a sheet after closing out; the journal keeps it. Returns how many changes."""
    return participation.refuse(changes=Change.objects.filter(subject=sheet.subject).late(), by=by)


def late_changes(walk: CityWalk) -> dict[str, list[Change]]:
    """What waits for a decision, by the subject of its sheet."""
    found: dict[str, list[Change]] = {}
    of_walk = [sheet.subject for sheet in Sheet.objects.filter(walk=walk).only("uuid")]
    for change in Change.objects.filter(audit=walk.audit_id, state=ChangeState.LATE, subject__in=of_walk):
        found.setdefault(change.subject, []).append(change)
    return found


def waiting_on(walk: CityWalk) -> list[AnswerChange | PlaceChange]:
    """What waits for a decision about the statements and places of a walk."""
    waiting = map(_of, chain.from_iterable(late_changes(walk).values()))
    return [change for change in waiting if not isinstance(change, PersonChange)]


def late_of(sheet: Sheet) -> dict[str, SheetChange]:
    """The latest waiting change of each part of a sheet, for pages that show everything somebody typed."""
    return {change.part: _of(change) for change in Change.objects.filter(subject=sheet.subject).late()}


def problem_with(
    change: SheetChange,
    *,
    sheet: Sheet,
    plan: Plan,
    scores: dict[tuple[int, int | None], Score],
    by: User | None,
) -> str:
    """Why a change cannot be taken, as a sentence for the person; empty when it can."""
    match change:
        case AnswerChange():
            return _problem_with_answer(change, plan=plan, scores=scores, by=by)
        case PlaceChange():
            if change.place not in plan.places:
                return _("This place is not on the walk.")
            return problem_with_text(change.location, LOCATION_LENGTH)
        case PersonChange():
            return _problem_with_person(change, sheet=sheet, by=by)


def _problem_with_answer(
    change: AnswerChange, *, plan: Plan, scores: dict[tuple[int, int | None], Score], by: User | None
) -> str:
    line = plan.lines.get((change.item, change.place))
    if line is None:
        known = {item for item, _place in plan.lines}
        if change.item not in known:
            return _("This statement is not on the checklist of the walk.")
        if change.place is None:
            return _("This part is filled in once per place: say for which place.")
        return _("This statement is not filled in for this place.")
    if change.value is not None and change.value not in SCALE:
        return _("A score is a whole number from 1 to 5.")
    if change.missing and change.missing not in Missing.values:
        return _("Say “don’t know” or “left empty” where there is no score.")
    if change.value is not None and change.missing:
        return _("There is either a score or a reason why there is none.")
    score = scores.get(_slot(line))
    if by is not None and score is not None and score.from_phone:
        return _("The participant gave this answer on an own phone. It stays as it is.")
    return problem_with_text(change.comment, TEXT_LENGTH) or problem_with_text(change.suggestion, TEXT_LENGTH)


def _problem_with_person(change: PersonChange, *, sheet: Sheet, by: User | None) -> str:
    if by is None or not sheet.typed_by_team:
        return _("The participant says this on an own phone. It stays as it is.")
    if change.group and change.group not in StakeholderGroup.values:
        return _("Choose a group from the list.")
    if change.gender and change.gender not in Gender.values:
        return _("Choose a gender from the list or none.")
    if change.age_band and change.age_band not in AgeBand.values:
        return _("Choose an age from the list or none.")
    if change.age_band == AgeBand.UNDER_18 and change.takes_part and not change.guardian:
        return _("Under 18 a parent or guardian has to agree.")
    return ""


def _ask_whether_open(sheet: Sheet) -> None:
    if sheet.voided_at is not None:
        # Without the reason: it is written for the team.
        raise NotAcceptingError(
            _("The team has set this sheet aside, so it does not count. Please talk to the team on the walk.")
        )
    if sheet.walk.state == WalkState.PLANNED:
        raise NotAcceptingError(_("The walk is not open yet. Answers can be saved once the team has opened it."))


def _of(change: Change) -> SheetChange:
    return from_journal(change.part, change.content, change=change.uuid, sequence=change.sequence)


def _slot(line: Line) -> tuple[int, int | None]:
    return line.item.pk, line.place.pk if line.place else None


def _scores_of(sheet: Sheet) -> dict[tuple[int, int | None], Score]:
    return {(score.item_id, score.place_id): score for score in sheet.scores.order_by()}


def _apply(
    sheet: Sheet,
    changes: Sequence[SheetChange],
    *,
    plan: Plan,
    scores: dict[tuple[int, int | None], Score],
    from_phone: bool,
) -> None:
    """Writes what stands; the caller holds the lock on the sheet."""
    answers = [change for change in changes if isinstance(change, AnswerChange)]
    if from_phone and answers and sheet.source == SheetSource.PAPER and not scores:
        # Somebody took a printed form and filled it in on the phone.
        sheet.source = SheetSource.PHONE
        sheet.save(update_fields=["source"])
    _apply_answers(sheet, answers, plan=plan, scores=scores, from_phone=from_phone)
    _apply_places(sheet, changes, plan=plan)
    for change in changes:
        if isinstance(change, PersonChange):
            participation.join_on_paper(
                participant=sheet.participant,
                decisions={Purpose.TAKING_PART: change.takes_part, Purpose.QUOTATION: change.quotation},
                guardian=change.guardian,
                group=change.group,
                gender=change.gender,
                age_band=change.age_band,
            )


def _apply_answers(
    sheet: Sheet,
    changes: Sequence[AnswerChange],
    *,
    plan: Plan,
    scores: dict[tuple[int, int | None], Score],
    from_phone: bool,
) -> None:
    now = timezone.now()
    new, changed = [], []
    for change in changes:
        line = plan.lines[change.item, change.place]
        score = scores.get(_slot(line))
        if score is None:
            score = scores[_slot(line)] = Score(sheet=sheet, item=line.item, place=line.place)
            new.append(score)
        else:
            changed.append(score)
        score.value, score.missing = change.value, change.missing
        score.comment, score.suggestion = change.comment, change.suggestion
        score.from_phone = from_phone
        score.changed_at = now
    Score.objects.bulk_create(new)
    Score.objects.bulk_update(
        changed, ["value", "missing", "comment", "suggestion", "from_phone", "changed_at"], batch_size=100
    )


def _apply_places(sheet: Sheet, changes: Sequence[SheetChange], *, plan: Plan) -> None:
    """Heads of per-place forms. Where only answers came, the head says the day of the walk."""
    heads = {change.place: change for change in changes if isinstance(change, PlaceChange)}
    filled = {change.place for change in changes if isinstance(change, AnswerChange) and change.place}
    if not heads and not filled:
        return
    known = {head.place_id: head for head in SheetPlace.objects.filter(sheet=sheet)}
    for place_uuid in (*heads, *(filled - heads.keys())):
        place = plan.places[place_uuid]
        head = known.get(place.pk) or SheetPlace(sheet=sheet, place=place, date=sheet.walk.date)
        if change := heads.get(place_uuid):
            head.location, head.date, head.time = change.location, change.date, change.time
        elif head.pk:
            continue
        head.save()


def _note_language(sheet: Sheet, language: str, revision: str) -> None:
    if language and (sheet.language, sheet.translation_revision) != (language, revision):
        sheet.language, sheet.translation_revision = language, revision
        sheet.save(update_fields=["language", "translation_revision"])
