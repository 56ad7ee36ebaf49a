"""Answering an invitation to a focus group, without an account.

The link of the letter is opened once: it leaves the hash of its token in the session and leads to an address without the
token, as an invitation to the team does (`audits/views/invitations.py` says why). Pages speak the language of the session.
"""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import limits

from ..actions import invitations, people
from ..forms.replies import AnswerForm
from ..letters.wording import arrangements, length_of

KEPT = "group_reply"
GUESSES, GUESS_SECONDS = 20, 600


@never_cache
@require_safe
def reply_open(request, token):
    """Takes the token out of the address and keeps its hash in the session. Wrong tokens are counted per address."""
    found = invitations.find(invitations.token_hash(token))
    if found:
        request.session[KEPT] = found.token_hash
        response = redirect("group-reply:answer")
    elif limits.within("group-reply", limits.address_of(request), times=GUESSES, seconds=GUESS_SECONDS):
        response = _unknown(request)
    else:
        response = render(request, "429.html", status=429)
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply_answer(request):
    """What somebody is invited to, and their answer, which they may change until the session begins."""
    invitee = invitations.find(request.session.get(KEPT, ""))
    if invitee is None:
        request.session.pop(KEPT, None)
        return _unknown(request)
    language = invitee.group.language
    with translation.override(language):
        request.LANGUAGE_CODE = language
        response = _answer(request, invitee)
    response["Content-Language"] = language
    return response


def _answer(request, invitee):
    group = invitee.group
    context = {"group": group, "city": group.audit.city, "invitee": invitee}
    if not invitations.is_open(group):
        del request.session[KEPT]
        # By now the link is one that somebody may have found: it says nothing of whom it was for.
        return render(request, "focusgroups/reply_closed.html", {"over": True}, status=410)
    initial = {"reply": invitee.reply, "needs": invitee.needs}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        invitations.answer(invitee=invitee, **form.cleaned_data)
        messages.success(request, _("Thank you, your answer is with the team."))
        return redirect("group-reply:answer")
    context |= {
        "form": form,
        "answered": dict(form.fields["reply"].choices).get(invitee.reply),
        "length": length_of(group.minutes),
        "arrangements": arrangements(group),
        "controller": group.audit.controller or group.audit.city.authority,
        "deleted_on": people.deleted_on(group),
    }
    return render(request, "focusgroups/reply.html", context)


def _unknown(request):
    return render(request, "focusgroups/reply_closed.html", {"over": False}, status=404)
