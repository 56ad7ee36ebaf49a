"""Letters on paper, each on a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from audits.dates import long_date
from reports.document import blocks

from ..letters import Filled
from ..models import FocusGroup


def letters_document(group: FocusGroup, letters: Sequence[tuple[str, Filled]]) -> blocks.Document:
    """The letters of a group as one document, with the date of today; each comes with the lines of its addressee."""
    authority = group.audit.city.authority
    with translation.override(group.language):
        pages: tuple[Any, ...] = tuple(
            blocks.Letter(
                letter.subject,
                tuple(addressee.splitlines()),
                letter.html,
                long_date(timezone.localdate()),
                sender=authority,
            )
            for addressee, letter in letters
        )
        return blocks.Document(
            title=_("Invitations: %(group)s") % {"group": group.title},
            language=group.language,
            author=authority,
            running_title="",
            layout="letter",
            chapters=pages,
        )
