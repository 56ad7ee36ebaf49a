"""The co-design guide as an instrument (UNITES, "How to co-design integration strategies").

Only the seeded material; the working checklists of an audit that use it come with the stakeholder register.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .instrument import CalledByText, Instrument, InstrumentPart


class CodesignGuide(Instrument):
    translatable = (*Instrument.translatable, "digital_tools", "stakeholder_selection", "outreach")

    digital_tools = models.TextField(_("digital tools"), blank=True)
    stakeholder_selection = models.TextField(_("how to choose stakeholders"), blank=True)
    outreach = models.TextField(_("outreach"), blank=True)

    class Meta(Instrument.Meta):
        verbose_name = _("co-design guide")
        verbose_name_plural = _("co-design guides")


class CodesignPart(InstrumentPart):
    """A row directly below the guide."""

    parent_field = "guide"

    class Meta(InstrumentPart.Meta):
        abstract = True


class CodesignStage(CodesignPart):
    """One of the four stages of the policy cycle."""

    translatable = ("title", "text")

    guide = models.ForeignKey(CodesignGuide, on_delete=models.CASCADE, related_name="stages")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("explanation"))

    class Meta(CodesignPart.Meta):
        verbose_name = _("stage of the policy cycle")
        verbose_name_plural = _("stages of the policy cycle")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="codesign_stage_key_unique")]

    def __str__(self):
        return self.title


class CodesignChecklist(CodesignPart):
    """A checklist of the guide: policy cycle, stakeholder engagement, tips, strategic approach."""

    translatable = ("title",)

    guide = models.ForeignKey(CodesignGuide, on_delete=models.CASCADE, related_name="checklists")
    title = models.CharField(_("title"), max_length=200)

    class Meta(CodesignPart.Meta):
        verbose_name = _("co-design checklist")
        verbose_name_plural = _("co-design checklists")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="codesign_checklist_key_unique")]

    def __str__(self):
        return self.title


class CodesignChecklistItem(CalledByText, InstrumentPart):
    parent_field = "checklist"
    translatable = ("text", "group")

    checklist = models.ForeignKey(CodesignChecklist, on_delete=models.CASCADE, related_name="items")
    group = models.TextField(_("group"), blank=True, help_text=_("The sentence under which the items stand, if any."))
    text = models.TextField(_("text"))

    class Meta(InstrumentPart.Meta):
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        constraints = [models.UniqueConstraint(fields=["checklist", "key"], name="codesign_item_key_unique")]


class CodesignTool(CodesignPart):
    """A method card: when to use the tool, what it brings, what is hard, and where it was used."""

    translatable = ("title", "what", "when", "how", "advantages", "challenges", "example_title", "example")

    guide = models.ForeignKey(CodesignGuide, on_delete=models.CASCADE, related_name="tools")
    title = models.CharField(_("title"), max_length=120)
    what = models.TextField(_("what it is"))
    when = models.TextField(_("when to use it"), blank=True)
    how = models.TextField(_("how it works"), blank=True)
    advantages = models.TextField(_("advantages"), blank=True)
    challenges = models.TextField(_("challenges"), blank=True)
    example_title = models.CharField(_("title of the example"), max_length=200, blank=True)
    example = models.TextField(_("example"), blank=True)

    class Meta(CodesignPart.Meta):
        verbose_name = _("co-design tool")
        verbose_name_plural = _("co-design tools")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="codesign_tool_key_unique")]

    def __str__(self):
        return self.title


class SelectionQuestion(CalledByText, CodesignPart):
    """A question that helps to decide whether to involve a stakeholder."""

    translatable = ("text",)

    guide = models.ForeignKey(CodesignGuide, on_delete=models.CASCADE, related_name="selection_questions")
    text = models.TextField(_("question"))

    class Meta(CodesignPart.Meta):
        verbose_name = _("stakeholder selection question")
        verbose_name_plural = _("stakeholder selection questions")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="codesign_selection_key_unique")]


class StakeholderVoice(CodesignPart):
    """A stakeholder and the concern that the guide lets them speak of."""

    translatable = ("role", "concern")

    guide = models.ForeignKey(CodesignGuide, on_delete=models.CASCADE, related_name="voices")
    role = models.CharField(_("role"), max_length=160)
    concern = models.TextField(_("concern"))

    class Meta(CodesignPart.Meta):
        verbose_name = _("stakeholder’s concern")
        verbose_name_plural = _("stakeholders’ concerns")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="codesign_voice_key_unique")]

    def __str__(self):
        return self.role


class OutreachPart(CodesignPart):
    translatable = ("title", "text")

    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("explanation"))

    class Meta(CodesignPart.Meta):
        abstract = True

    def __str__(self):
        return self.title


class OutreachBarrier(OutreachPart):
    """Why somebody may not be heard."""

    guide = models.ForeignKey(CodesignGuide, on_delete=models.CASCADE, related_name="barriers")

    class Meta(OutreachPart.Meta):
        verbose_name = _("barrier to participation")
        verbose_name_plural = _("barriers to participation")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="codesign_barrier_key_unique")]


class OutreachTip(OutreachPart):
    """What helps to reach people who are not heard."""

    guide = models.ForeignKey(CodesignGuide, on_delete=models.CASCADE, related_name="tips")

    class Meta(OutreachPart.Meta):
        verbose_name = _("outreach tip")
        verbose_name_plural = _("outreach tips")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="codesign_tip_key_unique")]


class GenderPoint(CalledByText, InstrumentPart):
    """A point on gender below the barrier to which it belongs."""

    parent_field = "barrier"
    translatable = ("text",)

    barrier = models.ForeignKey(OutreachBarrier, on_delete=models.CASCADE, related_name="gender_points")
    text = models.TextField(_("text"))

    class Meta(InstrumentPart.Meta):
        verbose_name = _("point on gender")
        verbose_name_plural = _("points on gender")
        constraints = [models.UniqueConstraint(fields=["barrier", "key"], name="codesign_gender_key_unique")]


class PracticeExample(CodesignPart):
    """A real-life example of co-design."""

    translatable = ("title", "text")

    guide = models.ForeignKey(CodesignGuide, on_delete=models.CASCADE, related_name="examples")
    title = models.CharField(_("title"), max_length=250)
    city = models.CharField(_("city"), max_length=120)
    topic = models.CharField(_("where the guide uses it"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    unites_city = models.BooleanField(_("a city of the UNITES project"), default=False)

    class Meta(CodesignPart.Meta):
        verbose_name = _("real-life example")
        verbose_name_plural = _("real-life examples")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="codesign_example_key_unique")]

    def __str__(self):
        return f"{self.city}: {self.title}"
