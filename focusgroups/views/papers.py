"""Printing the papers of the day: what is being made, how far it is, the file."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import printing
from audits.enums import Act, Personal
from audits.tokens import spaced
from audits.views import files
from audits.views.log import note_access

from ..actions import prepare_seats, renew_seats
from ..forms.papers import PapersForm
from ..permissions import get_group
from ..printed.seats import attendance_sheet, consent_forms, seat_cards
from ..storage import with_names


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prints(request, audit, group):
    group = get_group(request, audit, group)
    form = PapersForm(request.POST or None, group=group)
    if not form.is_valid():
        made = [(one, one.progress()) for owner in _owners(group) for one in printing.of(owner)]
        return render(request, "focusgroups/prints.html", {"group": group, "form": form, "made": made})
    chosen = form.cleaned_data
    # As in the letters: a card is kept for months, whichever host name somebody printed it under.
    address = settings.SITE_URL + reverse("participation:join", args=[group.join_code]).rstrip("/")
    key = files.key_for(request, chosen["uuid"])
    # What holds names goes with the names.
    owner = with_names(group.uuid) if chosen["which"] == form.ATTENDANCE else group.uuid
    made = printing.begin(owner, key, lambda: _document(group, form, chosen, address))
    return redirect("focusgroups:print", group.audit.slug, group.uuid, made.key)


def _owners(group):
    return group.uuid, with_names(group.uuid)


def _find(group, key):
    return next((made for owner in _owners(group) if (made := printing.find(owner, key))), None)


def _document(group, form, chosen, address):
    """The chosen paper; prepares the seats, or their new codes, where that was chosen."""
    which, language = chosen["which"], chosen["language"]
    if which == form.ATTENDANCE:
        return attendance_sheet(group, language=language)
    if which == form.CONSENT:
        return consent_forms(group, language=language, numbers=form.seats, address=address)
    if which == form.NEW:
        issued = prepare_seats(group=group, count=chosen["count"], language=language)
    else:
        issued = renew_seats(group=group, numbers=form.unused, language=language)
    cards = [(str(seat.number), spaced(code)) for seat, code in issued]
    return seat_cards(group, language=language, cards=cards, address=address)


@login_required
@never_cache
@require_safe
def print_progress(request, audit, group, key):
    """How far a printing is; the page asks again by itself until it is over."""
    group = get_group(request, audit, group)
    made = _find(group, key)
    return render(request, "focusgroups/print.html", {"group": group, **files.how_far(made)})


@login_required
@never_cache
@require_safe
def print_file(request, audit, group, key):
    group = get_group(request, audit, group)
    made = _find(group, key)
    if printing.find(with_names(group.uuid), key):
        note_access(request, Personal.INVITEES, Act.EXPORTED)
    return files.printed(made, files.name_of(made, group.date, group.title))
