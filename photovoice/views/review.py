"""The collective review: photos sorted under the wrap-up categories, what was said of them, and the show on the big
screen."""

from __future__ import annotations

from itertools import chain
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.enums import Personal
from audits.models import StaleError
from audits.views import saving
from audits.views.log import logged

from .. import actions
from ..board import Board, Slot, board_of, count_votes, loaded, slots_of
from ..evidence import KEY
from ..forms.gallery import FilterForm
from ..forms.review import PhonesForm, RemarkForm, ShowForm, SortForm
from ..models import Activity, Photo, Placement, Vote, WrapUpCategory
from ..permissions import find_photo, get_activity
from ..showing import Shown, in_review, photos_shown
from ..wording import themes_of

READ = ["GET", "HEAD", "POST"]
TAKEN_BACK = gettext_lazy("This photo was taken back.")
AT_ONCE = 12
IN_SLOT = 6
ON_PAGE = 24


def _in_order(request: HttpRequest, activity: Activity) -> tuple[FilterForm, list[UUID]]:
    """The filter of the address, and which photos it leaves; without one, none of them is loaded."""
    form = FilterForm(request.GET or None, themes=themes_of(activity, get_language()))
    if form.chosen:
        return form, [one.photo.uuid for one in form.narrow(in_review(photos_shown(activity, get_language())))]
    return form, list(activity.photos.counting().order_by("number").values_list("uuid", flat=True))


@never_cache
@login_required
@require_safe
@logged(Personal.PHOTOS)
def review(request: HttpRequest, audit: str, activity: UUID) -> HttpResponse:
    """What is still to be sorted, and the groups with what came into them last. `?put=` names the photo that was sorted
    last, `?was=` the group in which it was before."""
    found = get_activity(request, audit, activity)
    form, photos = _in_order(request, found)
    board = board_of(found, photos, get_language())
    page = Paginator(board.unsorted, AT_ONCE).get_page(request.GET.get("page"))
    last = {slot.key: slot.photos[-IN_SLOT:] for slot in board.slots}
    here = loaded(found, board, [*page.object_list, *chain.from_iterable(last.values())], get_language())
    page.object_list = [here[photo] for photo in page.object_list if photo in here]
    for slot in board.slots:
        slot.shown = [here[photo] for photo in last[slot.key] if photo in here]
    context = {
        "here": KEY,
        "activity": found,
        "form": form,
        "filtered": bool(form.chosen),
        "filter": urlencode(form.chosen),
        "board": board,
        "page_obj": page,
        "total": found.photos.counting().count() if form.chosen else len(photos),
        "off_screen": found.photos.against_somebody_in_it().count(),
        "phones": _phones(found) if found.review_open else {},
        "in_slot": IN_SLOT,
        "put": _put(request, board),
        "was": next((slot for slot in board.slots if str(slot.category.uuid) == request.GET.get("was")), None),
    }
    return render(request, "photovoice/review.html", context)


def _phones(activity: Activity) -> dict[str, int]:
    """How many photos go round on the phones of those who took photos, and how many people have sorted some."""
    votes = Vote.objects.filter(photo__activity=activity)
    return {"photos": activity.photos.going_round().count(), "people": votes.values("participant").distinct().count()}


def _put(request: HttpRequest, board: Board) -> tuple[Slot, Shown] | None:
    """The photo that was sorted last and its slot, to be undone."""
    asked = request.GET.get("put", "")
    return next(
        ((slot, one) for slot in board.slots for one in slot.shown if asked and str(one.photo.uuid) == asked), None
    )


@login_required
@require_POST
def phones(request: HttpRequest, audit: str, activity: UUID) -> HttpResponse:
    """Lets those who took photos sort them on their phones too, or ends that."""
    form = PhonesForm(request.POST, instance=get_activity(request, audit, activity))
    if form.is_valid():
        form.save()
    return redirect("photovoice:review", audit, activity)


@login_required
@require_POST
def sort(request: HttpRequest, audit: str, activity: UUID, photo: UUID) -> HttpResponse:
    """Puts a photo under a category, or back; then leads to `?back=`, or tells the page's script what came of it."""
    row = find_photo(request, audit, activity, photo)
    if row is None:
        return _taken_back(request, get_activity(request, audit, activity))
    found = row.activity
    board = slots_of(found, get_language())
    form = SortForm(request.POST, board=board)
    script = saving.by_script(request)
    back = _way_back(request, found)
    if not form.is_valid():
        said = " ".join(chain.from_iterable(form.errors.values()))
        if script:
            return JsonResponse({"message": said}, status=422)
        messages.warning(request, said)
        return redirect(back)
    category, shown = form.cleaned_data["category"], form.cleaned_data["shown"]
    try:
        actions.sort(photo=row, category=category, shown=shown, by=request.user)
    except Photo.DoesNotExist:
        return _taken_back(request, found)
    except StaleError as stale:
        slot = _slot_of(board, stale.current)
        said = _moved_meanwhile(row, slot)
        if script:
            return JsonResponse(_sorted(request, row, slot, board) | {"message": said}, status=409)
        messages.warning(request, said)
        return redirect(back)
    slot = _slot_of(board, category)
    if script:
        return JsonResponse(_sorted(request, row, slot, board))
    tells = urlsplit(back).path == reverse("photovoice:review", args=[audit, activity])
    if not slot:
        messages.success(request, _("It is back among the photos to sort."))
    elif not tells:
        messages.success(request, _("It is in the group “%(group)s” now.") % {"group": slot.title.text})
    return redirect(_naming(row if slot else None, shown, back) if tells else back)


def _slot_of(board: Board, category: WrapUpCategory | None) -> Slot | None:
    return next((one for one in board.slots if one.category == category), None)


def _taken_back(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Says that the photo is not there any more."""
    if saving.by_script(request):
        return JsonResponse({"message": TAKEN_BACK}, status=410)
    back = _way_back(request, activity)
    # The big screen says it itself.
    if urlsplit(back).path != reverse("photovoice:show", args=[activity.audit.slug, activity.uuid]):
        messages.warning(request, TAKEN_BACK)
    return redirect(back)


def _moved_meanwhile(photo: Photo, slot: Slot | None) -> str:
    """Where somebody else has put the photo meanwhile, and that it stays there."""
    if slot is None:
        words = _(
            "Somebody else has taken “%(photo)s” out of its group meanwhile. To sort it all the same, do it again."
        )
        return words % {"photo": photo}
    words = _("Somebody else has put “%(photo)s” into the group “%(group)s” meanwhile. To move it, sort it again.")
    return words % {"photo": photo, "group": slot.title.text}


def _naming(photo: Photo | None, before: WrapUpCategory | None, review_page: str) -> str:
    """The address of the review, with its filter and page, that names this photo as the last that was sorted, and where
    it was `before`."""
    asked = QueryDict(urlsplit(review_page).query, mutable=True)
    for name in ("put", "was"):
        asked.pop(name, None)
    if photo:
        asked["put"] = str(photo.uuid)
        if before:
            asked["was"] = str(before.uuid)
    return f"{urlsplit(review_page).path}?{asked.urlencode()}".removesuffix("?")


def _sorted(request: HttpRequest, photo: Photo, slot: Slot | None, board: Board) -> dict:
    """What the script shows: the sentence, the photo as it stands in its group, and how many are left."""
    words = _("“%(photo)s” is in the group “%(group)s” now.") if slot else _("“%(photo)s” is back.")
    shown = Shown(photo, None)
    count_votes(board, [shown])
    context = {"shown": shown, "audit": photo.activity.audit, "activity": photo.activity}
    return {
        "message": words % {"photo": photo, "group": slot.title.text if slot else ""},
        "slot": str(slot.category.uuid) if slot else "",
        "html": render_to_string("photovoice/_mini.html", context, request) if slot else "",
    }


def _way_back(request: HttpRequest, activity: Activity) -> str:
    return saving.way_back(request) or reverse("photovoice:review", args=[activity.audit.slug, activity.uuid])


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.PHOTOS)
def category(request: HttpRequest, audit: str, activity: UUID, category: UUID) -> HttpResponse:
    """One group: its photos, what was said of them, and a form for the next remark."""
    found = get_activity(request, audit, activity)
    counting = found.photos.counting().order_by("number")
    board = board_of(found, counting.values_list("uuid", flat=True), get_language())
    slot = next((one for one in board.slots if one.category.uuid == category), None)
    if slot is None:
        raise Http404
    form = RemarkForm(
        request.POST if request.method == "POST" else None,
        activity=found,
        board=board,
        themes=themes_of(found, get_language()),
        photos=counting,
        initial={"category": slot.category.pk, "photo": request.GET.get("photo")},
    )
    if form.is_valid():
        try:
            actions.add_remark(activity=found, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            action = reverse("photovoice:remark", args=[audit, activity, stale.current.uuid])
            return saving.conflict(request, form, stale.current, name=_("The remark"), here=KEY, action=action)
        messages.success(request, _("The remark is added."))
        return redirect(request.path + saving.SAVED)
    page = Paginator(slot.photos, ON_PAGE).get_page(request.GET.get("page"))
    here = loaded(found, board, page.object_list, get_language())
    page.object_list = [here[photo] for photo in page.object_list if photo in here]
    remarks = found.remarks.filter(category=slot.category).select_related("photo", "theme", "changed_by")
    context = {
        "here": KEY,
        "activity": found,
        "board": board,
        "slot": slot,
        "page_obj": page,
        "form": form,
        "remarks": [one for one in remarks if not one.hidden_at],
        "hidden_remarks": [one for one in remarks if one.hidden_at],
    }
    return render(request, "photovoice/category.html", context)


@never_cache
@login_required
@require_safe
@logged(Personal.PHOTOS)
def show(request: HttpRequest, audit: str, activity: UUID) -> HttpResponse:
    """One photo large, for the whole room (`?photo=`): its words and its credit, nothing of who took it.

    Without those in which somebody can be recognised who has not agreed. Where the photo was taken back meanwhile,
    the next one follows (`?place=`, counted from 1).
    """
    found = get_activity(request, audit, activity)
    form, photos = _in_order(request, found)
    kept_back = set(found.photos.against_somebody_in_it().values_list("uuid", flat=True))
    photos = [photo for photo in photos if photo not in kept_back]
    asked = ShowForm(request.GET)
    asked.is_valid()
    photo, place = (asked.cleaned_data.get(name) for name in ("photo", "place"))
    if photo in photos:
        place = photos.index(photo)
    else:
        place = max(min(place or 1, len(photos)), 1) - 1
        if photo and not found.photos.filter(uuid=photo).exists():
            messages.warning(request, TAKEN_BACK)
    one = next(iter(photos_shown(found, get_language(), uuid=photos[place])), None) if photos else None
    placement = Placement.objects.filter(photo=one.photo).select_related("category").first() if one else None
    language = get_language()
    translation = one and one.photo.translations.filter(language=language).first()
    context = {
        "here": KEY,
        "activity": found,
        "filter": urlencode(form.chosen),
        "shown": one,
        "translation": translation if one and one.photo.language != language else None,
        "place": place + 1,
        "total": len(photos),
        "preceding": photos[place - 1] if place else None,
        "following": photos[place + 1] if place + 1 < len(photos) else None,
        "board": slots_of(found, language),
        "sorted_under": placement.category if placement else None,
    }
    return render(request, "photovoice/show.html", context)
