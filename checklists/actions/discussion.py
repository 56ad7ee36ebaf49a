"""What follows from results: consensus notes, ideas for improvement, findings."""

from __future__ import annotations

from django.db import transaction

from audits.agenda.actions import EvidenceInput, create_finding
from audits.agenda.models import Finding
from audits.models import User

from ..evidence import figures_of, reference_type
from ..models import CityWalk, ConsensusNote, Item
from ..results import Results


class StaleNoteError(Exception):
    """Somebody else saved the note meanwhile; `current` is what stands there now."""

    def __init__(self, current: ConsensusNote) -> None:
        super().__init__("The note was changed meanwhile.")
        self.current = current


@transaction.atomic
def write_note(
    *, walk: CityWalk, item: Item, text: str, agreement: str, agreed_score: int | None, version: int | None, by: User
) -> ConsensusNote:
    """Keeps what the group says about a statement; never touches a score or a mean (DESIGN rule 3).

    `version` is the one that the writer saw, None for a first note. Raises StaleNoteError when another one stands there.
    """
    # The walk is locked first, so that two first notes cannot pass each other.
    CityWalk.objects.select_for_update().get(pk=walk.pk)
    note = ConsensusNote.objects.filter(walk=walk, item=item).first()
    if note is not None and note.version != version:
        raise StaleNoteError(note)
    if note is None:
        note = ConsensusNote(walk=walk, item=item, version=0)
    note.text, note.agreement, note.agreed_score = text, agreement, agreed_score
    note.version += 1
    note.changed_by = by
    note.save()
    return note


def make_finding(*, results: Results, item: Item, kind: str, text: str, by: User) -> Finding:
    """Turns a statement's result into a finding of its area; the present figures are kept as evidence."""
    source = results.walk or results.audit
    return create_finding(
        audit=results.audit,
        area=item.section.area,
        kind=kind,
        text=text,
        method="checklists",
        by=by,
        evidence=[
            EvidenceInput(
                app="checklists",
                type=reference_type(item),
                source=source.uuid,
                caption=f"{item.key} {item.short or item.statement}"[:400],
                figures=figures_of(results, item),
            )
        ],
    )
