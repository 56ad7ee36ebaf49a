"""The photos of an activity, their places, and the page of each: what it shows, its rights, what it still lacks."""

from __future__ import annotations

from collections import Counter
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.enums import Personal
from audits.models import StaleError, User
from audits.views import saving
from audits.views.log import logged

from .. import actions
from ..board import slots_of
from ..enums import GivenBy, PhotoSource, PhotoState
from ..evidence import KEY, uses_of
from ..forms.gallery import AltLanguageForm, FilterForm, LateForm, LookForm, LostLookForm, languages_left
from ..models import Activity, Photo
from ..permissions import find_photo, get_activity, get_photo
from ..rights import gaps
from ..showing import Heap, Shown, came_late, in_review, photos_shown
from ..wording import ThemeInWords, themes_of

READ = ["GET", "HEAD", "POST"]
PER_PAGE = 60


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.PHOTOS)
def gallery(request: HttpRequest, audit: str, activity: UUID) -> HttpResponse:
    """The photos by theme, of one heap (`?heap=`): those of the review, or those that lie beside it.

    A POST says in which language all photos are described of which nobody has said it.
    """
    found = get_activity(request, audit, activity)
    sent = request.POST if request.method == "POST" else None
    language = AltLanguageForm(sent, initial={"language": partial(_usual_language, found)})
    if language.is_valid():
        number = language.save(found)
        said = ngettext(
            "The language of %(number)s description is saved.",
            "The language of %(number)s descriptions is saved.",
            number,
        )
        messages.success(request, said % {"number": number})
        return redirect(gallery_of(found))
    everything = photos_shown(found, get_language())
    late = came_late(everything)
    counts = Counter(one.heap for one in everything)
    counts[Heap.LATE] = len(late)
    heap = Heap(asked) if (asked := request.GET.get("heap", "")) in Heap.values else Heap.REVIEW
    themes = themes_of(found, get_language())
    form = FilterForm(request.GET or None, themes=themes)
    shown = form.narrow(late if heap is Heap.LATE else [one for one in everything if one.heap is heap])
    context = {
        "here": KEY,
        "activity": found,
        "form": form,
        "filtered": bool(form.chosen),
        "heap": heap,
        "heaps": [(one, counts[one]) for one in Heap if counts[one] or one in (heap, Heap.REVIEW)],
        "page_obj": Paginator(_by_theme(shown, themes), PER_PAGE).get_page(request.GET.get("page")),
        "late": heap is Heap.LATE,
        "without_language": (number := sum(1 for one in everything if one.photo.alt and not one.photo.alt_language)),
        "language_form": language if number else None,
    }
    return render(request, "photovoice/gallery.html", context)


def _by_theme(shown: list[Shown], themes: list[ThemeInWords]) -> list[Shown]:
    places = {theme.theme.pk: place for place, theme in enumerate(themes)}
    return sorted(shown, key=lambda one: (places.get(one.photo.theme_id, len(places)), one.photo.number))


def _usual_language(activity: Activity) -> str:
    return activity.photos.usual_alt_language() or activity.audit.language


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.RIGHTS)
def photo(request: HttpRequest, audit: str, activity: UUID, photo: UUID) -> HttpResponse:
    """One photo with the ledger of its rights, and a form for what the team sees in it."""
    row = find_photo(request, audit, activity, photo)
    if row is None:
        if request.method != "POST":
            raise Http404
        return saving.gone(request, LostLookForm(request.POST), name=_("The photo"), here=KEY)
    themes = themes_of(row.activity, get_language())
    titles = {theme.theme.pk: theme.title for theme in themes}
    shown = Shown(row, titles.get(row.theme_id))
    said = actions.said_by_author(row)
    data = request.POST if request.method == "POST" else None
    usual = _usual_language(row.activity)
    form = LookForm(data, shown=shown, themes=themes, own_theme=bool(said.get("theme")), usual_language=usual)
    before, after = _neighbours(row)
    status = 200
    if form.is_valid():
        try:
            actions.look_at(photo=row, language=get_language(), by=request.user, **form.described)
        except StaleError as stale:
            form.beside(stale.current)
            status = 409
        else:
            messages.success(request, _("Photo %(number)s is saved.") % {"number": row.number})
            onward = after if "next" in request.POST and after else row
            onward.activity = row.activity
            return redirect(f"{onward.get_absolute_url()}#saved")
    return render(
        request, "photovoice/photo.html", _page(row, request.user, shown, form, said, before, after), status=status
    )


def _page(
    row: Photo, user: User, shown: Shown, form: LookForm, said: dict, before: Photo | None, after: Photo | None
) -> dict:
    translations = list(row.translations.select_related("by"))
    placement = getattr(row, "placement", None)
    slots = {slot.category.pk: slot for slot in slots_of(row.activity, get_language()).slots}
    return {
        "here": KEY,
        "activity": row.activity,
        "photo": row,
        "shown": shown,
        "form": form,
        "gaps": gaps(row),
        "history": row.rights.select_related("by").order_by("-at", "-pk"),
        "consents": _consents(row),
        "own_phone": row.source == PhotoSource.PHONE,
        "from_link": GivenBy.SENDER,
        "passed_on": row.rights_request if row.rights_request and not row.rights_request.sent_at else None,
        "marked_by_author": bool(said.get("plan")),
        "translations": translations,
        "districts": row.activity.photos.districts(),
        "languages_left": languages_left(row, [one.language for one in translations]),
        "slot": slots.get(placement.category_id) if placement else None,
        "uses": uses_of(row, user),
        "before": before,
        "after": after,
    }


def _consents(row: Photo) -> list:
    """The author's latest word on each purpose that photos are about."""
    purposes = ("photo_use", "publication")
    told = row.participant.consents.all() if row.participant else ()
    return list({one.purpose: one for one in told if one.purpose in purposes}.values())


def _neighbours(row: Photo) -> tuple[Photo | None, Photo | None]:
    """The photos of the review before and after this one, by number."""
    others = row.activity.photos.counting()
    before = others.filter(number__lt=row.number).order_by("-number").first()
    after = others.filter(number__gt=row.number).order_by("number").first()
    for one in (before, after):
        if one:
            one.activity = row.activity
    return before, after


@login_required
@require_POST
def late(request: HttpRequest, audit: str, activity: UUID, photo: UUID) -> HttpResponse:
    """Lets a photo that came late count, or leaves it out."""
    row = get_photo(request, audit, activity, photo)
    form = LateForm(request.POST)
    if form.is_valid() and form.cleaned_data["decision"] == "admit":
        actions.admit_late(photo=row, by=request.user)
        said = _("Photo %(number)s counts now.")
    elif form.is_valid():
        actions.refuse_late(photo=row, by=request.user)
        said = _("Photo %(number)s is left out. Its author still has it.")
    if form.is_valid():
        if row.state == PhotoState.IN:
            # It counts as before; only its author's later words were decided on.
            said = _("Photo %(number)s is saved.")
        messages.success(request, said % {"number": row.number})
    return redirect(f"{gallery_of(row.activity)}?heap={Heap.LATE}")


@never_cache
@login_required
@require_safe
@logged(Personal.PHOTOS)
def places(request: HttpRequest, audit: str, activity: UUID) -> HttpResponse:
    """The photos that are marked on a plan of the city (`?plan=`), numbered as they are."""
    found = get_activity(request, audit, activity)
    plans = list(found.audit.plans.select_related("picture"))
    shown = in_review(photos_shown(found, get_language()))
    marked = Counter(one.photo.plan_id for one in shown)
    # The first to be seen is one that shows something.
    plan = next((one for one in plans if str(one.uuid) == request.GET.get("plan")), None)
    plan = plan or max(plans, key=lambda one: bool(marked[one.pk]), default=None)
    on_it = [one for one in shown if plan and one.photo.plan_id == plan.pk]
    context = {
        "here": KEY,
        "activity": found,
        "plans": plans,
        "plan": plan,
        "shown": on_it,
        "spots": [(one.photo.number, one.photo) for one in on_it],
        "about": [one for one in shown if one.photo.latitude is not None and one.photo.plan_id is None],
    }
    return render(request, "photovoice/places.html", context)


def gallery_of(activity: Activity) -> str:
    return reverse("photovoice:gallery", args=[activity.audit.slug, activity.uuid])
