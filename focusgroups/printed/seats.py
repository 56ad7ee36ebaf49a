"""The papers of the day: a consent form and a card for each seat, and the list of those invited, to be signed.

The list and the papers of the seats have nothing in common: no number stands beside a name (SAFETY, "People").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import translation
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from audits.dates import full_date
from audits.enums import TargetGroup
from audits.participation.consent import GROUPS
from audits.texts import in_a_line, isolated
from reports.document import blocks

from ..enums import Reply
from ..models import FocusGroup

EMPTY_ROWS = 4
"""For people who come without having been on the list."""


def consent_forms(group: FocusGroup, *, language: str, numbers: Sequence[int], address: str) -> blocks.Document:
    """A form for each seat, without any name; one without a number where there are no seats."""

    def chapters() -> list[Any]:
        texts = GROUPS.texts.values()
        return [
            blocks.PaperForm(
                _("What I agree to"),
                tuple(blocks.FormSheet(str(number)) for number in numbers) or (blocks.FormSheet(""),),
                intro=(
                    *_about(group),
                    _("You can say no now or later, and give no reason. It has no disadvantage for you."),
                    _(
                        "With the code on your seat card you see what is held about you, change this, or take "
                        "everything back: %(address)s"
                    )
                    % {"address": address},
                ),
                choices=(
                    blocks.FormChoice(
                        _("You decide; each on its own. Only the first is needed."),
                        tuple(f"{text.title}. {text.words}" for text in texts),
                    ),
                    blocks.FormChoice(
                        _("Only if you are under 18"),
                        (
                            _(
                                "My parent or guardian agrees too. Signature of the parent or guardian: ____________________"
                            ),
                        ),
                    ),
                ),
                called=_("Seat"),
            )
        ]

    return _document(group, language, lambda: _("Consent forms"), chapters)


def seat_cards(group: FocusGroup, *, language: str, cards: Sequence[tuple[str, str]], address: str) -> blocks.Document:
    """A card for each seat: its number on the table, the code on a strip that its owner keeps."""

    def chapters() -> list[Any]:
        return [
            blocks.Section(
                "cards",
                _("Seat cards"),
                blocks=(
                    blocks.Paragraph(
                        _("Cut the cards apart. Whoever sits down chooses one; nobody writes down who took which."),
                        style="note",
                    ),
                    blocks.Cards(
                        _("Seat"),
                        tuple(blocks.FormSheet(number, code) for number, code in cards),
                        lines=(group.title, _("What you say is noted under this number, never under your name.")),
                        receipt=(
                            _(
                                "With this code you can see, change or take back what you gave, without an account. "
                                "Nobody can find the code again for you."
                            ),
                            _("Go to %(address)s") % {"address": address},
                        ),
                    ),
                ),
            )
        ]

    return _document(group, language, lambda: _("Seat cards"), chapters)


def attendance_sheet(group: FocusGroup, *, language: str) -> blocks.Document:
    """Who is invited and has not said no, with room to sign. Contact data that is deleted leaves no row."""

    def chapters() -> list[Any]:
        coming = group.invitees.filter(contact_deleted_at=None).exclude(reply=Reply.NO)
        rows = [
            blocks.Row((isolated(one.name), isolated(one.acts_for), str(TargetGroup(one.target_group).group.label), ""))
            for one in coming
        ]
        return [
            blocks.Section(
                "attendance",
                _("Attendance"),
                blocks=(
                    # Whoever signs has read the purpose in their letter: here every line counts, or the list takes two pages.
                    *(blocks.Paragraph(line) for line in _about(group, purpose=False)),
                    blocks.Paragraph(
                        _(
                            "Please write no seat numbers on this list. It is kept apart from what is said, and destroyed "
                            "30 days after the session."
                        ),
                        style="note",
                    ),
                    blocks.Table(
                        _("Who is here"),
                        (
                            blocks.Column(_("Name"), 24),
                            blocks.Column(_("Organisation"), 24),
                            blocks.Column(_("Target group"), 26),
                            blocks.Column(_("Signature"), 26),
                        ),
                        (*rows, *[blocks.Row(("",) * 4)] * EMPTY_ROWS),
                        style="signatures",
                        numbered=False,
                    ),
                ),
            )
        ]

    return _document(group, language, lambda: _("Attendance sheet"), chapters)


def _about(group: FocusGroup, *, purpose: bool = True) -> tuple[str, ...]:
    day, time = full_date(group.date), time_format(group.starts_at, "H:i")
    lines = [f"{isolated(group.title)}: {day}, {time}. {isolated(group.venue)}"]
    if purpose and group.purpose:
        lines.append(isolated(group.purpose))
    controller = isolated(in_a_line(group.audit.controller or group.audit.city.authority))
    lines.append(_("Who answers for the data: %(controller)s") % {"controller": controller})
    return tuple(lines)


def _document(
    group: FocusGroup, language: str, title: Callable[[], str], chapters: Callable[[], list[Any]]
) -> blocks.Document:
    with translation.override(language):
        return blocks.Document(
            title=title(),
            language=language,
            author=group.audit.city.authority,
            running_title=f"{isolated(group.title)} · {full_date(group.date)}",
            imprint=group.audit.city.authority,
            layout="pack",
            chapters=tuple(chapters()),
        )
