from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.stakeholders.enums import CallReply
from audits.stakeholders.models import Call, Stakeholder

from .activity import Activity


class ActivityCall(Call):
    """A stakeholder of the register who is asked to a photo activity, and what they answer."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="calls")
    stakeholder = models.ForeignKey(
        Stakeholder, on_delete=models.CASCADE, related_name="activity_calls", verbose_name=_("stakeholder")
    )

    class Meta(Call.Meta):
        verbose_name = _("stakeholder asked to a photo activity")
        verbose_name_plural = _("stakeholders asked to photo activities")
        constraints = [
            models.UniqueConstraint(fields=["activity", "stakeholder"], name="activity_call_once"),
            models.CheckConstraint(condition=Q(reply__in=CallReply.values), name="activity_call_reply_is_known"),
        ]

    def get_absolute_url(self):
        page = reverse("photovoice:calls", args=[self.activity.audit.slug, self.activity.uuid])
        return f"{page}#{self.uuid}"
