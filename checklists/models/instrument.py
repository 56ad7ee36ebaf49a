"""The checklist as an instrument: 4 sections, 30 items (toolkit, "City tours with checklists")."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audits.enums import Area
from audits.models import ComparedPart, Instrument, InstrumentPart
from audits.models.instrument import opening


class Checklist(Instrument):
    translatable = (*Instrument.translatable, "scoring", "limits")

    scoring = models.TextField(_("how results are made"), blank=True)
    limits = models.TextField(_("what the results cannot say"), blank=True)

    class Meta(Instrument.Meta):
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")


class Section(InstrumentPart):
    """A part of the checklist; it belongs to one thematic area."""

    parent_field = "checklist"
    translatable = ("title",)

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="sections")
    area = models.CharField(_("area"), max_length=10, choices=Area)
    title = models.CharField(_("title"), max_length=200)
    can_be_per_place = models.BooleanField(
        _("can be filled once per place"),
        default=False,
        help_text=_("The form then asks for the name of the area, the specific location, date, time and day."),
    )

    class Meta(InstrumentPart.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(fields=["checklist", "key"], name="section_key_unique"),
            models.CheckConstraint(condition=Q(area__in=Area.values), name="section_area_is_known"),
        ]

    def __str__(self):
        return self.title


class Item(ComparedPart):
    """A statement that is scored from 1 (poor) to 5 (excellent).

    Its `key` is the permanent code by which audits are compared (DESIGN rule 4). A reworded statement gets a
    new code and names the one it replaces: shown side by side, not compared (rule 6).
    """

    parent_field = "section"
    translatable = ("statement", "short")

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items")
    statement = models.TextField(_("statement"))
    short = models.CharField(
        _("short form"),
        max_length=80,
        blank=True,
        help_text=_("For tables in the report; the annex has the full wording."),
    )

    class Meta(ComparedPart.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [models.UniqueConstraint(fields=["section", "key"], name="item_key_unique")]

    @property
    def full_name(self):
        return f"{self.key} {self.statement}"

    def __str__(self):
        return opening(self.full_name)
