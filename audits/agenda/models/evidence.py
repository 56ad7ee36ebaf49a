"""Links from findings and judgements to their sources."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class EvidenceLink(models.Model):
    """Points from a finding or judgement to its source: app, type and UUID (DESIGN section 3).

    The source lives in a method's app, which this room must not import; the registry resolves the reference.
    `caption` and `figures` keep what the source said when it was linked.
    """

    holder_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    holder_id = models.PositiveBigIntegerField()
    holder = GenericForeignKey("holder_type", "holder_id")
    app = models.CharField(_("method"), max_length=40)
    type = models.CharField(_("kind of source"), max_length=40)
    source = models.UUIDField(_("source"))
    caption = models.CharField(_("caption"), max_length=400)
    figures = models.JSONField(_("figures when linked"), default=dict, blank=True)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["app", "type", "source"], name="evidence_source")]
        constraints = [
            models.UniqueConstraint(
                fields=["holder_type", "holder_id", "app", "type", "source"], name="evidence_linked_once"
            )
        ]

    def __str__(self):
        return self.caption
