"""What follows from results: consensus notes, ideas for improvement, findings."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from audits.agenda.actions import EvidenceInput, create_finding
from audits.agenda.models import Finding
from audits.models import StaleError, User

from ..evidence import figures_of, reference_type
from ..models import CityWalk, ConsensusNote, ImprovementIdea, Item, Section
from ..results import Results


@transaction.atomic
def write_note(
    *, walk: CityWalk, item: Item, text: str, agreement: str, agreed_score: int | None, version: int | None, by: User
) -> ConsensusNote:
    """Keeps what the group says about a statement; never touches a score or a mean (DESIGN rule 3).

    `version` is the one that the writer saw, None for a first note. Raises StaleError when another one stands there.
    """
    # The walk is locked first, so that two first notes cannot pass each other.
    CityWalk.objects.select_for_update().get(pk=walk.pk)
    note = ConsensusNote.objects.filter(walk=walk, item=item).first()
    if note is not None and note.version != version:
        raise StaleError(note)
    if note is None:
        note = ConsensusNote(walk=walk, item=item, version=0)
    note.text, note.agreement, note.agreed_score = text, agreement, agreed_score
    note.version += 1
    note.changed_by = by
    note.save()
    return note


@transaction.atomic
def add_idea(*, walk: CityWalk, section: Section, text: str, by: User, uuid: UUID | None = None) -> ImprovementIdea:
    """An idea for improvement, at the end of its section; sent twice under one `uuid` it is one, as a finding is."""
    CityWalk.objects.select_for_update().get(pk=walk.pk)
    idea, _new = ImprovementIdea.objects.get_or_create(
        walk=walk,
        uuid=uuid5(uuid or uuid4(), f"{walk.pk} {section.pk} {text}"),
        defaults={"section": section, "text": text, "position": walk.ideas.count(), "created_by": by},
    )
    return idea


def make_finding(*, results: Results, item: Item, kind: str, text: str, by: User, uuid: UUID | None = None) -> Finding:
    """Turns a statement's result into a finding of its area; the present figures are kept as evidence.

    Sent twice under one `uuid` it is one finding; with other words, from a page that was gone back to, it is another.
    """
    source = results.walk or results.audit
    make = partial(
        create_finding,
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
    for one in (uuid, uuid5(uuid, f"{kind} {text}")) if uuid else ():
        try:
            return make(uuid=one)
        except StaleError:
            continue
    return make()
