"""Words of participants that the team copied into its own texts: findings, recommendations, the report (SAFETY, "People").

Taking everything back strikes them out and notes which texts to read again; no longer agreeing to be quoted leaves the
texts to the team. Both stand in one list (`to_mend`), by which the team mends them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from audits.actions.erasing import strike
from audits.methods import Missing, TeamTexts, methods
from audits.models import Audit
from audits.texts import repeats

from ..enums import Purpose
from ..models import Participant, StruckText


def words_of(participant: Participant) -> list[str]:
    """Everything that the methods hold in the participant's own words."""
    return [words for method in methods() for words in method.words_of(participant) if words]


def _texts(audit: Audit) -> Iterator[TeamTexts]:
    for method in methods():
        yield from method.texts(audit)


def repeating(audit: Audit, words: Sequence[str]) -> Iterator[tuple[TeamTexts, Any]]:
    """The team's texts in which a longer piece of these words stands, each with the texts that it is one of."""
    for texts in _texts(audit) if words else ():
        for row in texts.rows:
            if any(repeats(getattr(row, name), words) for name in texts.columns):
                yield texts, row


def strike_out(audit: Audit, rows: Sequence[Model], words: Sequence[str]) -> None:
    """Strikes the words out of these rows, and notes in which version of each words are missing now."""
    for row in rows:
        own = type(row)._default_manager.filter(pk=row.pk)
        strike(own, words)
        label, version = row._meta.label, own.values_list("version", flat=True).get()
        key = {"audit": audit, "label": label, "row": row.pk}
        StruckText.objects.update_or_create(**key, defaults={"version": version})


def strike_copies(audit: Audit, words: Sequence[str]) -> None:
    """Strikes words that somebody took back out of all the team's texts that repeat them."""
    strike_out(audit, [row for _texts, row in repeating(audit, words)], words)


def to_mend(audit: Audit) -> list[Missing]:
    """The texts that repeat words of people who do not agree to be quoted any more, and those out of which words were
    struck, until somebody has saved them anew; each with its page."""
    found = []
    unwilling = Participant.objects.filter(audit=audit).no_longer_agreeing_to(Purpose.QUOTATION)
    words = [text for participant in unwilling for text in words_of(participant)]
    for texts, row in repeating(audit, words):
        name, url = texts.named(row)
        found.append(Missing(_("%(text)s repeats words that may not be quoted any more") % {"text": name}, url))
    struck = {(one.label, one.row): one.version for one in StruckText.objects.filter(audit=audit)}
    for texts in _texts(audit) if struck else ():
        for row in texts.rows:
            if struck.get((row._meta.label, row.pk)) == row.version:
                name, url = texts.named(row)
                found.append(
                    Missing(_("%(text)s: words of somebody were taken out; read it again") % {"text": name}, url)
                )
    return found
