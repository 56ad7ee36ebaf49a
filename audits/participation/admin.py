"""The consent texts in their languages: read beside the English, and ticked by whoever has compared them."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.templatetags.interface import language_name

from .consent import SHEETS, Read
from .models import ConsentReview

SOURCE = "en"


class ReviewForm(forms.Form):
    reviewed = forms.BooleanField(label=gettext_lazy("Reviewed"), required=False)


@admin.register(ConsentReview)
class ConsentReviewAdmin(admin.ModelAdmin):
    """All sheets in all languages; the texts themselves stand in the program (`consent`)."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        texts = self.admin_site.admin_view(self.texts_view)
        own = path("<str:version>/<str:language>/", texts, name="participation_consentreview_texts")
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return self._page(request, "consent_texts", self.opts.verbose_name_plural, rows=_rows(), trail=())

    def texts_view(self, request: HttpRequest, version: str, language: str) -> HttpResponse:
        """The sentences of a sheet in a language beside the English, with the tick."""
        if version not in SHEETS or language not in _languages():
            raise Http404
        name, sheet = SHEETS[version]
        review = _standing(sheet, language)
        form = ReviewForm(request.POST if request.method == "POST" else None, initial={"reviewed": review is not None})
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            if form.is_valid():
                _keep(sheet, language, reviewed=form.cleaned_data["reviewed"], by=request.user)
                messages.success(request, _("The review is saved."))
                return redirect("admin:participation_consentreview_changelist")
        pairs = zip(sheet.sentences(SOURCE), sheet.sentences(language), strict=True)
        title = f"{name}: {language_name(language)}"
        return self._page(
            request, "consent_text", title, pairs=pairs, language=language, review=review, form=form, version=version
        )

    def _page(self, request: HttpRequest, template: str, title: str, **context: object) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "root_opts": self.opts, "title": title}
        context["may_write"] = self.has_change_permission(request)
        return TemplateResponse(request, f"admin/participation/{template}.html", context)


def _languages() -> list[str]:
    return [code for code, _name in settings.PARTICIPANT_LANGUAGES if code != SOURCE]


def _rows() -> Iterator[dict[str, object]]:
    """Each sheet in each language, with the review that holds, None for a draft."""
    reviews = {(one.version, one.language): one for one in ConsentReview.objects.select_related("reviewed_by")}
    for version, (name, sheet) in SHEETS.items():
        for language in _languages():
            review = reviews.get((version, language))
            if review and review.digest != sheet.digest(language):
                review = None
            yield {"name": name, "version": version, "language": language, "review": review}


def _standing(sheet: Read, language: str) -> ConsentReview | None:
    found = ConsentReview.objects.filter(version=sheet.version, language=language, digest=sheet.digest(language))
    return found.select_related("reviewed_by").first()


def _keep(sheet: Read, language: str, *, reviewed: bool, by: object) -> None:
    if not reviewed:
        ConsentReview.objects.filter(version=sheet.version, language=language).delete()
    elif _standing(sheet, language) is None:
        said = {"digest": sheet.digest(language), "reviewed_by": by}
        ConsentReview.objects.update_or_create(version=sheet.version, language=language, defaults=said)
