from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.stakeholders.enums import CallReply
from audits.stakeholders.models import Call, Stakeholder

from .walk import CityWalk


class WalkCall(Call):
    """A stakeholder of the register who is asked to a walk, and what they answer."""

    walk = models.ForeignKey(CityWalk, on_delete=models.CASCADE, related_name="calls")
    stakeholder = models.ForeignKey(
        Stakeholder, on_delete=models.CASCADE, related_name="walk_calls", verbose_name=_("stakeholder")
    )

    class Meta(Call.Meta):
        verbose_name = _("stakeholder asked to a walk")
        verbose_name_plural = _("stakeholders asked to walks")
        constraints = [
            models.UniqueConstraint(fields=["walk", "stakeholder"], name="walk_call_once"),
            models.CheckConstraint(condition=Q(reply__in=CallReply.values), name="walk_call_reply_is_known"),
        ]

    def get_absolute_url(self):
        page = reverse("checklists:walk-calls", args=[self.walk.audit.slug, self.walk.uuid])
        return f"{page}#{self.uuid}"
