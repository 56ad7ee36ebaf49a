from django.db import models
from django.utils.translation import gettext_lazy as _

from .audit import Audit
from .base import Identified
from .picture import Picture


class CityPlan(Identified):
    """An uploaded picture of the city or a part of it, on which places are marked; no map of a third party is asked for.

    `source` names who made the plan and under which terms, as it is printed below it.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="plans")
    title = models.CharField(_("title"), max_length=120)
    source = models.CharField(_("source and rights"), max_length=200, blank=True)
    picture = models.OneToOneField(Picture, on_delete=models.PROTECT, related_name="plan", verbose_name=_("picture"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("city plan")
        verbose_name_plural = _("city plans")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "title"],
                name="plan_title_unique",
                violation_error_message=_("There is a plan of this title already."),
            )
        ]

    def __str__(self):
        return self.title
