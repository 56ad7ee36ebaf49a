"""Measures: the development plan and the City Integration Agenda are two views on them (DESIGN section 3)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audits.enums import Area
from audits.models import Identified

from ..enums import MeasureState, Pace
from .evidence import EvidenceLink
from .numbered import TEXT_LENGTH, NumberedText, NumberedTextQuerySet
from .recommendations import Recommendation

LONG = [MaxLengthValidator(TEXT_LENGTH)]


class MeasureQuerySet(NumberedTextQuerySet):
    def open(self) -> Self:
        """Neither done nor dropped."""
        return self.filter(state__in=MeasureState.open())

    def overdue(self, today: date | None = None) -> Self:
        return self.open().filter(due__lt=today or timezone.localdate())

    def ahead(self, today: date | None = None) -> Self:
        """Open ones that are due today or later."""
        return self.open().filter(due__gte=today or timezone.localdate())

    def incomplete(self) -> Self:
        """Open ones that lack something of what UNITES asks for (`Measure.lacking`)."""
        return self.open().filter(Q(objective="") | Q(responsible="") | Q(resources="") | Q(due=None))

    def with_sources(self) -> Self:
        """With the recommendation and the sources that they were made from."""
        return self.select_related("recommendation").prefetch_related("evidence")

    def for_plan(self) -> Self:
        """With all that the printed plan says of each."""
        return self.with_sources().prefetch_related("progress")

    def last_said(self) -> Self:
        """With `said_at` and `said_count`: when somebody last entered a state or a note, and how often that was."""
        return self.annotate(said_at=Max("progress__created_at"), said_count=Count("progress"))

    def by_due(self) -> Self:
        return self.order_by(F("due").asc(nulls_last=True), "number")

    def resting_on(self, app: str, kinds, sources) -> Self:
        """Those made from one of the sources (uuids) of that method and these kinds."""
        found = Measure.objects.filter(evidence__app=app, evidence__type__in=kinds, evidence__source__in=sources)
        # A join would count the entries of `last_said` once for each source.
        return self.filter(pk__in=found.values("pk"))


class Measure(NumberedText):
    """What is to be done about an objective, by whom, by when, with what, and how one will see that it was done.

    It comes from a recommendation, or from a judged key factor (`evidence`). UNITES (key factor on the strategy) asks
    for objective, responsible, resources and timetable: `lacking` names what of it is not there.
    """

    title = models.CharField(_("measure"), max_length=200)
    objective = models.TextField(_("objective"), blank=True, validators=LONG)
    step = models.TextField(_("steps"), blank=True, validators=LONG)
    responsible = models.CharField(
        _("responsible"), max_length=200, blank=True, help_text=_("A department or function")
    )
    due = models.DateField(_("due"), null=True, blank=True)
    resources = models.TextField(_("resources"), blank=True, validators=LONG)
    indicator = models.TextField(_("how one will see it"), blank=True, validators=LONG)
    pace = models.CharField(_("quick win or longer term"), max_length=6, choices=Pace, default=Pace.LONGER)
    inspired_by = models.TextField(_("example that inspired it"), blank=True, validators=LONG)
    recommendation = models.ForeignKey(
        Recommendation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("from the recommendation"),
    )
    state = models.CharField(
        _("state"), max_length=9, choices=MeasureState, default=MeasureState.PLANNED, editable=False
    )
    evidence = GenericRelation(EvidenceLink, content_type_field="holder_type", object_id_field="holder_id")

    objects = MeasureQuerySet.as_manager()

    letter = "M"
    searched = ("title", "objective", "step", "responsible")
    written = (
        "title",
        "area",
        "objective",
        "step",
        "responsible",
        "due",
        "resources",
        "indicator",
        "pace",
        "inspired_by",
        "recommendation_id",
    )

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="measure_number_unique"),
            models.CheckConstraint(condition=Q(area__in=Area.values), name="measure_area_is_known"),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="measure_pace_is_known"),
            models.CheckConstraint(condition=Q(state__in=MeasureState.values), name="measure_state_is_known"),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("agenda:measure-detail", args=[self.audit.slug, self.number])

    def resting_rows(self) -> list:
        """Rows into which words of its sources may have been copied, as querysets."""
        return [self.progress.all()]

    @property
    def lacking(self) -> list:
        """Names of what UNITES asks for and is not there."""
        return [
            self._meta.get_field(name).verbose_name
            for name in ("objective", "responsible", "resources", "due")
            if not getattr(self, name)
        ]

    @property
    def still_lacking(self) -> list:
        """What it lacks while something is still to be done; of what is over, nobody asks for it any more."""
        return self.lacking if self.is_open else []

    @property
    def state_icon(self) -> str:
        return MeasureState(self.state).icon

    @property
    def is_open(self) -> bool:
        return self.state in MeasureState.open()

    @property
    def is_overdue(self) -> bool:
        return bool(self.due and self.is_open and self.due < timezone.localdate())


class MeasureProgress(Identified):
    """An entry in the history of a measure: its state from then on, and what somebody says of it."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="progress")
    state = models.CharField(_("state"), max_length=9, choices=MeasureState)
    note = models.TextField(_("what was done, what is in the way"), blank=True, validators=[MaxLengthValidator(3000)])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("progress of a measure")
        verbose_name_plural = _("progress of measures")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MeasureState.values), name="measure_progress_state_is_known")
        ]

    def __str__(self):
        return f"{self.measure}: {self.get_state_display()}"

    @property
    def state_icon(self) -> str:
        return MeasureState(self.state).icon
