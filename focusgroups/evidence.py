"""Focus groups as evidence: notes and passages of notes, summaries of questions and areas, codes, each by its UUID.

An area's summary has none of its own: its source is the group, its type names the area (`area:vision`). Captions are kept
in links that the whole team reads, so they never hold what somebody said. The words of a passage are read anew each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from audits.enums import Area
from audits.methods import Evidence, Reference
from audits.models import Audit, User
from audits.permissions import Ability, may

from . import codebook
from .models import AreaSummary, Code, Coding, Note, QuestionSummary

KEY = "focusgroups"
NOTE, PASSAGE, QUESTION, AREA, CODE = "note", "passage", "question", "area:", "code"
NAME_LENGTH = 90


def resolve(references: Collection[Reference], user: User) -> dict[Reference, Evidence]:
    """What the references show now, without what is gone and what the user may not see: notes and their passages are
    for those who run the groups."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for reference in references:
        wanted[AREA if reference.type.startswith(AREA) else reference.type].add(reference.source)
    found = dict(
        one
        for one in (
            *_notes(_few(Note.objects.standing(), wanted[NOTE]), user),
            *_passages(_few(Coding.objects.filter(note__removed=False), wanted[PASSAGE]), user),
            *_questions(_few(QuestionSummary.objects.all(), wanted[QUESTION], "question__uuid__in"), user),
            *_areas(_few(AreaSummary.objects.all(), wanted[AREA], "group__uuid__in"), user),
            *_codes(_few(Code.objects.all(), wanted[CODE]), user),
        )
    )
    return {reference: found[reference] for reference in references if reference in found}


def evidence_choices(audit: Audit, user: User) -> list[tuple[Reference, Evidence]]:
    """What a finding or judgement of the audit can be linked to by hand: summaries and codes, and, for those who run
    the groups, the coded passages."""
    return [
        *_questions(QuestionSummary.objects.filter(question__group__audit=audit).exclude(text=""), user),
        *_areas(AreaSummary.objects.filter(group__audit=audit), user),
        *_codes(Code.objects.filter(audit=audit), user),
        *_passages(codebook.codings_in(audit), user),
    ]


def _few(rows: QuerySet, wanted: set[UUID], lookup: str = "uuid__in") -> QuerySet:
    return rows.filter(**{lookup: wanted}) if wanted else rows.none()


def _notes(rows: QuerySet[Note], user: User) -> Iterable[tuple[Reference, Evidence]]:
    for note in rows.select_related("question").prefetch_related("group__audit", "codings__code"):
        audit = note.group.audit
        if not may(user, Ability.RUN_GROUPS, audit):
            continue
        codes = ", ".join(dict.fromkeys(coding.code.name for coding in note.codings.all()))
        caption = _("%(group)s, note of %(time)s") % {"group": note.group.title, "time": _time(note)}
        about = codes or (_short(note.question.heading) if note.question else "")
        yield (
            Reference(KEY, NOTE, note.uuid),
            Evidence(f"{caption}: {about}" if about else caption, note_url(note), audit=audit.pk),
        )


def _passages(rows: QuerySet[Coding], user: User) -> Iterable[tuple[Reference, Evidence]]:
    for coding in rows.select_related("note", "code").prefetch_related("note__group__audit"):
        note, audit = coding.note, coding.note.group.audit
        if not may(user, Ability.RUN_GROUPS, audit):
            continue
        said = {"group": note.group.title, "time": _time(note), "code": coding.code.name}
        yield (
            Reference(KEY, PASSAGE, coding.uuid),
            Evidence(
                _("%(group)s, passage of %(time)s: %(code)s") % said,
                note_url(note, everybody=coding.coder_id != user.pk),
                audit=audit.pk,
                words=_("“%(words)s”") % {"words": coding.words} if coding.words else _("The note was changed since."),
            ),
        )


def _time(note: Note) -> str:
    return time_format(timezone.localtime(note.noted_at), "H:i")


def note_url(note: Note, *, everybody: bool = False) -> str:
    """The note on the page on which it is coded, with one's own codes or those of `everybody`."""
    group = note.group
    address = reverse("focusgroups:coding", args=[group.audit.slug, group.uuid])
    return f"{address}?note={note.uuid}{'&codes=all' if everybody else ''}#note-{note.uuid}"


def _questions(rows: QuerySet[QuestionSummary], user: User) -> Iterable[tuple[Reference, Evidence]]:
    for summary in rows.prefetch_related("question__group__audit"):
        question, group = summary.question, summary.question.group
        if may(user, Ability.SEE_RESULTS, group.audit):
            yield (
                Reference(KEY, QUESTION, question.uuid),
                Evidence(
                    f"{group.title}: {_short(question.heading)}",
                    f"{reverse('focusgroups:analysis', args=[group.audit.slug, group.uuid])}#question-{question.uuid}",
                    audit=group.audit_id,
                ),
            )


def _areas(rows: QuerySet[AreaSummary], user: User) -> Iterable[tuple[Reference, Evidence]]:
    for summary in rows.prefetch_related("group__audit"):
        group = summary.group
        if may(user, Ability.SEE_RESULTS, group.audit):
            yield (
                Reference(KEY, f"{AREA}{summary.area}", group.uuid),
                Evidence(
                    f"{group.title}: {Area(summary.area).short}",
                    f"{reverse('focusgroups:analysis', args=[group.audit.slug, group.uuid])}#area-{summary.area}",
                    audit=group.audit_id,
                ),
            )


def _codes(rows: QuerySet[Code], user: User) -> Iterable[tuple[Reference, Evidence]]:
    counts: dict[int, codebook.Counted] = {}
    for code in rows.prefetch_related("audit"):
        audit = code.audit
        if not may(user, Ability.SEE_RESULTS, audit):
            continue
        if audit.pk not in counts:
            counts[audit.pk] = codebook.counted(audit)
        yield (
            Reference(KEY, CODE, code.uuid),
            Evidence(
                code.name,
                code.get_absolute_url(),
                figures={"notes": counts[audit.pk].of(code).notes},
                audit=audit.pk,
            ),
        )


def _short(text: str) -> str:
    return Truncator(text).chars(NAME_LENGTH)
