"""Sending invitations, reminders and changes of the date, and taking the answers."""

from __future__ import annotations

import logging
from collections import deque
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
from ..enums import GroupState, Reply
from ..letters import Filled, Kind
from ..letters.appointment import MEDIA_TYPE, NAME
from ..models import FocusGroup, InvitationLetter, Invitee

log = logging.getLogger(__name__)

TOKEN_LENGTH = 32
"""Hexadecimal digits of a token, 128 bits: short enough for a letter on paper."""
_TOLD = ("token_expires_at", "told_venue")
"""What a letter tells: when they shall come, and where."""
_DONE = {Kind.INVITE: ("invited_at",), Kind.REMIND: ("reminded_at",), Kind.CHANGE: _TOLD}
"""What a letter changes: whoever is found otherwise than they were read has had it meanwhile."""


@dataclass
class Sent:
    """What became of sending to several. `left` need the letter no more, or somebody else sends it at the same moment."""

    sent: list[Invitee] = field(default_factory=list)
    failed: list[Invitee] = field(default_factory=list)
    left: list[Invitee] = field(default_factory=list)


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
    """The address by which somebody answers; it works from `open_links` or the first letter on."""
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
    """Notes that these have the letter as it stands now, on paper or in another way. Returns how many."""
    found = list(invitees)
    for one in found:
        one.token_hash = token_hash(token_of(one))
        _told(one)
    Invitee.objects.bulk_update(found, ["token_hash", "invited_at", *_TOLD])
    return len(found)


def open_links(invitees: Iterable[Invitee]) -> None:
    """Makes the links of these people work, as they are about to be printed. Nobody knows yet what is printed."""
    found = list(invitees)
    for one in found:
        one.token_hash = token_hash(token_of(one))
    Invitee.objects.bulk_update(found, ["token_hash"])


def send(*, group: FocusGroup, invitees: Iterable[Invitee], kind: str, asked_at: datetime | None = None) -> Sent:
    """Sends each a letter of their own, all over one connection. One whose letter fails is as before, and does not stop
    the others; where the mail server cannot be reached, nobody else is tried.

    `asked_at` is when the page was made on which somebody decided to send; without it, now. Whoever got an e-mail since
    then gets no second one: the button was pressed twice, or somebody else sends at the same moment. Whoever has answered
    since then is not reminded.
    """
    asked_at = asked_at or timezone.now()
    letter = letters.letter_of(group)
    ics = letters.appointment(group)
    result = Sent()
    waiting = deque(invitees)
    try:
        with get_connection() as connection:
            while waiting:
                one = waiting.popleft()
                one.group = group
                if not _claim(one, kind, asked_at):
                    result.left.append(one)
                    continue
                try:
                    _mail(letter, ics, one, kind, connection).send()
                except (OSError, ValueError) as error:
                    _log(error)
                    _release(one)
                    result.failed.append(one)
                    # The server may have hung up.
                    connection.close()
                    connection.open()
                else:
                    _note(one, kind)
                    result.sent.append(one)
    except OSError as error:
        _log(error)
        result.failed.extend(waiting)
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


def _told(invitee: Invitee) -> None:
    """They know the day and the place as they stand now. Two weeks before counts for the first letter."""
    invitee.token_expires_at, invitee.told_venue = invitee.group.begins, invitee.group.venue
    invitee.invited_at = invitee.invited_at or timezone.now()


def _claim(invitee: Invitee, kind: str, asked_at: datetime) -> bool:
    """Writes that a letter to somebody is on its way, unless they do not need it any more since the invitee was read, an
    e-mail has gone out since `asked_at`, or one is on its way. One statement decides it, before anything is sent: where
    this process dies, it stays unknown whether the letter went out, and it can be sent again."""
    now = timezone.now()
    unmailed = Q(mailed_at=None) | Q(mailed_at__lt=asked_at)
    idle = Q(sending_at=None) | Q(sending_at__lt=now - Invitee.ON_ITS_WAY)
    marks = {name: getattr(invitee, name) for name in ("email", *_DONE[Kind(kind)])}
    if kind == Kind.REMIND:
        marks["reply"] = Reply.NONE
    unchanged = Invitee.objects.filter(unmailed, idle, pk=invitee.pk, **marks)
    return bool(unchanged.update(sending_at=now, token_hash=token_hash(token_of(invitee))))


def _release(invitee: Invitee) -> None:
    """Writes that no letter to somebody is on its way, and puts their link back as it was: unless they have another
    address by now, for which the former link is void."""
    row = Invitee.objects.filter(pk=invitee.pk)
    row.update(sending_at=None)
    row.filter(email=invitee.email).update(token_hash=invitee.token_hash)


def _note(invitee: Invitee, kind: str) -> None:
    """Writes that somebody has this letter."""
    _told(invitee)
    invitee.mailed_at = timezone.now()
    if kind == Kind.REMIND:
        invitee.reminded_at = invitee.mailed_at
    written = {name: getattr(invitee, name) for name in ("invited_at", "reminded_at", "mailed_at", *_TOLD)}
    # Somebody may have taken them off the list meanwhile.
    Invitee.objects.filter(pk=invitee.pk).update(sending_at=None, **written)


def _log(error: Exception) -> None:
    # The message of the error may hold the person's address.
    log.error("A letter of a focus group could not be sent: %s", type(error).__name__)


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
