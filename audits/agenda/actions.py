"""Writes of findings, evidence links and recommendations. Other rooms create findings through here too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from audits.models import Audit, StaleError, User

from .models import EvidenceLink, Finding, FindingComment, NumberedText, NumberSeries, Recommendation

Text = TypeVar("Text", bound=NumberedText)


@dataclass(frozen=True)
class EvidenceInput:
    """A source to link: where it is, what it is called, and its figures as they are shown at this moment.

    `figures` are named as in `evidence.FIGURE_NAMES` where they can be: `{"mean": "2.41", "sd": "0.92", "n": 25}`.
    """

    app: str
    type: str
    source: UUID
    caption: str
    figures: Mapping[str, Any] = field(default_factory=dict)


def _series(audit: Audit, model: type[NumberedText]) -> NumberSeries:
    """The lock on an audit's findings or recommendations, held to the end of the transaction."""
    series, _created = NumberSeries.objects.select_for_update().get_or_create(
        audit=audit, series=model._meta.model_name
    )
    return series


def number_was_given(audit: Audit, model: type[NumberedText], number: int) -> bool:
    """Whether the audit ever had a text of this number, a deleted one included."""
    return NumberSeries.objects.filter(audit=audit, series=model._meta.model_name, last__gte=number).exists()


def _last_position(audit: Audit, model: type[NumberedText], area: str) -> int:
    return model.objects.filter(audit=audit, area=area).aggregate(last=Max("position"))["last"] or 0


def _create(model: type[Text], *, audit: Audit, by: User | None, uuid: UUID | None, **fields: Any) -> tuple[Text, bool]:
    """The text of this identifier and whether it is new: the same form sent twice writes once.

    Raises StaleError where it was sent before with other words: neither may be lost.
    """
    texts = model.objects.filter(audit=audit)
    series = _series(audit, model)
    standing: Text | None = texts.filter(uuid=uuid).first() if uuid else None
    if standing:
        if any(getattr(standing, name) != fields[name] for name in model.written):
            raise StaleError(standing)
        return standing, False
    # A series that is behind its texts (they came in by a fixture) catches up.
    highest = texts.aggregate(highest=Max("number"))["highest"] or 0
    series.last = max(series.last, highest) + 1
    series.save(update_fields=["last"])
    if uuid and not model.objects.filter(uuid=uuid).exists():
        fields["uuid"] = uuid
    made: Text = model.objects.create(
        audit=audit,
        number=series.last,
        position=_last_position(audit, model, fields["area"]) + 1,
        created_by=by,
        changed_by=by,
        **fields,
    )
    return made, True


def _locked(text: Text) -> Text:
    """The text as it stands in the database, locked. Raises StaleError where it was deleted."""
    _series(text.audit, type(text))
    saved: Text | None = type(text).objects.filter(pk=text.pk).first()
    if saved is None:
        raise StaleError(None)
    return saved


def _stands_already(saved: Text, text: Text, version: int, *, same_findings: bool = True) -> bool:
    """Whether an older version brings what stands there anyway (sent twice). Raises StaleError for another text."""
    if saved.version == version:
        return False
    if same_findings and all(getattr(saved, name) == getattr(text, name) for name in text.written):
        return True
    raise StaleError(saved)


def _write(text: Text, saved: Text, by: User) -> None:
    """Saves the text as the next version; in an area that is new to it, it goes to the end."""
    moved = saved.area != text.area
    text.position = _last_position(text.audit, type(text), text.area) + 1 if moved else saved.position
    text.version, text.changed_by, text.changed_at = saved.version + 1, by, timezone.now()
    text.save(update_fields=[*text.written, "position", "version", "changed_by", "changed_at"])


@transaction.atomic
def create_finding(
    *,
    audit: Audit,
    area: str,
    kind: str,
    text: str,
    method: str,
    by: User | None,
    evidence: Iterable[EvidenceInput] = (),
    uuid: UUID | None = None,
) -> Finding:
    """A new finding with the next number, at the end of its area, and with its evidence.

    `method` is the key of the method that has shown it, or "". With a `uuid` that the audit already has, that
    finding is returned and nothing is written; StaleError is raised where it says something else.
    """
    finding, new = _create(Finding, audit=audit, by=by, uuid=uuid, area=area, kind=kind, text=text, method=method)
    if new:
        for one in evidence:
            link_evidence(holder=finding, evidence=one, by=by)
    return finding


@transaction.atomic
def save_finding(*, finding: Finding, version: int, by: User) -> None:
    """Saves a changed finding that was opened at `version`. Raises StaleError, then nothing is written."""
    saved = _locked(finding)
    if not _stands_already(saved, finding, version):
        _write(finding, saved, by)


@transaction.atomic
def create_recommendation(
    *,
    audit: Audit,
    area: str,
    title: str,
    text: str,
    by: User | None,
    addressee: str = "",
    horizon: str = "",
    findings: Iterable[Finding] = (),
    uuid: UUID | None = None,
) -> Recommendation:
    """A new recommendation with the next number, at the end of its area, resting on `findings` of its audit.

    With a `uuid` that the audit already has, that recommendation is returned and nothing is written. Raises
    StaleError where it says something else, and ValueError for a finding of another audit.
    """
    findings = list(findings)
    recommendation, new = _create(
        Recommendation,
        audit=audit,
        by=by,
        uuid=uuid,
        area=area,
        title=title,
        text=text,
        addressee=addressee,
        horizon=horizon,
    )
    if new:
        _rest_on(recommendation, findings)
    elif set(recommendation.findings.all()) != set(findings):
        raise StaleError(recommendation)
    return recommendation


@transaction.atomic
def save_recommendation(*, recommendation: Recommendation, findings: Iterable[Finding], version: int, by: User) -> None:
    """Saves a changed recommendation that was opened at `version`, and the findings it rests on.

    Raises StaleError, then nothing is written; ValueError for a finding of another audit.
    """
    findings = list(findings)
    saved = _locked(recommendation)
    same_findings = set(saved.findings.all()) == set(findings)
    if not _stands_already(saved, recommendation, version, same_findings=same_findings):
        _write(recommendation, saved, by)
        _rest_on(recommendation, findings)


def _rest_on(recommendation: Recommendation, findings: Iterable[Finding]) -> None:
    findings = list(findings)
    if any(finding.audit_id != recommendation.audit_id for finding in findings):
        raise ValueError("A recommendation rests on findings of its own audit.")
    recommendation.findings.set(findings)


@transaction.atomic
def move(*, text: NumberedText, step: int) -> tuple[int, int]:
    """Moves a finding or recommendation within its area by `step` places; at either end it stays.

    Returns its place, counted from 1, and how many there are.
    """
    model = type(text)
    _series(text.audit, model)
    order = list(model.objects.filter(audit=text.audit, area=text.area).in_report_order())
    old = order.index(text)
    new = min(max(old + step, 0), len(order) - 1)
    order.insert(new, order.pop(old))
    changed = []
    for place, one in enumerate(order, start=1):
        if one.position != place:
            one.position = place
            changed.append(one)
    model.objects.bulk_update(changed, ["position"])
    return new + 1, len(order)


@transaction.atomic
def link_evidence(*, holder: Model, evidence: EvidenceInput, by: User | None) -> EvidenceLink:
    """Links a source to a finding or judgement. Linked before, it keeps its first caption and figures."""
    link, _created = EvidenceLink.objects.get_or_create(
        holder_type=ContentType.objects.get_for_model(holder),
        holder_id=holder.pk,
        app=evidence.app,
        type=evidence.type,
        source=evidence.source,
        defaults={
            "caption": evidence.caption[: EvidenceLink._meta.get_field("caption").max_length],
            "figures": dict(evidence.figures),
            "linked_by": by,
        },
    )
    return link


def unlink_evidence(*, link: EvidenceLink) -> None:
    """Takes a source away from what it was linked to; the source itself stays."""
    link.delete()


@transaction.atomic
def comment(*, finding: Finding, text: str, by: User) -> FindingComment:
    """Adds what somebody says to a finding; the same words sent twice in a row stand once."""
    Finding.objects.select_for_update().get(pk=finding.pk)
    last = finding.comments.order_by("pk").last()
    if last is not None and (last.author_id, last.text) == (by.pk, text):
        return last
    return finding.comments.create(author=by, text=text)
