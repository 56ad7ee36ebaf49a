"""A participant's own photos, on an own phone, without an account and without script."""

from __future__ import annotations

import hashlib
import time
import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe
from django_permissions_policy.decorators import permissions_policy_override

from audits.actions import log_access
from audits.enums import Act, Personal
from audits.models import CityPlan, User
from audits.participation import limits, occasions
from audits.participation.actions import NotAcceptingError, Outcome, consents_of
from audits.participation.enums import Purpose
from audits.participation.forms import OwnPageForm
from audits.participation.language import participant_page
from audits.participation.models import Participant
from audits.participation.session import participant_in
from audits.texts import listed
from audits.views.pictures import shown

from .. import actions
from ..actions import MOST_PHOTOS, DetailsChange
from ..enums import AllowedUse
from ..forms.details import WordsForm
from ..forms.photos import PassedOverHandler, PhotosForm, handler_for
from ..joining import activity_of, occasion_of
from ..models import Activity, Photo, PhotoRights
from ..rights import standing
from ..wording import themes_of

READ = ["GET", "HEAD", "POST"]
# Only these pages ask where somebody is, and only where the activity offers it.
asks_where = permissions_policy_override({**settings.PERMISSIONS_POLICY, "geolocation": ["self"]})


@dataclass(frozen=True)
class Own:
    """Who takes part in an activity, with what forms about photos need. `by` is of the team, on somebody's behalf."""

    activity: Activity
    participant: Participant
    by: User | None = None

    @property
    def photos(self) -> list[Photo]:
        return actions.photos_of(self.participant, self.activity)

    @property
    def may_send(self) -> bool:
        """Whether the person agrees to what is done with photos."""
        consent = consents_of(self.participant).get(Purpose.PHOTO_USE)
        return bool(consent and consent.given)

    @property
    def publishes(self) -> bool:
        consent = consents_of(self.participant).get(Purpose.PUBLICATION)
        return bool(consent and consent.given)

    def plan(self, photo: Photo | None = None) -> CityPlan | None:
        """The plan on which a place is marked: the photo's, else the audit's first."""
        if not self.activity.asks_place:
            return None
        plans = CityPlan.objects.select_related("picture")
        return (
            plans.filter(pk=photo.plan_id).first()
            if photo and photo.plan_id
            else plans.filter(audit=self.activity.audit).first()
        )

    def asked(self, photo: Photo | None = None) -> dict[str, Any]:
        """What a form about photos takes."""
        return {
            "themes": themes_of(self.activity, get_language()),
            "asks_place": self.activity.asks_place,
            "plan": self.plan(photo),
            "by_team": self.by is not None,
        }

    def send(self, form: PhotosForm) -> dict[Outcome, list[tuple[str, str]]]:
        """Takes in the files of a valid form: their names with what is said of each, by what became of them.

        Raises NotAcceptingError where nothing is taken.
        """
        found: dict[Outcome, list[tuple[str, str]]] = {}
        sending = form.cleaned_data["sending"]
        for file in form.chosen:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            result = actions.send_photo(
                activity=self.activity,
                participant=self.participant,
                # The same form sent twice is the same photos, also when some are left out.
                photo=uuid.uuid5(sending, digest),
                sequence=0,
                device=sending,
                details=form.details(),
                file=file,
                by=self.by,
            )
            found.setdefault(result.outcome, []).append((file.name or "", result.message))
        return found


def own(request: HttpRequest, code: str) -> Own | None:
    """Who takes photos in this browser; None for everybody else, whatever the code."""
    activity = activity_of(code)
    participant = participant_in(request, activity.audit) if activity else None
    if activity is None or participant is None or participant.joined_at is None:
        return None
    return Own(activity, participant)


def to_the_code(request: HttpRequest, code: str) -> HttpResponse:
    messages.info(request, _("To see your photos on this phone, type your personal code."))
    return redirect("participation:join", code)


def of_somebody_else(request: HttpRequest, found: Own) -> bool:
    """Whether what was sent stood on somebody else's page, on a phone that people share; then says so."""
    if request.method != "POST" or OwnPageForm(request.POST).is_of(found.participant):
        return False
    messages.warning(request, _("That page was somebody else’s. Nothing was changed. This one is yours."))
    return True


# The check of the form's token reads the body, and has to wait until who may send such a long one is known.
@csrf_exempt
@asks_where
@participant_page
@require_http_methods(READ)
def photos(request: HttpRequest, code: str) -> HttpResponse:
    """What to photograph, sending photos, and what was sent so far."""
    found = own(request, code)
    if found is None:
        return to_the_code(request, code)
    handler = handler_for(request)
    if handler is None:
        return _page(request, found, problem=too_much(), status=413)
    request.upload_handlers = [handler]
    return _photos(request, found)


def too_much() -> str:
    return _("These photos are too large to be sent at once. Nothing was sent; send fewer at a time.")


@csrf_protect
def _photos(request: HttpRequest, found: Own) -> HttpResponse:
    if request.method != "POST":
        return _page(request, found)
    before = found.photos
    form = photos_form(found, before, request.POST, request.FILES)
    if not OwnPageForm(request.POST).is_of(found.participant):
        # On a phone that people share the page may be somebody else's.
        return _page(request, found, form, problem=_("This page was somebody else’s. Nothing was sent."), status=403)
    if isinstance(request.upload_handlers[0], PassedOverHandler):
        return _page(request, found, form.passed_over(), problem=too_much(), status=413)
    if not form.is_valid():
        return _page(request, found, form)
    who = {"participant": found.participant.uuid, "code": found.activity.join_code}
    if not all(limits.may_send_photo(**who) for _file in form.chosen):
        return _page(request, found, form, problem=_("Very many photos came just now. Wait ten minutes."), status=429)
    try:
        outcomes = found.send(form)
    except NotAcceptingError as reason:
        return _page(request, found, form, problem=str(reason), status=409)
    tell(request, outcomes)
    if refused(form, outcomes):
        return _page(request, found, form)
    return redirect(request.path)


def photos_form(found: Own, before: list[Photo], *sent: Any) -> PhotosForm:
    """The form for new photos; where they may be shown and under which name is as with the one before. Who does not have
    photos published is not asked for a choice of which nothing follows."""
    last = next((rights for photo in before if (rights := standing(photo))), None)
    return PhotosForm(
        *sent,
        **found.asked(),
        before=PhotoRights(use=last.use, credit=last.credit) if last else None,
        left=MOST_PHOTOS - found.participant.photos.count(),
        initial={"sending": uuid.uuid4(), **({} if last or found.publishes else {"use": AllowedUse.INSIDE.value})},
    )


def tell(request: HttpRequest, outcomes: dict[Outcome, list[tuple[str, str]]]) -> None:
    """Says how many photos arrived, which where others did not, and that some wait for a decision."""
    arrived = sum(len(outcomes.get(outcome, [])) for outcome in (Outcome.SAVED, Outcome.REPEAT))
    if arrived:
        text = ngettext("%(number)s photo is sent.", "%(number)s photos are sent.", arrived)
        said = text % {"number": arrived}
        if outcomes.keys() & {Outcome.REFUSED, Outcome.CONFLICT}:
            names = [name for outcome in (Outcome.SAVED, Outcome.REPEAT) for name, _said in outcomes.get(outcome, [])]
            said = f"{said} {listed(names)}"
        messages.success(request, said)
    for _name, message in outcomes.get(Outcome.LATE, [])[:1]:
        messages.warning(request, message)


def refused(form: PhotosForm, outcomes: dict[Outcome, list[tuple[str, str]]]) -> bool:
    """Puts what was refused beside the field of the files; whether anything was."""
    bad = [each for outcome in (Outcome.REFUSED, Outcome.CONFLICT, Outcome.GONE) for each in outcomes.get(outcome, [])]
    for name, message in bad:
        # The form keeps its identifier: with it, what has arrived is known when all are chosen again.
        form.add_error("files", message if name in message else f"{name}: {message}")
    return bool(bad)


def _page(
    request: HttpRequest, found: Own, form: PhotosForm | None = None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    activity, mine = found.activity, found.photos
    occasion = occasion_of(activity.join_code)
    assert occasion is not None
    form = form or photos_form(found, mine)
    context = {
        **occasions.context(occasion),
        "own": found,
        "activity": activity,
        "here": found.participant,
        "themes": themes_of(activity, get_language()),
        "photos": mine,
        "most": MOST_PHOTOS,
        "form": form,
        # Also before the beginning: a phone keeps this page for when there is no connection.
        "sending": found.may_send and form.left > 0,
        "plan": found.plan(),
        "problem": problem,
        # As on a sheet: what was sent since then, a kept copy of this page does not show.
        "rendered": f"{int(time.time())}000",
        "companions": occasions.companions(occasion, closed=True),
        "sorts": actions.may_vote(activity, found.participant),
        "remarked": activity.remarks.filter(participant=found.participant).exists(),
        "languages": settings.PARTICIPANT_LANGUAGES,
    }
    return render(request, "photovoice/photographer.html", context, status=status)


@asks_where
@participant_page
@require_http_methods(READ)
def photo(request: HttpRequest, code: str, photo: uuid.UUID) -> HttpResponse:
    """One own photo, with its words to be changed."""
    found = own(request, code)
    if found is None:
        return to_the_code(request, code)
    if of_somebody_else(request, found):
        return redirect("photographer:photos", found.activity.join_code)
    row = _photo(found, photo)
    sent = request.POST if request.method == "POST" else None
    form = WordsForm(sent, **found.asked(row), photo=row, before=standing(row), initial={"sending": uuid.uuid4()})
    status = HTTPStatus.OK
    if form.is_valid():
        sending = form.cleaned_data["sending"]
        change = DetailsChange(uuid=sending, sequence=0, photo=row.uuid, details=form.details())
        try:
            [result] = actions.correct(
                activity=found.activity, participant=found.participant, changes=[change], device=sending
            )
        except NotAcceptingError as reason:
            form.add_error(None, str(reason))
            status = HTTPStatus.CONFLICT
        else:
            if result.outcome not in (Outcome.REFUSED, Outcome.CONFLICT):
                messages.success(request, result.message or _("Saved."))
                return redirect("photographer:photos", found.activity.join_code)
            form.add_error(None, result.message)
    context = {
        "city": found.activity.audit.city,
        "own": found,
        "here": found.participant,
        "activity": found.activity,
        "photo": row,
        "form": form,
        "plan": found.plan(row),
    }
    return render(request, "photovoice/photographer_photo.html", context, status=status)


@participant_page
@require_http_methods(READ)
def photo_take_back(request: HttpRequest, code: str, photo: uuid.UUID) -> HttpResponse:
    """Asks, then deletes one own photo with everything that hangs on it; also once the activity is closed."""
    found = own(request, code)
    if found is None:
        return to_the_code(request, code)
    if of_somebody_else(request, found):
        return redirect("photographer:photos", found.activity.join_code)
    if request.method == "POST":
        of = found.activity
        if actions.take_back(activity=of, participant=found.participant, photo=photo):
            log_access(audit=of.audit, by=None, act=Act.ERASED, kind=Personal.PHOTOS, of=of)
        messages.success(request, _("The photo is deleted."))
        return redirect("photographer:photos", found.activity.join_code)
    context = {
        "city": found.activity.audit.city,
        "here": found.participant,
        "activity": found.activity,
        "photo": _photo(found, photo),
    }
    return render(request, "photovoice/photographer_take_back.html", context)


@participant_page
@require_safe
def picture(request: HttpRequest, code: str, photo: uuid.UUID, small: bool = False) -> HttpResponse:
    """An own photo, or its small size; 404 for everybody else."""
    found = own(request, code)
    if found is None:
        raise Http404
    return shown(_photo(found, photo).picture, small=small)


@participant_page
@require_safe
def plan(request: HttpRequest, code: str, plan: uuid.UUID) -> HttpResponse:
    """A plan on which those who take part mark places; 404 for everybody else, and where no place is asked for."""
    found = own(request, code)
    if found is None or not found.activity.asks_place:
        raise Http404
    rows = CityPlan.objects.select_related("picture")
    return shown(get_object_or_404(rows, audit=found.activity.audit, uuid=plan).picture)


def _photo(found: Own, photo: uuid.UUID) -> Photo:
    """One of the person's own photos. Raises Http404 for another's."""
    rows = Photo.objects.with_rights().select_related("plan")
    row = get_object_or_404(rows, uuid=photo, activity=found.activity, participant=found.participant)
    row.activity = found.activity
    return row
