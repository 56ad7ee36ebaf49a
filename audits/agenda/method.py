"""What findings, recommendations and measures tell the ground: navigation, counts by area, what is missing, evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.enums import Area
from audits.methods import Deadline, Evidence, Method, Missing, NextStep, Progress, Reference, TeamTexts, text_on
from audits.models import Audit, User
from audits.permissions import Ability, may

from .consequences import came_of
from .models import EvidenceLink, Finding, FindingComment, Measure, MeasureProgress

KEY = "agenda"
ORDER = 70
FINDING = "finding"
DEADLINES = 8
"""Due days of measures ahead that the audit home shows one by one."""


def url(audit: Audit) -> str:
    return reverse("agenda:finding-list", args=[audit.slug])


def progress(audit: Audit, user: User) -> Progress:
    """Findings and recommendations by area, and the areas that have none yet, in the same queries for any number."""
    findings = _by_area(audit.findings)
    recommendations = _by_area(audit.recommendations)
    measures = _measures(audit)
    bare = audit.recommendations.without_finding().count()
    covered = sum(1 for area in Area if recommendations.get(area))
    complete = covered == len(Area) and not bare
    return Progress(
        state="done" if complete else "now" if findings or recommendations else "todo",
        words=_words(sum(findings.values()), sum(recommendations.values()), covered, measures.total),
        done=covered,
        total=len(Area),
        missing=(*_missing(audit, user, findings, recommendations, bare), *_waiting(audit, measures)),
        next_step=_next_step(audit, user, findings, recommendations) or _next_review(audit, user, measures),
        link_label=_("Read the findings"),
        link_url=url(audit),
        by_area={
            area.value: {
                _("Findings"): findings.get(area, 0),
                _("Recommendations"): recommendations.get(area, 0),
                **({_("Measures"): measures.by_area.get(area, 0)} if measures.total else {}),
            }
            for area in Area
        },
        deadlines=tuple(_deadlines(audit, measures)),
    )


@dataclass(frozen=True)
class _Measures:
    """How many measures there are in each area; of the open ones, how many wait for what."""

    by_area: dict[str, int]
    overdue: int
    ahead: int
    incomplete: int

    @property
    def total(self) -> int:
        return sum(self.by_area.values())


def _measures(audit: Audit) -> _Measures:
    measures = audit.measures.order_by()
    rows = list(
        measures.values("area").annotate(
            total=Count("pk"),
            late=Count("pk", filter=Q(pk__in=measures.overdue().values("pk"))),
            ahead=Count("pk", filter=Q(pk__in=measures.ahead().values("pk"))),
            lacking=Count("pk", filter=Q(pk__in=measures.incomplete().values("pk"))),
        )
    )
    return _Measures(
        {row["area"]: row["total"] for row in rows},
        sum(row["late"] for row in rows),
        sum(row["ahead"] for row in rows),
        sum(row["lacking"] for row in rows),
    )


def _are_overdue(measures: _Measures) -> str:
    text = ngettext("%(count)d measure is overdue", "%(count)d measures are overdue", measures.overdue)
    return text % {"count": measures.overdue}


def _waiting(audit: Audit, measures: _Measures) -> tuple[Missing, ...]:
    listing = reverse("agenda:measure-list", args=[audit.slug])
    lacking = ngettext(
        "%(count)d measure is not complete yet", "%(count)d measures are not complete yet", measures.incomplete
    )
    found = [
        (measures.overdue, _are_overdue(measures), f"{listing}?show=overdue"),
        (measures.incomplete, lacking % {"count": measures.incomplete}, f"{listing}?show=incomplete"),
    ]
    return tuple(Missing(text, url) for count, text, url in found if count)


def _deadlines(audit: Audit, measures: _Measures) -> Iterator[Deadline]:
    """What is overdue in one line, since the day of the oldest; the next ones; how many come after them."""
    listing = reverse("agenda:measure-list", args=[audit.slug])
    rows = audit.measures.by_due().select_related("audit")
    for oldest in rows.overdue()[: bool(measures.overdue)]:
        together = Deadline(oldest.due, _are_overdue(measures), url=f"{listing}?show=overdue")
        yield together if measures.overdue > 1 else _deadline(oldest)
    found = list(rows.ahead()[: DEADLINES + 1]) if measures.ahead else []
    left = measures.ahead - DEADLINES
    # One alone stands there itself.
    yield from map(_deadline, found[:DEADLINES] if left > 1 else found)
    if left > 1:
        text = ngettext(
            "and %(count)d more measure from this day on", "and %(count)d more measures from this day on", left
        )
        yield Deadline(found[-1].due, text % {"count": left}, url=f"{listing}?show=open")


def _deadline(measure: Measure) -> Deadline:
    return Deadline(measure.due, str(measure), who=measure.responsible, url=measure.get_absolute_url())


def _next_review(audit: Audit, user: User, measures: _Measures) -> NextStep | None:
    if not measures.overdue or not may(user, Ability.WRITE_MEASURES, audit):
        return None
    detail = ngettext("%(count)d of them is overdue.", "%(count)d of them are overdue.", measures.overdue)
    return NextStep(
        text=_("Go through the open measures"),
        label=_("Begin the progress review"),
        url=reverse("agenda:measure-review", args=[audit.slug]),
        detail=detail % {"count": measures.overdue},
        priority=70,
    )


def _words(findings: int, recommendations: int, covered: int, measures: int) -> str:
    said = _found(findings, recommendations, covered)
    if not measures:
        return said
    planned = ngettext("%(count)d measure", "%(count)d measures", measures) % {"count": measures}
    return _("%(texts)s, %(measures)s") % {"texts": said, "measures": planned}


def _found(findings: int, recommendations: int, covered: int) -> str:
    if not findings and not recommendations:
        return _("No findings yet")
    found = ngettext("%(count)d finding", "%(count)d findings", findings) % {"count": findings}
    if not recommendations:
        return _("%(findings)s, no recommendation yet") % {"findings": found}
    recommended = ngettext(
        "%(count)d recommendation in %(covered)d of %(areas)d areas",
        "%(count)d recommendations in %(covered)d of %(areas)d areas",
        recommendations,
    ) % {"count": recommendations, "covered": covered, "areas": len(Area)}
    return _("%(findings)s, %(recommendations)s") % {"findings": found, "recommendations": recommended}


def _by_area(texts) -> dict[str, int]:
    return dict(texts.order_by().values_list("area").annotate(Count("pk")))


def _missing(audit, user, findings, recommendations, bare) -> tuple[Missing, ...]:
    if not findings and not recommendations:
        return ()
    write = reverse("agenda:recommendation-create", args=[audit.slug])
    writes = may(user, Ability.WRITE_RECOMMENDATIONS, audit)
    found = [
        Missing(
            _("No recommendation yet for “%(area)s”") % {"area": area.short}, f"{write}?area={area}" if writes else ""
        )
        for area in Area
        if not recommendations.get(area)
    ]
    if bare:
        text = ngettext(
            "%(count)d recommendation rests on no finding yet", "%(count)d recommendations rest on no finding yet", bare
        )
        found.append(Missing(text % {"count": bare}, reverse("agenda:recommendation-list", args=[audit.slug])))
    return tuple(found)


def _next_step(audit, user, findings, recommendations) -> NextStep | None:
    if may(user, Ability.WRITE_RECOMMENDATIONS, audit):
        area = next((area for area in Area if findings.get(area) and not recommendations.get(area)), None)
        if area is None:
            return None
        return NextStep(
            text=_("Write a recommendation for “%(area)s”") % {"area": area.short},
            label=_("Write a recommendation"),
            url=f"{reverse('agenda:recommendation-create', args=[audit.slug])}?area={area}",
            detail=ngettext(
                "%(count)d finding in this area has no recommendation yet.",
                "%(count)d findings in this area have no recommendation yet.",
                findings[area],
            )
            % {"count": findings[area]},
            priority=60,
        )
    if may(user, Ability.COMMENT_FINDINGS, audit) and not may(user, Ability.WRITE_FINDINGS, audit):
        return _next_reading(audit, user)
    return None


def _next_reading(audit, user) -> NextStep | None:
    """For those who comment: the findings written since they last did."""
    own = FindingComment.objects.filter(finding__audit=audit, author=user)
    since = own.aggregate(last=Max("created_at"))["last"]
    new = (audit.findings.filter(created_at__gt=since) if since else audit.findings).count()
    if not new:
        return None
    return NextStep(
        text=ngettext(
            "Read %(count)d new finding and say what you think",
            "Read %(count)d new findings and say what you think",
            new,
        )
        % {"count": new},
        label=_("Read the findings"),
        url=url(audit),
        detail=_("The whole team reads what you write, before the recommendations are decided."),
        priority=60,
    )


def resolve(references: Collection[Reference], user: User) -> dict[Reference, Evidence]:
    """Findings that something else rests on, as far as they are still there and the user may read their audit."""
    wanted = {reference.source: reference for reference in references if reference.type == FINDING}
    found, audits = {}, {}
    for finding in Finding.objects.filter(uuid__in=wanted).select_related("audit"):
        finding.audit = audits.setdefault(finding.audit_id, finding.audit)
        if may(user, Ability.SEE_RESULTS, finding.audit):
            caption = f"{finding.code} {Truncator(finding.text).words(40)}"
            found[wanted[finding.uuid]] = Evidence(caption, finding.get_absolute_url(), audit=finding.audit_id)
    return found


def texts(audit: Audit) -> Iterator[TeamTexts]:
    """Findings, recommendations and measures, under their codes, with what is said of them. What their links call the
    sources is kept."""

    def named(row):
        row.audit = audit
        return row.code, row.get_absolute_url()

    yield TeamTexts(audit.findings.all(), ("text",), named, Ability.SEE_RESULTS)
    yield TeamTexts(audit.recommendations.all(), ("title", "text"), named, Ability.SEE_RESULTS)
    columns = ("title", "objective", "step", "resources", "indicator")
    yield TeamTexts(audit.measures.all(), columns, named, Ability.SEE_RESULTS)
    holders = audit.findings, audit.measures
    links = [EvidenceLink.objects.filter(pk__in=rows.order_by().values("evidence")) for rows in holders]
    yield TeamTexts(EvidenceLink.objects.none(), ("caption",), named, Ability.SEE_RESULTS, tuple(links))

    def said(row, on):
        code, page = named(on)
        return text_on(code, row), page

    comments = FindingComment.objects.filter(finding__audit=audit).select_related("finding")
    yield TeamTexts(comments, ("text",), lambda row: said(row, row.finding), Ability.SEE_RESULTS)
    entries = MeasureProgress.objects.filter(measure__audit=audit).select_related("measure")
    yield TeamTexts(entries, ("note",), lambda row: said(row, row.measure), Ability.SEE_RESULTS)


METHOD = Method(
    key=KEY,
    name=gettext_lazy("Findings"),
    icon="lightbulb",
    order=ORDER,
    url=url,
    may_see=Ability.SEE_RESULTS,
    progress=progress,
    resolve=resolve,
    came_of=came_of,
    texts=texts,
)
