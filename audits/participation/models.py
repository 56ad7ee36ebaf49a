"""Taking part without an account (DESIGN section 3; SAFETY, "People").

No name, telephone number, e-mail or network address is stored for a participant, here or anywhere else.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audits.enums import StakeholderGroup
from audits.models import Audit, Identified

from .enums import AgeBand, ChangeState, Gender, Purpose


class ParticipantQuerySet(models.QuerySet):
    def joined(self):
        """Who really takes part; a printed form that nobody has taken yet is no participant."""
        return self.filter(joined_at__isnull=False)

    def agreeing_to(self, purpose):
        """Whose latest word on the purpose (see `Purpose`) is yes."""
        return self._with_word(purpose).filter(word=True)

    def not_agreeing_to(self, purpose):
        """Whose latest word on the purpose is no, or who never said any."""
        return self._with_word(purpose).filter(Q(word=False) | Q(word=None))

    def _with_word(self, purpose):
        latest = Consent.objects.filter(participant=models.OuterRef("pk"), purpose=purpose).order_by("-at", "-pk")
        return self.alias(word=models.Subquery(latest.values("given")[:1]))


class Participant(Identified):
    """A pseudonym in one audit. Its personal code is kept only as a keyed hash and cannot be recovered."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="participants")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    group = models.CharField(_("stakeholder group"), max_length=16, choices=StakeholderGroup, blank=True)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender, blank=True)
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    created_at = models.DateTimeField(auto_now_add=True)
    joined_at = models.DateTimeField(
        _("joined on"),
        null=True,
        blank=True,
        help_text=_("Empty while only the paper form with the code is printed."),
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=["", *StakeholderGroup.values]), name="participant_group_known"
            ),
            models.CheckConstraint(condition=Q(gender__in=["", *Gender.values]), name="participant_gender_known"),
            models.CheckConstraint(condition=Q(age_band__in=["", *AgeBand.values]), name="participant_age_known"),
        ]

    def __str__(self):
        return f"participant {self.pk}"


class Consent(models.Model):
    """One act of agreeing or withdrawing, never changed afterwards; the latest row of a purpose holds."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    given = models.BooleanField(_("given"))
    text_version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language"), max_length=10)
    on_paper = models.BooleanField(_("on paper"), default=False)
    guardian = models.BooleanField(_("by a guardian"), default=False)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="consent_purpose_is_known")]

    def __str__(self):
        return f"{self.get_purpose_display()}: {self.given}"

    def save(self, *args, **kwargs):
        """Raises ValueError for a row that is stored already: whoever changes their mind gets a new one."""
        if not self._state.adding:
            raise ValueError("An act of consent is never changed; record a new one.")
        super().save(*args, **kwargs)


class ConsentReview(models.Model):
    """That a person has compared the sentences of a consent sheet in a language with the English ones. It holds while
    they are the same (`digest`, of `ConsentSheet.digest`); sentences without one are a draft translation."""

    version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language"), max_length=10)
    digest = models.CharField(max_length=64, editable=False)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed on"), auto_now=True)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["version", "language"]
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="consent_review_once")]

    def __str__(self):
        return f"{self.version}, {self.language}"


class ChangeQuerySet(models.QuerySet):
    def standing(self) -> "ChangeQuerySet":
        """What holds now: one change at most for each part of a subject."""
        return self.filter(state=ChangeState.APPLIED)

    def late(self) -> "ChangeQuerySet":
        """What arrived after closing and waits for a decision, in order of arrival."""
        return self.filter(state=ChangeState.LATE)


class Change(models.Model):
    """The journal of what was typed: one row per change, with the UUID that the device gave it (DESIGN rule 12).

    The same UUID again changes nothing; the same UUID with another content is a conflict. Within one device
    the sequence decides which change is later; between devices the order of arrival does. Together the rows
    are the history of every value. Methods read `content`, which is theirs; this room only keeps it.
    """

    uuid = models.UUIDField(primary_key=True)
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="changes")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="changes"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    device = models.UUIDField(_("device"))
    sequence = models.PositiveBigIntegerField(_("sequence on the device"))
    subject = models.CharField(_("what it changes"), max_length=200)
    part = models.CharField(
        _("which part of it"),
        max_length=200,
        blank=True,
        help_text=_("For example one answer of a sheet; a later change of the same part replaces an earlier one."),
    )
    content = models.JSONField(_("content"))
    digest = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=ChangeState, default=ChangeState.APPLIED)
    arrived_at = models.DateTimeField(_("arrived"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["arrived_at", "sequence"]
        indexes = [
            models.Index(fields=["subject", "part", "device", "sequence"], name="change_subject_order"),
            models.Index(fields=["audit", "state"], name="change_audit_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ChangeState.values), name="change_state_is_known"),
            models.UniqueConstraint(
                fields=["subject", "part"], condition=Q(state=ChangeState.APPLIED), name="change_one_stands"
            ),
        ]

    def __str__(self):
        return f"{self.subject} {self.part} #{self.sequence}"


class ErasedChange(models.Model):
    """That a change was here and was erased: its identifier alone, so that a device that goes on sending it is refused.

    It is needed as long as the change could still come in. What has ended goes on taking changes as late ones, so that
    is as long as its author takes part; with everything else about them it goes (SAFETY, "People"). Of whoever took
    everything back the identifier stands here too, so that a phone of theirs that was away lets go of what it keeps:
    a random number that leads to nothing. Where no participant is known, `expire` deletes it after a year.
    """

    uuid = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, editable=False, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return str(self.uuid)


class StruckText(models.Model):
    """A text of the team out of which words were struck since somebody took them back: ids only, and the version in
    which they are missing. With its next version it is mended; the row goes when somebody finds the text right as it
    is."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=100)
    row = models.BigIntegerField()
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("text with words taken out")
        verbose_name_plural = _("texts with words taken out")
        constraints = [models.UniqueConstraint(fields=["audit", "label", "row"], name="struck_text_once")]

    def __str__(self):
        return f"{self.label} {self.row}"
