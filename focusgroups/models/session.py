"""What a session leaves: notes, the tally of the levels, places on the plan, an audio file."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from audits.enums import StakeholderGroup
from audits.models import CityPlan, Identified, Versioned

from .group import FocusGroup, SessionQuestion
from .instrument import InclusionLevel
from .people import Seat

NOTE_LENGTH = 5000
FULL = 1000
"""Places on a plan are kept in thousandths of its width and height."""


def spoken_by(note: str = "") -> Coalesce:
    """`Note.spoken_by` in the database; `note` is the way to the note, with its underscores."""
    return Coalesce(NullIf(F(f"{note}seat__participant__group"), Value("")), F(f"{note}speaker"))


class NoteQuerySet(models.QuerySet):
    def standing(self):
        """Those that count: what the rapporteur took back stays in the journal alone."""
        return self.filter(removed=False)


class Note(Identified):
    """A line of the rapporteur. Its changes stand in the journal under `subject`; the device gives it its UUID.

    `speaker` is the stakeholder group of whoever spoke, where no seat says it. Nothing is quoted from a note without a
    seat.
    """

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="notes")
    question = models.ForeignKey(
        SessionQuestion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name=_("question"),
    )
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="notes", verbose_name=_("seat")
    )
    speaker = models.CharField(_("who speaks"), max_length=16, choices=StakeholderGroup, blank=True)
    text = models.TextField(_("note"), validators=[MaxLengthValidator(NOTE_LENGTH)])
    hot = models.BooleanField(_("stirred the group"), default=False)
    noted_at = models.DateTimeField(_("noted at"), help_text=_("As the device that it was typed on says."))
    arrived_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    removed = models.BooleanField(default=False, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["noted_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(speaker__in=["", *StakeholderGroup.values]), name="note_speaker_known"),
        ]

    def __str__(self):
        return self.text[:80]

    @property
    def spoken_by(self) -> StakeholderGroup | None:
        """The stakeholder group of whoever spoke: what the seat says today, else what was noted; None for neither."""
        said = (self.seat.participant.group if self.seat else "") or self.speaker
        return StakeholderGroup(said) if said else None

    @property
    def subject(self) -> str:
        """Under what the journal keeps its changes."""
        return f"note:{self.uuid}"


class LevelCount(models.Model):
    """How many answered a question on this level (toolkit: none, low, medium, high)."""

    question = models.ForeignKey(SessionQuestion, on_delete=models.CASCADE, related_name="counts")
    level = models.ForeignKey(InclusionLevel, on_delete=models.PROTECT, related_name="+", verbose_name=_("level"))
    people = models.PositiveSmallIntegerField(_("people"), default=0, validators=[MaxValueValidator(500)])

    # How many use an instrument (`audits.instruments.used_by`).
    uses_in_words = ngettext_lazy("%(count)s tally", "%(count)s tallies", "count")

    class Meta:
        verbose_name = _("tally of a level")
        verbose_name_plural = _("tallies of levels")
        ordering = ["level__position"]
        constraints = [models.UniqueConstraint(fields=["question", "level"], name="level_counted_once")]

    def __str__(self):
        return f"{self.level}: {self.people}"


class HotSpot(Identified, Versioned):
    """A place that participants named as a hot spot, with the safety issue; hidden until somebody decides otherwise.

    The decision is on these words: with the next version it is to be taken anew.
    """

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="hot_spots")
    plan = models.ForeignKey(CityPlan, on_delete=models.PROTECT, related_name="hot_spots", verbose_name=_("city plan"))
    x = models.PositiveSmallIntegerField(_("from the left, in thousandths"), validators=[MaxValueValidator(FULL)])
    y = models.PositiveSmallIntegerField(_("from the top, in thousandths"), validators=[MaxValueValidator(FULL)])
    place = models.CharField(_("place"), max_length=160)
    issue = models.TextField(_("safety issue"), validators=[MaxLengthValidator(1000)])
    recommendation = models.TextField(_("recommendation"), blank=True, validators=[MaxLengthValidator(1000)])
    published = models.BooleanField(_("may appear in the report"), default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    written = ("place", "x", "y", "issue", "recommendation")
    when_struck: ClassVar = {"published": False, "decided_by": None, "decided_at": None}

    class Meta:
        verbose_name = _("hot spot")
        verbose_name_plural = _("hot spots")
        ordering = ["created_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(x__lte=FULL, y__lte=FULL), name="hot_spot_on_the_plan")]

    def __str__(self):
        return self.place

    def get_absolute_url(self):
        return reverse("focusgroups:hot-spot", args=[self.group.audit.slug, self.group.uuid, self.uuid])

    @property
    def left(self) -> str:
        """How far from the left, as SVG writes it: "12.5%"."""
        return f"{self.x * 100 / FULL}%"

    @property
    def top(self) -> str:
        """How far from the top, as SVG writes it."""
        return f"{self.y * 100 / FULL}%"


def recording_path(recording, filename):
    """Storage name: the UUID alone, so that nothing of the uploaded name remains."""
    return f"recordings/{recording.uuid}.{filename.rsplit('.', 1)[-1]}"


class Recording(Identified):
    """An audio file of the session, for the team's own use only. It is deleted on `delete_on`, or with a consent."""

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="recordings")
    file = models.FileField(_("audio file"), upload_to=recording_path)
    media_type = models.CharField(max_length=60, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    seconds = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True, editable=False)
    delete_on = models.DateField(_("is deleted on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("audio recording")
        verbose_name_plural = _("audio recordings")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return str(self.uuid)
