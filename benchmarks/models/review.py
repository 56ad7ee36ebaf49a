"""A peer review by the EUROCITIES steps: team, visit, interview evidence, judgements of the peers, conclusions."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from audits.dates import long_date
from audits.enums import Role
from audits.models import Identified, Membership, Versioned

from ..enums import MeetingKind, ReviewState, Verdict
from .assessment import AssessedFactor, Assessment, BaseJudgement, Scheme

TEXT_LENGTH = 6000
LONG = [MaxLengthValidator(TEXT_LENGTH)]


class PeerReview(Identified, Versioned):
    """Peers from other cities check the host's closed self-assessment factor by factor.

    What the peers write (judgements, interview evidence, conclusions) is theirs alone until `released_at`.
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="review")
    expert_lead = models.CharField(
        _("expert who leads the team"), max_length=200, blank=True, help_text=_("Name and organisation")
    )
    team = models.TextField(
        _("the team of peers"),
        blank=True,
        validators=LONG,
        help_text=_("Cities and organisations, one to a line. Peers may also come from migrant organisations."),
    )
    visit_from = models.DateField(_("first day of the visit"), null=True, blank=True)
    visit_to = models.DateField(_("last day of the visit"), null=True, blank=True)
    letter = models.TextField(
        _("what the peers should look at"), blank=True, validators=LONG, help_text=_("The peers read it first.")
    )
    state = models.CharField(
        _("stage"), max_length=9, choices=ReviewState, default=ReviewState.PREPARING, editable=False
    )
    shared_at = models.DateTimeField(null=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    written = ("expert_lead", "team", "visit_from", "visit_to", "letter")

    class Meta:
        verbose_name = _("peer review")
        verbose_name_plural = _("peer reviews")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="review_state_is_known"),
            models.CheckConstraint(
                condition=Q(visit_from__isnull=True) | Q(visit_to__isnull=True) | Q(visit_to__gte=F("visit_from")),
                name="review_visit_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(state__in=[ReviewState.RELEASED, ReviewState.FINISHED]),
                name="review_released_says_so",
            ),
        ]

    def __str__(self):
        return str(self.assessment)

    def get_absolute_url(self) -> str:
        return reverse("benchmarks:review-detail", args=[self.assessment.audit.slug, self.uuid])

    @property
    def visit_days(self) -> str:
        """First and last day of the visit as they are read, as far as they are fixed."""
        days = [long_date(day) for day in (self.visit_from, self.visit_to) if day]
        return " – ".join(dict.fromkeys(days))

    def is_outside(self, day: date) -> bool:
        """Whether the peers are not there on that day, as far as the days of the visit are fixed."""
        return bool((self.visit_from and day < self.visit_from) or (self.visit_to and day > self.visit_to))

    @property
    def is_shared(self) -> bool:
        return self.state != ReviewState.PREPARING

    @property
    def was_shared(self) -> bool:
        """Whether it was with the peers at any time, also where that was taken back: they may have written then."""
        return self.shared_at is not None or self.is_shared

    @property
    def can_be_planned(self) -> bool:
        """Whether letter, team and meetings can be changed: until the release."""
        return self.state in (ReviewState.PREPARING, ReviewState.SHARED)

    @property
    def is_released(self) -> bool:
        """Whether the host may read what the peers have written."""
        return self.released_at is not None

    @property
    def is_finished(self) -> bool:
        return self.state == ReviewState.FINISHED

    @property
    def peers_write(self) -> bool:
        """Whether judgements, interview evidence and conclusions can be written now."""
        return self.state == ReviewState.SHARED

    def address(self, name: str, *more: object) -> str:
        """The address of a page of this review: `review.address("review-release")`."""
        return reverse(f"benchmarks:{name}", args=[self.assessment.audit.slug, self.uuid, *more])


class PeerQuerySet(models.QuerySet):
    def with_role(self) -> Self:
        """`role`: what the peer is in the audit's team now, None for who has left it."""
        role = Membership.objects.filter(user=OuterRef("user"), audit=OuterRef("review__assessment__audit"))
        return self.annotate(role=Subquery(role.values("role")[:1]))

    def active(self) -> Self:
        """Those who still are peer reviewers in the audit's team; the others have no access any more."""
        return self.with_role().filter(role=Role.REVIEWER)


class Peer(models.Model):
    """A member of the peers' team with an account; in the audit's team with the role of a peer reviewer."""

    review = models.ForeignKey(PeerReview, on_delete=models.CASCADE, related_name="peers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = PeerQuerySet.as_manager()

    class Meta:
        verbose_name = _("peer")
        verbose_name_plural = _("peers")
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "user"], name="peer_once_per_review")]

    def __str__(self):
        return str(self.user)


class PeerConclusions(Versioned):
    """What the peers draw from documents and interviews together (EUROCITIES, peer review method, step 6)."""

    review = models.OneToOneField(PeerReview, on_delete=models.CASCADE, related_name="conclusions")
    conclusions = models.TextField(_("conclusions"), blank=True, validators=LONG)
    recommendations = models.TextField(_("recommendations"), blank=True, validators=LONG)

    written = ("conclusions", "recommendations")

    class Meta:
        verbose_name = _("conclusions of a peer review")
        verbose_name_plural = _("conclusions of peer reviews")

    def __str__(self):
        return self.conclusions[:80]

    def get_absolute_url(self):
        return self.review.address("review-conclusions")


class FeedbackSession(Versioned):
    """The session in which the peers tell the host what they found (step 7); both sides write it up."""

    review = models.OneToOneField(PeerReview, on_delete=models.CASCADE, related_name="feedback")
    held_on = models.DateField(_("day of the feedback session"), null=True, blank=True)
    text = models.TextField(_("what was said"), blank=True, validators=LONG)

    written = ("held_on", "text")

    class Meta:
        verbose_name = _("feedback session")
        verbose_name_plural = _("feedback sessions")

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        return self.review.address("review-feedback")


class Meeting(Identified, Versioned):
    """An interview, group or visit of the peers' programme. With whom is a function, never a person's name."""

    review = models.ForeignKey(PeerReview, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=9, choices=MeetingKind, default=MeetingKind.INTERVIEW)
    day = models.DateField(_("day"), null=True, blank=True)
    starts_at = models.TimeField(pgettext_lazy("time", "from"), null=True, blank=True)
    ends_at = models.TimeField(pgettext_lazy("time", "to"), null=True, blank=True)
    whom = models.CharField(
        _("with whom"), max_length=200, help_text=_("Functions and organisations, for example: head of housing")
    )
    where = models.CharField(_("where"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True, validators=[MaxLengthValidator(1000)])
    factors = models.ManyToManyField(
        AssessedFactor, blank=True, related_name="meetings", verbose_name=_("key factors that it is about")
    )

    written = ("kind", "day", "starts_at", "ends_at", "whom", "where", "note")

    class Meta:
        verbose_name = _("meeting of the visit")
        verbose_name_plural = _("meetings of the visit")
        ordering = [F("day").asc(nulls_last=True), F("starts_at").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_is_known"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("The end is not after the beginning."),
            ),
        ]

    def __str__(self):
        return self.whom

    def get_absolute_url(self):
        return f"{self.review.get_absolute_url()}#visit"


class InterviewEvidence(Identified, Versioned):
    """A piece of evidence from an interviewee, recorded by a peer against one factor or several."""

    review = models.ForeignKey(PeerReview, on_delete=models.CASCADE, related_name="evidence")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="evidence", verbose_name=_("heard in")
    )
    said_by = models.CharField(
        _("who said it"),
        max_length=160,
        blank=True,
        help_text=_("A function or organisation, for example: teacher. Never a person’s name."),
    )
    text = models.TextField(_("what was said"), validators=LONG)
    factors = models.ManyToManyField(
        AssessedFactor, related_name="interview_evidence", verbose_name=_("key factors that it is about")
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    written = ("meeting_id", "said_by", "text")

    class Meta:
        verbose_name = _("interview evidence")
        verbose_name_plural = _("interview evidence")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        return self.review.address("interview-edit", self.uuid)


class PeerJudgement(BaseJudgement):
    """The peers' joint judgement of a factor, beside the host's."""

    review = models.ForeignKey(PeerReview, on_delete=models.CASCADE, related_name="judgements")
    assessed = models.ForeignKey(AssessedFactor, on_delete=models.CASCADE, related_name="peer_judgements")
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, null=True, blank=True, related_name="peer_judgements")

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("peers’ judgement")
        verbose_name_plural = _("peers’ judgements")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "assessed"], condition=Q(scheme__isnull=True), name="peers_judge_a_factor_once"
            ),
            models.UniqueConstraint(
                fields=["review", "assessed", "scheme"],
                condition=Q(scheme__isnull=False),
                name="peers_judge_a_factor_once_per_scheme",
            ),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="peer_verdict_is_known"),
        ]

    def __str__(self):
        return f"{self.assessed}: {self.get_verdict_display()}"

    def get_absolute_url(self):
        address = self.review.address("review-factor", self.assessed.uuid)
        return f"{address}?scheme={self.scheme.uuid}" if self.scheme_id else address
