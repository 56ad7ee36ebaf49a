"""What the team makes of a session: the summary that is read out, and the texts of the focus group report."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from audits.enums import Area
from audits.models import Versioned

from ..enums import Confirmation, Sufficiency
from .analysis import Code
from .group import TEXT_LENGTH, FocusGroup, SessionQuestion


def _text(label, **kwargs):
    return models.TextField(label, blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)], **kwargs)


class GroupSummary(Versioned):
    """The brief summary that the moderator gives at the end, asking everybody to confirm it."""

    group = models.OneToOneField(FocusGroup, on_delete=models.CASCADE, related_name="summary")
    text = _text(_("summary"))
    changes = _text(_("what participants changed"))
    confirmation = models.CharField(
        _("what the participants said"), max_length=12, choices=Confirmation, blank=True, default=Confirmation.NOT_ASKED
    )
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)

    history = HistoricalRecords()

    written = ("text", "changes", "confirmation", "confirmed_at")

    class Meta:
        verbose_name = _("summary of a focus group")
        verbose_name_plural = _("summaries of focus groups")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmation__in=Confirmation.values), name="summary_confirmation_known"
            ),
        ]

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        return reverse("focusgroups:summary", args=[self.group.audit.slug, self.group.uuid])


class QuestionSummary(Versioned):
    """The "big ideas" that were discussed under a question."""

    question = models.OneToOneField(SessionQuestion, on_delete=models.CASCADE, related_name="summary")
    text = _text(_("what was said"))
    codes = models.ManyToManyField(Code, blank=True, related_name="+", verbose_name=_("big ideas"))

    history = HistoricalRecords()

    written = ("text",)

    class Meta:
        verbose_name = _("summary of a question")
        verbose_name_plural = _("summaries of questions")

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        group = self.question.group
        return reverse("focusgroups:analysis", args=[group.audit.slug, group.uuid])


class AreaSummary(Versioned):
    """What a session says on one of the four areas (toolkit, focus group report)."""

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="area_summaries")
    area = models.CharField(_("area"), max_length=10, choices=Area)
    sufficiency = models.CharField(
        _("did the participants have enough information?"),
        max_length=8,
        choices=Sufficiency,
        blank=True,
        default=Sufficiency.UNKNOWN,
    )
    lacks_statistics = models.BooleanField(_("statistical data were lacking"), default=False)
    lacks_knowledge = models.BooleanField(_("knowledge of specific issues was lacking"), default=False)
    lacks_overall = models.BooleanField(_("there was an overall lack of information"), default=False)
    reasons = _text(_("why it was lacking"))
    results = _text(_("main results"))
    recommendations = _text(_("recommendations and suggestions"))

    history = HistoricalRecords()

    written = (
        "sufficiency",
        "lacks_statistics",
        "lacks_knowledge",
        "lacks_overall",
        "reasons",
        "results",
        "recommendations",
    )

    class Meta:
        verbose_name = _("summary of an area")
        verbose_name_plural = _("summaries of areas")
        constraints = [
            models.UniqueConstraint(fields=["group", "area"], name="area_summed_up_once"),
            models.CheckConstraint(condition=Q(area__in=Area.values), name="area_summary_area_known"),
            models.CheckConstraint(condition=Q(sufficiency__in=Sufficiency.values), name="area_sufficiency_known"),
        ]

    def __str__(self):
        return f"{self.group}: {self.get_area_display()}"

    def get_absolute_url(self):
        return reverse("focusgroups:area", args=[self.group.audit.slug, self.group.uuid, self.area])


class GroupConclusions(Versioned):
    """The answers that the focus group report has to give about a session as a whole (toolkit, report questions).

    The points of `successes`, `challenges`, `conclusions` and `recommendations` are one to a line.
    """

    group = models.OneToOneField(FocusGroup, on_delete=models.CASCADE, related_name="conclusions")
    interest = _text(_("themes that stirred most interest"))
    interest_codes = models.ManyToManyField(Code, blank=True, related_name="+", verbose_name=_("big ideas"))
    successes = _text(_("main successes"))
    challenges = _text(_("main challenges"))
    conclusions = _text(_("conclusions"))
    recommendations = _text(_("recommendations"))

    history = HistoricalRecords()

    written = ("interest", "successes", "challenges", "conclusions", "recommendations")

    class Meta:
        verbose_name = _("conclusions of a focus group")
        verbose_name_plural = _("conclusions of focus groups")

    def __str__(self):
        return str(self.group)

    def get_absolute_url(self):
        return reverse("focusgroups:conclusions", args=[self.group.audit.slug, self.group.uuid])
