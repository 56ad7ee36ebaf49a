"""Whom of the register to ask to an occasion, and what they answer: the same for walks and for photos."""

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from audits.models import Identified, Versioned

from ..enums import CallReply


class CallQuerySet(models.QuerySet):
    def counts(self) -> dict[str, int]:
        """How many there are, how many have been asked, and how many come or do not; one query."""
        return self.aggregate(
            total=Count("pk"),
            asked=Count("pk", filter=Q(asked_on__isnull=False)),
            come=Count("pk", filter=Q(reply=CallReply.COMES)),
            refuse=Count("pk", filter=Q(reply=CallReply.NOT)),
        )


class Call(Identified, Versioned):
    """A stakeholder of the register who is asked to an occasion, and what they answer; each method says to which one.

    It is about organisations and those who act for them. Who took part is known nowhere: no participant leads here
    (SAFETY, "People"). A subclass has its occasion, and `stakeholder`.
    """

    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    reply = models.CharField(_("answer"), max_length=3, choices=CallReply, blank=True, default=CallReply.NONE)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CallQuerySet.as_manager()

    written = ("asked_on", "reply", "note")

    class Meta:
        abstract = True
        ordering = ["stakeholder__name", "pk"]

    def __str__(self):
        return str(self.stakeholder)
