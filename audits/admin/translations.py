"""Translations of the instruments."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..instruments.admin import FoldedSearch, admin_url
from ..models import SharedRow, Translation
from ..templatetags.interface import direction, language_name


class ReviewedFilter(admin.SimpleListFilter):
    title = _("review")
    parameter_name = "reviewed"

    def lookups(self, request, model_admin):
        return [("yes", _("Reviewed")), ("no", _("Draft"))]

    def queryset(self, request, queryset):
        if self.value() in ("yes", "no"):
            return queryset.filter(reviewed_at__isnull=self.value() == "no")
        return queryset


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        return settings.PARTICIPANT_LANGUAGES

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


@admin.register(Translation)
class TranslationAdmin(FoldedSearch, admin.ModelAdmin):
    """All translations, to be searched; each is written on the page of its instrument, beside its source."""

    list_display = ("translation", "source", "language_in_list", "kind", "review")
    list_filter = (LanguageFilter, ReviewedFilter, ("content_type", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("content_type", "reviewed_by")
    list_per_page = 50
    search_fields = ("text", "source")
    actions = None

    def has_add_permission(self, request):
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        translation = self.get_object(request, object_id) if object_id else None
        if not self.has_view_permission(request, translation) or object_id is None:
            raise PermissionDenied
        if translation is None or translation.target is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        target = translation.target
        if isinstance(target, SharedRow):
            page = reverse(f"admin:{target._meta.app_label}_{target._meta.model_name}_translations")
        else:
            page = admin_url(target.instrument, "translations")
        words = urlencode({"language": translation.language, "q": " ".join(translation.source.split()[:8])})
        return HttpResponseRedirect(f"{page}?{words}")

    @admin.display(description=_("translation"), ordering="text")
    def translation(self, obj):
        return format_html('<span lang="{}" dir="{}">{}</span>', obj.language, direction(obj.language), obj.text or "–")

    @admin.display(description=_("language"), ordering="language")
    def language_in_list(self, obj):
        return language_name(obj.language)

    @admin.display(description=_("what it is"), ordering="content_type")
    def kind(self, obj):
        return obj.content_type.name

    @admin.display(description=_("review"), ordering="reviewed_at")
    def review(self, obj):
        if not obj.is_reviewed:
            return _("Draft")
        return _("reviewed by %(person)s") % {"person": obj.reviewed_by or "–"}
