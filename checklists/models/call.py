from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from audits.models import Identified
from audits.stakeholders.models import Stakeholder

from ..enums import CallReply
from .walk import CityWalk


class WalkCallQuerySet(models.QuerySet):
    def counts(self) -> dict[str, int]:
        """How many there are, how many have been asked, and how many come or do not; one query."""
        return self.aggregate(
            total=Count("pk"),
            asked=Count("pk", filter=Q(asked_on__isnull=False)),
            come=Count("pk", filter=Q(reply=CallReply.COMES)),
            refuse=Count("pk", filter=Q(reply=CallReply.NOT)),
        )


class WalkCall(Identified):
    """A stakeholder of the register who is asked to a walk, and what they answer.

    It is about organisations and those who act for them. Who took part in the walk is known nowhere: no sheet and no
    participant leads here (SAFETY, "People").
    """

    walk = models.ForeignKey(CityWalk, on_delete=models.CASCADE, related_name="calls")
    stakeholder = models.ForeignKey(
        Stakeholder, on_delete=models.CASCADE, related_name="walk_calls", verbose_name=_("stakeholder")
    )
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    reply = models.CharField(_("answer"), max_length=3, choices=CallReply, blank=True, default=CallReply.NONE)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WalkCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("stakeholder asked to a walk")
        verbose_name_plural = _("stakeholders asked to walks")
        ordering = ["stakeholder__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["walk", "stakeholder"], name="walk_call_once"),
            models.CheckConstraint(condition=Q(reply__in=CallReply.values), name="walk_call_reply_is_known"),
        ]

    def __str__(self):
        return str(self.stakeholder)
