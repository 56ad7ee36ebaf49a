from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from audits.instruments.admin import InstrumentAdmin, PartAdmin, PartInline

from .models import Checklist, Item, Section


class SectionInline(PartInline):
    model = Section
    fields = ("position", "key", "area", "title", "can_be_per_place")
    open_label = _("Statements")


@admin.register(Checklist)
class ChecklistAdmin(InstrumentAdmin):
    texts = ("purpose", "instructions", "scoring", "limits")
    inlines = (SectionInline,)


class ItemInline(PartInline):
    model = Item
    fields = ("position", "key", "statement", "short")


@admin.register(Section)
class SectionAdmin(PartAdmin):
    list_display = ("title", "area", "can_be_per_place", "instrument_in_list")
    search_fields = ("key", "title")
    fields = ("key", "area", "title", "can_be_per_place")
    inlines = (ItemInline,)


@admin.register(Item)
class ItemAdmin(PartAdmin):
    list_display = ("key", "statement", "replaces_in_list", "section", "instrument_in_list")
    list_display_links = ("key", "statement")
    search_fields = ("key", "statement", "short")
    fields = ("key", "statement", "short")

    @admin.display(description=_("replaces"), ordering="replaces")
    def replaces_in_list(self, obj):
        return obj.replaces or "–"
