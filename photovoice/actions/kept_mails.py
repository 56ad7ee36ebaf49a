"""E-mails that stay in the mailbox for a picture that cannot be read: whose answer they wait for, and that they are gone."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from audits.participation.models import Change

from ..models import Activity, RightsRequest
from ..models.photo import SUBJECT
from . import links


@transaction.atomic
def keep_mail(*, activity: Activity, message_hash: str, digests: Collection[str]) -> None:
    """Notes that an e-mail stays in the mailbox for a picture that cannot be read, though its photos, the files with
    these digests, came in before.

    It goes with the answer to the question for them. Where that is answered, or an e-mail stays for it already, or there
    is none, it goes when photos that nobody answers for would.
    """
    own = activity.rights_requests.filter(message_hash=message_hash)
    if own.update(mail_kept=True):
        return
    subjects = Change.objects.filter(audit=activity.audit, content__file__in=digests).values_list("subject", flat=True)
    photos = [subject.removeprefix(SUBJECT) for subject in subjects if subject.startswith(SUBJECT)]
    asked = activity.rights_requests.filter(photos__uuid__in=photos, answered_at=None, mail_kept=False)
    question = asked.select_for_update(of=("self",)).first()
    question = question or RightsRequest(activity=activity, token_hash=links.hash_of(links.new()))
    question.message_hash, question.mail_kept = message_hash, True
    question.save()


def mail_gone(questions: QuerySet[RightsRequest]) -> None:
    """Notes that the e-mails that stayed for these questions are in the mailbox no more. Of a question without photos
    nothing stays then."""
    questions.filter(photos=None).delete()
    questions.update(mail_kept=False)
