"""Forms of a peer review."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audits.enums import Role
from audits.forms.fields import DayField, LongText, SentOnceForm
from audits.forms.versioned import VersionedForm
from audits.models import Audit, User, Versioned
from audits.widgets import ExplainedChoices, TimeInput

from ..actions import reviews as actions
from ..enums import MeetingKind, Verdict
from ..models import (
    AssessedFactor,
    FeedbackSession,
    InterviewEvidence,
    Meeting,
    PeerConclusions,
    PeerJudgement,
    PeerReview,
)


class OfReview(VersionedForm):
    """A form of something in a review, which can be written at some stages only. `save_as` raises TooLateError at others."""

    stages = actions.PLAN

    def __init__(self, *args, review: PeerReview, **kwargs):
        self.review = review
        super().__init__(*args, **kwargs)
        if self.instance.pk and "uuid" in self.fields:
            del self.fields["uuid"]

    @transaction.atomic
    def save_as(self, by: User) -> Versioned:
        actions.hold(self.review, self.stages)
        return super().save_as(by)


class FactorsField(forms.ModelMultipleChoiceField):
    """Key factors of one assessment, to be ticked."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": _("One of the key factors is not part of this review."),
        "invalid_pk_value": _("One of the key factors is not part of this review."),
    }

    def label_from_instance(self, assessed: AssessedFactor) -> str:
        return str(assessed.factor)


def _factors(review: PeerReview):
    return review.assessment.factors.counting().in_order().select_related("factor")


class ReviewForm(SentOnceForm, VersionedForm):
    """The plan of a review."""

    stages = actions.PLAN

    class Meta:
        model = PeerReview
        fields = ["expert_lead", "team", "visit_from", "visit_to", "letter"]
        widgets = {
            "team": LongText(attrs={"rows": 4}),
            "letter": LongText(attrs={"rows": 6}),
        }
        field_classes = {"visit_from": DayField, "visit_to": DayField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["uuid"]

    @transaction.atomic
    def save_as(self, by: User) -> Versioned:
        actions.hold(self.instance, self.stages)
        return super().save_as(by)


class AddPeersForm(forms.Form):
    """Peer reviewers of the audit's team who are no peers of this review yet."""

    add = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who reviews?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one person."),
            "invalid_choice": _("One of them is no peer reviewer in the team any more."),
            "invalid_pk_value": _("One of them is no peer reviewer in the team any more."),
        },
    )

    def __init__(self, *args, review: PeerReview, audit: Audit, **kwargs):
        super().__init__(*args, **kwargs)
        reviewers = User.objects.filter(memberships__audit=audit, memberships__role=Role.REVIEWER, is_active=True)
        self.fields["add"].queryset = reviewers.exclude(pk__in=review.peers.values("user")).order_by("name", "pk")
        self.fields["add"].label_from_instance = lambda user: (
            f"{user}, {user.organisation}" if user.organisation else str(user)
        )


class RemovePeerForm(forms.Form):
    remove = forms.ModelChoiceField(None)

    def __init__(self, *args, review: PeerReview, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remove"].queryset = review.peers.all()


class MeetingForm(SentOnceForm, OfReview):
    """A meeting of the visit. On a day outside the visit it has to be meant: `outside` is asked for then, once."""

    outside = forms.BooleanField(label=_("It is on this day, outside the visit"), required=False)
    factors = FactorsField(AssessedFactor.objects.none(), label=_("Which key factors is it about?"), required=False)

    class Meta:
        model = Meeting
        fields = ["kind", "whom", "day", "starts_at", "ends_at", "where", "note", "factors"]
        labels = {
            "kind": _("What is it?"),
            "whom": _("With whom?"),
            "starts_at": _("Begins at"),
            "ends_at": _("Ends at"),
            "where": _("Where?"),
        }
        help_texts = {
            "whom": _("Functions and organisations, for example: head of housing. Never a person’s name."),
        }
        error_messages = {"whom": {"required": _("Write with whom the peers meet.")}}
        field_classes = {"day": DayField}
        widgets = {
            "kind": forms.RadioSelect,
            "starts_at": TimeInput,
            "ends_at": TimeInput,
            "note": LongText(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self._is_outside():
            del self.fields["outside"]
        self.fields["kind"].choices = MeetingKind.choices
        self.fields["factors"].queryset = _factors(self.review)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ends_at") and not cleaned.get("starts_at") and "starts_at" not in self.errors:
            self.add_error("starts_at", _("Write when it begins, too."))
        if "outside" in self.fields and not cleaned.pop("outside", False):
            words = _("This day is outside the visit (%(days)s). Choose another one, or say below that it is meant.")
            self.add_error("day", forms.ValidationError(words, params={"days": self.review.visit_days}))
        return cleaned

    def _is_outside(self) -> bool:
        """Whether a day is chosen now on which the peers are not there; one that stands so was meant."""
        try:
            day = self.is_bound and self.fields["day"].to_python(self["day"].value())
        except forms.ValidationError:
            return False
        return bool(day and str(day) != str(self["day"].initial) and self.review.is_outside(day))

    def clean_factors(self):
        return list(self.cleaned_data["factors"])


class InterviewForm(SentOnceForm, OfReview):
    stages = actions.PEERS_WORK

    factors = FactorsField(
        AssessedFactor.objects.none(),
        label=_("Which key factors is it about?"),
        error_messages={"required": _("Tick at least one key factor.")},
    )

    class Meta:
        model = InterviewEvidence
        fields = ["text", "said_by", "meeting", "factors"]
        labels = {
            "text": _("What was said?"),
            "said_by": _("Who said it?"),
            "meeting": _("In which meeting?"),
        }
        error_messages = {"text": {"required": _("Write what was said.")}}
        widgets = {"text": LongText(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["factors"].queryset = _factors(self.review)
        self.fields["meeting"].queryset = self.review.meetings.all()
        self.fields["meeting"].empty_label = _("None of the visit plan")
        self.fields["meeting"].error_messages["invalid_choice"] = _("This meeting is not in the visit plan any more.")
        self.fields["said_by"].widget.attrs["dir"] = "auto"

    def clean_factors(self):
        return list(self.cleaned_data["factors"])


class PeerJudgementForm(OfReview):
    stages = actions.PEERS_WORK

    verdict = forms.ChoiceField(
        label=_("Is this key factor in place, by what you have read and heard?"),
        choices=Verdict,
        widget=ExplainedChoices(explanations={one.value: one.meaning for one in Verdict}),
        error_messages={"required": _("Choose a judgement, or “Not yet judged”.")},
    )

    class Meta:
        model = PeerJudgement
        fields = ["verdict", "reasoning"]
        labels = {"reasoning": _("Reasons")}
        help_texts = {"reasoning": _("Two or three sentences that name the evidence. They go into the report.")}
        widgets = {"reasoning": LongText(attrs={"rows": 6})}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == Verdict.NOT_RELEVANT and not cleaned.get("reasoning"):
            self.add_error("reasoning", _("Say why it is not relevant for this city."))
        return cleaned


class ConclusionsForm(OfReview):
    stages = actions.PEERS_WORK

    class Meta:
        model = PeerConclusions
        fields = ["conclusions", "recommendations"]
        help_texts = {
            "conclusions": _("How the city performs against the benchmark, from documents and interviews together."),
            "recommendations": _("What would help the city to strengthen its integration work."),
        }
        widgets = {"conclusions": LongText(attrs={"rows": 10}), "recommendations": LongText(attrs={"rows": 10})}


class FeedbackForm(OfReview):
    stages = actions.FEEDBACK

    class Meta:
        model = FeedbackSession
        fields = ["held_on", "text"]
        help_texts = {"text": _("By function or side, without names. Host and peers write here together.")}
        field_classes = {"held_on": DayField}
        widgets = {"text": LongText(attrs={"rows": 10})}


class GoOnForm(forms.Form):
    """Asks before a step that cannot be taken back. Where something is missing, whoever takes it says that they know;
    what went missing after the page was opened is shown before that."""

    go_on = forms.BooleanField(
        label=_("Go on without what is missing"),
        error_messages={"required": _("Something is missing. Tick this to go on without it.")},
    )

    def __init__(self, *args, missing: Sequence, **kwargs):
        super().__init__(*args, **kwargs)
        if not missing:
            del self.fields["go_on"]


class PrintForm(SentOnceForm):
    """What of a review is printed, in which language."""

    REPORT, VISIT = "report", "visit"

    what = forms.ChoiceField(label=_("What to print"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args, choices: Sequence[str], language: str, **kwargs):
        super().__init__(*args, **kwargs)
        names = {self.REPORT: _("The report of the peer review"), self.VISIT: _("The visit plan")}
        self.fields["what"].choices = [(one, names[one]) for one in choices]
        self.fields["what"].initial = choices[0]
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["language"].initial = language
