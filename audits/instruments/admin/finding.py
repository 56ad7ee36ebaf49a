"""Addresses in the administration, its search, and saving translations on a page of them."""

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q
from django.http import HttpResponseRedirect
from django.urls import reverse

from ...models import Translation
from ...models.instrument import Translatable
from ...search import holding, words
from ..translations import TranslationsPage


def admin_url(row: Model, page: str = "change") -> str:
    """The address of a row in the administration."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def may_translate(request) -> bool:
    return request.user.has_perm("audits.change_translation")


def translate(request, page: TranslationsPage) -> HttpResponseRedirect | None:
    """Saves what was sent on a page of translations; None where it is to be shown (again). Raises PermissionDenied."""
    if request.method != "POST":
        return None
    if not may_translate(request):
        raise PermissionDenied
    if not page.save(request.POST, by=request.user):
        return None
    messages.success(request, page.report)
    return HttpResponseRedirect(request.get_full_path())


class FoldedSearch:
    """Search in any script, without regard to case and accents; instrument rows are found by translations too."""

    def get_search_results(self, request, queryset, search_term):
        for word in words(search_term):
            found = holding(word, self.get_search_fields(request))
            if issubclass(self.model, Translatable):
                translations = Translation.objects.filter(
                    content_type=ContentType.objects.get_for_model(self.model),
                    object_id=OuterRef("pk"),
                    text__fold__contains=word,
                )
                found |= Q(Exists(translations))
            queryset = queryset.filter(found)
        return queryset, False
