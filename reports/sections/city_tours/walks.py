"""What was walked: tours, places and participants, and the final score of the checklist."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checklists import tables
from checklists.models import CityWalk
from reports.document import blocks
from reports.document.numbers import listed, number
from reports.live import live
from reports.material import Material
from reports.sections import words


@live("city_tours.walks", gettext_lazy("Walks, places and participants"))
def walks(material: Material):
    """What was done: walks with date and places, participants by group in one coarse dimension."""
    if not material.has_walked:
        return ()
    rows = [
        blocks.Row((f"{walk.title}, {words.day(walk.date)}", _where(walk)))
        for walk in sorted([*material.walked, *material.apart], key=lambda walk: (walk.date, walk.starts_at, walk.pk))
    ]
    if not material.shows_figures:
        return (_facts(rows), blocks.Suppressed(_why_no_figures(material)))
    rows.append(blocks.Row((_("Participants"), _participants(material))))
    said = [
        ngettext(
            "Everyone scored the statement of the checklist from 1 (poor) to 5 (excellent).",
            "Everyone scored the %(number)s statements of the checklist from 1 (poor) to 5 (excellent).",
            len(material.items),
        )
        % {"number": len(material.items)}
    ]
    if material.results.discussion:
        said.append(
            _(
                "Where scores differed widely (a standard deviation of %(threshold)s or more, marked *), participants "
                "were invited to discuss the statement."
            )
            % {"threshold": words.figure(material.results.threshold)}
        )
    if material.notes:
        said.append(_("What they agreed on stands beside the scores in [[consensus]] and changes none of them."))
    if material.walked_twice:
        said.append(
            _("Some people took part in more than one walk and count once, so walks and places are not compared.")
        )
    return (_facts(rows), blocks.Paragraph(" ".join(said), "note"), *_apart(material))


def _why_no_figures(material: Material) -> str:
    if not material.results.publishable:
        return _(
            "Fewer than 5 people filled in the checklist. Figures would show what single people said, so none are printed."
        )
    return _("Sheets of a walk are still coming in. Figures are printed once the walk is closed.")


def _where(walk: CityWalk) -> str | None:
    return " · ".join(place.name for place in walk.places.all()) or None


def _apart(material: Material) -> tuple[blocks.Paragraph, ...]:
    """Which walks stand behind the figures and which do not, where a checklist was changed between them."""
    if not material.apart:
        return ()
    said = _(
        "The figures are those of %(pooled)s, on the checklist “%(checklist)s” in version %(version)s. They are without "
        "%(apart)s, made on another checklist or version, because only answers to the same statements can be put "
        "together."
    ) % {
        "pooled": listed([walk.title for walk in material.walked]),
        "checklist": material.results.checklist.title,
        "version": material.results.checklist.version,
        "apart": listed(
            [f"{walk.title} (“{walk.checklist.title}”, {walk.checklist.version})" for walk in material.apart]
        ),
    }
    return (blocks.Paragraph(said),)


def _facts(rows: list[blocks.Row]) -> blocks.Table:
    columns = (blocks.Column(_("What"), 34), blocks.Column(_("Which"), 66))
    return blocks.Table(_("Walks and participants"), columns, tuple(rows), style="facts", numbered=False)


def _participants(material: Material) -> str:
    """All of them, then by group: small groups together with their family, or not shown."""
    groups = []
    for name, count, why in tables.attendance_rows(material.results):
        if count is None:
            groups.append(_("%(group)s: not shown") % {"group": name})
        else:
            groups.append(
                f"{name} ({why[:1].lower()}{why[1:]}): {number(count)}" if why else f"{name}: {number(count)}"
            )
    return "; ".join([_("%(number)s in all") % {"number": number(material.results.participants)}, *groups])


@live("city_tours.score", gettext_lazy("Final score of the checklist"))
def score(material: Material):
    if not material.shows_figures:
        return ()
    figure = material.results.result.figure
    said = _(
        "The final score of the checklist is %(mean)s (n = %(n)s, sd %(sd)s): the mean over participants of what each "
        "of them scored."
    ) % {"mean": words.figure(figure.mean_shown), "n": number(figure.n), "sd": words.figure(figure.sd_shown)}
    if material.comparison and material.comparison.change.difference is not None:
        before, now = words.labels(material)
        change = material.comparison.change
        said += " " + _(
            "In %(then)s it was %(before)s and in %(today)s %(now)s, over the statements that both audits scored."
        ) % {
            "before": words.figure(change.before.mean_shown),
            "then": before,
            "now": words.figure(change.now.mean_shown),
            "today": now,
        }
    return (blocks.Paragraph(said),)
