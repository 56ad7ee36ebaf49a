"""The link by which an author answers for photos: made, sent once, found, made anew."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits import limits, tokens
from audits.models import User

from ..models import RightsRequest

log = logging.getLogger(__name__)

KEPT = timedelta(days=60)
"""How long photos wait for their author."""
DAYS_KEPT = KEPT // timedelta(days=1)
DAY = 24 * 60 * 60
# Who writes in somebody else's name must not make us fill that person's mailbox.
LETTERS_A_DAY = 10


def new() -> str:
    """The secret of a link. It stands in the link alone; what is stored is `hash_of` it."""
    return tokens.new_token()


def hash_of(token: str) -> str:
    return tokens.keyed_hash(token, "photo-rights")


def address_of(token: str) -> str:
    """The link, to be sent or passed on."""
    return settings.SITE_URL + reverse("photo-rights:open", args=[token])


def find(hashed: str) -> RightsRequest | None:
    """The question whose link has this hash, also when it was answered."""
    rows = RightsRequest.objects.select_related("activity__audit__city", "activity__guide")
    return rows.filter(token_hash=hashed).first() if hashed else None


def send(question: RightsRequest) -> bool:
    """Sends the link to the address and deletes the address. Returns whether it went; if not, the address waits.

    Two who send at the same moment send it once. A process that dies in between leaves a question that counts as sent.
    """
    address, token = question.address, new()
    if not address or not limits.within("photo-link", address.casefold(), times=LETTERS_A_DAY, seconds=DAY):
        return False
    own = RightsRequest.objects.filter(pk=question.pk, sent_at=None, address=address)
    if not own.update(token_hash=hash_of(token), sent_at=timezone.now()):
        return False
    try:
        _letter(question, token).send()
    except (OSError, ValueError) as error:
        # The message of the error may hold the person's address.
        log.error("A link for photos could not be sent: %s", type(error).__name__)
        RightsRequest.objects.filter(pk=question.pk).update(sent_at=None)
        return False
    RightsRequest.objects.filter(pk=question.pk).update(address="")
    question.address = ""
    return True


class SentError(Exception):
    """The link went to its author by e-mail: nobody else may have one."""


def renew(question: RightsRequest, *, by: User) -> str:
    """A new link that `by` passes on by hand; the old one ends, and an address that waited for a letter goes.

    Raises SentError for a link that was sent: with another one, whoever sees it would answer in the author's place.
    """
    token = new()
    unsent = RightsRequest.objects.filter(pk=question.pk, sent_at=None)
    if not unsent.update(token_hash=hash_of(token), address="", passed_on_at=timezone.now(), passed_on_by=by):
        raise SentError
    return address_of(token)


def _letter(question: RightsRequest, token: str) -> EmailMessage:
    audit = question.activity.audit
    number = question.photos.count()
    with translation.override(question.language):
        paragraphs = [
            _("Good day,"),
            ngettext(
                "%(authority)s has got %(number)s photo that you took, for the city integration audit “%(audit)s”.",
                "%(authority)s has got %(number)s photos that you took, for the city integration audit “%(audit)s”.",
                number,
            )
            % {"authority": audit.city.authority, "number": number, "audit": audit.title},
            _("Nobody but the team sees what you took until you say what may be done with it. You need no account:")
            + f"\n{address_of(token)}",
            _(
                "Keep this link and show it to nobody. With it you can take everything back at any time. It cannot "
                "be sent again: your e-mail address is not kept with it."
            ),
            *([_mail_stays()] if question.mail_kept else []),
            _(
                "If you do not answer, everything is deleted after %(days)s days. If you did not take what is shown there, "
                "say so behind the link, and it is deleted at once."
            )
            % {"days": DAYS_KEPT},
            _("With kind regards\n{authority}").replace("{authority}", audit.city.authority),
        ]
        subject = _("May we show what you photographed in %(city)s?") % {"city": audit.city.name}
    return EmailMessage(" ".join(subject.split()), "\n\n".join(paragraphs) + "\n", to=[question.address])


def _mail_stays() -> str:
    return _(
        "A picture in your e-mail could not be read. Therefore the e-mail itself, with your address, stays in our "
        "mailbox until you have answered, or for %(days)s days at most."
    ) % {"days": DAYS_KEPT}
