"""What would come in, before anything is written: the pictures drawn anew, beside the rows of the table.

The pictures wait as drawn (without metadata) in the spool, for a day at most; who sent them is kept nowhere: the page
carries it along, signed, until somebody decides.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from audits import images
from audits.enums import PictureKind
from audits.images import Drawn
from audits.participation.models import Change
from audits.spreadsheet import UnreadableError

from ..enums import PhotoSource
from ..models import Activity
from .contents import MOST_PICTURES, TABLES, Fault, ParcelError, contents, too_many
from .mails import MailError, read_mail
from .titles import MOST_ROWS, Row, comparable, read_titles

if TYPE_CHECKING:
    from django.core.files import File


@dataclass(kw_only=True)
class Arrived:
    """One picture with what is said of it. `digest` (SHA-256 of the file) finds doubles; `thumbnail` is shown."""

    digest: str
    name: str
    title: str = ""
    text: str = ""
    theme: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0
    extension: str = ""
    taken_at: str = ""
    row: int = 0

    def drawing(self, large: bytes, small: bytes) -> Drawn:
        """The picture, as `images.keep` stores it."""
        return Drawn(
            kind=PictureKind.PHOTO,
            extension=self.extension,
            width=self.width,
            height=self.height,
            large=large,
            small=small,
            taken_at=datetime.fromisoformat(self.taken_at) if self.taken_at else None,
        )


@dataclass(kw_only=True)
class Sender:
    """Somebody whose photos come in together, and get one link. Without `address` the team passes the link on.

    `mail_kept` says that the e-mail stays in the mailbox, for a picture of it cannot be read.
    """

    source: str
    address: str = ""
    message_hash: str = ""
    mail_kept: bool = False
    photos: list[Arrived] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Sender:
        return cls(**{**content, "photos": [Arrived(**photo) for photo in content["photos"]]})


@dataclass
class Parcel:
    """Everything that was sent: what can come in, by sender, and what cannot."""

    key: uuid.UUID
    senders: list[Sender] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    doubles: list[Fault] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    thumbnails: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    """Digests of the photos that the activity has already."""

    @property
    def photos(self) -> list[Arrived]:
        return [photo for sender in self.senders for photo in sender.photos]

    @property
    def shown(self) -> list[tuple[Arrived, Sender, str]]:
        """Each photo with its sender and its picture as an address for the page; in the order of the table, if any."""
        found = [(photo, one, self.thumbnails[photo.digest]) for one in self.senders for photo in one.photos]
        return sorted(found, key=lambda one: (one[0].row or MOST_ROWS * 2, one[0].name))

    @property
    def without_row(self) -> int:
        return sum(1 for photo in self.photos if not photo.row) if self.rows else 0

    @property
    def rows_out(self) -> list[tuple[Row, list[str]]]:
        """Rows with a problem, and those that are right and whose file is not there or stays out; each with why."""
        reasons = {comparable(one.name): one.text for one in (*self.faults, *self.doubles)}
        absent = _("There is no picture of this name that can come in.")
        out = [row for row in self.rows if row.problems or row.number not in self._used]
        return [(row, row.problems or [reasons.get(row.key, absent)]) for row in out]

    _used: set[int] = field(default_factory=set)


def read_parcel(activity: Activity, uploads: Iterable[File], titles: File | None = None) -> Parcel:
    """Reads, draws and matches everything; writes drawn pictures to the spool and nothing else.

    Raises ParcelError where nothing can be taken, with a sentence.
    """
    parcel = Parcel(uuid.uuid4(), known=known_digests(activity))
    pictures: list[tuple[Arrived, Sender | None]] = []
    tables: list[bytes] = []
    seen: dict[str, str] = {}
    if titles is not None:
        tables.append(titles.read())
    try:
        for found in contents(uploads):
            if isinstance(found, Fault):
                parcel.faults.append(found)
                continue
            name, content = found
            if name.lower().endswith(TABLES):
                tables.append(content)
            elif name.lower().endswith(".eml"):
                _mail(activity, parcel, name, content, pictures, seen)
            elif photo := _drawn(activity, parcel, name, content, seen):
                pictures.append((photo, None))
        if len(tables) > 1:
            raise ParcelError(_("There is more than one table. Bring the pictures of one table at a time."))
        for content in tables:
            try:
                parcel.rows = read_titles(content, activity)
            except UnreadableError as error:
                raise ParcelError(str(error)) from None
        _match(parcel, pictures)
    except BaseException:
        forget_preview(activity, parcel.key)
        raise
    return parcel


def drawn_of(activity: Activity, key: uuid.UUID, photo: Arrived) -> Drawn:
    """The picture of a preview. Raises FileNotFoundError when its day is over, or it was decided about."""
    folder = _folder(activity, key)
    return photo.drawing(
        (folder / f"{photo.digest}.large").read_bytes(), (folder / f"{photo.digest}.small").read_bytes()
    )


def forget_preview(activity: Activity, key: uuid.UUID) -> None:
    """Deletes the pictures of a preview."""
    shutil.rmtree(_folder(activity, key), ignore_errors=True)


def expire_previews(before: datetime, *, dry_run: bool) -> int:
    """Deletes previews from before that time that nobody decided about. Returns how many."""
    old = [
        folder
        for folder in _root().glob("*/*")
        if datetime.fromtimestamp(folder.stat().st_mtime, tz=timezone.get_current_timezone()) < before
    ]
    for folder in [] if dry_run else old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def known_digests(activity: Activity) -> set[str]:
    """The files that are photos of the activity already, however they came in. For many files, ask once."""
    subjects = [photo.subject for photo in activity.photos.only("uuid", "activity")]
    rows = Change.objects.filter(subject__in=subjects).values_list("content__file", flat=True)
    return {digest for digest in rows if digest}


def draw(content: bytes, name: str) -> Drawn:
    """Raises ValidationError with a sentence, as `images.draw` does."""
    return images.draw(ContentFile(content, name=name), PictureKind.PHOTO)


def arrived(drawn: Drawn, content: bytes, name: str) -> Arrived:
    return Arrived(
        digest=hashlib.sha256(content).hexdigest(),
        name=name,
        width=drawn.width,
        height=drawn.height,
        extension=drawn.extension,
        taken_at=drawn.taken_at.isoformat() if drawn.taken_at else "",
    )


def _drawn(activity: Activity, parcel: Parcel, name: str, content: bytes, seen: dict[str, str]) -> Arrived | None:
    """The picture, drawn into the spool; None for a broken one or a double, of which the parcel then says why."""
    digest = hashlib.sha256(content).hexdigest()
    if digest in seen:
        parcel.doubles.append(Fault(name, _("The same picture as “%(name)s”.") % {"name": seen[digest]}))
        return None
    if digest in parcel.known:
        parcel.doubles.append(Fault(name, _("This picture is in the activity already.")))
        return None
    if len(seen) == MOST_PICTURES:
        raise ParcelError(too_many())
    try:
        drawn = draw(content, name)
    except ValidationError as error:
        parcel.faults.append(Fault(name, " ".join(error.messages)))
        return None
    seen[digest] = name
    folder = _folder(activity, parcel.key)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / f"{digest}.large").write_bytes(drawn.large)
    (folder / f"{digest}.small").write_bytes(drawn.small)
    kind = "png" if drawn.extension == "png" else "jpeg"
    parcel.thumbnails[digest] = f"data:image/{kind};base64,{base64.b64encode(drawn.small).decode()}"
    return arrived(drawn, content, name)


def _mail(
    activity: Activity,
    parcel: Parcel,
    name: str,
    content: bytes,
    pictures: list[tuple[Arrived, Sender | None]],
    seen: dict[str, str],
) -> None:
    try:
        mail = read_mail(content)
    except MailError as error:
        parcel.faults.append(Fault(name, str(error)))
        return
    if activity.rights_requests.filter(message_hash=mail.message_hash).exists():
        parcel.doubles.append(Fault(name, _("This e-mail was taken in already.")))
        return
    if not mail.pictures:
        parcel.faults.append(Fault(name, _("There is no picture in this e-mail.")))
        return
    sender = Sender(source=PhotoSource.EMAIL, address=mail.address, message_hash=mail.message_hash)
    for picture, data in mail.pictures:
        if photo := _drawn(activity, parcel, picture, data, seen):
            photo.title, photo.text = mail.title(activity.join_code), mail.text
            pictures.append((photo, sender))


def _match(parcel: Parcel, pictures: list[tuple[Arrived, Sender | None]]) -> None:
    """Gives each picture its row, and puts those of one author together: the same address, or the same name."""
    names = Counter(row.key for row in parcel.rows)
    for row in parcel.rows:
        if row.file and names[row.key] > 1:
            row.problems.append(_("The file “%(name)s” stands in more than one row.") % {"name": row.file})
    rows = {row.key: row for row in parcel.rows}
    files = Counter(comparable(photo.name) for photo, sender in pictures if sender is None)
    authors: dict[str, Sender] = {}
    for photo, sender in pictures:
        if sender is not None:
            if sender not in parcel.senders:
                parcel.senders.append(sender)
            sender.photos.append(photo)
            continue
        key = comparable(photo.name)
        row = rows.get(key)
        if row is not None and files[key] > 1:
            parcel.faults.append(
                Fault(photo.name, _("Two files have this name, so it is not clear which one the row means."))
            )
            continue
        parcel._used.add(row.number if row else 0)
        if row is not None and row.problems:
            continue
        address, credit = (row.address, row.credit) if row else ("", "")
        if row is not None:
            photo.row, photo.title, photo.text = row.number, row.title, row.text
            photo.theme, photo.credit = row.theme, row.credit
        author = (address or credit).casefold() or photo.digest
        if author not in authors:
            authors[author] = Sender(source=PhotoSource.COLLECTED, address=address)
            parcel.senders.append(authors[author])
        authors[author].photos.append(photo)


def _root() -> Path:
    return Path(settings.SPOOL_ROOT) / "photos"


def _folder(activity: Activity, key: uuid.UUID) -> Path:
    return _root() / str(activity.uuid) / str(key)
