"""The administration of seeded rows that no single instrument holds."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..translations import SharedTexts, TranslationsPage
from .finding import FoldedSearch, may_translate, translate


class SharedPartAdmin(FoldedSearch, admin.ModelAdmin):
    """Seeded rows that all benchmarks share: shown, not changed. Their texts are translated on one page."""

    actions = None
    ordering = ("position",)
    change_list_template = "admin/instruments/shared_list.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        if not self.model.translatable:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_translations"
        own = path("translations/", self.admin_site.admin_view(self.translations_view), name=name)
        return [own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {"is_translated": bool(self.model.translatable), **(extra_context or {})}
        )

    def translations_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = TranslationsPage(SharedTexts(self.model), request.GET)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "root_opts": self.opts,
            "instrument": capfirst(self.opts.verbose_name_plural),
            "page": page,
            "may_write": may_translate(request),
            "title": _("Translations"),
        }
        return translate(request, page) or TemplateResponse(request, "admin/instruments/translations.html", context)
