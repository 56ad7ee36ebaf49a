"""The seven steps of the EUROCITIES peer review and how far a review is in each.

A step is done when it was done: days that have not come yet, and the release alone, make none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from audits.enums import Role
from audits.instruments import Text, translated

from .enums import AssessmentState, MeetingKind
from .models import FeedbackSession, Meeting, PeerConclusions, PeerReview, PeerReviewStep
from .reviewing import FactorRow


class StepState(TextChoices):
    DONE = "done", pgettext_lazy("step of a peer review", "Done")
    NOW = "now", pgettext_lazy("step of a peer review", "Going on")
    PLANNED = "planned", pgettext_lazy("step of a peer review", "Planned")
    TO_COME = "to_come", pgettext_lazy("step of a peer review", "Still to come")
    # After the release nothing of these is written any more.
    IN_PART = "in_part", pgettext_lazy("step of a peer review", "Done in part")
    LEFT_OUT = "left_out", pgettext_lazy("step of a peer review", "Not done")
    CLOSED = "closed", pgettext_lazy("step of a peer review", "Only the peers see it until they release it")

    @property
    def icon(self) -> str:
        return ICONS[self]


ICONS = {
    StepState.DONE: "check-circle-fill",
    StepState.NOW: "circle-half",
    StepState.PLANNED: "calendar-event",
    StepState.TO_COME: "circle",
    StepState.IN_PART: "circle-half",
    StepState.LEFT_OUT: "dash-circle",
    StepState.CLOSED: "eye-slash",
}


@dataclass(frozen=True)
class StepShown:
    title: Text
    text: Text
    step: PeerReviewStep
    state: StepState


def steps_of(
    review: PeerReview,
    *,
    peers: Sequence,
    rows: Sequence[FactorRow],
    meetings: Sequence[Meeting],
    conclusions: PeerConclusions | None,
    feedback: FeedbackSession | None,
    language: str,
) -> list[StepShown]:
    """All steps, as the seat of the review may know of them: before the release the host learns nothing of the check,
    the evidence and the conclusions. `peers` have their `role`; `conclusions` and `feedback` are None where they may
    not be read.
    """
    today = timezone.localdate()
    visit = _visit(review, meetings, today, recorded=any(row.recorded for row in rows))
    assessed = review.is_shared or review.assessment.state == AssessmentState.CLOSED
    states = {
        "step-1": _state(review.is_released or any(peer.role == Role.REVIEWER for peer in peers)),
        "step-3": StepState.DONE if assessed else StepState.NOW,
        "step-4": visit,
        "step-7": _feedback(review, meetings, feedback, today),
    }
    if review.seat.reads_peers:
        judged = [row.peer_verdict.is_judged for row in rows]
        recorded = any(row.recorded for row in rows)
        heard = recorded and (review.is_released or visit == StepState.DONE)
        written = [bool(conclusions and text) for text in _texts(conclusions)]
        states |= {
            "step-2": _written(review, bool(judged) and all(judged), any(judged)),
            "step-5": _written(review, heard, recorded),
            "step-6": _written(review, all(written), any(written)),
        }
    unknown = StepState.CLOSED if review.was_shared else StepState.TO_COME
    steps = list(PeerReviewStep.objects.all())
    texts = translated(steps, language)
    return [StepShown(**texts.of(step), step=step, state=states.get(step.key, unknown)) for step in steps]


def _state(done: bool) -> StepState:
    return StepState.DONE if done else StepState.TO_COME


def _texts(conclusions: PeerConclusions | None) -> tuple[str, str]:
    return (conclusions.conclusions, conclusions.recommendations) if conclusions else ("", "")


def _written(review: PeerReview, done: bool, begun: bool) -> StepState:
    """What the peers write, until the release ends it."""
    if done:
        return StepState.DONE
    if review.is_released:
        return StepState.IN_PART if begun else StepState.LEFT_OUT
    return StepState.NOW if begun else StepState.TO_COME


def _visit(review: PeerReview, meetings: Sequence[Meeting], today: date, *, recorded: bool) -> StepState:
    """By the days of the meetings, and of the visit; a feedback session is a step of its own. Without any day nobody
    knows after the release whether a meeting took place, unless something was `recorded`.
    """
    held = [one.day for one in meetings if one.kind != MeetingKind.FEEDBACK]
    days = [day for day in (*held, review.visit_from, review.visit_to) if day]
    if days and min(days) > today:
        return StepState.PLANNED
    if days and max(days) >= today:
        return StepState.NOW
    if days and held:
        return StepState.DONE
    if review.is_released:
        return StepState.IN_PART if held and recorded else StepState.LEFT_OUT
    return StepState.PLANNED if held else StepState.TO_COME


def _feedback(
    review: PeerReview, meetings: Sequence[Meeting], feedback: FeedbackSession | None, today: date
) -> StepState:
    if feedback and feedback.held_on and feedback.held_on > today:
        return StepState.PLANNED
    if feedback and (feedback.held_on or feedback.text):
        return StepState.DONE if review.is_finished else StepState.NOW
    if review.is_finished:
        return StepState.LEFT_OUT
    planned = any(one.kind == MeetingKind.FEEDBACK and (not one.day or one.day >= today) for one in meetings)
    return StepState.PLANNED if planned else StepState.TO_COME
