from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from audits.models import Identified, SpreadsheetUpload
from audits.participation.models import Participant

from ..enums import Missing, SheetAct, SheetSource
from .instrument import Item
from .walk import CityWalk, WalkPlace


class SheetQuerySet(models.QuerySet):
    def counted(self):
        """Sheets that count in results: of somebody who takes part, not voided, with anything on them at all."""
        written = Q(value__isnull=False) | ~Q(missing="") | ~Q(comment="") | ~Q(suggestion="")
        return self.filter(
            models.Exists(Score.objects.filter(written, sheet=models.OuterRef("pk"))),
            voided_at__isnull=True,
            participant__joined_at__isnull=False,
        )

    def with_progress(self):
        """Annotates `answered`: items with a score or a stated "no answer"; a mere comment is no answer.

        By number: a query that counts has lost the order of the model.
        """
        answer = Q(scores__value__isnull=False) | Q(scores__missing__in=Missing.values)
        return self.annotate(answered=models.Count("scores__item", filter=answer, distinct=True)).order_by("number")


class Sheet(Identified):
    """One participant's checklist on one walk."""

    walk = models.ForeignKey(CityWalk, on_delete=models.CASCADE, related_name="sheets")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="sheets")
    number = models.PositiveIntegerField(_("number"))
    source = models.CharField(_("how it came in"), max_length=12, choices=SheetSource, default=SheetSource.PAPER)
    language = models.CharField(_("language in which it was filled in"), max_length=10, default="en")
    translation_revision = models.CharField(_("revision of the translation"), max_length=64, blank=True)
    submitted_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    voided_at = models.DateTimeField(_("voided on"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    void_reason = models.CharField(_("why it is void"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("sheet")
        verbose_name_plural = _("sheets")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["walk", "number"],
                name="sheet_number_unique",
                violation_error_message=_("There is a sheet with this number already."),
            ),
            models.UniqueConstraint(
                fields=["walk", "participant"],
                condition=Q(voided_at__isnull=True),
                name="sheet_once_per_participant",
                violation_error_message=_("This person has a sheet on this walk already."),
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="sheet_void_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(source__in=SheetSource.values), name="sheet_source_is_known"),
        ]

    def __str__(self):
        return str(_("Sheet %(number)s") % {"number": self.number})

    @property
    def typed_by_team(self) -> bool:
        """Whether the team says who filled the sheet in; on a phone the participant says it alone."""
        return self.source != SheetSource.PHONE

    @property
    def subject(self) -> str:
        """The name under which the change journal keeps what was typed on this sheet."""
        return f"sheet:{self.uuid}"


class SheetEvent(models.Model):
    """Why a sheet was renumbered, moved or voided; never changed afterwards."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(_("what was done"), max_length=12, choices=SheetAct)
    before = models.CharField(_("before"), max_length=120, blank=True)
    after = models.CharField(_("after"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change to a sheet")
        verbose_name_plural = _("changes to sheets")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(act__in=SheetAct.values), name="sheet_event_act_is_known"),
        ]

    def __str__(self):
        return self.get_act_display()


class SheetPlace(models.Model):
    """Where and when a section that is filled once per place was filled (toolkit: header of the urban section)."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(WalkPlace, on_delete=models.PROTECT, related_name="+", verbose_name=_("name of the area"))
    location = models.CharField(_("specific location"), max_length=200, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    time = models.TimeField(_("time"), null=True, blank=True)

    class Meta:
        verbose_name = _("place on a sheet")
        verbose_name_plural = _("places on a sheet")
        ordering = ["place__position"]
        constraints = [models.UniqueConstraint(fields=["sheet", "place"], name="sheet_place_once")]

    def __str__(self):
        return str(self.place)


class Score(Identified):
    """A participant's answer to one statement, at one place where the section is filled per place.

    A missing score is `None` with its reason, never 0 (DESIGN rule 1). Its history stands in the change journal.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="scores")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(WalkPlace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    value = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    missing = models.CharField(_("why there is no score"), max_length=10, choices=Missing, blank=True)
    comment = models.TextField(_("comment or evidence"), blank=True)
    suggestion = models.TextField(_("suggestion"), blank=True)
    from_phone = models.BooleanField(
        _("given on the participant’s own phone"),
        default=False,
        help_text=_("The team never alters such an answer; it may hide its comment, with a reason."),
    )
    hidden_reason = models.CharField(_("why the comment is hidden"), max_length=300, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    # How many use an instrument (`audits.instruments.used_by`).
    uses_in_words = ngettext_lazy("%(count)s score", "%(count)s scores", "count")

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["item__section__position", "item__position", "place__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "item", "place"],
                condition=Q(place__isnull=False),
                name="score_once_per_place",
            ),
            models.UniqueConstraint(fields=["sheet", "item"], condition=Q(place__isnull=True), name="score_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5), name="score_between_1_and_5"
            ),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(missing=""), name="score_or_reason_not_both"),
        ]

    def __str__(self):
        return f"{self.item.key}: {self.value or '–'}"


class SheetUpload(SpreadsheetUpload):
    """A spreadsheet between its preview and the decision to import it.

    What is imported is what was looked at: these bytes, by their digest. Deleted with the import or the refusal,
    and after a day in any case.
    """

    walk = models.ForeignKey(CityWalk, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name of the file"), max_length=200)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("uploaded spreadsheet")
        verbose_name_plural = _("uploaded spreadsheets")

    def __str__(self):
        return self.name
