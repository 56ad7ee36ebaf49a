"""The log of accesses, to be read: nobody adds to it, changes it or takes lines out of it by hand."""

from django.contrib import admin

from ..models import AccessEntry


@admin.register(AccessEntry)
class AccessEntryAdmin(admin.ModelAdmin):
    list_display = ("at", "audit", "user", "role", "act", "kind")
    list_filter = ("act", "kind", "audit")
    list_select_related = ("audit", "user")
    fields = readonly_fields = list_display
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
