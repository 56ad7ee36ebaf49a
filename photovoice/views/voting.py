"""The part of those who took photos in the collective review, on their own phones: sorting photos, and remarks.

While the team has opened it, and without script. What was said can be read and taken back at any time.
"""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.models import StaleError
from audits.participation.actions import NotAcceptingError
from audits.participation.language import participant_page
from audits.views.pictures import shown

from .. import actions
from ..board import slots_of
from ..forms.review import OnwardForm, OwnRemarkForm, SortForm
from ..models import Remark, Vote, WrapUpCategory
from ..showing import Shown, photos_shown
from .photographer import READ, Own, of_somebody_else, own, to_the_code


@participant_page
@require_safe
def review(request: HttpRequest, code: str) -> HttpResponse:
    """How many photos there are to sort, the way to the next one, and what was said so far."""
    found = own(request, code)
    if found is None:
        return to_the_code(request, code)
    photos, votes = _going_round(found), _votes(found)
    left = [photo for photo in photos if photo not in votes]
    context = {
        **_context(found),
        "sorts": actions.may_vote(found.activity, found.participant),
        "total": len(photos),
        "done": len(photos) - len(left),
        "following": next(iter(left or photos), None),
        "remarks": _remarks(found).select_related("photo", "category"),
    }
    return render(request, "photovoice/vote_review.html", context)


@participant_page
@require_http_methods(READ)
def photo(request: HttpRequest, code: str, photo: UUID) -> HttpResponse:
    """One photo and the groups: a press puts it into one and leads to the next photo that is not sorted yet.

    What was written about it goes along with whatever was pressed, the way to another photo too.
    """
    found = own(request, code)
    if found is None:
        return to_the_code(request, code)
    if of_somebody_else(request, found):
        return redirect("photographer:review", found.activity.join_code)
    photos = _going_round(found)
    one = _one(found, photos, photo)
    if one is None:
        return _no_longer(request, found)
    if request.method != "POST":
        return _page(request, found, photos, one)
    sort = None
    if request.POST.keys() & SortForm.base_fields.keys():
        sort = SortForm(request.POST, board=slots_of(found.activity, get_language()))
    category = sort.cleaned_data["category"] if sort and sort.is_valid() else None
    remark = _remark_form(found, one, request.POST, category)
    if answer := _refused(request, found, photos, one, sort, remark):
        return answer
    if remark.written:
        messages.success(request, _("The remark is added."))
    if sort is None:
        pressed = OnwardForm(request.POST)
        onward = pressed.cleaned_data["onward"] if pressed.is_valid() else None
        return redirect("photographer:vote", found.activity.join_code, onward if onward in photos else photo)
    if category is None:
        messages.success(request, _("It is back among the photos to sort."))
        return redirect(request.path)
    title = next(slot.title.text for slot in sort.board.slots if slot.category == category)
    name = one.photo.title or _("Photo %(number)s") % {"number": one.photo.number}
    said = _("“%(photo)s” is in the group “%(group)s” now.")
    messages.success(request, said % {"photo": name, "group": title})
    return _onward(found, photos, photo)


def _refused(
    request: HttpRequest, found: Own, photos: list[UUID], one: Shown, sort: SortForm | None, remark: OwnRemarkForm
) -> HttpResponse | None:
    """Writes the remark and the group, both or neither; a page with what was written where they cannot be taken."""
    if sort and not sort.is_valid():
        if not remark.written:
            messages.warning(request, " ".join(sort.errors["category"]))
            return redirect(request.path)
        remark.add_error(None, " ".join(sort.errors["category"]))
    if (remark.written or "say" in request.POST) and not remark.is_valid():
        return _page(request, found, photos, one, remark)
    try:
        with transaction.atomic():
            if remark.written:
                actions.say(photo=one.photo, participant=found.participant, **remark.cleaned_data)
            if sort:
                actions.vote(photo=one.photo, participant=found.participant, category=sort.cleaned_data["category"])
    except StaleError:
        # Their words stay in the box, under a new identifier: pressed once more they are another remark.
        remark.data[remark.add_prefix("uuid")] = str(uuid4())
        remark.add_error(None, _("You have sent this box before, with other words. Press once more to add these too."))
    except NotAcceptingError as reason:
        if not remark.written:
            return _no_longer(request, found, str(reason))
        remark.add_error(None, str(reason))
    else:
        return None
    return _page(request, found, photos, one, remark, status=HTTPStatus.CONFLICT)


@participant_page
@require_http_methods(READ)
def remark_take_back(request: HttpRequest, code: str, remark: UUID) -> HttpResponse:
    """Asks, then deletes an own remark; also when no more are taken."""
    found = own(request, code)
    if found is None:
        return to_the_code(request, code)
    if of_somebody_else(request, found):
        return redirect("photographer:review", found.activity.join_code)
    rows = _remarks(found).filter(uuid=remark)
    if request.method == "POST":
        actions.take_back_remarks(rows)
        messages.success(request, _("The remark is deleted."))
        return redirect("photographer:review", found.activity.join_code)
    context = {**_context(found), "remark": get_object_or_404(rows)}
    return render(request, "photovoice/vote_remark_take_back.html", context)


@participant_page
@require_safe
def picture(request: HttpRequest, code: str, photo: UUID, small: bool = False) -> HttpResponse:
    """A photo that goes round, or its small size; 404 for whoever does not sort."""
    found = own(request, code)
    if found is None or not actions.may_vote(found.activity, found.participant):
        raise Http404
    row = get_object_or_404(found.activity.photos.going_round().select_related("picture"), uuid=photo)
    return shown(row.picture, small=small)


def _going_round(found: Own) -> list[UUID]:
    """The photos that the person may sort, by their numbers; none where the team has not opened it."""
    if not actions.may_vote(found.activity, found.participant):
        return []
    return list(found.activity.photos.going_round().order_by("number").values_list("uuid", flat=True))


def _one(found: Own, photos: list[UUID], photo: UUID) -> Shown | None:
    return next(iter(photos_shown(found.activity, get_language(), uuid=photo)), None) if photo in photos else None


def _votes(found: Own) -> dict[UUID, int]:
    """Where the person has put which photo."""
    own_votes = Vote.objects.filter(photo__activity=found.activity, participant=found.participant)
    return dict(own_votes.values_list("photo__uuid", "category"))


def _remarks(found: Own):
    return Remark.objects.filter(activity=found.activity, participant=found.participant)


def _onward(found: Own, photos: list[UUID], photo: UUID) -> HttpResponse:
    """To the next photo that is not sorted, after this one or from the beginning; to the overview when all are."""
    votes, place = _votes(found), photos.index(photo)
    for other in [*photos[place + 1 :], *photos[:place]]:
        if other not in votes:
            return redirect("photographer:vote", found.activity.join_code, other)
    return redirect("photographer:review", found.activity.join_code)


def _no_longer(request: HttpRequest, found: Own, reason: str = "") -> HttpResponse:
    messages.warning(request, reason or _("This photo cannot be sorted on phones any more."))
    return redirect("photographer:review", found.activity.join_code)


def _context(found: Own) -> dict:
    return {
        "city": found.activity.audit.city,
        "activity": found.activity,
        "here": found.participant,
        "languages": settings.PARTICIPANT_LANGUAGES,
    }


def _remark_form(found: Own, one: Shown, sent=None, pressed: WrapUpCategory | None = None) -> OwnRemarkForm:
    """The box for a remark. What was written while a group was pressed belongs to that one, unless another was chosen."""
    board = slots_of(found.activity, get_language())
    category = _votes(found).get(one.photo.uuid)
    data = sent.copy() if sent is not None else None
    form = OwnRemarkForm(data, activity=found.activity, board=board, initial={"category": category})
    if pressed and form["category"].value() in (None, "", str(category)):
        data[form.add_prefix("category")] = str(pressed.pk)
    return form


def _page(
    request: HttpRequest,
    found: Own,
    photos: list[UUID],
    one: Shown,
    form: OwnRemarkForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    language, place = get_language(), photos.index(one.photo.uuid)
    translation = one.photo.translations.filter(language=language).first()
    context = {
        **_context(found),
        "shown": one,
        "translation": translation if one.photo.language != language else None,
        "board": slots_of(found.activity, language),
        "chosen": _votes(found).get(one.photo.uuid),
        "place": place + 1,
        "total": len(photos),
        "preceding": photos[place - 1] if place else None,
        "following": photos[place + 1] if place + 1 < len(photos) else None,
        "remarks": _remarks(found).filter(photo=one.photo),
        "form": form or _remark_form(found, one),
    }
    return render(request, "photovoice/vote_photo.html", context, status=status)
