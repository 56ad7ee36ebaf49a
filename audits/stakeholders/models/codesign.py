"""How an audit plans participation by the co-design guide (UNITES, "How to co-design integration strategies")."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from simple_history.models import HistoricalRecords

from audits.models import (
    Audit,
    CodesignChecklistItem,
    CodesignGuide,
    CodesignStage,
    CodesignTool,
    Identified,
    OutreachBarrier,
    OutreachTip,
    Versioned,
)

from ..enums import PointState
from .register import Stakeholder

NOTE_LENGTH = 2000


class CodesignPlan(models.Model):
    """The plan of an audit for participation, by one version of the guide."""

    audit = models.OneToOneField(Audit, on_delete=models.CASCADE, related_name="codesign")
    guide = models.ForeignKey(CodesignGuide, on_delete=models.PROTECT, related_name="plans")
    created_at = models.DateTimeField(auto_now_add=True)

    # How many use an instrument (`audits.instruments.used_by`).
    uses_in_words = ngettext_lazy("%(count)s co-design plan", "%(count)s co-design plans", "count")

    class Meta:
        verbose_name = _("co-design plan")
        verbose_name_plural = _("co-design plans")

    def __str__(self):
        return str(self.audit)


class WorkedQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=[state for state in PointState if state.is_open])

    def dated(self):
        """Those that are still open and have a day, in its order."""
        return self.open().filter(due__isnull=False).order_by("due", "pk")


class Worked(Versioned):
    """Something to be done: how far it is, who does it, until when, and a note."""

    state = models.CharField(_("state"), max_length=10, choices=PointState, default=PointState.OPEN)
    who = models.CharField(_("who"), max_length=160, blank=True)
    due = models.DateField(_("until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, validators=[MaxLengthValidator(NOTE_LENGTH)])

    objects = WorkedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return PointState(self.state).is_open

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due is not None and self.due < timezone.localdate()

    @property
    def state_icon(self) -> str:
        return PointState(self.state).icon


class ChecklistPoint(Worked):
    """A point of one of the guide's checklists as the audit works on it; no row while nobody has touched it."""

    plan = models.ForeignKey(CodesignPlan, on_delete=models.CASCADE, related_name="points")
    item = models.ForeignKey(CodesignChecklistItem, on_delete=models.PROTECT, related_name="points")

    history = HistoricalRecords()

    written = ("state", "who", "due", "note")

    class Meta:
        verbose_name = _("point of a working checklist")
        verbose_name_plural = _("points of working checklists")
        ordering = ["item__checklist__position", "item__position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "item"], name="codesign_point_once"),
            models.CheckConstraint(condition=Q(state__in=PointState.values), name="codesign_point_state_known"),
        ]

    def __str__(self):
        return str(self.item)

    def get_absolute_url(self):
        return reverse("stakeholders:codesign-checklists", args=[self.plan.audit.slug])


class ParticipationStep(Identified, Worked):
    """What the city does in a stage of the policy cycle so that people take part: with which tool, with whom, when."""

    plan = models.ForeignKey(CodesignPlan, on_delete=models.CASCADE, related_name="steps")
    stage = models.ForeignKey(CodesignStage, on_delete=models.PROTECT, related_name="steps", verbose_name=_("stage"))
    title = models.CharField(_("what we do"), max_length=200)
    tool = models.ForeignKey(
        CodesignTool, on_delete=models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("tool")
    )
    stakeholders = models.ManyToManyField(Stakeholder, blank=True, related_name="steps", verbose_name=_("with whom"))
    begins = models.DateField(_("from"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords()

    written = ("stage_id", "title", "tool_id", "begins", "due", "state", "who", "note")

    class Meta:
        verbose_name = _("step of participation")
        verbose_name_plural = _("steps of participation")
        ordering = ["stage__position", F("begins").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PointState.values), name="codesign_step_state_known"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("stakeholders:step", args=[self.plan.audit.slug, self.uuid])


class Outreach(Identified, Worked):
    """Somebody whose voice is missing: what keeps them away, which tips apply, and what the city does about it."""

    plan = models.ForeignKey(CodesignPlan, on_delete=models.CASCADE, related_name="outreach")
    barrier = models.ForeignKey(
        OutreachBarrier, on_delete=models.PROTECT, related_name="outreach", verbose_name=_("barrier")
    )
    missing = models.CharField(_("who is missing"), max_length=300)
    tips = models.ManyToManyField(OutreachTip, blank=True, related_name="outreach", verbose_name=_("tips that apply"))
    action = models.TextField(_("what we do about it"), blank=True, validators=[MaxLengthValidator(NOTE_LENGTH)])
    created_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords()

    written = ("barrier_id", "missing", "action", "due", "state", "who", "note")

    class Meta:
        verbose_name = _("outreach")
        verbose_name_plural = _("outreach")
        ordering = ["barrier__position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PointState.values), name="codesign_outreach_state_known"),
        ]

    def __str__(self):
        return self.missing

    def get_absolute_url(self):
        return reverse("stakeholders:outreach", args=[self.plan.audit.slug, self.uuid])
