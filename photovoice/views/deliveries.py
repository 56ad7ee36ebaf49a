"""What the photo page's script sends; answers are JSON whatever happens (audits/participation/deliveries.py)."""

from __future__ import annotations

import math
import threading
from datetime import timedelta
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from audits.images import MAX_BYTES
from audits.participation import limits
from audits.participation.actions import NotAcceptingError, Outcome, Result
from audits.participation.deliveries import deliver, first_error
from audits.participation.language import participant_page

from .. import actions
from ..forms.details import KINDS, SentPhoto
from ..forms.photos import OnePhotoHandler
from ..joining import activity_of
from .photographer import Own, own

# Of the four threads of a process (integra/gunicorn.py) two are left to whoever sends answers: only one photo is drawn
# at a time (audits/images.py), and the others would wait for it.
AT_ONCE = 2
SECONDS_LATER = 5
_room = threading.BoundedSemaphore(AT_ONCE)


class OtherPersonError(Exception):
    """A delivery that was kept for somebody else than the one who takes part in this browser."""


def for_scripts(view):
    """Runs a view whose answers a script reads: a refused token too is told in JSON, so that the page knows what to do.

    The check of the token reads the body, so the view has to say first who may send one.
    """

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.headers["Content-Type"].startswith("application/json") or response.status_code == 405:
            return response
        words = _("This page is too old to send. What you have is kept on this phone: load the page again.")
        return JsonResponse({"message": words}, status=response.status_code)

    return csrf_exempt(answered)


def while_there_is_room(view):
    """Runs a view for `AT_ONCE` requests at a time; others are to come back, before anything of theirs is read."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if not _room.acquire(blocking=False):
            answer = _later()
            answer.headers["Retry-After"] = SECONDS_LATER
            return answer
        try:
            return view(request, *args, **kwargs)
        finally:
            _room.release()

    return answered


def _nobody(code: str) -> JsonResponse:
    """The answer to whoever does not take part under this code; an activity that was deleted never takes anything."""
    if activity_of(code):
        return code_needed()
    words = _(
        "Nothing is found under this address. It may have been typed with a wrong character, or what it led to was"
        " deleted. Nothing of yours is lost."
    )
    return _nothing_taken(words, HTTPStatus.GONE)


def code_needed() -> JsonResponse:
    words = _(
        "Your photos are kept on this phone. Type your personal code again, then they are sent; or delete them here."
    )
    return JsonResponse({"message": words, "code_needed": True}, status=HTTPStatus.FORBIDDEN)


@for_scripts
@participant_page
@while_there_is_room
@require_POST
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Takes in one photo: `uuid` (the photo's), `sequence`, `device`, `owner`, `file` and the fields of `PhotoDetails`.

    Answers as `deliver` does, with one result, under 200 or 409. 413 for a photo that is too large, with a result where
    it could be read: it will never be taken; nor where the activity is not there any more, 410. 429 without one: later,
    after `Retry-After` seconds where the server is busy with the photos of others; so is 403 before the activity begins.
    `owner` is the participant for whom the device had kept the photo; when it is somebody else's by now, or nobody's,
    nothing is taken and `code_needed` says what helps.
    """
    found = own(request, code)
    if found is None:
        return _nobody(code)
    if int(request.headers.get("Content-Length") or 0) > OnePhotoHandler.max_request_bytes:
        return _nothing_taken(_("The photo is too large to be sent."), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    # Before anything of the photo is read.
    if not limits.may_send_photo(participant=found.participant.uuid, code=found.activity.join_code):
        return _later()
    request.upload_handlers = [OnePhotoHandler(request)]
    return _send(request, found)


@csrf_protect
def _send(request: HttpRequest, found: Own) -> JsonResponse:
    form = SentPhoto(request.POST, request.FILES)
    valid = form.is_valid()
    if not form.readable:
        return _nothing_taken(first_error(form), HTTPStatus.BAD_REQUEST)
    said = form.cleaned_data
    if said["owner"] != found.participant.uuid:
        return code_needed()
    if not valid:
        return _answer(Result(uuid=said["uuid"], outcome=Outcome.REFUSED, message=first_error(form)))
    try:
        result = actions.send_photo(
            activity=found.activity,
            participant=found.participant,
            photo=said["uuid"],
            sequence=said["sequence"],
            device=said["device"],
            details=form.details(),
            file=said["file"],
            taken_at=said["taken"],
        )
    except NotAcceptingError as reason:
        answer = _nothing_taken(str(reason), HTTPStatus.FORBIDDEN)
        wait = found.activity.starts - timezone.now()
        if not found.activity.has_begun and wait > timedelta():
            answer.headers["Retry-After"] = math.ceil(wait.total_seconds())
        return answer
    too_large = said["file"].size > MAX_BYTES and result.outcome is Outcome.REFUSED
    return _answer(result, HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else HTTPStatus.OK)


@for_scripts
@participant_page
@csrf_protect
@require_POST
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """Corrections of photos that have arrived: deliveries with changes of the kind `details`, each with its `photo`; or
    `take_back` for one that may still be on its way.

    The delivery's `sheet` is the participant for whom the device had kept them, as `owner` is for `send`.
    """
    found = own(request, code)
    if found is None:
        return _nobody(code)

    def write(delivery, changes):
        if delivery.cleaned_data["sheet"] != found.participant.uuid:
            raise OtherPersonError
        return actions.correct(
            activity=found.activity,
            participant=found.participant,
            changes=changes,
            device=delivery.cleaned_data["device"],
        )

    try:
        return deliver(request, KINDS, write)
    except OtherPersonError:
        return code_needed()


def _answer(result: Result, status: HTTPStatus = HTTPStatus.OK) -> JsonResponse:
    row = {"uuid": str(result.uuid), "outcome": result.outcome.value, "message": result.message}
    status = HTTPStatus.CONFLICT if result.outcome is Outcome.CONFLICT else status
    return JsonResponse({"results": [row]}, status=status)


def _later() -> JsonResponse:
    words = _("Very many photos came just now. The others are sent in a few minutes.")
    return _nothing_taken(words, HTTPStatus.TOO_MANY_REQUESTS)


def _nothing_taken(message: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
