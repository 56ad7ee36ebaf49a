"""Who is invited and who sat there: two lists that are never linked (DESIGN section 3; SAFETY, "People").

An invitee is known by name, because somebody acts for an organisation; a seat is a pseudonym with a receipt code.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audits.enums import TargetGroup
from audits.models import Identified
from audits.participation.enums import Gender
from audits.participation.models import Participant
from audits.stakeholders.models import Stakeholder

from ..enums import Reply
from .group import FocusGroup


class InviteeQuerySet(models.QuerySet):
    def counting(self) -> Self:
        """Without those whose contact data were deleted before anybody invited them or they said or did anything: what
        is left of them is nobody's, and no letter can reach it."""
        return self.exclude(contact_deleted_at__isnull=False, invited_at=None, reply=Reply.NONE, attended=None)


class Invitee(Identified):
    """Somebody whom the team invites. Name, organisation, addresses and needs are deleted 30 days after the session.

    `token_hash` is of the link in the latest letter, by which they answer without an account. `token_expires_at` and
    `told_venue` are the beginning and the place that the latest letter names of which it is known that it went out;
    `sending_at` is since when an e-mail is on its way, until it is known what became of it.
    """

    CONTACT = ("name", "organisation", "email", "telephone", "needs")
    """The columns that hold contact data."""
    ON_ITS_WAY = timedelta(minutes=10)
    """For so long a letter may be on its way to the mail server. Whoever sends it died since then, and it may be sent again."""

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="invitees")
    stakeholder = models.ForeignKey(
        Stakeholder,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("from the register"),
    )
    name = models.CharField(_("name"), max_length=160)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    target_group = models.CharField(_("target group"), max_length=16, choices=TargetGroup)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender, blank=True)
    needs = models.CharField(
        _("what they need to come"), max_length=300, blank=True, help_text=_("Interpreter, childcare, access.")
    )
    invited_at = models.DateTimeField(_("invited on"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("last e-mail sent on"), null=True, blank=True, editable=False)
    sending_at = models.DateTimeField(null=True, blank=True, editable=False)
    reply = models.CharField(_("answer"), max_length=5, choices=Reply, blank=True, default=Reply.NONE)
    replied_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    attended = models.BooleanField(_("came"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    token_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_venue = models.CharField(max_length=300, blank=True, editable=False)
    contact_deleted_at = models.DateTimeField(_("contact data deleted on"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitee")
        verbose_name_plural = _("invitees")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["token_hash"], name="invitee_token")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "email", "name"],
                condition=~Q(email=""),
                name="invitee_person_unique",
            ),
            models.CheckConstraint(condition=Q(target_group__in=TargetGroup.values), name="invitee_target_known"),
            models.CheckConstraint(condition=Q(gender__in=["", *Gender.values]), name="invitee_gender_known"),
            models.CheckConstraint(condition=Q(reply__in=Reply.values), name="invitee_reply_known"),
        ]

    def __str__(self):
        return self.name or str(self.get_target_group_display())

    @property
    def acts_for(self) -> str:
        """The organisation, empty where it stands there as the name already: nobody is known who acts for it."""
        return "" if self.organisation.casefold() == self.name.casefold() else self.organisation

    @property
    def letter_in_doubt(self) -> bool:
        """Whether nobody knows what became of the last letter: it is on its way for too long, and no answer came since."""
        sent = self.sending_at
        if sent is None or sent >= timezone.now() - self.ON_ITS_WAY:
            return False
        return self.replied_at is None or self.replied_at < sent

    def get_absolute_url(self):
        return reverse("focusgroups:invitee", args=[self.group.audit.slug, self.group.uuid, self.uuid])


class Seat(Identified):
    """A seat at the table. Whoever takes it gets a card with its number and a personal code, and is known by that alone.

    Stakeholder group, gender and age are the participant's; their consents to quotation and to recording too.
    """

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="seats")
    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="seat")
    number = models.PositiveSmallIntegerField(_("number of the seat"))

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="seat_number_unique")]

    def __str__(self):
        return str(self.number)
