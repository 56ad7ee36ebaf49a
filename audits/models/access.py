"""Who of the team saw, took and erased personal material of an audit (SAFETY, "People")."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Act, Personal, Role
from .audit import Audit

# Stands in place of a role for whoever came with a personal code or an own link; which of them, is not kept.
PARTICIPANT = "participant"
ROLES = dict([*Role.choices, (PARTICIPANT, _("Participant"))])


class AccessEntry(models.Model):
    """One line of the log, never changed afterwards: no content, no network address, nothing that tells who a participant is.

    `label` and `row` name what the material belongs to, as a walk or a focus group: its model and its UUID. Its name is
    read when the log is, so that none outlives what it names. `role` is the one at that time. Of a participant only the
    day is kept, as its first moment.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="accesses", verbose_name=_("audit"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=12, choices=ROLES, blank=True)
    act = models.CharField(_("what was done"), max_length=8, choices=Act)
    kind = models.CharField(_("kind of data"), max_length=12, choices=Personal)
    label = models.CharField(max_length=100, blank=True)
    row = models.UUIDField(null=True)
    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("access to personal material")
        verbose_name_plural = _("accesses to personal material")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["audit", "-at"], name="access_audit_latest"),
            models.Index(fields=["user", "kind", "-at"], name="access_user_latest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(act__in=Act.values), name="access_act_is_known"),
            models.CheckConstraint(condition=Q(kind__in=Personal.values), name="access_kind_is_known"),
        ]

    def __str__(self):
        return f"{self.get_act_display()}: {self.get_kind_display()}"

    def save(self, *args, **kwargs):
        """Raises ValueError for a row that is stored already."""
        if not self._state.adding:
            raise ValueError("What was logged is never changed.")
        super().save(*args, **kwargs)

    @property
    def by_participant(self) -> bool:
        return self.role == PARTICIPANT

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)
