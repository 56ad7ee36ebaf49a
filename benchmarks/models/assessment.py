"""A city's assessment against a benchmark: factors in scope, judgements, evidence (toolkits, "internal assessment")."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from audits.agenda.models import EvidenceLink
from audits.models import Audit, Identified, Versioned

from ..enums import AssessmentKind, AssessmentState, DocumentaryKind, EvidenceKind, Part, SchemeKind, Verdict
from .instrument import Benchmark, ContextFactor, GuideQuestion, KeyFactor

TEXT_LENGTH = 6000


class AssessmentQuerySet(models.QuerySet):
    def with_benchmark(self) -> Self:
        return self.select_related("benchmark", "lead", "baseline")

    def repeatable(self) -> Self:
        """Those with which a repeat can be compared: closed, with something judged."""
        judged = Judgement.objects.filter(assessed__assessment=OuterRef("pk")).exclude(verdict=Verdict.NOT_JUDGED)
        return self.filter(Exists(judged), state=AssessmentState.CLOSED)


class Assessment(Identified, Versioned):
    """One run of testing the city against a benchmark. It keeps the version of the benchmark that it began with,
    until somebody moves it to another one.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="assessments")
    benchmark = models.ForeignKey(
        Benchmark, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("benchmark")
    )
    kind = models.CharField(
        _("kind of assessment"), max_length=8, choices=AssessmentKind, default=AssessmentKind.INTERNAL
    )
    title = models.CharField(_("title"), max_length=200)
    migrant_definition = models.TextField(
        _("who is meant by “migrant”"), blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)]
    )
    people = models.CharField(
        _("who judges"),
        max_length=300,
        blank=True,
        help_text=_("In words, as the report says it. For example: five people of three departments"),
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who leads it"),
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    baseline = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="repeats",
        verbose_name=_("repeats the assessment"),
    )
    state = models.CharField(
        _("state"), max_length=6, choices=AssessmentState, default=AssessmentState.OPEN, editable=False
    )
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AssessmentQuerySet.as_manager()

    written = ("title", "migrant_definition", "people", "lead_id", "starts_on", "ends_on")

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AssessmentKind.values), name="assessment_kind_is_known"),
            models.CheckConstraint(
                condition=Q(state=AssessmentState.OPEN, closed_at__isnull=True)
                | Q(state=AssessmentState.CLOSED, closed_at__isnull=False),
                name="assessment_closed_says_when",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="assessment_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | ~Q(baseline=F("pk")),
                name="assessment_not_its_own_baseline",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("benchmarks:assessment-detail", args=[self.audit.slug, self.uuid])

    @property
    def is_open(self) -> bool:
        return self.state == AssessmentState.OPEN


class Scheme(Identified):
    """A neighbourhood or participation scheme for which the neighbourhood factors are judged, one by one."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="schemes")
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=13, choices=SchemeKind, default=SchemeKind.NEIGHBOURHOOD)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("neighbourhood or scheme")
        verbose_name_plural = _("neighbourhoods and schemes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "name"],
                name="scheme_named_once",
                violation_error_message=_("There is one of this name already."),
            ),
            models.CheckConstraint(condition=Q(kind__in=SchemeKind.values), name="scheme_kind_is_known"),
        ]

    def __str__(self):
        return self.name


class AssessedFactorQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        return self.order_by("factor__position", "pk")

    def in_scope(self) -> Self:
        return self.filter(in_scope=True)

    def counting(self) -> Self:
        """Those that count in a result: in scope, and of the benchmark's version that the assessment has now."""
        return self.in_scope().filter(factor__benchmark=F("assessment__benchmark"))

    def with_judgements(self) -> Self:
        """With factor, assignee, and the judgements with their schemes; `Judgement.evidence` too."""
        judgements = Judgement.objects.select_related("scheme").prefetch_related("evidence", "context_factors")
        return self.select_related("factor", "assignee").prefetch_related(Prefetch("judgements", judgements))


class AssessedFactor(Identified):
    """A key factor in an assessment: whether it is in scope, who judges it and by when.

    Out of scope, it keeps all that was written about it. After a move to another version of the benchmark, a factor
    without a counterpart there stays with its old wording (`is_left_over`).
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="factors")
    factor = models.ForeignKey(KeyFactor, on_delete=models.PROTECT, related_name="assessed")
    in_scope = models.BooleanField(_("in scope"), default=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who judges it"),
    )
    due = models.DateField(_("by when"), null=True, blank=True)

    objects = AssessedFactorQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessed factor")
        verbose_name_plural = _("assessed factors")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "factor"], name="factor_assessed_once_per_assessment")
        ]

    def __str__(self):
        return str(self.factor)

    def get_absolute_url(self):
        return reverse("benchmarks:factor", args=[self.assessment.audit.slug, self.assessment.uuid, self.uuid])

    @property
    def is_left_over(self) -> bool:
        """Whether it belongs to another version of the benchmark than the assessment now."""
        return self.factor.benchmark_id != self.assessment.benchmark_id

    @property
    def counts(self) -> bool:
        """As `AssessedFactorQuerySet.counting`."""
        return self.in_scope and not self.is_left_over

    @property
    def per_scheme(self) -> bool:
        """Whether it is judged once per neighbourhood or scheme."""
        return self.factor.part == Part.NEIGHBOURHOOD

    @property
    def counted(self) -> list[Judgement]:
        """The judgements that count: one for the whole city, or one for each neighbourhood or scheme.

        Where the factor has come from the other part of the benchmark in another version, what was judged there stays
        beside them.
        """
        return [
            judgement for judgement in self.judgements.all() if (judgement.scheme_id is not None) == self.per_scheme
        ]

    @property
    def uncounted(self) -> list[Judgement]:
        counted = self.counted
        return [judgement for judgement in self.judgements.all() if judgement not in counted]


class BaseJudgement(Versioned):
    """What somebody holds of a factor: the city itself, or its peers."""

    verdict = models.CharField(_("judgement"), max_length=12, choices=Verdict, default=Verdict.NOT_JUDGED)
    reasoning = models.TextField(_("reasons"), blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)])

    written = ("verdict", "reasoning")

    class Meta:
        abstract = True


class Judgement(Identified, BaseJudgement):
    """The city's own judgement of a factor, as a whole or for one neighbourhood or scheme."""

    assessed = models.ForeignKey(AssessedFactor, on_delete=models.CASCADE, related_name="judgements")
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, null=True, blank=True, related_name="judgements")
    context_factors = models.ManyToManyField(
        ContextFactor, blank=True, related_name="+", verbose_name=_("what explains it in the city’s situation")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["scheme__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessed"], condition=Q(scheme__isnull=True), name="factor_judged_once_as_a_whole"
            ),
            models.UniqueConstraint(
                fields=["assessed", "scheme"], condition=Q(scheme__isnull=False), name="factor_judged_once_per_scheme"
            ),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="judgement_verdict_is_known"),
        ]

    def __str__(self):
        return f"{self.assessed}: {self.get_verdict_display()}"

    @property
    def holds_something(self) -> bool:
        """Whether anything was written about it: judgement, reasons, evidence, an answer."""
        return bool(self.verdict != Verdict.NOT_JUDGED or self.reasoning or self.evidence.all() or self.answers.all())

    def get_absolute_url(self):
        address = self.assessed.get_absolute_url()
        return f"{address}?scheme={self.scheme.uuid}" if self.scheme_id else address


class QuestionAnswer(models.Model):
    """The answer to a guide question of the factor; guarded by the version of its judgement."""

    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(GuideQuestion, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), validators=[MaxLengthValidator(TEXT_LENGTH)])

    guarded_by = "judgement"

    class Meta:
        verbose_name = _("answer to a guide question")
        verbose_name_plural = _("answers to guide questions")
        ordering = ["question__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["judgement", "question"], name="guide_question_answered_once")]

    def __str__(self):
        return self.text[:80]


class Evidence(Identified, Versioned):
    """What a judgement rests on; `links` points to its source in the same audit, where there is one."""

    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind of evidence"), max_length=11, choices=EvidenceKind)
    documentary = models.CharField(_("kind of document"), max_length=13, choices=DocumentaryKind, blank=True)
    title = models.CharField(_("what it is"), max_length=300)
    text = models.TextField(_("what it shows"), blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)])
    place = models.CharField(_("where in it"), max_length=80, blank=True, help_text=_("For example: pages 4–9"))
    web = models.URLField(_("address on the web"), max_length=600, blank=True)
    question = models.ForeignKey(
        GuideQuestion,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("which guide question it answers"),
    )
    links = GenericRelation(EvidenceLink, content_type_field="holder_type", object_id_field="holder_id")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    written = ("kind", "documentary", "title", "text", "place", "web", "question_id")

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="judgement_evidence_kind_is_known"),
            models.CheckConstraint(
                condition=Q(documentary="") | Q(kind=EvidenceKind.DOCUMENTARY, documentary__in=DocumentaryKind.values),
                name="documentary_kind_of_documents_alone",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def cited(self) -> str:
        """What it is and where in it, in one line."""
        title, place = (" ".join(text.split()) for text in (self.title, self.place))
        return f"{title.rstrip('.')} ({place})" if place else title.rstrip(".")

    def get_absolute_url(self):
        return f"{self.judgement.get_absolute_url()}#evidence"

    def resting_rows(self) -> list[models.QuerySet]:
        """Rows into which words of its sources may have been copied: its judgement, and the answers beside it."""
        return [Judgement.objects.filter(pk=self.judgement_id), QuestionAnswer.objects.filter(judgement=self.judgement)]
