"""A statement's result as evidence: `item:U8` of a walk, or of all walks of an audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.urls import reverse

from audits.methods import Evidence, Reference
from audits.models import Audit, User
from audits.participation.models import Participant
from audits.permissions import Ability, may

from . import results
from .models import CityWalk, Item, Score, Sheet

KEY = "checklists"
PREFIX = "item:"


def reference_type(item: Item) -> str:
    return f"{PREFIX}{item.key}"


def resolve(references: Collection[Reference], user: User) -> dict[Reference, Evidence]:
    """What the references show now, without what is gone and what the user may not see.

    Each walk's or audit's results are worked out once, however many of their statements are asked for.
    """
    by_source = defaultdict(list)
    for reference in references:
        if reference.type.startswith(PREFIX):
            by_source[reference.source].append(reference)
    # Prefetched, the walks of one audit share it, and with it what is known of the user's role.
    walks = [
        walk
        for walk in CityWalk.objects.filter(uuid__in=by_source).prefetch_related("checklist", "audit__city")
        if may(user, Ability.SEE_RESULTS, walk.audit)
    ]
    audits = [
        audit
        for audit in Audit.objects.filter(uuid__in=by_source).with_frame()
        if may(user, Ability.SEE_RESULTS, audit)
    ]
    found = {}
    for source, shown in (
        *zip(walks, results.for_each(walks), strict=True),
        *((audit, results.for_audit(audit)) for audit in audits),
    ):
        for reference in by_source[source.uuid]:
            code = reference.type.removeprefix(PREFIX)
            if shown and code in shown.items:
                found[reference] = _evidence(shown, shown.items[code], source if source in walks else None)
    return found


def evidence_choices(audit: Audit, user: User) -> list[tuple[Reference, Evidence]]:
    """What a finding can be linked to by hand: the statements that were answered, over all walks of the audit."""
    found = results.for_audit(audit) if may(user, Ability.SEE_RESULTS, audit) else None
    if found is None:
        return []
    return [
        (Reference(KEY, reference_type(item), audit.uuid), _evidence(found, item, None))
        for item in found.items.values()
        if found.item_results[item.key].figure.n
    ]


def given_by(participant: Participant) -> Iterator[Reference]:
    """The statements that the participant scored, of each walk and of all walks of the audit."""
    counted = Sheet.objects.filter(participant=participant).counted()
    scores = Score.objects.filter(sheet__in=counted, value__isnull=False)
    for score in scores.select_related("item", "sheet__walk"):
        for source in (score.sheet.walk.uuid, participant.audit.uuid):
            yield Reference(KEY, reference_type(score.item), source)


def figures_of(found: results.Results, item: Item) -> dict[str, Any]:
    """A statement's figures as evidence keeps them, "" for one that there is not; none that may not be published, or
    do not stand yet: what it was then and what it is now would tell what came in between.

    Findings are read by the whole team and printed, so that is decided here and not by who links them.
    """
    figure = found.publishable_figure(item.key)
    if figure is None:
        return {}
    mean, sd = figure.mean_shown, figure.sd_shown
    return {"mean": "" if mean is None else str(mean), "sd": "" if sd is None else str(sd), "n": figure.n}


def _evidence(found: results.Results, item: Item, walk: CityWalk | None) -> Evidence:
    where = [found.audit.slug, walk.uuid, item.key] if walk else [found.audit.slug, item.key]
    return Evidence(
        caption=f"{item.key} {item.short or item.statement}",
        url=reverse("checklists:walk-item" if walk else "checklists:audit-item", args=where),
        figures=figures_of(found, item),
        audit=found.audit.pk,
    )
