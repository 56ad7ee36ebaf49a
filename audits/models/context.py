from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import IndicatorTopic
from .audit import Audit


class ContextIndicator(models.Model):
    """A row of the city's context: what is counted, in which unit, and where the figures come from.

    Unit and source stand once for the row, not at every year: a series with two units is two series.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="context_indicators")
    topic = models.CharField(_("topic"), max_length=12, choices=IndicatorTopic)
    name = models.CharField(_("indicator"), max_length=160)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("context indicator")
        verbose_name_plural = _("context indicators")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "name"],
                name="context_indicator_once_per_audit",
                violation_error_message=_("This indicator is in the table already."),
            ),
            models.CheckConstraint(condition=Q(topic__in=IndicatorTopic.values), name="context_topic_is_known"),
        ]

    def __str__(self):
        return self.name


class ContextFigure(models.Model):
    """The value of an indicator in one year, in the indicator's unit."""

    indicator = models.ForeignKey(ContextIndicator, on_delete=models.CASCADE, related_name="figures")
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)

    class Meta:
        verbose_name = _("context figure")
        verbose_name_plural = _("context figures")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="context_figure_once_per_year"),
            models.CheckConstraint(condition=Q(year__gte=1900, year__lte=2200), name="context_year_is_plausible"),
        ]

    def __str__(self):
        return f"{self.year}: {self.value}"
