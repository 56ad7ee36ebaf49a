"""The log of accesses, to be read: nobody adds to it, changes it or takes lines out of it by hand."""

from django.contrib import admin

from ..instruments.admin import FoldedSearch
from ..models import AccessEntry


@admin.register(AccessEntry)
class AccessEntryAdmin(FoldedSearch, admin.ModelAdmin):
    list_display = ("at", "audit", "user", "act", "kind")
    list_filter = ("act", "kind", "audit")
    list_select_related = ("audit", "user")
    search_fields = ("audit__title", "user__name", "user__email")
    fields = readonly_fields = ("at", "audit", "user", "role", "act", "kind")
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
