"""A focus group as it is planned: what, when, where, with which letter, which opening and which questions."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from simple_history.models import HistoricalRecords

from audits import tokens
from audits.enums import Area
from audits.models import Audit, Identified, Planning, Versioned

from ..enums import GroupKind, GroupState
from .instrument import DiscussionGuide, Question

TEXT_LENGTH = 6000


def _text(label, **kwargs):
    return models.TextField(label, blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)], **kwargs)


class FocusGroupQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(audit__in=Audit.objects.visible_to(user))


class FocusGroup(Identified, Planning, Versioned):
    """A planned, moderated discussion of selected people (toolkit, "City audit focus groups").

    `topics` are one to a line. Everything that participants hear or read is in `language`. By `join_code` whoever sat
    there comes back to what is held about them.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="focus_groups")
    guide = models.ForeignKey(
        DiscussionGuide, on_delete=models.PROTECT, related_name="groups", verbose_name=_("discussion guide")
    )
    title = models.CharField(_("name of the group"), max_length=120)
    kind = models.CharField(_("who sits in it"), max_length=14, choices=GroupKind)
    language = models.CharField(_("language of the discussion"), max_length=10, default="en")
    date = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins at"))
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), default=105, validators=[MinValueValidator(15), MaxValueValidator(480)]
    )
    venue = models.CharField(_("venue"), max_length=300)
    moderator = models.CharField(_("moderator"), max_length=160, blank=True)
    rapporteur = models.CharField(_("rapporteur"), max_length=160, blank=True)
    purpose = _text(_("purpose"))
    topics = _text(_("topics"), help_text=_("One to a line."))
    join_code = models.CharField(_("join code"), max_length=12, unique=True, default=tokens.new_code, editable=False)
    state = models.CharField(_("state"), max_length=7, choices=GroupState, default=GroupState.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FocusGroupQuerySet.as_manager()

    written = (
        "title",
        "kind",
        "language",
        "date",
        "starts_at",
        "minutes",
        "venue",
        "moderator",
        "rapporteur",
        "purpose",
        "topics",
        "childcare",
        "interpreters",
        "expenses",
        "payment",
        "access",
    )

    # How many use an instrument (`audits.instruments.used_by`).
    uses_in_words = ngettext_lazy("%(count)s focus group", "%(count)s focus groups", "count")

    class Meta:
        verbose_name = _("focus group")
        verbose_name_plural = _("focus groups")
        ordering = ["date", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "title"],
                name="focusgroup_title_unique",
                violation_error_message=_("There is a focus group of this name already."),
            ),
            models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="focusgroup_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=GroupState.values), name="focusgroup_state_is_known"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("focusgroups:detail", args=[self.audit.slug, self.uuid])

    @property
    def begins(self) -> datetime:
        """When it begins, in the time zone of the installation."""
        return timezone.make_aware(datetime.combine(self.date, self.starts_at))

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(minutes=self.minutes)

    @property
    def is_ahead(self) -> bool:
        """Whether its day is still to come."""
        return self.date > timezone.localdate()

    @property
    def topic_lines(self) -> list[str]:
        return [line.strip() for line in self.topics.splitlines() if line.strip()]


class GroupEvent(models.Model):
    """When a focus group went from one state to another, and why it went back; never changed afterwards."""

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="events")
    before = models.CharField(_("state before"), max_length=7, choices=GroupState)
    after = models.CharField(_("state after"), max_length=7, choices=GroupState)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change of a focus group’s state")
        verbose_name_plural = _("changes of a focus group’s state")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_before_display()} → {self.get_after_display()}"


class InvitationLetter(Versioned):
    """The invitation as the coordinator words it, in the language of the discussion; e-mail and paper say the same.

    The text may hold the placeholders of `focusgroups/letters.py`.
    """

    group = models.OneToOneField(FocusGroup, on_delete=models.CASCADE, related_name="letter")
    subject = models.CharField(_("subject"), max_length=160)
    text = models.TextField(_("text"), validators=[MaxLengthValidator(TEXT_LENGTH)])
    reply_by = models.DateField(_("answer until"), null=True, blank=True)

    written = ("subject", "text", "reply_by")

    class Meta:
        verbose_name = _("invitation letter")
        verbose_name_plural = _("invitation letters")

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("focusgroups:letter", args=[self.group.audit.slug, self.group.uuid])


class OpeningScript(Versioned):
    """What the moderator says at the beginning (toolkit, "City audit focus groups", conducting), in parts."""

    group = models.OneToOneField(FocusGroup, on_delete=models.CASCADE, related_name="script")
    introduction = _text(_("introduction"))
    purpose = _text(_("purpose"))
    topics = _text(_("topics"))
    consent = _text(_("consent to recording"))
    rules = _text(_("rules of discussion"))

    written = ("introduction", "purpose", "topics", "consent", "rules")

    class Meta:
        verbose_name = _("opening script")
        verbose_name_plural = _("opening scripts")

    def __str__(self):
        return str(self.group)

    def get_absolute_url(self):
        return reverse("focusgroups:script", args=[self.group.audit.slug, self.group.uuid])


class SessionQuestion(Identified, Versioned):
    """A question of the discussion: the guide's, copied in the session's language and perhaps reworded, or an own one.

    One that comes from a question with levels is answered on them.
    """

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="questions")
    source = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    area = models.CharField(_("area"), max_length=10, choices=Area)
    text = models.TextField(_("question"), validators=[MaxLengthValidator(600)])
    position = models.PositiveIntegerField(_("position"), default=0)

    history = HistoricalRecords()

    # How many use an instrument (`audits.instruments.used_by`).
    uses_in_words = ngettext_lazy("%(count)s question of a session", "%(count)s questions of a session", "count")

    written = ("area", "text")

    class Meta:
        verbose_name = _("question of the session")
        verbose_name_plural = _("questions of the session")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(area__in=Area.values), name="session_question_area_known"),
        ]

    def __str__(self):
        return self.text

    @property
    def heading(self) -> str:
        """The question where it stands by itself: a colon leads on to its levels, and they do not follow there."""
        return self.text.rstrip(": ")

    def get_absolute_url(self):
        return reverse("focusgroups:questions", args=[self.group.audit.slug, self.group.uuid])
