from django.contrib import admin

from audits.instruments.admin import InstrumentAdmin, PartInline

from .models import Instruction, PhotovoiceGuide, Theme, UploadOption, WrapUpCategory


class ThemeInline(PartInline):
    model = Theme
    fields = ("position", "title", "text")
    key_prefix = "theme-"


class WrapUpCategoryInline(PartInline):
    model = WrapUpCategory
    fields = ("position", "title", "text", "parent")
    key_prefix = "category-"


class InstructionInline(PartInline):
    model = Instruction
    fields = ("position", "title", "text")
    key_prefix = "instruction-"


class UploadOptionInline(PartInline):
    model = UploadOption
    fields = ("position", "title", "text")
    key_prefix = "option-"


@admin.register(PhotovoiceGuide)
class PhotovoiceGuideAdmin(InstrumentAdmin):
    inlines = (ThemeInline, WrapUpCategoryInline, InstructionInline, UploadOptionInline)
