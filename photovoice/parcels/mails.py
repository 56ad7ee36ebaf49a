"""An e-mail with photos: subject, words, pictures, and where the question for the rights goes (toolkit, "Photovoice",
sending by e-mail). Read without trust: headers of any length, any nesting, any letters."""

from __future__ import annotations

import email
import email.header
import email.parser
import email.policy
import email.utils
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from audits import tokens

from ..models.photo import TEXT_LENGTH, TITLE_LENGTH

MOST_BYTES = 40 * 1024 * 1024
MOST_PICTURES = 20
# No header that is needed is longer; decoding one of a megabyte takes minutes.
MOST_HEADER = 2_000
MOST_PARTS, MOST_DEPTH = 200, 10
MOST_BODY = 200_000
WORD = "photovoice"
_PICTURE_NAMES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")


class MailError(Exception):
    """Why nothing can be taken from an e-mail, as a sentence."""


@dataclass(frozen=True)
class Mail:
    """What counts of an e-mail. `address` is "" where there is no usable sender, `automatic`: no person sent it."""

    message_hash: str
    subject: str
    address: str
    text: str
    automatic: bool
    pictures: list[tuple[str, bytes]] = field(default_factory=list, repr=False)

    def title(self, code: str = "") -> str:
        """The subject without what is there for the machine: the word, the join code, "Re:" and "Fwd:"."""
        title = re.sub(rf"(?i)\b{WORD}\b", " ", self.subject)
        if code:
            title = re.sub(r"[\s–-]*".join(re.escape(sign) for sign in code), " ", title, flags=re.IGNORECASE)
        title = re.sub(r"(?i)^\s*((re|fwd?|aw|wg)\s*:\s*)+", " ", title)
        return re.sub(r"\s+", " ", title).strip(" :;,.-–_#[]()")[:TITLE_LENGTH].strip()


def read_mail(raw: bytes) -> Mail:
    """Reads an e-mail (RFC 5322). Raises MailError where it cannot be read, or is too large or too deep."""
    if len(raw) > MOST_BYTES:
        raise MailError(_("This e-mail is larger than %(size)s MB.") % {"size": MOST_BYTES // 1024 // 1024})
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        if not message.keys():
            raise MailError(_("This is no e-mail that can be read. Save it as .eml once more."))
        return _mail(message, raw)
    except MailError:
        raise
    except Exception:
        # Of what the library raises on broken headers and nestings, RecursionError included, nothing is documented.
        raise MailError(_("This is no e-mail that can be read. Save it as .eml once more.")) from None


def subject_of(header: bytes) -> str:
    """The subject from a header block alone."""
    return _header(email.message_from_bytes(header[: 4 * MOST_HEADER], policy=email.policy.compat32), "Subject")


def hash_of(header: bytes, raw: bytes = b"") -> str:
    """The `message_hash` of an e-mail from its header block alone; where that does not name it, from `raw`, all of it.
    "" where neither says which e-mail it is."""
    return _hash(email.parser.BytesHeaderParser(policy=email.policy.compat32).parsebytes(header), raw)


def _hash(message: Message, raw: bytes) -> str:
    identity = str(message.get("Message-ID", "")).strip()[:MOST_HEADER].encode(errors="replace") or raw
    return tokens.keyed_hash(identity.hex(), "photo-message") if identity else ""


def _mail(message: Message, raw: bytes) -> Mail:
    address = _address(message)
    plain, rich, pictures = "", "", []
    for part in _parts(message):
        if part.get_content_maintype() == "image" or _names_picture(part):
            if len(pictures) == MOST_PICTURES:
                raise MailError(_("There are more than %(most)s pictures in it.") % {"most": MOST_PICTURES})
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                pictures.append((_file_name(part), content))
        elif part.get_content_disposition() != "attachment":
            if part.get_content_type() == "text/plain" and not plain:
                plain = _letters(part)
            elif part.get_content_type() == "text/html" and not rich:
                rich = _letters(part)
    return Mail(
        message_hash=_hash(message, raw),
        subject=_without(_header(message, "Subject"), address),
        address=address,
        text=_said(plain if plain.strip() else _without_tags(rich), address),
        automatic=str(message.get("Auto-Submitted", "no")).strip().lower() != "no"
        or str(message.get("Precedence", "")).strip().lower() in ("bulk", "junk", "list"),
        pictures=pictures,
    )


def _parts(message: Message) -> Iterator[Message]:
    """The leaves, outermost first. A message inside the message is somebody else's: it is left alone."""
    waiting = [(message, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop(0)
        seen += 1
        if seen > MOST_PARTS or depth > MOST_DEPTH:
            raise MailError(_("This e-mail is made of too many parts."))
        if part.get_content_maintype() == "message":
            continue
        if part.is_multipart():
            waiting += [(one, depth + 1) for one in part.get_payload() if isinstance(one, Message)]
        else:
            yield part


def _header(message: Message, name: str) -> str:
    value = str(message.get(name, ""))[:MOST_HEADER]
    words = []
    try:
        for part, charset in email.header.decode_header(value):
            words.append(part if isinstance(part, str) else _decoded(part, charset))
    except Exception:
        words = [value]
    return _printable(re.sub(r"\s+", " ", "".join(words))).strip()


def _address(message: Message) -> str:
    """Where the sender wants to be answered; "" where that is no address."""
    for name in ("Reply-To", "From"):
        _name, address = email.utils.parseaddr(str(message.get(name, ""))[:MOST_HEADER])
        try:
            validate_email(address)
        except ValidationError:
            continue
        return address
    return ""


def _file_name(part: Message) -> str:
    try:
        return _printable(part.get_filename() or "")[-120:] or "photo"
    except Exception:
        return "photo"


def _names_picture(part: Message) -> bool:
    # Some programs send every file as mere bytes.
    return part.get_content_type() == "application/octet-stream" and _file_name(part).lower().endswith(_PICTURE_NAMES)


def _letters(part: Message) -> str:
    content = part.get_payload(decode=True)
    return _decoded(content[:MOST_BODY], part.get_content_charset()) if isinstance(content, bytes) else ""


def _decoded(content: bytes, charset: str | None) -> str:
    for name in (charset, "utf-8"):
        try:
            return content.decode(name or "utf-8")
        except (LookupError, ValueError):
            continue
    return content.decode("utf-8", errors="replace")


def _without_tags(rich: str) -> str:
    broken = re.sub(r"(?i)<(br|/p|/div|/li|/h\d|/tr)\b[^>]{0,200}>", "\n", rich)
    return html.unescape(nh3.clean(broken, tags=set()))


def _said(text: str, address: str) -> str:
    """The author's own words: without quoted lines, without the signature, without their address, not too long."""
    lines = []
    for line in _printable(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"):
        if line in ("-- ", "--"):
            break
        if not line.startswith(">"):
            lines.append(line.strip())
    said = re.sub(r"\n{3,}", "\n\n", _without("\n".join(lines), address)).strip()
    return said if len(said) <= TEXT_LENGTH else f"{said[: TEXT_LENGTH - 1].rstrip()}…"


def _without(text: str, address: str) -> str:
    return re.sub(re.escape(address), "", text, flags=re.IGNORECASE) if address else text


def _printable(text: str) -> str:
    """Without signs that no database keeps: NUL, other controls, halves of letters."""
    return "".join(sign for sign in text if sign in "\n\t" or (sign >= " " and not "\ud800" <= sign <= "\udfff"))
