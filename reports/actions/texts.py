"""Writing the report: sections as lists of blocks, each text with a version (SAFETY, "Nothing lost")."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone, translation

from audits.actions.order import move_by
from audits.actions.versions import write_version
from audits.models import Audit, StaleError, User
from audits.participation.actions import mark_read

from .. import figures, live, sections
from ..assembly import plain
from ..document import richtext
from ..enums import BlockKind
from ..material import load
from ..models import Report, SectionBlock
from ..sections.composition import Slot


@transaction.atomic
def open_report(*, audit: Audit, language: str) -> Report:
    """The audit's report in a language; when it is opened for the first time it gets the blocks of each section."""
    report, created = Report.objects.get_or_create(audit=audit, language=language)
    # The audit as the caller loaded it, with its city, spares queries.
    report.audit = audit
    if created:
        SectionBlock.objects.bulk_create(
            _block(report, section, position, part)
            for section, composition in sections.COMPOSITIONS.items()
            for position, part in enumerate(composition)
        )
    return report


def _block(report: Report, section: str, position: int, part: Slot | str) -> SectionBlock:
    block = SectionBlock(report=report, section=section, position=position)
    if isinstance(part, Slot):
        block.kind, block.slot = BlockKind.TEXT, part.key
    else:
        block.kind, block.live = BlockKind.LIVE, part
    return block


@transaction.atomic
def save_text(*, block: SectionBlock, html: str, version: int, by: User) -> SectionBlock:
    """Saves a text, cleaned, with the figures on which it was written; returns the block as saved.

    `version` is the one that the writer saw. Raises StaleError when another one stands there; nothing is written
    then. The same text again changes nothing. Earlier versions stay in the history.
    """
    current = _locked(block)
    cleaned = richtext.clean(html)
    if not plain(cleaned):
        cleaned = ""
    if current.html == cleaned:
        return current
    if current.version != version:
        raise StaleError(current)
    current.html = cleaned
    _remember(current)
    write_version(current, version=version + 1, by=by, beside=["facts", "fingerprint"])
    return current


def _remember(block: SectionBlock) -> None:
    """Keeps what the text was written on, so that a later change can be told."""
    if not block.html:
        block.facts, block.fingerprint = {}, ""
        return
    report = block.report
    material = load(report.audit, report.language)
    with translation.override(report.language):
        block.facts = figures.facts(block.section, material)
    block.fingerprint = figures.digest(block.facts)


@transaction.atomic
def confirm_text(*, block: SectionBlock, by: User) -> None:
    """ "The text is still right": it counts as written on the figures of today, and as read again since words were struck
    out of it. The text itself is not touched."""
    current = _locked(block)
    _remember(current)
    mark_read(current)
    SectionBlock.objects.filter(pk=current.pk).update(facts=current.facts, fingerprint=current.fingerprint)


@transaction.atomic
def add_text(
    *, report: Report, section: str, slot: str = "", after: SectionBlock | None = None, by: User
) -> SectionBlock:
    """Adds an empty text; `slot` is a purpose of the section or "". Raises KeyError for another one."""
    if slot and slot not in sections.slots(section):
        raise KeyError(slot)
    return _add(SectionBlock(report=report, section=section, kind=BlockKind.TEXT, slot=slot, changed_by=by), after)


@transaction.atomic
def add_live(*, report: Report, section: str, key: str, after: SectionBlock | None = None, by: User) -> SectionBlock:
    """Adds a live block of the section, or a quotation. One that the report has already is returned as it is.

    Raises KeyError for a block that does not belong into the section.
    """
    known = live.get(key)
    if known is None or known.section not in ("", section):
        raise KeyError(key)
    there = SectionBlock.objects.filter(report=report, live=key).first()
    if there is not None:
        return there
    return _add(SectionBlock(report=report, section=section, kind=BlockKind.LIVE, live=key, changed_by=by), after)


def _add(block: SectionBlock, after: SectionBlock | None) -> SectionBlock:
    row = SectionBlock.objects.filter(report=block.report, section=block.section)
    if after is None:
        last = row.aggregate(last=Max("position"))["last"]
        block.position = 0 if last is None else last + 1
    else:
        row.filter(position__gt=after.position).update(position=F("position") + 1)
        block.position = after.position + 1
    block.save()
    return block


@transaction.atomic
def move_block(*, block: SectionBlock, step: int) -> None:
    """Moves a block within its section; see `move_by`."""
    row = SectionBlock.objects.select_for_update().filter(report=block.report, section=block.section)
    move_by(row.placed().order_by("position", "pk"), block, step)


@transaction.atomic
def remove_block(*, block: SectionBlock, version: int, by: User) -> None:
    """Takes a block out. A text with words is kept aside and can be put back; anything else can be added anew.

    `version` is the one that the person saw. Raises StaleError when another one stands there; it stays then.
    """
    current = _locked(block)
    if current.version != version:
        raise StaleError(current)
    if current.html:
        current.removed_at, current.changed_by = timezone.now(), by
        current._history_user = by
        current.save()
    else:
        current.delete()


@transaction.atomic
def restore_block(*, block: SectionBlock, by: User) -> None:
    """Puts a removed text back to where it stood."""
    current = _locked(block)
    current.removed_at, current.changed_by = None, by
    current._history_user = by
    current.save()


def _locked(block: SectionBlock) -> SectionBlock:
    found = SectionBlock.objects.select_for_update().get(pk=block.pk)
    found.report = block.report
    return found
