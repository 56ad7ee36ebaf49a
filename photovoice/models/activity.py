"""A photovoice activity as it is planned: which kind, when, where, how photos are sent, under which words."""

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from audits import tokens
from audits.models import Audit, Identified, Planning, Versioned

from ..enums import ActivityKind, ActivityState
from .instrument import PhotovoiceGuide, Theme, UploadOption

# "Minimum 20-30 participants per city" (toolkit, "Photovoice").
FEWEST, USUAL = 20, 30


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(audit__in=Audit.objects.visible_to(user))


class Activity(Identified, Planning, Versioned):
    """One occasion on which people take photos of their city (toolkit, "Photovoice").

    A collective one has a gathering place, about three hours and a final meeting place; an individual one and a contest
    have a period, two weeks for instance, outside which photos come late. `beside` is the join code of the walk with
    which it goes: whoever joins one takes part in the other with the same personal code.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="photo_activities")
    guide = models.ForeignKey(
        PhotovoiceGuide, on_delete=models.PROTECT, related_name="activities", verbose_name=_("photovoice guide")
    )
    title = models.CharField(_("name of the activity"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=ActivityKind, default=ActivityKind.COLLECTIVE)
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    meeting_point = models.CharField(_("gathering place"), max_length=300, blank=True)
    final_point = models.CharField(_("final meeting place"), max_length=300, blank=True)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("facilitator"),
    )
    target = models.PositiveSmallIntegerField(
        _("participants wanted"),
        default=25,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
        help_text=_("The toolkit asks for at least 20 to 30 in each city."),
    )
    beside = models.CharField(_("goes with the walk"), max_length=12, blank=True)
    upload_options = models.ManyToManyField(
        UploadOption, blank=True, related_name="+", verbose_name=_("other ways to send photos")
    )
    sending = models.TextField(
        _("how to send photos otherwise"),
        blank=True,
        validators=[MaxLengthValidator(1000)],
        help_text=_("For example the hashtag, the address of the group, or the e-mail address."),
    )
    asks_place = models.BooleanField(
        _("offer to say where a photo was taken"),
        default=False,
        help_text=_("Nobody has to. A place is kept to about 100 metres, never more exactly."),
    )
    join_code = models.CharField(_("join code"), max_length=12, unique=True, default=tokens.new_code, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=ActivityState, default=ActivityState.PLANNED)
    review_open = models.BooleanField(_("those who took photos sort them on their phones too"), default=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The highest number that a photo has had: of one that is deleted it is never given again.
    last_number = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ActivityQuerySet.as_manager()

    written = (
        "title",
        "kind",
        "starts",
        "ends",
        "meeting_point",
        "final_point",
        "facilitator",
        "target",
        "beside",
        "guide",
        "sending",
        "asks_place",
        "childcare",
        "interpreters",
        "expenses",
        "payment",
        "access",
    )

    # How many use an instrument (`audits.instruments.used_by`).
    uses_in_words = ngettext_lazy("%(count)s photo activity", "%(count)s photo activities", "count")

    class Meta:
        verbose_name = _("photo activity")
        verbose_name_plural = _("photo activities")
        ordering = ["starts", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "title"],
                name="activity_title_unique",
                violation_error_message=_("There is a photo activity of this name already."),
            ),
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="activity_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="activity_state_is_known"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="activity_ends_after_it_begins",
                violation_error_message=_("The end has to come after the beginning."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("photovoice:detail", args=[self.audit.slug, self.uuid])

    @property
    def accepts(self) -> bool:
        """Whether photos that arrive now count; otherwise they are kept as late, or wait on the phone for the
        beginning."""
        if self.state not in (ActivityState.OPEN, ActivityState.CLOSING):
            return False
        return not ActivityKind(self.kind).has_window or self.starts <= timezone.now() <= self.ends

    @property
    def has_begun(self) -> bool:
        """Whether photos are taken in at all."""
        if self.state == ActivityState.PLANNED:
            return False
        return not ActivityKind(self.kind).has_window or self.starts <= timezone.now()


class ActivityEvent(models.Model):
    """When an activity went from one state to another, and why it went back; never changed afterwards.

    With a number of a `photo` it says instead that somebody of the team deleted that one at its author's request, and
    nothing of what it showed (SAFETY, "People"); the state stayed as it was. `unanswered` says so of photos that still
    waited for their author, of which it is the number.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="events")
    before = models.CharField(_("state before"), max_length=8, choices=ActivityState)
    after = models.CharField(_("state after"), max_length=8, choices=ActivityState)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    photo = models.PositiveIntegerField(_("number of the deleted photo"), null=True, blank=True)
    unanswered = models.PositiveIntegerField(_("deleted photos without an answer"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change of a photo activity’s state")
        verbose_name_plural = _("changes of a photo activity’s state")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_before_display()} → {self.get_after_display()}"


class ThemeWording(models.Model):
    """A theme as the coordinator words it for this city, in one language; without one the guide's words stand."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="wordings")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+", verbose_name=_("theme"))
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what belongs to it"), blank=True, validators=[MaxLengthValidator(1000)])

    class Meta:
        verbose_name = _("local words of a theme")
        verbose_name_plural = _("local words of themes")
        ordering = ["theme__position", "language"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "theme", "language"], name="photovoice_wording_unique")
        ]

    def __str__(self):
        return self.title


class InvitationText(Versioned):
    """How people are invited to an activity, in one language, where the team words it otherwise than we do."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="invitations")
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"), validators=[MaxLengthValidator(5000)])

    written = ("title", "text")

    class Meta:
        verbose_name = _("invitation to a photo activity")
        verbose_name_plural = _("invitations to photo activities")
        ordering = ["language", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "language"], name="photovoice_invitation_unique")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        address = reverse("photovoice:invitation", args=[self.activity.audit.slug, self.activity.uuid])
        return f"{address}?language={self.language}"
