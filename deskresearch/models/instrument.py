"""The desk research guide as an instrument (toolkit, "City audit desk research")."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audits.models import Instrument, InstrumentPart
from audits.models.instrument import CalledByText


class ResearchGuide(Instrument):
    class Meta(Instrument.Meta):
        verbose_name = _("desk research guide")
        verbose_name_plural = _("desk research guides")


class SourceType(InstrumentPart):
    """A type of sources: document review, literature, secondary data, media."""

    parent_field = "guide"
    translatable = ("title", "text")

    guide = models.ForeignKey(ResearchGuide, on_delete=models.CASCADE, related_name="source_types")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("explanation"), blank=True)

    class Meta(InstrumentPart.Meta):
        verbose_name = _("type of sources")
        verbose_name_plural = _("types of sources")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="deskresearch_source_key_unique")]

    def __str__(self):
        return self.title


class Step(InstrumentPart):
    """One of the two steps: documents; institutions and governance."""

    parent_field = "guide"
    translatable = ("title", "text")

    guide = models.ForeignKey(ResearchGuide, on_delete=models.CASCADE, related_name="steps")
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("explanation"), blank=True)

    class Meta(InstrumentPart.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="deskresearch_step_key_unique")]

    def __str__(self):
        return self.title


class StepPart(CalledByText, InstrumentPart):
    parent_field = "step"
    translatable = ("text",)

    class Meta(InstrumentPart.Meta):
        abstract = True


class Aspect(StepPart):
    """An aspect that the analysis of documents has to include."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="aspects")
    text = models.TextField(_("aspect"))

    class Meta(StepPart.Meta):
        verbose_name = _("aspect")
        verbose_name_plural = _("aspects")
        constraints = [models.UniqueConstraint(fields=["step", "key"], name="deskresearch_aspect_key_unique")]


class ResearchQuestion(StepPart):
    """A guide question of the step."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(_("question"))

    class Meta(StepPart.Meta):
        verbose_name = _("guide question")
        verbose_name_plural = _("guide questions")
        constraints = [models.UniqueConstraint(fields=["step", "key"], name="deskresearch_question_key_unique")]
