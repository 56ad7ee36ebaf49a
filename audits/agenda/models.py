"""Findings, their evidence, and recommendations: the ground on which every method's results meet."""

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Count, Prefetch, Q, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audits import methods
from audits.enums import Area
from audits.models import Audit, Identified
from audits.search import holding, words

from .enums import FindingKind

TEXT_LENGTH = 6000
COMMENT_LENGTH = 3000


class EvidenceLink(models.Model):
    """Points from a finding or judgement to its source: app, type and UUID (DESIGN section 3).

    The source lives in a method's app, which this room must not import; the registry resolves the reference.
    `caption` and `figures` keep what the source said when it was linked.
    """

    holder_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    holder_id = models.PositiveBigIntegerField()
    holder = GenericForeignKey("holder_type", "holder_id")
    app = models.CharField(_("method"), max_length=40)
    type = models.CharField(_("kind of source"), max_length=40)
    source = models.UUIDField(_("source"))
    caption = models.CharField(_("caption"), max_length=400)
    figures = models.JSONField(_("figures when linked"), default=dict, blank=True)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["app", "type", "source"], name="evidence_source")]
        constraints = [
            models.UniqueConstraint(
                fields=["holder_type", "holder_id", "app", "type", "source"], name="evidence_linked_once"
            )
        ]

    def __str__(self):
        return self.caption


class NumberSeries(models.Model):
    """The last number that an audit has given to one kind of text, so that none is given twice.

    Its row is also the lock under which numbers are given and orders changed.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="+")
    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [models.UniqueConstraint(fields=["audit", "series"], name="number_series_once")]

    def __str__(self):
        return f"{self.series}: {self.last}"


class NumberedTextQuerySet(models.QuerySet):
    def in_report_order(self) -> Self:
        """By area in the toolkit's order, then by position."""
        order = models.Case(*(models.When(area=area, then=place) for place, area in enumerate(Area.values)))
        return self.alias(area_place=order).order_by("area_place", "position", "pk")

    def mentioning(self, text: str) -> Self:
        """Texts in which each of the words occurs, in any order and script; a code such as "F12" is found too."""
        code = Concat(Value(self.model.letter), Cast("number", TextField()), output_field=TextField())
        found = self.alias(searched_code=code)
        for word in words(text):
            found = found.filter(holding(word, ["searched_code", *self.model.searched]))
        return found


class NumberedText(Identified):
    """What findings and recommendations share: number, area, place in the area, version.

    A number is given once and never again, also after a deletion. A save that started from an older version than
    the present one is shown to its writer, not written (DESIGN rule 12).
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="%(class)ss")
    number = models.PositiveIntegerField(_("number"), editable=False)
    area = models.CharField(_("area"), max_length=10, choices=Area)
    position = models.PositiveIntegerField(_("position"), default=0)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(_("text changed on"), default=timezone.now, editable=False)

    objects = NumberedTextQuerySet.as_manager()

    letter: str
    searched: tuple[str, ...]
    written: tuple[str, ...]

    class Meta:
        abstract = True

    @property
    def code(self) -> str:
        """How texts refer to it, for example F12 or R3."""
        return f"{self.letter}{self.number}"

    @property
    def area_label(self):
        return Area(self.area).label


class FindingQuerySet(NumberedTextQuerySet):
    def with_evidence(self):
        """With the links to their sources, for reports and lists."""
        return self.prefetch_related("evidence")

    def with_recommendations(self):
        """With the recommendations that rest on them, in report order."""
        return self.prefetch_related(Prefetch("recommendations", Recommendation.objects.in_report_order()))

    def with_comment_count(self):
        """Annotates `comment_count`."""
        return self.annotate(comment_count=Count("comments", distinct=True))

    def without_recommendation(self):
        """On which no recommendation rests."""
        return self.filter(recommendations__isnull=True)


class Finding(NumberedText):
    """What a method has shown about one of the four areas."""

    method = models.CharField(
        _("where it comes from"), max_length=40, blank=True, help_text=_("The method that has shown it.")
    )
    kind = models.CharField(_("kind of finding"), max_length=16, choices=FindingKind)
    text = models.TextField(_("finding"), validators=[MaxLengthValidator(TEXT_LENGTH)])
    evidence = GenericRelation(EvidenceLink, content_type_field="holder_type", object_id_field="holder_id")

    objects = FindingQuerySet.as_manager()

    letter = "F"
    searched = ("text",)
    written = ("text", "area", "kind", "method")

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="finding_number_unique"),
            models.CheckConstraint(condition=Q(area__in=Area.values), name="finding_area_is_known"),
            models.CheckConstraint(condition=Q(kind__in=FindingKind.values), name="finding_kind_is_known"),
        ]

    def __str__(self):
        return f"{self.code} {self.text[:80]}"

    def get_absolute_url(self):
        return reverse("agenda:finding-detail", args=[self.audit.slug, self.number])

    @property
    def method_name(self):
        """Name of the method it comes from; "" for none, or one that is not in this installation."""
        method = methods.get(self.method)
        return method.name if method else ""

    @property
    def kind_icon(self) -> str:
        return FindingKind(self.kind).icon


class FindingComment(models.Model):
    """What a team member, above all a partner, says to a finding."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("comment"), validators=[MaxLengthValidator(COMMENT_LENGTH)])
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.text[:80]


class RecommendationQuerySet(NumberedTextQuerySet):
    def with_evidence(self):
        """With the findings they rest on, in report order, and these findings' links to their sources."""
        return self.prefetch_related(Prefetch("findings", Finding.objects.in_report_order().with_evidence()))

    def without_finding(self):
        """Those that rest on no finding yet."""
        return self.filter(findings__isnull=True)


class Recommendation(NumberedText):
    """What the audit recommends to whom by when; each rests on findings (toolkit, report structure, Part III)."""

    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("recommendation"), validators=[MaxLengthValidator(TEXT_LENGTH)])
    addressee = models.CharField(
        _("addressed to"),
        max_length=200,
        blank=True,
        help_text=_("For example: City Council, Department of Education"),
    )
    horizon = models.CharField(
        _("by when"), max_length=80, blank=True, help_text=_("For example: 12 months, or the budget of 2027")
    )
    findings = models.ManyToManyField(Finding, blank=True, related_name="recommendations", verbose_name=_("findings"))

    objects = RecommendationQuerySet.as_manager()

    letter = "R"
    searched = ("title", "text")
    written = ("title", "text", "area", "addressee", "horizon")

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="recommendation_number_unique"),
            models.CheckConstraint(condition=Q(area__in=Area.values), name="recommendation_area_is_known"),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("agenda:recommendation-detail", args=[self.audit.slug, self.number])
