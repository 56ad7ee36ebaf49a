"""Photos that came otherwise than by an own code: brought in by the team, and waiting for their authors."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import TooManyFilesSent
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.enums import Act, Personal
from audits.spreadsheet import XLSX
from audits.texts import listed
from audits.uploads import CappedFileHandler
from audits.views import files
from audits.views.log import logged, note_access

from .. import parcels
from ..actions import incoming, links
from ..enums import PhotoState
from ..evidence import KEY
from ..forms.incoming import DeleteAllForm, ParcelForm, TakeForm
from ..models import Photo
from ..parcels import MOST_BYTES
from ..permissions import get_activity
from ..rights import credit_of

PER_PAGE = 20


class ParcelHandler(CappedFileHandler):
    """A ZIP is longer than what other forms take."""

    max_bytes = MOST_BYTES
    max_request_bytes = MOST_BYTES + 10 * 1024 * 1024


@login_required
@never_cache
@require_safe
@logged(Personal.PHOTOS)
def incoming_list(request, audit, activity):
    """What waits for its author, and what can be done about it: first that of which no link was sent or passed on."""
    activity = get_activity(request, audit, activity)
    waiting = Photo.objects.filter(state=PhotoState.WAITING).select_related("picture")
    waits = activity.rights_requests.filter(photos__state=PhotoState.WAITING)
    told = Coalesce("sent_at", "passed_on_at").asc(nulls_first=True)
    rows = waits.select_related("passed_on_by").order_by(told, "created_at", "pk").distinct()
    page = Paginator(rows.prefetch_related(Prefetch("photos", waiting, to_attr="waiting")), PER_PAGE).get_page(
        request.GET.get("page")
    )
    for question in page:
        question.deleted_on = question.created_at + links.KEPT
    context = {
        "here": KEY,
        "activity": activity,
        "page_obj": page,
        "number": activity.photos.filter(state=PhotoState.WAITING).count(),
        "days": links.DAYS_KEPT,
    }
    return render(request, "photovoice/incoming_list.html", context)


# The check of the form's token reads the body, and has to wait until who may send such a long one is known.
@csrf_exempt
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def incoming_add(request, audit, activity):
    """The files; what they say is shown before anything comes in."""
    activity = get_activity(request, audit, activity)
    request.upload_handlers = [ParcelHandler(request)]
    try:
        request.POST  # noqa: B018
    except TooManyFilesSent:
        form = ParcelForm({}, activity=activity)
        form.full_clean()
        form.errors.clear()
        form.add_error("files", _("These are too many files. Choose fewer, or pack them into a ZIP file."))
        return _add(request, activity, form)
    return _incoming_add(request, activity)


@csrf_protect
def _incoming_add(request, activity):
    sent = request.method == "POST" and activity.has_begun
    form = ParcelForm(*((request.POST, request.FILES) if sent else ()), activity=activity)
    if form.is_valid():
        take = TakeForm(activity=activity, user=request.user)
        context = {
            "here": KEY,
            "activity": activity,
            "parcel": form.parcel,
            "signed": take.signed(form.parcel, form.cleaned_data["language"]),
        }
        return render(request, "photovoice/incoming_preview.html", context)
    return _add(request, activity, form)


def _add(request, activity, form):
    return render(request, "photovoice/incoming_add.html", {"here": KEY, "activity": activity, "form": form})


@login_required
@never_cache
@require_POST
def incoming_take(request, audit, activity):
    """Takes in what the preview showed; links for authors without an address are shown once, on the page then."""
    activity = get_activity(request, audit, activity)
    form = TakeForm(request.POST, activity=activity, user=request.user)
    if not form.is_valid() or not activity.has_begun:
        messages.warning(request, _("This page is too old. Choose the files again."))
        return redirect("photovoice:incoming-add", activity.audit.slug, activity.uuid)
    if "discard" in request.POST:
        parcels.forget_preview(activity, form.key)
        return redirect("photovoice:incoming-add", activity.audit.slug, activity.uuid)
    try:
        taken = incoming.take_in(
            activity=activity,
            senders=form.senders,
            drawings=lambda photo: parcels.drawn_of(activity, form.key, photo),
            language=form.language,
            by=request.user,
        )
    except FileNotFoundError:
        messages.warning(request, _("These files have been decided about, or a day has passed. Choose them again."))
        return redirect("photovoice:incoming-add", activity.audit.slug, activity.uuid)
    except incoming.TooManyWaitingError as error:
        messages.error(request, str(error))
        return redirect("photovoice:incoming", activity.audit.slug, activity.uuid)
    parcels.forget_preview(activity, form.key)
    _tell(request, taken)
    if taken.links:
        return _links(request, activity, taken.links)
    return redirect("photovoice:incoming", activity.audit.slug, activity.uuid)


def _tell(request, taken):
    if taken.photos:
        text = ngettext(
            "%(number)s photo has come in and waits for its author.",
            "%(number)s photos have come in and wait for their authors.",
            taken.photos,
        )
        messages.success(request, text % {"number": taken.photos})
    else:
        messages.info(request, _("These photos are here already; nothing was taken in twice."))
    if taken.sent:
        text = ngettext("%(number)s link has been sent.", "%(number)s links have been sent.", taken.sent)
        messages.success(request, text % {"number": taken.sent})
    if taken.unsent:
        text = ngettext(
            "%(number)s link could not be sent. Try again below.",
            "%(number)s links could not be sent. Try again below.",
            taken.unsent,
        )
        messages.error(request, text % {"number": taken.unsent})


def _links(request, activity, made):
    rows = []
    for question, link in made:
        photos = list(question.photos.with_rights())
        names = dict.fromkeys(name for photo in photos if (name := credit_of(photo)))
        rows.append((question, link, photos, listed(names)))
    return render(request, "photovoice/incoming_links.html", {"here": KEY, "activity": activity, "rows": rows})


@login_required
@require_safe
def incoming_titles(request, audit, activity):
    """The table of titles to fill in, in the language of the page."""
    get_activity(request, audit, activity)
    return files.attachment(parcels.template(), "photos.xlsx", XLSX)


def _question(request, audit, activity, question):
    activity = get_activity(request, audit, activity)
    found = get_object_or_404(activity.rights_requests, uuid=question, answered_at=None)
    found.activity = activity
    return found


@login_required
@never_cache
@require_POST
def incoming_send(request, audit, activity, question):
    """Sends a link that could not be sent before; not a second time, since the address is gone then."""
    question = _question(request, audit, activity, question)
    if links.send(question):
        messages.success(request, _("The link has been sent, and the address is deleted."))
    else:
        messages.error(request, _("The link could not be sent. Try again later, or make a link to pass on."))
    return redirect("photovoice:incoming", question.activity.audit.slug, question.activity.uuid)


@login_required
@never_cache
@require_POST
def incoming_link(request, audit, activity, question):
    """A new link, shown once, to be passed on by hand; the one before ends. Refused where the link was sent."""
    question = _question(request, audit, activity, question)
    try:
        link = links.renew(question, by=request.user)
    except links.SentError:
        messages.error(request, _("The link went to the author by e-mail. Nobody else can answer for these photos."))
        return redirect("photovoice:incoming", question.activity.audit.slug, question.activity.uuid)
    return _links(request, question.activity, [(question, link)])


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.PHOTOS)
def incoming_delete(request, audit, activity, question):
    question = _question(request, audit, activity, question)
    activity = question.activity
    if request.method == "POST":
        incoming.delete_question(question, by=request.user)
        note_access(request, Personal.PHOTOS, Act.ERASED)
        messages.success(request, _("The photos are deleted, and the link has ended."))
        return redirect("photovoice:incoming", activity.audit.slug, activity.uuid)
    photos = question.photos.filter(state=PhotoState.WAITING).select_related("picture")
    context = {"here": KEY, "activity": activity, "question": question, "photos": photos}
    return render(request, "photovoice/incoming_delete.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.PHOTOS)
def incoming_delete_all(request, audit, activity):
    """Asks first, and asks again where others have come in since the page was opened."""
    activity = get_activity(request, audit, activity)
    number = activity.photos.filter(state=PhotoState.WAITING).count()
    form = DeleteAllForm(request.POST or None, number=number)
    if not number or form.is_valid():
        if number:
            incoming.delete_all_waiting(activity, by=request.user)
            note_access(request, Personal.PHOTOS, Act.ERASED)
            messages.success(request, _("The photos are deleted, and the links have ended."))
        return redirect("photovoice:incoming", activity.audit.slug, activity.uuid)
    context = {"here": KEY, "activity": activity, "number": number}
    return render(request, "photovoice/incoming_delete_all.html", context)
