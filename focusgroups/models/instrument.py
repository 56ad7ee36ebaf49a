"""The focus group guide as an instrument (toolkit, "City audit focus groups")."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audits.enums import Area
from audits.models import Instrument, InstrumentPart
from audits.models.instrument import CalledByText


class DiscussionGuide(Instrument):
    translatable = (*Instrument.translatable, "moderation", "recording", "planning")

    moderation = models.TextField(_("how to moderate"), blank=True)
    recording = models.TextField(_("how to record"), blank=True)
    planning = models.TextField(_("how to plan"), blank=True)

    class Meta(Instrument.Meta):
        verbose_name = _("discussion guide")
        verbose_name_plural = _("discussion guides")


class GuidePart(CalledByText, InstrumentPart):
    """A row directly below the guide."""

    parent_field = "guide"
    translatable = ("text",)

    class Meta(InstrumentPart.Meta):
        abstract = True


class Topic(GuidePart):
    """A theme on which a focus group can reflect."""

    guide = models.ForeignKey(DiscussionGuide, on_delete=models.CASCADE, related_name="topics")
    text = models.TextField(_("topic"))

    class Meta(GuidePart.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="focusgroup_topic_key_unique")]


class TargetGroup(GuidePart):
    """A group of which somebody should be invited."""

    guide = models.ForeignKey(DiscussionGuide, on_delete=models.CASCADE, related_name="target_groups")
    text = models.CharField(_("target group"), max_length=200)

    class Meta(GuidePart.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="focusgroup_target_key_unique")]


class Question(GuidePart):
    """A question of the discussion; one is answered on levels instead of freely."""

    guide = models.ForeignKey(DiscussionGuide, on_delete=models.CASCADE, related_name="questions")
    area = models.CharField(_("area"), max_length=10, choices=Area)
    text = models.TextField(_("question"))

    class Meta(GuidePart.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["guide", "key"], name="focusgroup_question_key_unique"),
            models.CheckConstraint(condition=Q(area__in=Area.values), name="focusgroup_question_area_is_known"),
        ]


class InclusionLevel(InstrumentPart):
    """A level on which the question about social inclusion is answered."""

    parent_field = "question"
    translatable = ("title", "text")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="levels")
    title = models.CharField(_("level"), max_length=40)
    text = models.TextField(_("meaning"))

    class Meta(InstrumentPart.Meta):
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="focusgroup_level_key_unique")]

    def __str__(self):
        return self.title


class ReportQuestion(GuidePart):
    """A question that the focus group report has to answer."""

    guide = models.ForeignKey(DiscussionGuide, on_delete=models.CASCADE, related_name="report_questions")
    text = models.TextField(_("question"))

    class Meta(GuidePart.Meta):
        verbose_name = _("question for the report")
        verbose_name_plural = _("questions for the report")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="focusgroup_report_key_unique")]
