"""Institutions and how they work together (toolkit, desk research, step 2)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.models import Audit, Identified, Versioned

from ..enums import GovernanceLevel, InstitutionKind, Participation, PartnershipKind, Rating

TEXT_LENGTH = 3000
SHORT = [MaxLengthValidator(TEXT_LENGTH)]


class InstitutionQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        """As the diagram and the report name them: who decides, who delivers, who is consulted."""
        order = models.Case(
            *(models.When(level=level, then=place) for place, level in enumerate(GovernanceLevel.values))
        )
        return self.alias(level_place=order).order_by("level_place", "position", "name__alphabetical", "pk")

    def with_links(self) -> Self:
        """With what each reports to and takes part in, as lists and the diagram say it."""
        return self.select_related("reports_to").prefetch_related("partnerships")


class Institution(Identified, Versioned):
    """A public agency or another body with a part in integration and urban security, or one that is missing.

    The fields follow the guide questions of step 2.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="institutions")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind of institution"), max_length=16, choices=InstitutionKind)
    level = models.CharField(_("what it does in the governance of integration"), max_length=7, choices=GovernanceLevel)
    exists = models.BooleanField(
        _("it exists"), default=True, help_text=_("Untick it for a body that should be there and is missing.")
    )
    reports_to = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reporting",
        verbose_name=_("reports to, or has its mandate from"),
    )
    note = models.CharField(
        _("words in the diagram"), max_length=60, blank=True, help_text=_("For example: 4 posts; no TCN mandate")
    )
    mandate = models.TextField(_("mandate"), blank=True, validators=SHORT)
    tcn_mandate = models.CharField(_("special mandate on TCN integration"), max_length=7, choices=Rating, blank=True)
    tcn_mandate_text = models.TextField(
        _("what its mandate says on TCN integration and prevention of crime"), blank=True, validators=SHORT
    )
    urban_security = models.CharField(_("responsible for urban security"), max_length=7, choices=Rating, blank=True)
    responsibilities = models.TextField(_("responsibilities"), blank=True, validators=SHORT)
    measures = models.TextField(
        _("new measures for public safety in communities with mixed population"), blank=True, validators=SHORT
    )
    cooperation = models.TextField(
        _("work with community leaders, NGOs and citizens’ groups"), blank=True, validators=SHORT
    )
    barriers = models.TextField(_("barriers to consulting TCN"), blank=True, validators=SHORT)
    capacity = models.CharField(
        _("sufficient capacity, skills and resources"), max_length=7, choices=Rating, blank=True
    )
    capacity_text = models.TextField(_("capacity, skills and resources"), blank=True, validators=SHORT)
    strengths = models.TextField(_("strengths"), blank=True, validators=SHORT)
    weaknesses = models.TextField(_("weaknesses"), blank=True, validators=SHORT)
    improvement = models.TextField(_("what needs improvement"), blank=True, validators=SHORT)
    position = models.PositiveIntegerField(_("position"), default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InstitutionQuerySet.as_manager()

    written = (
        "name",
        "kind",
        "level",
        "exists",
        "reports_to_id",
        "note",
        "mandate",
        "tcn_mandate",
        "tcn_mandate_text",
        "urban_security",
        "responsibilities",
        "measures",
        "cooperation",
        "barriers",
        "capacity",
        "capacity_text",
        "strengths",
        "weaknesses",
        "improvement",
    )

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=InstitutionKind.values), name="institution_kind_is_known"),
            models.CheckConstraint(condition=Q(level__in=GovernanceLevel.values), name="institution_level_is_known"),
            models.CheckConstraint(
                condition=Q(reports_to__isnull=True) | ~Q(reports_to=F("pk")),
                name="institution_not_its_own_superior",
                violation_error_message=_("It cannot report to itself."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("deskresearch:institution-detail", args=[self.audit.slug, self.uuid])


class Partnership(Identified, Versioned):
    """How public bodies, civil society and TCN work together: a partnership, a co-operation, a consultation."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="partnerships")
    title = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=PartnershipKind)
    exists = models.BooleanField(
        _("it exists"), default=True, help_text=_("Untick it for one that should be there and is missing.")
    )
    standing = models.BooleanField(
        _("standing"), default=False, help_text=_("Not for a single project or a single occasion.")
    )
    institutions = models.ManyToManyField(
        Institution, blank=True, related_name="partnerships", verbose_name=_("institutions that take part")
    )
    others = models.CharField(
        _("others who take part"),
        max_length=300,
        blank=True,
        help_text=_("Organisations and groups, never names of people."),
    )
    tcn = models.CharField(_("level on which TCN take part"), max_length=6, choices=Participation, blank=True)
    in_planning = models.BooleanField(_("in planning"), default=False)
    in_implementation = models.BooleanField(_("in implementation"), default=False)
    in_assessment = models.BooleanField(_("in assessment"), default=False)
    text = models.TextField(_("how it works"), blank=True, validators=SHORT)
    position = models.PositiveIntegerField(_("position"), default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    written = (
        "title",
        "kind",
        "exists",
        "standing",
        "others",
        "tcn",
        "in_planning",
        "in_implementation",
        "in_assessment",
        "text",
    )

    class Meta:
        verbose_name = _("partnership or mechanism")
        verbose_name_plural = _("partnerships and mechanisms")
        ordering = ["position", "title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PartnershipKind.values), name="partnership_kind_is_known"),
            models.CheckConstraint(
                condition=Q(tcn="") | Q(tcn__in=Participation.values), name="partnership_level_is_known"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("deskresearch:partnership-edit", args=[self.audit.slug, self.uuid])
