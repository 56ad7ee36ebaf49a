"""The register of stakeholders (UNITES guide, "Coordinating with stakeholders"; SAFETY, "People").

It holds contact data of organisations and of people who act for one. Who takes part in a walk, a focus group or a
photovoice is never written down here.
"""

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from simple_history.models import HistoricalRecords

from audits.enums import TargetGroup
from audits.models import Audit, Identified, SelectionQuestion, SpreadsheetUpload, Versioned
from audits.search import holding

from ..enums import Degree, Known, Quadrant, Sector, StakeholderKind

LOWEST, HIGHEST = min(Degree), max(Degree)
SEARCHED = ("name", "contact_name", "contact_role", "email", "involved_in", "arguments")
"""The columns in which a search looks."""
UNREACHABLE = Q(email="", telephone="")
NOT_PLACED = Q(power__isnull=True) | Q(interest__isnull=True)
_STEPS = [MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]


class StakeholderQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(audit__in=Audit.objects.visible_to(user))

    def placed(self):
        """Those that have their place in the power-interest matrix."""
        return self.exclude(NOT_PLACED)

    def not_placed(self):
        return self.filter(NOT_PLACED)

    def in_quadrant(self, quadrant):
        """Those of one field of the matrix."""
        if quadrant == Quadrant.BETWEEN:
            return self.placed().filter(Q(power=Degree.SOME) | Q(interest=Degree.SOME))
        high = {"power": quadrant.powerful, "interest": quadrant.interested}
        return self.filter(**{f"{name}__{'gt' if is_high else 'lt'}": Degree.SOME for name, is_high in high.items()})

    def unreachable(self):
        """Those with neither an e-mail address nor a telephone number."""
        return self.filter(UNREACHABLE)

    def mentioning(self, words):
        """Those that hold every folded word in their name, in who acts for them, or in what is written about them."""
        found = self
        for word in words:
            found = found.filter(holding(word, SEARCHED))
        return found

    def by_sector(self):
        """In the order of a stakeholder map: sector by sector, those without one last."""
        place = models.Case(*(models.When(sector=value, then=at) for at, value in enumerate(Sector.values)))
        return self.alias(place=place).order_by(F("place").asc(nulls_last=True), "name", "pk")


class Stakeholder(Identified, Versioned):
    """An organisation, or a function that somebody holds, which has a stake in the city's integration policy.

    `power` and `interest` run from 1 to 5, empty while nobody has judged; `arguments` are those for their own taking
    part, to have at hand before one asks them (UNITES guide, "How to choose stakeholders").
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="stakeholders")
    kind = models.CharField(_("kind"), max_length=12, choices=StakeholderKind, default=StakeholderKind.ORGANISATION)
    name = models.CharField(_("name"), max_length=200)
    sector = models.CharField(_("sector"), max_length=10, choices=Sector, blank=True)
    target_group = models.CharField(_("target group"), max_length=16, choices=TargetGroup, blank=True)
    migrant_led = models.CharField(
        _("migrant-led"),
        max_length=3,
        choices=Known,
        blank=True,
        default=Known.UNKNOWN,
        help_text=_("Created and steered by migrants themselves."),
    )
    contact_name = models.CharField(
        _("who acts for it"), max_length=160, blank=True, help_text=_("Somebody who acts for the organisation.")
    )
    contact_role = models.CharField(_("their position there"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    involved_in = models.TextField(_("involved in so far"), blank=True, validators=[MaxLengthValidator(2000)])
    power = models.PositiveSmallIntegerField(_("power"), null=True, blank=True, validators=_STEPS)
    interest = models.PositiveSmallIntegerField(_("interest"), null=True, blank=True, validators=_STEPS)
    arguments = models.TextField(
        _("arguments for their taking part"), blank=True, validators=[MaxLengthValidator(2000)]
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StakeholderQuerySet.as_manager()
    history = HistoricalRecords()

    written = (
        "kind",
        "name",
        "sector",
        "target_group",
        "migrant_led",
        "contact_name",
        "contact_role",
        "email",
        "telephone",
        "website",
        "involved_in",
        "power",
        "interest",
        "arguments",
    )

    CONTACT = ("contact_name", "contact_role", "email", "telephone")
    """The columns that may tell who acts for it."""

    class Meta:
        verbose_name = _("stakeholder")
        verbose_name_plural = _("stakeholders")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "name"],
                name="stakeholder_name_unique",
                violation_error_message=_("A stakeholder of this name is in the register already."),
            ),
            models.CheckConstraint(condition=Q(kind__in=StakeholderKind.values), name="stakeholder_kind_is_known"),
            models.CheckConstraint(condition=Q(sector__in=["", *Sector.values]), name="stakeholder_sector_is_known"),
            models.CheckConstraint(
                condition=Q(target_group__in=["", *TargetGroup.values]), name="stakeholder_target_is_known"
            ),
            models.CheckConstraint(condition=Q(migrant_led__in=Known.values), name="stakeholder_led_is_known"),
            models.CheckConstraint(
                condition=(Q(power__isnull=True) | Q(power__range=(LOWEST, HIGHEST)))
                & (Q(interest__isnull=True) | Q(interest__range=(LOWEST, HIGHEST))),
                name="stakeholder_on_the_matrix",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("stakeholders:detail", args=[self.audit.slug, self.uuid])

    @property
    def quadrant(self) -> Quadrant | None:
        """Its field of the matrix, None while it has no place there."""
        return Quadrant.of(self.power, self.interest) if self.power and self.interest else None

    @property
    def is_powerful(self) -> bool:
        return bool(self.power) and Degree(self.power).is_high

    @property
    def power_in_words(self):
        return Degree(self.power).label if self.power else ""

    @property
    def interest_in_words(self):
        return Degree(self.interest).label if self.interest else ""

    @property
    def has_contact(self) -> bool:
        return any(getattr(self, name) for name in self.CONTACT)

    @property
    def keeps_contact(self) -> bool:
        """Whether such data stand here or in earlier versions: whoever empties the fields has not removed them there."""
        return self.has_contact or self.history.exclude(**dict.fromkeys(self.CONTACT, "")).exists()


class SelectionAnswer(models.Model):
    """What the team answers to a selection question about a stakeholder; no row means not known yet."""

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(SelectionQuestion, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(_("answer"), max_length=3, choices=[(one.value, one.label) for one in Known if one.value])
    note = models.CharField(_("why"), max_length=300, blank=True)

    # How many use an instrument (`audits.instruments.used_by`).
    uses_in_words = ngettext_lazy(
        "%(count)s answer to a selection question", "%(count)s answers to selection questions", "count"
    )

    class Meta:
        verbose_name = _("answer to a selection question")
        verbose_name_plural = _("answers to selection questions")
        ordering = ["question__position"]
        constraints = [
            models.UniqueConstraint(fields=["stakeholder", "question"], name="stakeholder_question_once"),
            models.CheckConstraint(condition=Q(answer__in=[Known.YES, Known.NO]), name="stakeholder_answer_is_known"),
        ]

    def __str__(self):
        return f"{self.question}: {self.get_answer_display()}"


class StakeholderUpload(SpreadsheetUpload):
    """A spreadsheet of stakeholders that is being brought in.

    `corrections` are the cells that the person has written anew in the preview: `{"12-e-mail": "office@…"}`, by row and
    column.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="+")
    corrections = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("spreadsheet of stakeholders")
        verbose_name_plural = _("spreadsheets of stakeholders")
