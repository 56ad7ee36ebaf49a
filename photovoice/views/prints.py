"""The papers of an activity: what is printed, how far it is, the file; and the words of the invitation."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import printing
from audits.participation.actions import reserve
from audits.participation.posters import poster_document, way_to
from audits.tokens import spaced
from audits.views import files, saving

from ..forms.prints import InvitationForm, PrintsForm
from ..inviting import invitation_of, wording
from ..method import KEY
from ..models import InvitationText
from ..permissions import get_activity
from ..printed import cards_document, consent_document, instructions_document, invitation_document


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prints(request, audit, activity):
    activity = get_activity(request, audit, activity)
    form = PrintsForm(request.POST if request.method == "POST" else None, activity=activity)
    if not form.is_valid():
        made = [(one, one.progress()) for one in printing.of(activity.uuid)]
        context = {"here": KEY, "activity": activity, "form": form, "made": made}
        return render(request, "photovoice/prints.html", context)
    chosen = form.cleaned_data
    key = files.key_for(request, chosen["uuid"])
    made = printing.begin(activity.uuid, key, lambda: _document(request, activity, form))
    return redirect("photovoice:print", activity.audit.slug, activity.uuid, made.key)


def _document(request, activity, form):
    """The chosen paper; draws the personal codes where cards were chosen."""
    chosen = form.cleaned_data
    which, languages = chosen["which"], chosen["languages"]
    way = way_to(request, activity.join_code)
    if which == form.INSTRUCTIONS:
        return instructions_document(activity, languages=languages, way=way)
    if which == form.INVITATION:
        return invitation_document(activity, languages=languages, way=way)
    if which == form.CONSENT:
        return consent_document(activity, languages=languages, way=way)
    if which == form.CARDS:
        codes = [reserve(audit=activity.audit, language=languages[0])[1] for _card in range(chosen["count"])]
        return cards_document(activity, language=languages[0], codes=[spaced(code) for code in codes], way=way)
    return poster_document(
        way,
        audit=activity.audit,
        code=activity.join_code,
        languages=languages,
        size="a5" if which == form.POSTER_A5 else "a4",
        place=activity.meeting_point,
    )


@login_required
@never_cache
@require_safe
def print_progress(request, audit, activity, key):
    """How far a printing is; the page asks again by itself until it is over."""
    activity = get_activity(request, audit, activity)
    made = printing.find(activity.uuid, key)
    return render(request, "photovoice/print.html", {"here": KEY, "activity": activity, **files.how_far(made)})


@login_required
@never_cache
@require_safe
def print_file(request, audit, activity, key):
    activity = get_activity(request, audit, activity)
    made = printing.find(activity.uuid, key)
    return files.printed(made, files.name_of(made, timezone.localdate(activity.starts), activity.title))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, audit, activity):
    """The invitation in the language of the address (`?language=`), ours until somebody changes it; `?preset` puts our
    words into the form, unsaved."""
    activity = get_activity(request, audit, activity)
    language = request.GET.get("language", activity.audit.language)
    if language not in dict(settings.PARTICIPANT_LANGUAGES):
        raise Http404
    address = way_to(request, activity.join_code).url
    preset = wording(activity, language, address)
    found = invitation_of(activity, language, address)
    if request.method == "POST":
        # The first who writes makes the row; whoever came at the same time started from the same words.
        found, _created = InvitationText.objects.get_or_create(activity=activity, language=language, defaults=preset)
        found.activity = activity
        form = InvitationForm(request.POST, instance=found)
        after = found.get_absolute_url()
        if answer := saving.saved(request, form, name=_("The invitation"), here=KEY, after=after):
            return answer
    else:
        form = InvitationForm(instance=found, initial=preset if "preset" in request.GET else None)
    own = set(activity.invitations.values_list("language", flat=True))
    context = {
        "here": KEY,
        "activity": activity,
        "form": form,
        "language": language,
        "languages": [(code, name, code in own) for code, name in settings.PARTICIPANT_LANGUAGES],
        "is_own": language in own,
        "put_back": "preset" in request.GET,
    }
    return render(request, "photovoice/invitation.html", context)
