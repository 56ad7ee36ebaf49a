"""The Integrating Cities benchmarks as instruments (ImpleMentoring, MIXITIES, UNITES)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audits.models import ComparedPart, Instrument, InstrumentPart, SharedRow
from audits.models.instrument import CalledByText, opening

from ..enums import CharterRole, Part


class Benchmark(Instrument):
    """A standard with the key factors that make the difference in meeting it."""

    translatable = (*Instrument.translatable, "standard", "rationale", "coverage")

    standard = models.TextField(_("standard"), blank=True)
    rationale = models.TextField(_("rationale"), blank=True)
    coverage = models.TextField(_("what it covers"), blank=True)

    class Meta(Instrument.Meta):
        verbose_name = _("benchmark")
        verbose_name_plural = _("benchmarks")


class Term(InstrumentPart):
    """A word that the benchmark defines; a city may state another definition in its assessment."""

    parent_field = "benchmark"
    translatable = ("title", "definition")

    benchmark = models.ForeignKey(Benchmark, on_delete=models.CASCADE, related_name="terms")
    title = models.CharField(_("term"), max_length=120)
    definition = models.TextField(_("definition"))

    class Meta(InstrumentPart.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [models.UniqueConstraint(fields=["benchmark", "key"], name="benchmark_term_key_unique")]

    def __str__(self):
        return self.title


class KeyFactor(ComparedPart):
    """A policy element that makes the difference; its `key` is the factor's code."""

    parent_field = "benchmark"
    translatable = ("title", "statement", "rationale", "explanation", "explanation_end")

    benchmark = models.ForeignKey(Benchmark, on_delete=models.CASCADE, related_name="factors")
    part = models.CharField(_("part"), max_length=14, choices=Part, blank=True, default=Part.WHOLE)
    title = models.CharField(_("title"), max_length=200, blank=True)
    statement = models.TextField(_("statement"))
    rationale = models.TextField(_("rationale"), blank=True)
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("Stands before the criteria, where the factor has any.")
    )
    explanation_end = models.TextField(
        _("end of the explanation"), blank=True, help_text=_("Stands after the criteria.")
    )

    class Meta(ComparedPart.Meta):
        verbose_name = _("key factor")
        verbose_name_plural = _("key factors")
        constraints = [
            models.UniqueConstraint(
                fields=["benchmark", "key"],
                name="key_factor_key_unique",
                violation_error_message=_("There is a key factor with this code already."),
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="key_factor_part_is_known"),
        ]

    @property
    def full_name(self):
        return f"{self.key} {self.title or self.statement}"

    def __str__(self):
        return opening(self.full_name)


class FactorPart(CalledByText, InstrumentPart):
    """A row directly below a key factor."""

    parent_field = "factor"
    translatable = ("text",)

    class Meta(InstrumentPart.Meta):
        abstract = True


class GuideQuestion(FactorPart):
    """What to investigate before one can say whether the factor is in place; may have sub-questions."""

    factor = models.ForeignKey(KeyFactor, on_delete=models.CASCADE, related_name="questions")
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sub_questions",
        verbose_name=_("belongs to the question"),
    )
    text = models.TextField(_("question"))

    class Meta(FactorPart.Meta):
        verbose_name = _("guide question")
        verbose_name_plural = _("guide questions")
        constraints = [
            models.UniqueConstraint(fields=["factor", "key"], name="guide_question_key_unique"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")),
                name="guide_question_not_its_own_parent",
                violation_error_message=_("It cannot belong to itself. Choose another one."),
            ),
        ]


class Criterion(FactorPart):
    """A point of the explanation of a UNITES factor; it can serve as a step of a development plan."""

    factor = models.ForeignKey(KeyFactor, on_delete=models.CASCADE, related_name="criteria")
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sub_criteria",
        verbose_name=_("belongs to the criterion"),
    )
    text = models.TextField(_("criterion"))

    class Meta(FactorPart.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["factor", "key"], name="criterion_key_unique"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")),
                name="criterion_not_its_own_parent",
                violation_error_message=_("It cannot belong to itself. Choose another one."),
            ),
        ]


class Example(FactorPart):
    """How a city works on the factor."""

    translatable = ("title", "text")

    factor = models.ForeignKey(KeyFactor, on_delete=models.CASCADE, related_name="examples")
    city = models.CharField(_("city"), max_length=120)
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"))

    class Meta(FactorPart.Meta):
        verbose_name = _("example")
        verbose_name_plural = _("examples")
        constraints = [models.UniqueConstraint(fields=["factor", "key"], name="example_key_unique")]

    def __str__(self):
        return f"{self.city}: {self.title}" if self.title else self.city


class KeyedManager(models.Manager):
    def get_by_natural_key(self, key):
        return self.get(key=key)


class SharedPart(SharedRow):
    """A seeded row that all benchmarks share."""

    objects = KeyedManager()

    class Meta(SharedRow.Meta):
        abstract = True


class ContextFactor(SharedPart):
    """A factor largely outside the city's control that can explain a judgement."""

    translatable = ("title", "text")

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("explanation"))

    class Meta(SharedPart.Meta):
        verbose_name = _("context factor")
        verbose_name_plural = _("context factors")

    def __str__(self):
        return self.title


class CharterCommitment(SharedPart):
    """A commitment of the Integrating Cities Charter, in one of a city's four roles."""

    role = models.CharField(_("role"), max_length=20, choices=CharterRole)
    text = models.TextField(_("commitment"))

    class Meta(SharedPart.Meta):
        verbose_name = _("charter commitment")
        verbose_name_plural = _("charter commitments")
        constraints = [models.CheckConstraint(condition=Q(role__in=CharterRole.values), name="charter_role_is_known")]

    def __str__(self):
        return opening(self.text)


class BenchmarkUse(SharedPart):
    """A way of using a benchmark: internal assessment, peer review, development plan."""

    translatable = ("title", "text")

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("explanation"))

    class Meta(SharedPart.Meta):
        verbose_name = _("way of using a benchmark")
        verbose_name_plural = _("ways of using a benchmark")

    def __str__(self):
        return self.title


class PeerReviewStep(SharedPart):
    """A step of the EUROCITIES peer review."""

    translatable = ("title", "text")

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("explanation"))

    class Meta(SharedPart.Meta):
        verbose_name = _("peer review step")
        verbose_name_plural = _("peer review steps")

    def __str__(self):
        return self.title
