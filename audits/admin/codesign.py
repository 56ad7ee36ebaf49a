"""The co-design guide with its parts."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..instruments.admin import InstrumentAdmin, PartAdmin, PartInline
from ..models import (
    CodesignChecklist,
    CodesignChecklistItem,
    CodesignGuide,
    CodesignStage,
    CodesignTool,
    GenderPoint,
    OutreachBarrier,
    OutreachTip,
    PracticeExample,
    SelectionQuestion,
    StakeholderVoice,
)


class StageInline(PartInline):
    model = CodesignStage
    fields = ("position", "title", "text")
    key_prefix = "stage-"


class CodesignChecklistInline(PartInline):
    model = CodesignChecklist
    fields = ("position", "title")
    key_prefix = "list-"
    open_label = _("Items")


class ToolInline(PartInline):
    model = CodesignTool
    fields = ("position", "title", "what")
    key_prefix = "tool-"
    open_label = _("Whole card")


class SelectionQuestionInline(PartInline):
    model = SelectionQuestion
    fields = ("position", "text")
    key_prefix = "question-"


class VoiceInline(PartInline):
    model = StakeholderVoice
    fields = ("position", "role", "concern")
    key_prefix = "voice-"


class BarrierInline(PartInline):
    model = OutreachBarrier
    fields = ("position", "title", "text")
    key_prefix = "barrier-"
    open_label = _("Points on gender")


class TipInline(PartInline):
    model = OutreachTip
    fields = ("position", "title", "text")
    key_prefix = "tip-"


class PracticeExampleInline(PartInline):
    model = PracticeExample
    fields = ("position", "city", "title", "unites_city")
    key_prefix = "example-"
    open_label = _("Text")


@admin.register(CodesignGuide)
class CodesignGuideAdmin(InstrumentAdmin):
    texts = ("purpose", "instructions", "stakeholder_selection", "outreach", "digital_tools")
    inlines = (
        StageInline,
        CodesignChecklistInline,
        ToolInline,
        SelectionQuestionInline,
        VoiceInline,
        BarrierInline,
        TipInline,
        PracticeExampleInline,
    )


class CodesignChecklistItemInline(PartInline):
    model = CodesignChecklistItem
    fields = ("position", "text", "group")
    key_prefix = "item-"


@admin.register(CodesignChecklist)
class CodesignChecklistAdmin(PartAdmin):
    list_display = ("title", "instrument_in_list")
    search_fields = ("title",)
    fields = ("title",)
    inlines = (CodesignChecklistItemInline,)


@admin.register(CodesignTool)
class CodesignToolAdmin(PartAdmin):
    list_display = ("title", "instrument_in_list")
    search_fields = ("title", "what", "example")
    fields = ("title", "what", "when", "how", "advantages", "challenges", "example_title", "example")


class GenderPointInline(PartInline):
    model = GenderPoint
    fields = ("position", "text")
    key_prefix = "point-"


@admin.register(OutreachBarrier)
class OutreachBarrierAdmin(PartAdmin):
    list_display = ("title", "instrument_in_list")
    search_fields = ("title", "text")
    fields = ("title", "text")
    inlines = (GenderPointInline,)


@admin.register(PracticeExample)
class PracticeExampleAdmin(PartAdmin):
    list_display = ("city", "title", "instrument_in_list")
    list_display_links = ("city", "title")
    search_fields = ("city", "title", "text")
    fields = ("city", "title", "topic", "text", "unites_city")
