"""Letters on paper, a page for each person."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from reports.document import blocks

from ..letters import Filled
from ..models import FocusGroup


def letters_document(group: FocusGroup, letters: Sequence[tuple[str, Filled]]) -> blocks.Document:
    """The letters of a group as one document; each comes with the lines of its addressee."""
    authority = group.audit.city.authority
    with translation.override(group.language):
        return blocks.Document(
            title=_("Invitations: %(group)s") % {"group": group.title},
            language=group.language,
            author=authority,
            running_title=authority,
            imprint=authority,
            chapters=tuple(
                blocks.Section(
                    f"letter-{place}",
                    letter.subject,
                    new_page=place > 1,
                    in_contents=False,
                    blocks=(
                        *(blocks.Paragraph(line, "note") for line in addressee.splitlines()),
                        blocks.RichText(letter.html),
                    ),
                )
                for place, (addressee, letter) in enumerate(letters, 1)
            ),
        )
