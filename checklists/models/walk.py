from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from audits.models import Audit, Identified, Planning

from ..enums import Agreement, WalkState
from .instrument import Checklist, Item, Section


class CityWalkQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(audit__in=Audit.objects.visible_to(user))


class CityWalk(Identified, Planning):
    """A guided walk on which participants fill in the checklist (toolkit, "City tours with checklists")."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="walks")
    checklist = models.ForeignKey(
        Checklist, on_delete=models.PROTECT, related_name="walks", verbose_name=_("checklist")
    )
    title = models.CharField(_("name of the walk"), max_length=120)
    date = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins at"))
    discussion_minutes = models.PositiveSmallIntegerField(
        _("discussion before, in minutes"),
        default=45,
        validators=[MinValueValidator(0), MaxValueValidator(240)],
    )
    walk_minutes = models.PositiveSmallIntegerField(
        _("walk, in minutes"), default=75, validators=[MinValueValidator(1), MaxValueValidator(480)]
    )
    wrap_up_minutes = models.PositiveSmallIntegerField(
        _("discussion after, in minutes"),
        default=45,
        validators=[MinValueValidator(0), MaxValueValidator(240)],
    )
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("facilitator"),
    )
    meeting_point = models.CharField(_("meeting point"), max_length=300)
    target = models.PositiveSmallIntegerField(
        _("participants wanted"), default=25, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    per_place_sections = models.ManyToManyField(
        Section, blank=True, related_name="+", verbose_name=_("sections filled once per place")
    )
    threshold = models.DecimalField(
        _("spread from which statements are discussed"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("1.00"),
        validators=[MinValueValidator(Decimal("0.10")), MaxValueValidator(Decimal("2.50"))],
    )
    briefing_strategies = models.TextField(_("the city’s strategies"), blank=True)
    briefing_resources = models.TextField(_("the city’s resources"), blank=True)
    briefing_services = models.TextField(_("the city’s services"), blank=True)
    join_code = models.CharField(_("join code"), max_length=12, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=WalkState, default=WalkState.PLANNED)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CityWalkQuerySet.as_manager()

    # How many use an instrument (`audits.instruments.used_by`).
    uses_in_words = ngettext_lazy("%(count)s city walk", "%(count)s city walks", "count")

    class Meta:
        verbose_name = _("city walk")
        verbose_name_plural = _("city walks")
        ordering = ["date", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "title"],
                name="walk_title_unique",
                violation_error_message=_("There is a walk of this name already."),
            ),
            models.CheckConstraint(condition=Q(state__in=WalkState.values), name="walk_state_is_known"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("checklists:walk-detail", args=[self.audit.slug, self.uuid])

    @property
    def minutes(self) -> int:
        """Length of the whole event in minutes; the toolkit recommends 120 to 210."""
        return self.discussion_minutes + self.walk_minutes + self.wrap_up_minutes

    @property
    def ends_at(self):
        return (datetime.combine(self.date, self.starts_at) + timedelta(minutes=self.minutes)).time()

    @property
    def accepts(self) -> bool:
        """Whether answers count when they arrive; after closing they are kept as late."""
        return self.state in (WalkState.OPEN, WalkState.CLOSING)

    @property
    def has_briefing(self) -> bool:
        return bool(self.briefing_strategies or self.briefing_resources or self.briefing_services)


class WalkEvent(models.Model):
    """When a walk went from one state to another, and why it went back; never changed afterwards."""

    walk = models.ForeignKey(CityWalk, on_delete=models.CASCADE, related_name="events")
    before = models.CharField(_("state before"), max_length=8, choices=WalkState)
    after = models.CharField(_("state after"), max_length=8, choices=WalkState)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change of a walk’s state")
        verbose_name_plural = _("changes of a walk’s state")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__in=WalkState.values, after__in=WalkState.values), name="walk_event_states_known"
            ),
        ]

    def __str__(self):
        return f"{self.get_before_display()} → {self.get_after_display()}"


class WalkPlace(Identified):
    """A place on the walk, in order (toolkit: name of area, specific location)."""

    walk = models.ForeignKey(CityWalk, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(_("name of the area"), max_length=120)
    location = models.CharField(_("specific location"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["walk", "name"],
                name="walk_place_unique",
                violation_error_message=_("This place is on the walk already."),
            )
        ]

    def __str__(self):
        return self.name


class ConsensusNote(Identified):
    """What the group said about a statement on which scores differ. Scores and means stay (DESIGN rule 3)."""

    walk = models.ForeignKey(CityWalk, on_delete=models.CASCADE, related_name="consensus_notes")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what the group says"), blank=True)
    agreement = models.CharField(_("outcome"), max_length=12, choices=Agreement, blank=True, default=Agreement.NONE)
    agreed_score = models.PositiveSmallIntegerField(_("agreed score"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    # As of other shared texts (`audits.models.Versioned`): words that are struck out of it make it a new version.
    written = ("text", "agreement", "agreed_score")

    # How many use an instrument (`audits.instruments.used_by`).
    uses_in_words = ngettext_lazy("%(count)s consensus note", "%(count)s consensus notes", "count")

    class Meta:
        verbose_name = _("consensus note")
        verbose_name_plural = _("consensus notes")
        ordering = ["item__section__position", "item__position"]
        constraints = [
            models.UniqueConstraint(fields=["walk", "item"], name="consensus_once_per_item"),
            models.CheckConstraint(
                condition=Q(agreement="agreed", agreed_score__gte=1, agreed_score__lte=5)
                | (~Q(agreement="agreed") & Q(agreed_score__isnull=True)),
                name="consensus_score_with_agreement_only",
            ),
        ]

    def __str__(self):
        return f"{self.item.key}: {self.text[:60]}"


class ImprovementIdea(Identified):
    """An idea for improvement of a section (toolkit: "discuss some ideas for improvement regarding each section")."""

    walk = models.ForeignKey(CityWalk, on_delete=models.CASCADE, related_name="ideas")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", verbose_name=_("section"))
    text = models.TextField(_("idea"))
    position = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    # How many use an instrument (`audits.instruments.used_by`).
    uses_in_words = ngettext_lazy("%(count)s idea for improvement", "%(count)s ideas for improvement", "count")

    class Meta:
        verbose_name = _("idea for improvement")
        verbose_name_plural = _("ideas for improvement")
        ordering = ["section__position", "position", "pk"]

    def __str__(self):
        return self.text[:80]
