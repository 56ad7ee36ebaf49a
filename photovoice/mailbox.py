"""The mailbox to which people send photos (toolkit, "Photovoice", sending by e-mail): IMAP over TLS.

What is not for us is left as it is. Nothing here writes an address, a subject or a name to a log.
"""

from __future__ import annotations

import imaplib
import logging
import re
import ssl
from collections import Counter
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from audits import tokens

from .actions import incoming, kept_mails
from .enums import ActivityState, PhotoSource
from .models import Activity, RightsRequest
from .parcels import Arrived, MailError, Sender, arrived, draw, known_digests, read_mail, subject_of
from .parcels.mails import MOST_BYTES, WORD, hash_of

log = logging.getLogger(__name__)

MOST_AT_ONCE = 200
"""E-mails that one run looks at; the next run goes on."""
SECONDS = 60
BROKEN_OFF = (imaplib.IMAP4.abort, ConnectionError, TimeoutError, ssl.SSLError)


class Outcome(StrEnum):
    """What became of an e-mail. TAKEN, KNOWN and ANSWERED are deleted; those for a person to look at are flagged."""

    TAKEN = "taken in"
    PARTLY = "taken in without a picture that cannot be read, flagged"
    KNOWN = "taken in before"
    ANSWERED = "kept for a picture that cannot be read until its sender answered, deleted now"
    OTHER = "not for photovoice, left alone"
    NO_ACTIVITY = "no activity found, left alone"
    NO_PICTURE = "without a picture that can be read, flagged"
    NO_SENDER = "without a sender who can be answered, flagged"
    UNREADABLE = "unreadable or too large, flagged"
    FAILED = "failed, tried again next time"


DONE = {Outcome.TAKEN, Outcome.KNOWN, Outcome.ANSWERED}
FLAGGED = {Outcome.PARTLY, Outcome.NO_PICTURE, Outcome.NO_SENDER, Outcome.UNREADABLE}


class MailboxError(Exception):
    """The mailbox cannot be read; the sentence names no password and no address."""


class Mailbox:
    """The few things that are asked of an IMAP server (RFC 3501)."""

    def __init__(self, connection: imaplib.IMAP4):
        self._connection = connection

    def waiting(self) -> list[str]:
        """The identifiers of e-mails that nobody has looked at, the oldest first."""
        return self._found("UNSEEN", "UNFLAGGED", "UNDELETED")

    def everything(self) -> list[str]:
        """The identifiers of all e-mails, whoever has looked at them, the oldest first."""
        return self._found("UNDELETED")

    def _found(self, *criteria: str) -> list[str]:
        [found, *_rest] = self._asked("SEARCH", *criteria)
        return (found or b"").decode("ascii").split() if isinstance(found, bytes | None) else []

    def subject_and_size(self, uid: str) -> tuple[str, int]:
        said, header = self._fetched(uid, "(RFC822.SIZE BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
        size = re.search(rb"RFC822\.SIZE (\d+)", said)
        return subject_of(header), int(size[1]) if size else 0

    def message_hash(self, uid: str, size: int) -> str:
        """By what an e-mail of this size is known again; "" for one that is too large to have been taken in."""
        header = self._fetched(uid, "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")[1]
        return hash_of(header) or (hash_of(header, self.message(uid)) if size <= MOST_BYTES else "")

    def message(self, uid: str) -> bytes:
        return self._fetched(uid, "(BODY.PEEK[])")[1]

    def mark(self, uid: str, flag: str) -> None:
        self._asked("STORE", uid, "+FLAGS", f"({flag})")

    def delete(self, uid: str) -> None:
        """Deletes an e-mail for good; without UIDPLUS (RFC 4315) it is marked as deleted and read, no more: EXPUNGE
        would delete what somebody else has marked, too."""
        self.mark(uid, r"\Deleted \Seen")
        if self.expunges:
            self._asked("EXPUNGE", uid)

    @property
    def expunges(self) -> bool:
        """Whether the server can delete one e-mail and leave the others."""
        return "UIDPLUS" in self._connection.capabilities

    def _fetched(self, uid: str, what: str) -> tuple[bytes, bytes]:
        """What the server says around the literal, and the literal."""
        parts = self._asked("FETCH", uid, what)
        literal = next((part for part in parts if isinstance(part, tuple)), None)
        if literal is None:
            raise MailboxError("The server does not give an e-mail that it has named.")
        rest = b" ".join(part for part in parts if isinstance(part, bytes))
        return literal[0] + b" " + rest, literal[1]

    def _asked(self, command: str, *arguments: str) -> list:
        status, data = self._connection.uid(command, *arguments)
        if status != "OK":
            raise MailboxError(f"The server refuses {command}.")
        return data


@contextmanager
def opened() -> Iterator[Mailbox]:
    """The mailbox of the settings. Raises MailboxError where it cannot be opened."""
    try:
        connection = imaplib.IMAP4_SSL(
            settings.PHOTO_MAIL_HOST,
            settings.PHOTO_MAIL_PORT,
            ssl_context=ssl.create_default_context(),
            timeout=SECONDS,
        )
    except OSError as error:
        raise MailboxError(f"The mailbox cannot be reached ({type(error).__name__}).") from None
    try:
        try:
            connection.login(settings.PHOTO_MAIL_USER, settings.PHOTO_MAIL_PASSWORD)
        except imaplib.IMAP4.error:
            raise MailboxError("The server does not accept PHOTO_MAIL_USER and PHOTO_MAIL_PASSWORD.") from None
        folder = settings.PHOTO_MAIL_FOLDER.replace("\\", "\\\\").replace('"', '\\"')
        if connection.select(f'"{folder}"')[0] != "OK":
            raise MailboxError("There is no folder PHOTO_MAIL_FOLDER.")
        yield Mailbox(connection)
    finally:
        try:
            connection.logout()
        except (OSError, imaplib.IMAP4.error):
            log.info("The mailbox was left without a word.")


def fetch(mailbox: Mailbox, *, dry_run: bool) -> Counter[Outcome]:
    """Takes in the photos of all e-mails that wait. Returns how many had which outcome.

    An e-mail is deleted when all its photos are kept, or its sender, told that it stays, has answered; one that fails
    stops none of the others. With `dry_run` nothing is written, sent, marked or deleted.
    """
    try:
        outcomes = Counter(_unless_it_fails(_taken, mailbox, uid, dry_run) for uid in mailbox.waiting()[:MOST_AT_ONCE])
        return outcomes if dry_run else outcomes + _delete_answered(mailbox)
    except BROKEN_OFF:
        # The connection is gone, and the others with it.
        raise MailboxError("The connection to the mailbox broke off.") from None


def _unless_it_fails(deal: Callable[..., Any], *args: Any) -> Any:
    """What dealing with one e-mail gives; FAILED where it fails, so that the others go on."""
    try:
        return deal(*args)
    except BROKEN_OFF:
        raise
    except Exception as error:
        # The message of the error may hold what stood in the e-mail.
        log.error("An e-mail with photos failed: %s", type(error).__name__)
        return Outcome.FAILED


def _taken(mailbox: Mailbox, uid: str, dry_run: bool) -> Outcome:
    outcome = _fetch(mailbox, uid, dry_run=dry_run)
    if not dry_run and outcome in DONE:
        mailbox.delete(uid)
    elif not dry_run and outcome in FLAGGED:
        mailbox.mark(uid, r"\Flagged")
    return outcome


def _fetch(mailbox: Mailbox, uid: str, *, dry_run: bool) -> Outcome:
    subject, size = mailbox.subject_and_size(uid)
    if WORD not in subject.casefold():
        return Outcome.OTHER
    activity = activity_for(subject)
    if activity is None:
        return Outcome.NO_ACTIVITY
    if size > MOST_BYTES:
        return Outcome.UNREADABLE
    try:
        mail = read_mail(mailbox.message(uid))
    except MailError:
        return Outcome.UNREADABLE
    question = activity.rights_requests.filter(message_hash=mail.message_hash).first()
    known = question is not None
    if not known and (not mail.address or mail.automatic):
        return Outcome.NO_SENDER
    sender = Sender(source=PhotoSource.EMAIL, address=mail.address, message_hash=mail.message_hash)
    drawings, unread = {}, False
    for name, content in mail.pictures:
        try:
            drawn = draw(content, name)
        except ValidationError:
            unread = True
            continue
        photo: Arrived = arrived(drawn, content, name)
        if photo.digest not in drawings:
            photo.title, photo.text = mail.title(activity.join_code), mail.text
            sender.photos.append(photo)
            drawings[photo.digest] = drawn
    if not sender.photos:
        return Outcome.KNOWN if known and not unread else Outcome.NO_PICTURE
    sender.mail_kept = unread
    known = known or known_digests(activity) >= set(drawings)
    if not known and not dry_run:
        incoming.take_in(
            activity=activity,
            senders=[sender],
            drawings=lambda photo: drawings[photo.digest],
            language=activity.audit.language,
        )
    if unread and question and question.answered_at:
        return Outcome.ANSWERED
    if unread:
        # The e-mail is all there is of that picture, also where it was taken in before and could not be flagged.
        if known and not dry_run:
            kept_mails.keep_mail(activity=activity, message_hash=mail.message_hash, digests=set(drawings))
        return Outcome.PARTLY
    return Outcome.KNOWN if known else Outcome.TAKEN


def _delete_answered(mailbox: Mailbox) -> Counter[Outcome]:
    """Deletes the e-mails that stayed for a picture that cannot be read, once their senders have answered or their
    photos are gone: so they were told. Returns how many. It does not matter who has read or flagged them since; other
    e-mails are left alone."""
    over = RightsRequest.objects.filter(mail_kept=True).exclude(answered_at=None)
    asked = set(over.values_list("message_hash", flat=True))
    found = [_unless_it_fails(_deleted, mailbox, uid, asked) for uid in (mailbox.everything() if asked else ())]
    # What was not found is gone only if everything could be looked at.
    gone = found if Outcome.FAILED in found else asked
    kept_mails.mail_gone(over.filter(message_hash__in=asked.intersection(gone)))
    return Counter(Outcome.FAILED if one is Outcome.FAILED else Outcome.ANSWERED for one in found if one)


def _deleted(mailbox: Mailbox, uid: str, hashes: Container[str]) -> str:
    """The hash of an e-mail if it is one of these, and then it is deleted; "" for any other."""
    subject, size = mailbox.subject_and_size(uid)
    hashed = mailbox.message_hash(uid, size) if WORD in subject.casefold() else ""
    if hashed not in hashes:
        return ""
    mailbox.delete(uid)
    return hashed


def activity_for(subject: str) -> Activity | None:
    """The activity whose join code stands in the subject; without one the only activity that is open."""
    begun = Activity.objects.select_related("audit", "guide").exclude(state=ActivityState.PLANNED)
    written = tokens.normalised(subject)
    named = [activity for activity in begun if activity.has_begun and activity.join_code in written]
    if len(named) == 1:
        return named[0]
    going = [one for one in begun if one.has_begun and one.state in (ActivityState.OPEN, ActivityState.CLOSING)]
    return going[0] if len(going) == 1 and not named else None
