"""How a city keeps the commitments of the Integrating Cities Charter."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.models import Audit, Versioned

from ..enums import Stance
from .instrument import CharterCommitment


class CharterLinkQuerySet(models.QuerySet):
    def counting(self) -> Self:
        return self.filter(counts=True)


class CharterLinkManager(models.Manager.from_queryset(CharterLinkQuerySet)):
    def get_by_natural_key(self, commitment, benchmark, factor):
        return self.get(commitment__key=commitment, benchmark=benchmark, factor=factor)


class CharterLink(models.Model):
    """A key factor that serves a commitment, in all versions of its benchmark. Ours, not the charter's: administrators
    change it. They switch one off instead of deleting it, as the next seeding would bring it back (DESIGN rule 7).
    """

    kept_when_loaded = ("counts",)

    commitment = models.ForeignKey(CharterCommitment, on_delete=models.CASCADE, related_name="links")
    benchmark = models.SlugField(_("code of the benchmark"), max_length=60)
    factor = models.CharField(_("code of the key factor"), max_length=60)
    counts = models.BooleanField(_("counts"), default=True)

    objects = CharterLinkManager()

    class Meta:
        verbose_name = _("key factor that serves a commitment")
        verbose_name_plural = _("key factors that serve commitments")
        ordering = ["benchmark", "factor"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "benchmark", "factor"], name="commitment_served_once_by_factor"
            )
        ]

    def __str__(self):
        return f"{self.benchmark} {self.factor}"

    def natural_key(self):
        return (*self.commitment.natural_key(), self.benchmark, self.factor)

    natural_key.dependencies = ["benchmarks.chartercommitment"]


class CommitmentStance(Versioned):
    """Whether the city keeps a commitment by own action or advocates it, and how."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="commitment_stances")
    commitment = models.ForeignKey(CharterCommitment, on_delete=models.PROTECT, related_name="stances")
    stance = models.CharField(_("how the city keeps it"), max_length=9, choices=Stance, blank=True)
    text = models.TextField(_("what the city does for it"), blank=True, validators=[MaxLengthValidator(3000)])

    written = ("stance", "text")

    class Meta:
        verbose_name = _("stance on a commitment")
        verbose_name_plural = _("stances on commitments")
        constraints = [
            models.UniqueConstraint(fields=["audit", "commitment"], name="one_stance_per_commitment"),
            models.CheckConstraint(condition=Q(stance="") | Q(stance__in=Stance.values), name="stance_is_known"),
        ]

    def __str__(self):
        return f"{self.commitment}: {self.get_stance_display()}"

    def get_absolute_url(self):
        return f"{reverse('benchmarks:charter', args=[self.audit.slug])}#{self.commitment.key}"
