from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from audits.instruments.admin import InstrumentAdmin, PartAdmin, PartInline

from .models import Aspect, ResearchGuide, ResearchQuestion, SourceType, Step


class StepInline(PartInline):
    model = Step
    fields = ("position", "title", "text")
    key_prefix = "step-"
    open_label = _("Aspects and questions")


class SourceTypeInline(PartInline):
    model = SourceType
    fields = ("position", "title", "text")
    key_prefix = "source-"


@admin.register(ResearchGuide)
class ResearchGuideAdmin(InstrumentAdmin):
    inlines = (StepInline, SourceTypeInline)


class AspectInline(PartInline):
    model = Aspect
    fields = ("position", "text")
    key_prefix = "aspect-"


class ResearchQuestionInline(PartInline):
    model = ResearchQuestion
    fields = ("position", "text")
    key_prefix = "question-"


@admin.register(Step)
class StepAdmin(PartAdmin):
    list_display = ("title", "instrument_in_list")
    search_fields = ("title", "text")
    fields = ("title", "text")
    inlines = (AspectInline, ResearchQuestionInline)


@admin.register(ResearchQuestion)
class ResearchQuestionAdmin(PartAdmin):
    list_display = ("text", "step", "instrument_in_list")
    search_fields = ("text",)
    fields = ("text",)
