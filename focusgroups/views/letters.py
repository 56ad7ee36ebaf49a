"""The invitation letter: its words, how it reads to one person, on paper, and sending it."""

from __future__ import annotations

from uuid import uuid4, uuid5

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import printing
from audits.enums import Act, Personal
from audits.views import files, saving
from audits.views.log import logged

from .. import letters
from ..actions import invitations
from ..enums import Reply
from ..forms.letters import LetterForm, PaperForm, SendForm
from ..letters import Kind
from ..letters.wording import DATA
from ..method import KEY
from ..models import InvitationLetter, Invitee
from ..permissions import get_group
from ..printed.letters import letters_document
from ..storage import with_names
from .invitees import SHOWING


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.INVITEES)
def letter(request, audit, group):
    """The words of the letter, our own until somebody changes them; `?preset` puts those into the form, unsaved."""
    group = get_group(request, audit, group)
    found = letters.letter_of(group)
    preset = letters.preset(group.language)
    if request.method == "POST":
        # The first who writes makes the row; whoever came at the same time started from the same words.
        found, _created = InvitationLetter.objects.get_or_create(group=group, defaults=preset)
        found.group = group
        form = LetterForm(request.POST, instance=found)
        after = found.get_absolute_url()
        if answer := saving.saved(request, form, name=_("The letter"), here=KEY, after=after):
            return answer
        found = letters.letter_of(group)
    else:
        form = LetterForm(instance=found, initial=preset if "preset" in request.GET else None)
    people = list(group.invitees.filter(contact_deleted_at=None))
    person = next((one for one in people if str(one.uuid) == request.GET.get("for")), None) or (people or [None])[0]
    context = {
        **SHOWING,
        "group": group,
        "form": form,
        "is_preset": found.pk is None,
        "hides_register": found.pk and f"{{{DATA}}}" not in found.text and any(one.stakeholder_id for one in people),
        "put_back": "preset" in request.GET,
        "people": people,
        "person": person,
        "preview": _preview(group, person),
        "placeholders": letters.PLACEHOLDERS.items(),
        "is_open": invitations.is_open(group),
    }
    return render(request, "focusgroups/letter.html", context)


def _preview(group, person):
    """How the letter that is saved reads to somebody; its link leads nowhere, it belongs to that person alone."""
    example = person or Invitee(group=group, name=_("(name)"), organisation=_("(organisation)"))
    return letters.fill(letters.letter_of(group), example, _("(the person’s own link)"))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.INVITEES)
def send(request, audit, group, kind):
    """To whom the letter goes; proposed are those who have not had it."""
    group = get_group(request, audit, group)
    people = [one for one in group.invitees.exclude(email="") if kind == Kind.INVITE or one.invited_at]
    if kind == Kind.REMIND:
        people = [one for one in people if one.reply == Reply.NONE]
    for one in people:
        one.group = group
    is_open = invitations.is_open(group)
    form = SendForm(request.POST if request.method == "POST" else None, group=group, kind=kind)
    if request.method == "POST" and is_open and form.is_valid():
        chosen = form.cleaned_data
        result = invitations.send(group=group, invitees=chosen["people"], kind=kind, asked_at=chosen["asked_at"])
        _tell(request, result, kind)
        return redirect("focusgroups:invitee-list", group.audit.slug, group.uuid)
    chosen = set(request.POST.getlist("people"))
    rows = []
    for one in people:
        had = invitations.had_already(one, kind)
        # Whoever cannot come on one day may come on another.
        wanted = not had and (kind == Kind.CHANGE or one.reply != Reply.NO)
        rows.append((one, str(one.uuid) in chosen if form.is_bound else wanted))
    context = {
        **SHOWING,
        "group": group,
        "form": form,
        "kind": Kind(kind),
        "rows": rows,
        "is_open": is_open,
        "reply_by_is_off": _is_off(letters.letter_of(group).reply_by, group),
        "without": group.invitees.filter(email="", contact_deleted_at=None),
    }
    return render(request, "focusgroups/invite.html", context, status=200 if is_open or not form.is_bound else 409)


def _is_off(reply_by, group):
    """Whether the letter asks for answers until a day that is past by now, or after the session since that was moved."""
    return reply_by is not None and not timezone.localdate() <= reply_by <= group.date


def _tell(request, result, kind):
    if result.sent:
        number = len(result.sent)
        text = ngettext("%(number)s letter has been sent.", "%(number)s letters have been sent.", number)
        messages.success(request, text % {"number": number})
    if result.failed:
        text = ngettext(
            "The letter to %(names)s could not be sent. Check the address, or try again later.",
            "%(number)s letters could not be sent: %(names)s. Check the addresses, or try again later.",
            len(result.failed),
        )
        names = ", ".join(f"{one} ({one.email})" for one in result.failed)
        messages.error(request, text % {"number": len(result.failed), "names": names})
    left = ", ".join(map(str, result.left))
    if result.left and kind == Kind.REMIND:
        number = len(result.left)
        text = ngettext(
            "%(names)s has answered or was reminded meanwhile. Nothing has been sent to this person.",
            "%(number)s people have answered or were reminded meanwhile: %(names)s. Nothing has been sent to them.",
            number,
        )
        messages.info(request, text % {"number": number, "names": left})
    elif result.left:
        text = _("These letters have just been sent, or are on their way.")
        messages.info(request, f"{text} {left}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.INVITEES)
def letter_print(request, audit, group):
    """Letters on paper, a page each; they count as invited where that is ticked."""
    group = get_group(request, audit, group)
    form = PaperForm(request.POST if request.method == "POST" else None, group=group)
    if request.method != "POST" or not form.is_valid():
        return render(request, "focusgroups/letter_print.html", {**SHOWING, "group": group, "form": form})
    chosen = form.cleaned_data
    # Sent again after the plan has changed, the same form makes letters that say so.
    key = uuid5(chosen["uuid"] or uuid4(), f"{chosen['which']} {group.version}")
    made = printing.begin(with_names(group.uuid), key, lambda: _document(group, form.people))
    if chosen["mark"]:
        number = invitations.mark_invited(form.people)
        text = ngettext("%(number)s person counts as invited now.", "%(number)s people count as invited now.", number)
        messages.success(request, text % {"number": number})
    return redirect("focusgroups:letter-printing", group.audit.slug, group.uuid, made.key)


def _document(group, people):
    words = letters.letter_of(group)
    invitations.open_links(people)
    filled = [
        ("\n".join(filter(None, (one.name, one.acts_for))), letters.fill(words, one, invitations.link_of(one)))
        for one in people
    ]
    return letters_document(group, filled)


@login_required
@never_cache
@require_safe
def letter_printing(request, audit, group, key):
    """How far the PDF is; the page asks again by itself until it is over."""
    group = get_group(request, audit, group)
    context = {**SHOWING, "group": group, **files.how_far(printing.find(with_names(group.uuid), key))}
    return render(request, "focusgroups/letter_printing.html", context)


@login_required
@never_cache
@require_safe
@logged(Personal.INVITEES, Act.EXPORTED)
def letter_file(request, audit, group, key):
    group = get_group(request, audit, group)
    made = printing.find(with_names(group.uuid), key)
    return files.printed(made, files.name_of(made, group.date, group.title))
