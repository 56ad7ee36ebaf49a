"""Sending invitations, reminders and changes of the date, and taking the answers."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from audits.tokens import keyed_hash

from .. import letters
from ..enums import GroupState
from ..letters import Filled, Kind
from ..letters.appointment import MEDIA_TYPE, NAME
from ..models import FocusGroup, InvitationLetter, Invitee

log = logging.getLogger(__name__)

TOKEN_LENGTH = 32
"""Hexadecimal digits of a token, 128 bits: short enough for a letter on paper."""
_LINK = ("token_hash", "token_expires_at", "told_venue")
"""What a letter leaves: the link by which they answer, until when it works, and where they were told to come."""
_DONE = {Kind.INVITE: ("invited_at",), Kind.REMIND: ("reminded_at",), Kind.CHANGE: ("token_expires_at", "told_venue")}


@dataclass
class Sent:
    """What became of sending to several."""

    sent: list[Invitee] = field(default_factory=list)
    failed: list[Invitee] = field(default_factory=list)


def token_of(invitee: Invitee) -> str:
    """The token of somebody's link. It is always the same, so that a reminder does not make the link of the invitation
    void, and another one for another e-mail address: whoever got a letter by mistake cannot answer for somebody else.

    It is derived under CODE_HASH_KEY, and nothing from which it could be derived stands in the database.
    """
    return keyed_hash(f"{invitee.uuid}:{invitee.email}", "group-reply")[:TOKEN_LENGTH]


def token_hash(token: str) -> str:
    """The form in which the token of a link is stored."""
    return keyed_hash(token, "group-reply-link")


def link_of(invitee: Invitee) -> str:
    """The address by which somebody answers; it works once `open_link` has been saved."""
    return settings.SITE_URL + reverse("group-reply:open", args=[token_of(invitee)])


def had_already(invitee: Invitee, kind: str) -> bool:
    """Whether somebody got this letter before: a reminder today, the present date and place in a change of them."""
    if kind == Kind.INVITE:
        return invitee.invited_at is not None
    if kind == Kind.REMIND:
        return invitee.reminded_at is not None and timezone.localdate(invitee.reminded_at) == timezone.localdate()
    return invitee.invited_at is not None and not was_told_otherwise(invitee)


def was_told_otherwise(invitee: Invitee) -> bool:
    """Whether the last letter named another beginning or place than the present one: links expire when the session
    begins. Where it is not known what the letter named, nothing is said."""
    begins, venue = invitee.token_expires_at, invitee.told_venue
    group = invitee.group
    otherwise = (begins is not None and begins != group.begins) or (venue != "" and venue != group.venue)
    return invitee.invited_at is not None and otherwise


def mark_invited(invitees: Iterable[Invitee]) -> int:
    """Notes that those who were not invited yet are, on paper or in another way. Returns how many."""
    waiting = [one for one in invitees if one.invited_at is None]
    for one in waiting:
        _open_link(one)
        one.invited_at = timezone.now()
    Invitee.objects.bulk_update(waiting, ["invited_at", *_LINK])
    return len(waiting)


def open_links(invitees: Iterable[Invitee]) -> None:
    """Makes the links of these people work, as they are about to be printed."""
    found = list(invitees)
    for one in found:
        _open_link(one)
    Invitee.objects.bulk_update(found, _LINK)


def send(*, group: FocusGroup, invitees: Iterable[Invitee], kind: str, asked_at: datetime | None = None) -> Sent:
    """Sends each a letter of their own. One whose letter fails is as before, and does not stop the others.

    `asked_at` is when the page was made on which somebody decided to send; without it, now. Whoever got an e-mail since
    then gets no second one: the button was pressed twice, or somebody else sends at the same moment.
    """
    asked_at = asked_at or timezone.now()
    letter = letters.letter_of(group)
    ics = letters.appointment(group)
    result = Sent()
    connection = get_connection()
    for one in invitees:
        one.group = group
        before = _state(one)
        if not _claim(one, kind, asked_at):
            continue
        try:
            _mail(letter, ics, one, kind, connection).send()
        except (OSError, ValueError) as error:
            # The message of the error may hold the person's address.
            log.error("A letter of a focus group could not be sent: %s", type(error).__name__)
            Invitee.objects.filter(pk=one.pk).update(**before)
            result.failed.append(one)
            connection.close()
        else:
            result.sent.append(one)
    connection.close()
    return result


def find(hashed: str) -> Invitee | None:
    """The invitee whose link has this hash (`token_hash(token)`), also when it is over."""
    if not hashed:
        return None
    rows = Invitee.objects.select_related("group__audit__city", "group__letter")
    return rows.filter(token_hash=hashed).first()


def is_open(group: FocusGroup) -> bool:
    """Whether answers are taken: until the session begins."""
    return group.state == GroupState.PLANNED and timezone.now() < group.begins


def answer(*, invitee: Invitee, reply: str, needs: str) -> None:
    """Keeps what somebody answers to the invitation themselves; it may be changed until the session begins."""
    invitee.reply, invitee.needs, invitee.replied_at = reply, needs, timezone.now()
    invitee.save(update_fields=["reply", "needs", "replied_at"])


def _open_link(invitee: Invitee) -> None:
    invitee.token_hash, invitee.token_expires_at = token_hash(token_of(invitee)), invitee.group.begins
    invitee.told_venue = invitee.group.venue


def _state(invitee: Invitee) -> dict[str, str | datetime | None]:
    names = ("invited_at", "reminded_at", "mailed_at", *_LINK)
    return {name: getattr(invitee, name) for name in names}


def _claim(invitee: Invitee, kind: str, asked_at: datetime) -> bool:
    """Writes that somebody has this letter, unless that has changed since the invitee was read, or an e-mail has gone
    out since `asked_at`. One statement decides it, before anything is sent."""
    unmailed = Q(mailed_at=None) | Q(mailed_at__lt=asked_at)
    marks = {name: getattr(invitee, name) for name in _DONE[Kind(kind)]}
    unchanged = Invitee.objects.filter(unmailed, pk=invitee.pk, **marks)
    _open_link(invitee)
    invitee.mailed_at = timezone.now()
    if kind == Kind.REMIND:
        invitee.reminded_at = timezone.now()
    # Two weeks before counts for the first letter.
    elif invitee.invited_at is None:
        invitee.invited_at = timezone.now()
    return bool(unchanged.update(**_state(invitee)))


def _mail(
    letter: InvitationLetter, ics: bytes, invitee: Invitee, kind: str, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    filled: Filled = letters.fill(letter, invitee, link_of(invitee), kind)
    with translation.override(filled.language):
        html = render_to_string("focusgroups/mail/letter.html", {"letter": filled})
    mail = EmailMultiAlternatives(filled.subject, filled.text + "\n", to=[invitee.email], connection=connection)
    mail.attach_alternative(html, "text/html")
    mail.attach(NAME, ics.decode(), MEDIA_TYPE)
    return mail
