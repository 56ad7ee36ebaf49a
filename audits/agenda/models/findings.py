"""What a method has shown, and what the team says to it."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits import methods
from audits.enums import Area

from ..enums import FindingKind
from .evidence import EvidenceLink
from .numbered import TEXT_LENGTH, NumberedText, NumberedTextQuerySet

COMMENT_LENGTH = 3000


class FindingQuerySet(NumberedTextQuerySet):
    def with_evidence(self):
        """With the links to their sources, for reports and lists."""
        return self.prefetch_related("evidence")

    def with_recommendations(self):
        """With the recommendations that rest on them, in report order."""
        recommendations = self.model._meta.get_field("recommendations").related_model
        return self.prefetch_related(Prefetch("recommendations", recommendations.objects.in_report_order()))

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

    def resting_rows(self):
        """Rows into which words of its sources may have been copied, as querysets."""
        return [self.comments.all()]

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
