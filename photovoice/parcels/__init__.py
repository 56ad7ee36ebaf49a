"""Photos that arrive in a bundle: several files, a ZIP, e-mails, and the table that says whose they are.

Everything here only reads; what it reads was sent by anybody. Nothing is unpacked to disk.
"""

from .contents import MOST_BYTES, MOST_PICTURES, Fault, ParcelError, contents
from .mails import Mail, MailError, read_mail, subject_of
from .preview import (
    Arrived,
    Parcel,
    Sender,
    arrived,
    draw,
    drawn_of,
    expire_previews,
    forget_preview,
    known_digests,
    read_parcel,
)
from .titles import Row, read_titles, template

__all__ = [
    "MOST_BYTES",
    "MOST_PICTURES",
    "Arrived",
    "Fault",
    "Mail",
    "MailError",
    "Parcel",
    "ParcelError",
    "Row",
    "Sender",
    "arrived",
    "contents",
    "draw",
    "drawn_of",
    "expire_previews",
    "forget_preview",
    "known_digests",
    "read_mail",
    "read_parcel",
    "read_titles",
    "subject_of",
    "template",
]
