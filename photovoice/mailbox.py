"""The mailbox to which people send photos (toolkit, "Photovoice", sending by e-mail): IMAP over TLS.

What is not for us is left as it is. Nothing here writes an address, a subject or a name to a log.
"""

from __future__ import annotations

import imaplib
import logging
import re
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ValidationError

from audits import tokens

from .actions import incoming
from .enums import ActivityState, PhotoSource
from .models import Activity, RightsRequest
from .parcels import Arrived, MailError, Sender, arrived, draw, known_digests, read_mail, subject_of
from .parcels.mails import MOST_BYTES, WORD

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

    def flagged(self) -> list[str]:
        """The identifiers of e-mails that somebody or we have flagged, the oldest first."""
        return self._found("FLAGGED", "UNDELETED")

    def _found(self, *criteria: str) -> list[str]:
        [found, *_rest] = self._asked("SEARCH", *criteria)
        return (found or b"").decode("ascii").split() if isinstance(found, bytes | None) else []

    def subject_and_size(self, uid: str) -> tuple[str, int]:
        said, header = self._fetched(uid, "(RFC822.SIZE BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
        size = re.search(rb"RFC822\.SIZE (\d+)", said)
        return subject_of(header), int(size[1]) if size else 0

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
    outcomes: Counter[Outcome] = Counter()
    for uid in mailbox.waiting()[:MOST_AT_ONCE]:
        try:
            outcome = _fetch(mailbox, uid, dry_run=dry_run)
            if not dry_run and outcome in DONE:
                mailbox.delete(uid)
            elif not dry_run and outcome in FLAGGED:
                mailbox.mark(uid, r"\Flagged")
        except BROKEN_OFF:
            # The connection is gone, and the others with it.
            raise MailboxError("The connection to the mailbox broke off.") from None
        except Exception as error:
            # The message of the error may hold what stood in the e-mail.
            log.error("An e-mail with photos failed: %s", type(error).__name__)
            outcome = Outcome.FAILED
        outcomes[outcome] += 1
    if not dry_run:
        try:
            outcomes[Outcome.ANSWERED] += _delete_answered(mailbox)
        except BROKEN_OFF:
            raise MailboxError("The connection to the mailbox broke off.") from None
    return outcomes


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
        return Outcome.PARTLY
    return Outcome.KNOWN if known else Outcome.TAKEN


def _delete_answered(mailbox: Mailbox) -> int:
    """Deletes the e-mails that stayed for a picture that cannot be read, once their senders have answered or their
    photos are gone: so they were told. Returns how many. What a person has flagged is left alone."""
    over = RightsRequest.objects.filter(mail_kept=True).exclude(answered_at=None)
    hashes = dict(over.values_list("message_hash", "pk"))
    number = 0
    for uid in mailbox.flagged() if hashes else []:
        subject, size = mailbox.subject_and_size(uid)
        if WORD not in subject.casefold() or size > MOST_BYTES:
            continue
        try:
            mail = read_mail(mailbox.message(uid))
        except MailError:
            continue
        if mail.message_hash in hashes:
            mailbox.delete(uid)
            number += 1
    over.filter(pk__in=hashes.values()).update(mail_kept=False)
    return number


def activity_for(subject: str) -> Activity | None:
    """The activity whose join code stands in the subject; without one the only activity that is open."""
    begun = Activity.objects.select_related("audit", "guide").exclude(state=ActivityState.PLANNED)
    written = tokens.normalised(subject)
    named = [activity for activity in begun if activity.has_begun and activity.join_code in written]
    if len(named) == 1:
        return named[0]
    going = [one for one in begun if one.has_begun and one.state in (ActivityState.OPEN, ActivityState.CLOSING)]
    return going[0] if len(going) == 1 and not named else None
