"""What the city walks hold about a participant, and how it is erased (SAFETY, "People")."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audits.dates import long_date
from audits.instruments import Text, translated
from audits.methods import HeldPart, Words
from audits.participation.actions import forget
from audits.participation.models import Change, Participant

from .models import Score, Sheet


def held_for(participant: Participant) -> dict[str, Any]:
    """Everything about the participant, for the person: sheets, answers, places, and the history of changes."""
    sheets = Sheet.objects.filter(participant=participant).select_related("walk")
    return {
        "sheets": [_sheet(sheet) for sheet in sheets.prefetch_related("scores__item", "scores__place", "places__place")]
    }


def held_parts(participant: Participant) -> Iterator[HeldPart]:
    """The participant's sheets, to be read: each statement that has an answer or words."""
    for sheet in Sheet.objects.filter(participant=participant).select_related("walk"):
        scores = list(sheet.scores.select_related("item__section__checklist", "place"))
        statements = translated([score.item for score in scores], get_language() or "en")
        lines = tuple((_line(score, statements), answer) for score in scores if (answer := _answer(score)))
        day = {"walk": sheet.walk, "day": long_date(sheet.walk.date)}
        yield HeldPart(_("%(walk)s, %(day)s") % day, lines)


def _line(score: Score, statements: Mapping[Any, Text]) -> str:
    statement = str(statements[score.item, "statement"])
    return f"{statement} ({score.place})" if score.place else statement


def _answer(score: Score) -> str:
    """The number, or why there is none, with what was written."""
    answer = str(score.value) if score.value else str(score.get_missing_display()) if score.missing else ""
    return "\n".join(part for part in (answer, score.comment, score.suggestion) if part)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "walk": sheet.walk.title,
        "date": sheet.walk.date.isoformat(),
        "number": sheet.number,
        "source": sheet.source,
        "language": sheet.language,
        "sent": sheet.submitted_at.isoformat() if sheet.submitted_at else None,
        "void": sheet.void_reason,
        "places": [
            {
                "place": head.place.name,
                "location": head.location,
                "date": head.date.isoformat() if head.date else None,
                "time": head.time.isoformat("minutes") if head.time else None,
            }
            for head in sheet.places.all()
        ],
        "answers": [
            {
                "statement": score.item.statement,
                "place": score.place.name if score.place else None,
                "score": score.value,
                "no_score_because": score.missing,
                "comment": score.comment,
                "suggestion": score.suggestion,
            }
            for score in sheet.scores.all()
        ],
        "history": [
            {"part": change.part, "content": change.content, "state": change.state, "at": change.arrived_at.isoformat()}
            for change in Change.objects.filter(subject=sheet.subject)
        ],
    }


def words_of(participants: QuerySet[Participant]) -> Iterator[Words]:
    """What the participants wrote on their sheets, with what stood there before."""
    sheets = {
        sheet.subject: sheet for sheet in Sheet.objects.filter(participant__in=participants).only("uuid", "participant")
    }
    if not sheets:
        return
    scores = Score.objects.filter(sheet__participant__in=participants).exclude(comment="", suggestion="")
    said = set(scores.values_list("sheet__participant", "comment", "suggestion"))
    changes = Change.objects.filter(subject__in=sheets).exclude(content__comment="", content__suggestion="")
    for subject, *texts in changes.values_list("subject", "content__comment", "content__suggestion"):
        said.add((sheets[subject].participant_id, *texts))
    for person, *texts in said:
        yield from (Words(person, text or "") for text in texts)


@transaction.atomic
def erase(participant: Participant) -> None:
    """Deletes the participant's sheets with everything on them, void ones too, and their history of changes."""
    sheets = list(Sheet.objects.select_for_update().filter(participant=participant))
    forget(subjects=[sheet.subject for sheet in sheets])
    Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).delete()
