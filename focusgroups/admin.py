from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from audits.instruments.admin import InstrumentAdmin, PartAdmin, PartInline

from .models import DiscussionGuide, InclusionLevel, Question, ReportQuestion, TargetGroup, Topic


class TopicInline(PartInline):
    model = Topic
    fields = ("position", "text")
    key_prefix = "topic-"


class TargetGroupInline(PartInline):
    model = TargetGroup
    fields = ("position", "text")
    key_prefix = "group-"


class QuestionInline(PartInline):
    model = Question
    fields = ("position", "area", "text")
    key_prefix = "question-"
    open_label = _("Levels")


class ReportQuestionInline(PartInline):
    model = ReportQuestion
    fields = ("position", "text")
    key_prefix = "report-"


@admin.register(DiscussionGuide)
class DiscussionGuideAdmin(InstrumentAdmin):
    texts = ("purpose", "instructions", "planning", "moderation", "recording")
    inlines = (QuestionInline, TopicInline, TargetGroupInline, ReportQuestionInline)


class InclusionLevelInline(PartInline):
    model = InclusionLevel
    fields = ("position", "title", "text")
    key_prefix = "level-"


@admin.register(Question)
class QuestionAdmin(PartAdmin):
    list_display = ("text", "area", "instrument_in_list")
    list_filter = ("area",)
    search_fields = ("text",)
    fields = ("area", "text")
    inlines = (InclusionLevelInline,)
