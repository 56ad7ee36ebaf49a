"""Words of participants that the team copied into its own texts: findings, recommendations, the report (SAFETY,
"People").

Taking everything back strikes them out and notes which texts to read again; what people do not agree to see repeated is
left to the team. Both stand in one list (`to_mend`), by which the team mends them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from audits.actions.erasing import strike
from audits.methods import TeamTexts, Words, methods, words_struck
from audits.models import Audit
from audits.texts import Said

from ..models import Participant, StruckText


@dataclass(frozen=True)
class ToMend:
    """A text to be mended, as a sentence, with its page and the ability that this asks for. One out of which words were
    `struck` may be right as it is."""

    text: str
    url: str
    may_see: str
    struck: StruckText | None = None


def words_of(participants: QuerySet[Participant], purpose: str = "") -> list[Words]:
    """Everything that the methods hold in the participants' own words, or all that asks for consent to a `purpose`; the
    same queries for any number of people."""
    return [
        one
        for method in methods()
        for asked, words in method.words_of.items()
        if purpose in ("", asked)
        for one in words(participants)
        if one.text
    ]


def _texts(audit: Audit) -> Iterator[TeamTexts]:
    for method in methods():
        yield from method.texts(audit)


def repeating(audit: Audit, words: Sequence[str]) -> list[tuple[Model, Sequence[str]]]:
    """The team's texts in which these words stand, with those that are only kept, and their columns."""
    said = Said((None, text) for text in words)
    return [
        (row, texts.columns)
        for texts in (_texts(audit) if said else ())
        for rows in (texts.rows, *texts.kept)
        for row in rows
        if _stand_in(said, texts, row)
    ]


def _stand_in(said: Said, texts: TeamTexts, row: Model) -> bool:
    return any(said.found_in(getattr(row, name)) for name in texts.columns)


def strike_out(audit: Audit, found: Sequence[tuple[Model, Sequence[str]]], words: Sequence[str]) -> None:
    """Strikes the words out of what `repeating` has found, and notes the rows (`note_struck`)."""
    for row, columns in found:
        strike(type(row)._default_manager.filter(pk=row.pk), words, columns)
    note_struck(audit, [row for row, _columns in found])


def note_struck(audit: Audit, rows: Iterable[Model]) -> None:
    """Notes texts out of which words were struck (`note_to_read`), and has the files deleted in which they may stand."""
    rows = list(rows)
    note_to_read(audit, rows)
    if rows:
        words_struck(audit)


def note_to_read(audit: Audit, rows: Iterable[Model]) -> None:
    """Notes in which version of each text words or evidence are missing now, so that somebody reads it again. A text that
    somebody has deleted meanwhile is nobody's to read."""
    for row in rows:
        standing = type(row)._default_manager.filter(pk=row.pk)
        if hasattr(row, "written") and (version := standing.values_list("version", flat=True).first()):
            key = {"audit": audit, "label": row._meta.label, "row": row.pk}
            StruckText.objects.update_or_create(**key, defaults={"version": version})


def strike_copies(audit: Audit, words: Sequence[str]) -> None:
    """Strikes words that somebody took back out of all the team's texts that repeat them."""
    strike_out(audit, repeating(audit, words), words)


def mark_read(row: Model) -> None:
    """Somebody has read the text again since words were struck out of it, and it is right as it is."""
    StruckText.objects.filter(label=row._meta.label, row=row.pk).delete()


def is_to_read(row: Any) -> bool:
    """Whether words or evidence of somebody are missing in the text as it stands, and nobody has read it since."""
    return StruckText.objects.filter(label=row._meta.label, row=row.pk, version=row.version).exists()


def to_mend(audit: Audit) -> list[ToMend]:
    """The texts that repeat words of people who do not agree to that, and those out of which words were struck or whose
    evidence is gone, until somebody has saved them anew or read them again; the same queries for any number of people
    and texts."""
    said = Said(_unagreed(audit))
    struck = {(one.label, one.row, one.version): one for one in StruckText.objects.filter(audit=audit)}
    found = []
    for texts in _texts(audit) if said or struck else ():
        for row in texts.rows:
            one = struck.get((row._meta.label, row.pk, getattr(row, "version", 0)))
            repeated = _stand_in(said, texts, row)
            if not (one or repeated):
                continue
            name, url = texts.named(row)
            if repeated:
                text = _("%(text)s repeats words that may not be quoted") % {"text": name}
                found.append(ToMend(text, url, texts.may_see))
            if one:
                text = _("%(text)s: words or evidence of somebody were taken out; read it again") % {"text": name}
                found.append(ToMend(text, url, texts.may_see, one))
    return found


def _unagreed(audit: Audit) -> Iterator[tuple[int, str]]:
    """Words of people who have not agreed to see them repeated, or not any more, with whose they are; of nobody else
    are any read."""
    people = Participant.objects.filter(audit=audit)
    for purpose in dict.fromkeys(purpose for method in methods() for purpose in method.words_of):
        keys = list(people.not_agreeing_to(purpose).order_by().values_list("pk", flat=True))
        if keys:
            found = words_of(Participant.objects.filter(pk__in=keys), purpose)
            yield from ((one.participant, one.text) for one in found)
