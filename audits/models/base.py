"""Bases that several rooms build on."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Identified(models.Model):
    """A row that addresses, evidence links and exports name by a UUID instead of its place in the table."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class StaleError(Exception):
    """Somebody else saved meanwhile; nothing was written (DESIGN rule 12). `current` is what stands now, None after a
    deletion or where the writer reads it anew."""

    def __init__(self, current: Any = None) -> None:
        super().__init__("Somebody else saved meanwhile.")
        self.current = current


class Versioned(models.Model):
    """A shared text: each save is the next version, and one that started from an older version is shown to its writer,
    not written (DESIGN rule 12; `audits/actions/versions.py`). `written` names the columns that a save writes.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(_("text changed on"), default=timezone.now, editable=False)

    written: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True


class Planning(models.Model):
    """What has to be arranged so that everybody invited can come (DESIGN section 3, planning fields)."""

    childcare = models.CharField(_("childcare"), max_length=300, blank=True)
    interpreters = models.CharField(_("interpreters"), max_length=300, blank=True)
    expenses = models.CharField(_("travel and other expenses"), max_length=300, blank=True)
    payment = models.CharField(_("payment for taking part"), max_length=300, blank=True)
    access = models.CharField(_("access for people with disabilities"), max_length=300, blank=True)

    class Meta:
        abstract = True
