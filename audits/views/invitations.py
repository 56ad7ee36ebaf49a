"""Answering an invitation.

The link of the e-mail is opened once: it leaves the hash of its token in the session and leads to an address without
the token. So the token reaches no referrer and no `next` parameter, and the form can be posted under the site's own
referrer policy, which CSRF protection needs.
"""

from allauth.account.views import SignupView
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import limits, permissions
from ..actions import accept, closed_because, find_invitation
from ..actions.team import token_hash
from ..enums import Role
from ..permissions import Ability

KEPT = "invitation"
GUESSES, GUESS_SECONDS = 20, 600


@never_cache
@require_safe
def invitation_open(request, token):
    """Takes the token out of the address and keeps its hash in the session. Wrong tokens are counted per address."""
    found = find_invitation(token_hash(token))
    if found:
        request.session[KEPT] = found.token_hash
        response = redirect("audits:invitation")
    elif limits.within("invitation", limits.address_of(request), times=GUESSES, seconds=GUESS_SECONDS):
        response = _closed(request, _("This link is not valid"), status=404)
    else:
        response = render(request, "429.html", status=429)
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request):
    """Shows the invitation of this session: to join by a button, or to sign in first."""
    invitation = find_invitation(request.session.get(KEPT, ""))
    if invitation is None:
        request.session.pop(KEPT, None)
        return _closed(request, _("No invitation is open here"), status=404)
    if reason := closed_because(invitation):
        del request.session[KEPT]
        return _closed(request, reason, invitation, status=410)
    if request.method == "POST":
        return _join(request, invitation)
    context = {
        "invitation": invitation,
        "role": Role(invitation.role),
        "other_address": request.user.is_authenticated and not invitation.is_for(request.user),
    }
    return render(request, "audits/invitation.html", context)


def _join(request, invitation):
    if not request.user.is_authenticated:
        return redirect("audits:invitation")
    if "later" in request.POST:
        del request.session[KEPT]
        messages.info(request, _("You have not joined. The link in the e-mail stays open until its last day."))
        return redirect("audits:audit-list")
    try:
        accept(invitation=invitation, user=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(
            request,
            _("You are in the team of “%(audit)s” now, as %(role)s.")
            % {"audit": invitation.audit, "role": Role(invitation.role).label},
        )
    del request.session[KEPT]
    if permissions.may(request.user, Ability.SEE_AUDIT, invitation.audit):
        return redirect(invitation.audit)
    return redirect("audits:audit-list")


class InvitedSignup(SignupView):
    """Signing up; the address to which the invitation of this session went stands there already."""

    def get_initial(self):
        invitation = find_invitation(self.request.session.get(KEPT, ""))
        return super().get_initial() | ({"email": invitation.email} if invitation else {})


def _closed(request, title, invitation=None, *, status):
    context = {
        "title": title,
        "invitation": invitation,
        "may_open": invitation is not None and permissions.may(request.user, Ability.SEE_AUDIT, invitation.audit),
    }
    return render(request, "audits/invitation_closed.html", context, status=status)
