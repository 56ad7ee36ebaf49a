"""The single things that the team does with a photo, each on a page of its own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audits.enums import Personal
from audits.models import StaleError
from audits.templatetags.interface import language_name
from audits.views import saving
from audits.views.log import logged

from .. import actions
from ..enums import PhotoSource
from ..evidence import KEY, uses_of
from ..forms.gallery import BlurForm, HideForm, MarkForm, RightsForm, TranslationForm, languages_left
from ..models import CaptionTranslation, Photo
from ..permissions import find_photo, get_photo
from .gallery import READ, gallery_of


def _data(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _render(request: HttpRequest, photo: Photo, template: str, status: int = 200, **context) -> HttpResponse:
    context = {"here": KEY, "activity": photo.activity, "photo": photo, **context}
    return render(request, f"photovoice/{template}.html", context, status=status)


def _done(request: HttpRequest, photo: Photo, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(f"{photo.get_absolute_url()}#saved")


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.RIGHTS)
def rights(request: HttpRequest, audit: str, activity: UUID, photo: UUID) -> HttpResponse:
    """What the author told the team. Refused for photos of an own phone: their authors say it themselves."""
    row = get_photo(request, audit, activity, photo)
    if row.source == PhotoSource.PHONE:
        raise PermissionDenied
    statement = row.rights.order_by("at", "pk").last()
    form = RightsForm(_data(request), instance=statement)
    status = 200
    if form.is_valid():
        try:
            actions.state_for_author(photo=row, language=get_language(), by=request.user, **form.cleaned_data)
        except StaleError as stale:
            form.beside(stale.current)
            status = 409
        else:
            return _done(request, row, _("The statement is in the ledger."))
    return _render(request, row, "photo_rights", status, form=form)


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.PHOTOS)
def translation(request: HttpRequest, audit: str, activity: UUID, photo: UUID, language: str) -> HttpResponse:
    """The photo's words in another language, beside the author's own."""
    row = find_photo(request, audit, activity, photo)
    if row is None and request.method == "POST":
        typed = TranslationForm(request.POST, instance=CaptionTranslation(language=language))
        return saving.gone(request, typed, name=_("The photo"), here=KEY)
    if row is None or language not in dict(languages_left(row, [])):
        raise Http404
    before = row.translations.filter(language=language).first()
    form = TranslationForm(_data(request), instance=before or CaptionTranslation(photo=row, language=language))
    status = 200
    if form.is_valid():
        try:
            actions.translate_caption(photo=row, language=language, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            form.beside(stale.current)
            status = 409
        else:
            return _done(request, row, _("The translation is saved."))
    context = {"form": form, "language": language, "name": language_name(language), "exists": before is not None}
    return _render(request, row, "photo_translation", status, **context)


@never_cache
@login_required
@require_http_methods(READ)
def translation_delete(request: HttpRequest, audit: str, activity: UUID, photo: UUID, language: str) -> HttpResponse:
    """Asks, then deletes a translation."""
    row = get_photo(request, audit, activity, photo)
    found = get_object_or_404(row.translations, language=language)
    if request.method == "POST":
        found.delete()
        return _done(request, row, _("The translation is deleted."))
    return _render(request, row, "photo_translation_delete", translation=found)


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.PHOTOS)
def hide(request: HttpRequest, audit: str, activity: UUID, photo: UUID) -> HttpResponse:
    """Takes a photo out of the review for a reason, or shows it again."""
    row = get_photo(request, audit, activity, photo)
    if request.method == "POST" and "show" in request.POST:
        actions.show_again(photo=row)
        return _done(request, row, _("Photo %(number)s is shown again.") % {"number": row.number})
    form = HideForm(_data(request), instance=row)
    if form.is_valid():
        actions.hide(photo=row, reason=form.cleaned_data["hidden_reason"], by=request.user)
        return _done(request, row, _("Photo %(number)s is hidden.") % {"number": row.number})
    return _render(request, row, "photo_hide", form=form)


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.PHOTOS)
def delete(request: HttpRequest, audit: str, activity: UUID, photo: UUID) -> HttpResponse:
    """Asks, then deletes a photo at its author's request, with everything that hangs on it."""
    row = get_photo(request, audit, activity, photo)
    if request.method == "POST":
        actions.delete_for_author(photo=row, by=request.user)
        messages.success(request, _("Photo %(number)s is deleted.") % {"number": row.number})
        return redirect(gallery_of(row.activity))
    return _render(request, row, "photo_delete", uses=uses_of(row, request.user))


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.PHOTOS)
def place(request: HttpRequest, audit: str, activity: UUID, photo: UUID) -> HttpResponse:
    """Marks a photo on a plan of the city (`?plan=`). Refused where its author did so."""
    row = get_photo(request, audit, activity, photo)
    if actions.said_by_author(row).get("plan"):
        raise PermissionDenied
    plans = list(row.activity.audit.plans.select_related("picture"))
    asked = request.GET.get("plan") or (str(row.plan.uuid) if row.plan else "")
    plan = next((one for one in plans if str(one.uuid) == asked), next(iter(plans), None))
    if request.method == "POST" and "remove" in request.POST:
        actions.mark(photo=row, plan=None)
        return _done(request, row, _("The mark is taken away."))
    here = plan is not None and row.plan_id == plan.pk
    form = MarkForm(_data(request), initial={"x": row.plan_x, "y": row.plan_y} if here else None)
    if plan and form.is_valid():
        actions.mark(photo=row, plan=plan, **form.cleaned_data)
        return _done(request, row, _("Photo %(number)s is marked.") % {"number": row.number})
    return _render(request, row, "photo_place", form=form, plan=plan, plans=plans, spots=[])


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.PHOTOS)
def blur(request: HttpRequest, audit: str, activity: UUID, photo: UUID) -> HttpResponse:
    """Blurs parts of the stored picture for good."""
    row = get_photo(request, audit, activity, photo)
    form = BlurForm(_data(request))
    if form.is_valid():
        try:
            actions.blur(photo=row, boxes=form.cleaned_data["boxes"], language=get_language(), by=request.user)
        except OSError:
            form.add_error(None, _("The picture cannot be read. Nothing was changed; ask whoever runs the server."))
        else:
            return _done(request, row, _("It is blurred. Look once more who can be recognised."))
    return _render(request, row, "photo_blur", form=form)
