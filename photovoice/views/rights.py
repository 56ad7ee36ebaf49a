"""Answering for photos by the link, without an account: are they mine, and what may be done with them.

The link is opened once: it leaves the hash of its token in the session and leads to an address without the token, as an
invitation to a focus group does. So the pages behind it may have a referrer of the own site, which their forms need.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits import limits
from audits.actions import log_access
from audits.enums import Act, Personal
from audits.participation import language
from audits.participation.language import participant_page
from audits.participation.limits import address_bucket
from audits.views.pictures import shown

from ..actions import incoming, links
from ..consent import PROMISES
from ..enums import PhotoState
from ..forms.rights import ChangeForms, RightsForms
from ..models import Photo
from ..rights import standing
from ..wording import themes_of

KEPT = "photo_rights"
GUESSES, GUESS_SECONDS = 60, 600
# Of one link: whoever has it may look and answer as often as anybody would.
OPENINGS, OPENING_SECONDS = 100, 600


@never_cache
@require_safe
def rights_open(request, token):
    """Takes the token out of the address and keeps its hash in the session. Wrong tokens are counted per network."""
    hashed = links.hash_of(token)
    found = links.find(hashed)
    if found:
        allowed = limits.within("photo-rights-link", hashed, times=OPENINGS, seconds=OPENING_SECONDS)
    else:
        allowed = limits.within("photo-rights", address_bucket(request), times=GUESSES, seconds=GUESS_SECONDS)
    if not allowed:
        response = render(request, "429.html", status=429)
    elif found:
        request.session[KEPT] = hashed
        response = redirect("photo-rights:answer")
        if language.COOKIE not in request.COOKIES:
            # The link was sent in a language that somebody chose for its reader.
            language.choose(response, found.language)
    else:
        response = _unknown(request)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


@participant_page
@require_http_methods(["GET", "HEAD", "POST"])
def rights_answer(request):
    """The photos, with the questions; once they are answered, what was said, and taking it back."""
    question = _question(request)
    if question is None:
        return _unknown(request)
    if _of_another_link(request, question):
        return redirect("photo-rights:answer")
    photos = list(Photo.objects.filter(rights_request=question).with_rights())
    if question.answered_at is not None or not photos:
        if request.method == "POST":
            messages.info(request, _("This was answered already. You can still change it below."))
            return redirect("photo-rights:answer")
        return _answered(request, question, photos)
    photos = [photo for photo in photos if photo.state == PhotoState.WAITING]
    themes = themes_of(question.activity, get_language())
    forms = RightsForms(request.POST if request.method == "POST" else None, photos=photos, themes=themes)
    if request.method == "POST" and forms.is_valid():
        try:
            incoming.answer(question=question, answers=forms.answers, language=get_language(), guardian=forms.guardian)
            _say_what_became(request, [one.mine for one in forms.answers.values()])
        except incoming.AnsweredError:
            messages.info(request, _("This was answered already. You can still change it below."))
        return redirect("photo-rights:answer")
    context = {**_context(question), "formset": forms, "promises": PROMISES}
    return render(request, "photovoice/rights_answer.html", context)


def _say_what_became(request, mine):
    """What is kept and what is deleted, after an answer that says of each photo whether it is the author's."""
    deleted = mine.count(False)
    if any(mine):
        messages.success(request, _("Thank you. What you said is kept with your photos."))
    if deleted:
        words = ngettext("%(number)s photo is deleted.", "%(number)s photos are deleted.", deleted)
        messages.success(request, words % {"number": deleted})


def _answered(request, question, photos):
    rows = [(photo, standing(photo)) for photo in photos]
    return render(request, "photovoice/rights_answered.html", {**_context(question), "rows": rows})


@participant_page
@require_http_methods(["GET", "HEAD", "POST"])
def rights_change(request, photo):
    """What an author said of one photo, to be said anew."""
    question = _question(request)
    if question is None:
        return _unknown(request)
    if _of_another_link(request, question):
        return redirect("photo-rights:answer")
    photos = list(Photo.objects.filter(rights_request=question).exclude(state=PhotoState.WAITING).with_rights())
    own = next(((place, one) for place, one in enumerate(photos, 1) if one.uuid == photo), None)
    if own is None:
        return redirect("photo-rights:answer")
    place, found = own
    themes = themes_of(question.activity, get_language())
    forms = ChangeForms(request.POST if request.method == "POST" else None, photo=found, place=place, themes=themes)
    if request.method == "POST" and forms.is_valid():
        said = forms.answers[photo]
        try:
            late = incoming.change(
                question=question, photo=photo, said=said, language=get_language(), guardian=forms.guardian
            )
        except Photo.DoesNotExist:
            return redirect("photo-rights:answer")
        wait = _("Saved. The activity is over: new words wait until the team admits them; everything else holds now.")
        messages.success(request, wait if late else _("Saved."))
        return redirect("photo-rights:answer")
    return render(request, "photovoice/rights_change.html", {**_context(question), "formset": forms})


@participant_page
@require_http_methods(["GET", "HEAD", "POST"])
def rights_take_back(request, photo=None):
    """Taking one photo back, or all of them, after a page that says what that means; pressed again, it says so again."""
    question = _question(request)
    if question is None:
        return _unknown(request)
    if _of_another_link(request, question):
        return redirect("photo-rights:answer")
    rows = question.photos.select_related("picture")
    photos = list(rows if photo is None else rows.filter(uuid=photo))
    if request.method == "POST":
        incoming.take_back(question=question, photos=photos)
        activity = question.activity
        log_access(audit=activity.audit, by=None, act=Act.ERASED, kind=Personal.PHOTOS, of=activity)
    if request.method == "POST" or not photos:
        messages.success(request, _("It is deleted."))
        return redirect("photo-rights:answer")
    context = {**_context(question), "photos": photos, "one": photo is not None}
    return render(request, "photovoice/rights_take_back.html", context)


@never_cache
@require_safe
def rights_picture(request, photo):
    """The small size of a photo, for its author alone."""
    question = _question(request)
    found = Photo.objects.filter(rights_request=question, uuid=photo).select_related("picture").first()
    if question is None or found is None:
        raise Http404
    return shown(found.picture, small=True)


@participant_page
@require_POST
def rights_leave(request):
    """On a computer that others use too: the browser forgets the link."""
    request.session.pop(KEPT, None)
    # The next person must not send a page of the last one again.
    rotate_token(request)
    return render(request, "photovoice/rights_left.html")


def _of_another_link(request, question):
    """Whether what was sent stood behind another link, opened in the same browser before this one; then says so."""
    if request.method != "POST" or request.POST.get("question") == str(question.uuid):
        return False
    messages.warning(request, _("That page was somebody else’s. Nothing was changed. This one is yours."))
    return True


def _question(request):
    found = links.find(request.session.get(KEPT, ""))
    if found is None:
        request.session.pop(KEPT, None)
    return found


def _context(question):
    audit = question.activity.audit
    return {
        "question": question,
        "activity": question.activity,
        "city": audit.city,
        "controller": audit.controller or audit.city.authority,
        "languages": settings.PARTICIPANT_LANGUAGES,
        "deleted_on": question.created_at + links.KEPT,
    }


def _unknown(request):
    return render(request, "photovoice/rights_unknown.html", status=404)
