"""Texts that an audit numbers and orders by area."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from audits.enums import Area
from audits.models import Audit, Identified, Versioned
from audits.search import holding, words

TEXT_LENGTH = 6000


class NumberSeries(models.Model):
    """The last number that an audit has given to one kind of text, so that none is given twice.

    Its row is also the lock under which numbers are given and orders changed.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="+")
    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [models.UniqueConstraint(fields=["audit", "series"], name="number_series_once")]

    def __str__(self):
        return f"{self.series}: {self.last}"


class NumberedTextQuerySet(models.QuerySet):
    def in_report_order(self) -> Self:
        """By area in the toolkit's order, then by position."""
        order = models.Case(*(models.When(area=area, then=place) for place, area in enumerate(Area.values)))
        return self.alias(area_place=order).order_by("area_place", "position", "pk")

    def mentioning(self, text: str) -> Self:
        """Texts in which each of the words occurs, in any order and script; a code such as "F12" is found too."""
        code = Concat(Value(self.model.letter), Cast("number", TextField()), output_field=TextField())
        found = self.alias(searched_code=code)
        for word in words(text):
            found = found.filter(holding(word, ["searched_code", *self.model.searched]))
        return found


class NumberedText(Identified, Versioned):
    """What findings, recommendations and measures share: number, area, place in the area, version.

    A number is given once and never again, also after a deletion. A save that started from an older version than
    the present one is shown to its writer, not written (DESIGN rule 12).
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="%(class)ss")
    number = models.PositiveIntegerField(_("number"), editable=False)
    area = models.CharField(_("area"), max_length=10, choices=Area)
    position = models.PositiveIntegerField(_("position"), default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = NumberedTextQuerySet.as_manager()

    letter: str
    searched: tuple[str, ...]

    class Meta:
        abstract = True

    @property
    def code(self) -> str:
        """How texts refer to it, for example F12 or R3."""
        return f"{self.letter}{self.number}"

    @property
    def area_label(self):
        return Area(self.area).label
