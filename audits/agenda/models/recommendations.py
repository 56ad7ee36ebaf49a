"""What the audit recommends."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.enums import Area

from .findings import Finding
from .numbered import TEXT_LENGTH, NumberedText, NumberedTextQuerySet


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
