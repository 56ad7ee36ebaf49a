"""Executive summary: main findings, conclusions, outlook and recommendations, by the four areas (toolkit)."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain, zip_longest

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.enums import Area
from audits.methods import Missing
from reports import outline
from reports.document import blocks
from reports.document.numbers import listed, number
from reports.live import live
from reports.material import AreaResult, Material
from reports.sections import words
from reports.sections.composition import Check, Composition, Slot, either, text

FIRST_RECOMMENDATIONS = 4


@live("executive_summary.audit", gettext_lazy("The audit in two sentences"))
def audit(material: Material):
    used = [str(entry.title) for entry in outline.walk() if entry.method and material.used(entry.method)]
    # No sentence ends in a date: in some languages a date ends in a full stop of its own.
    said = [
        _("From %(first)s to %(last)s these methods were used: %(methods)s.")
        % {**_days(material), "methods": listed(used)}
        if used
        else _("From %(first)s to %(last)s no method has been carried out yet.") % _days(material)
    ]
    if not material.shows_figures:
        return (blocks.Paragraph(" ".join(said)),)
    figure = material.results.result.figure
    said.append(_("The checklist’s final score is %(mean)s.") % {"mean": words.figure(figure.mean_shown)})
    said.append(
        _(
            "Scores are means of %(people)s participants on a scale from 1 (poor) to 5 (excellent). They describe this city "
            "over time; they are not made to compare cities."
        )
        % {"people": number(figure.n)}
    )
    return (blocks.Paragraph(" ".join(said)),)


def _days(material: Material) -> dict[str, str]:
    return {"first": words.day(material.audit.starts_on), "last": words.day(material.audit.ends_on)}


@live("executive_summary.glance", gettext_lazy("The four areas at one glance"))
def glance(material: Material):
    if not material.shows_figures:
        return ()
    before, now = words.labels(material)
    notes = [_("n: people who scored; sd: standard deviation between them.")]
    if before:
        notes.insert(0, _("Filled mark: %(now)s, open mark: %(before)s;") % {"now": now, "before": before})
    return (
        blocks.Glance(
            _("The four areas at one glance"),
            tuple(_row(material, one) for one in material.area_results),
            now=now,
            before=before,
            source=" ".join([*notes, _("All statements: [[all-scores]].")]),
        ),
    )


def _row(material: Material, one: AreaResult) -> blocks.GlanceRow:
    return blocks.GlanceRow(
        area=one.area.value,
        mean=words.as_float(one.figure.mean_shown),
        sd=words.as_float(one.figure.sd_shown),
        n=one.figure.n,
        before=words.as_float(one.before.mean_shown) if one.before else None,
        best=words.aspects(material, one.best),
        worst=words.aspects(material, one.worst),
    )


@live("executive_summary.findings", gettext_lazy("Main findings by area"))
def findings(material: Material):
    """The first finding of each area, one with a recommendation before the others; all stand where they arise."""
    answered = {link.pk for one in material.recommendations for link in one.findings.all()}
    lines = []
    for area in Area:
        found = [one for one in material.findings if one.area == area]
        found.sort(key=lambda one: one.pk not in answered)
        if found:
            said = f"{words.safe(found[0].text)} ([[{found[0].code}]])"
            lines.append(f"<strong>{words.safe(str(area.short))}.</strong> {said}")
    if not lines:
        return ()
    heading = _("Main findings")
    return (blocks.RichText(f"<h3>{heading}</h3>{words.bulleted(lines)}"),)


@live("executive_summary.recommendations", gettext_lazy("What is recommended first"))
def recommendations(material: Material):
    """The first recommendation of each area in turn, up to four."""
    by_area = [[one for one in material.recommendations if one.area == area] for area in Area]
    in_turn = [one for one in chain.from_iterable(zip_longest(*by_area)) if one]
    if not in_turn:
        return ()
    lines = [f"{words.safe(one.title)} ([[{one.code}]])" for one in in_turn[:FIRST_RECOMMENDATIONS]]
    side = _("Part III gives all recommendations with addressee, horizon and evidence.")
    heading = _("What we recommend first")
    html = f"<h3>{heading}</h3>{words.bulleted(lines, ordered=True)}"
    return (blocks.RichText(html, side=side),)


COMPOSITION: Composition = (
    Slot(
        "opening",
        gettext_lazy("The audit in one sentence"),
        gettext_lazy("The answer first: what should a council member remember who reads nothing else?"),
        opening=True,
    ),
    "executive_summary.audit",
    "executive_summary.glance",
    Slot("findings", gettext_lazy("Main findings"), gettext_lazy("Area by area, in your own words.")),
    "executive_summary.findings",
    "executive_summary.recommendations",
    Slot(
        "conclusions",
        gettext_lazy("Conclusions and outlook"),
        gettext_lazy("What follows from it, and what comes next."),
    ),
)


def _findings(material: Material, written: Collection[str]) -> Missing | None:
    if material.findings:
        return None
    return Missing(_("No finding has been written yet."), reverse("agenda:finding-list", args=[material.audit.slug]))


def _recommendations(material: Material, written: Collection[str]) -> Missing | None:
    if material.recommendations:
        return None
    url = reverse("agenda:recommendation-list", args=[material.audit.slug])
    return Missing(_("No recommendation has been written yet."), url)


def areas(material: Material, written: Collection[str]) -> Missing | None:
    """Each of the four areas needs a finding or a recommendation."""
    there = {one.area for one in (*material.findings, *material.recommendations)}
    without = [str(area.short) for area in Area if area.value not in there]
    if not without:
        return None
    url = reverse("agenda:finding-list", args=[material.audit.slug])
    return Missing(_("Neither a finding nor a recommendation yet: %(areas)s.") % {"areas": "; ".join(without)}, url)


POINTS: dict[str, Check] = {
    "findings": either(_findings, text("findings", missing="")),
    "conclusions": text("conclusions", missing=gettext_lazy("Conclusions and outlook have no text yet.")),
    "recommendations": _recommendations,
    "areas": areas,
}
