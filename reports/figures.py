"""The figures of an audit by name: live tokens inside own texts, and what a text was written on.

A text may say `{{ score.U8 }}`; the report prints today's figure there. The same names serve to tell what has changed
since a text was saved (DESIGN rule 8). To be used while the language of the report is active.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.enums import Area
from benchmarks.enums import AssessmentKind, Verdict
from benchmarks.results import Result
from checklists import scoring
from deskresearch.enums import Point, Rating
from focusgroups.enums import Confirmation
from focusgroups.results import Session
from photovoice.results import Published, Review

from . import outline
from .document.numbers import number
from .material import Material

TOKEN = re.compile(r"\{\{(?:\s|&nbsp;)*([\w.-]+)(?:\s|&nbsp;)*\}\}")
MISSING = "\N{EN DASH}"


@dataclass(frozen=True)
class Figure:
    """A named figure: what it is called and how it stands in a text today, without it None."""

    name: str
    label: str
    value: str | None


def tokens(material: Material) -> dict[str, Figure]:
    """What own texts may insert, by name. Nothing of a walk with fewer than 5 sheets."""
    found = _of_desk(material) + _of_groups(material) + _of_photos(material) + _of_assessments(material)
    if material.shows_figures:
        found = _of_walks(material) + found
    return {one.name: one for one in found}


def _of_desk(material: Material) -> list[Figure]:
    """How much was read and described, and how many of the documents rated on an aspect have it."""
    desk = material.desk
    found = []
    if desk.documents:
        found += [
            Figure("documents", _("Documents reviewed"), number(len(desk.documents))),
            Figure("documents.city", _("Documents of the city"), number(len(desk.city_documents))),
            Figure("provisions", _("Provisions quoted"), number(desk.provision_count)),
        ]
    for point in Point:
        counts = desk.counts(point)
        if counts:
            words = _("Documents rated yes: %(aspect)s") % {"aspect": point.label}
            found.append(Figure(f"documents.{point.value}", words, _share(counts[Rating.YES], counts.total())))
    if desk.institutions:
        existing = sum(1 for one in desk.institutions if one.exists)
        found.append(Figure("institutions", _("Institutions"), number(existing)))
    return found


def _of_groups(material: Material) -> list[Figure]:
    """Closed focus groups, the people on their seats, and how many of the groups confirmed their summary."""
    sessions = material.sessions
    if not sessions:
        return []
    kept = (Confirmation.CONFIRMED, Confirmation.WITH_CHANGES)
    confirmed = sum(1 for one in sessions if one.summary and one.summary.confirmation in kept)
    return [
        Figure("groups", _("Focus groups"), number(len(sessions))),
        Figure("groups.people", _("Participants of the focus groups"), number(sum(one.people for one in sessions))),
        Figure("groups.confirmed", _("Focus groups that confirmed their summary"), _share(confirmed, len(sessions))),
    ]


def _of_photos(material: Material) -> list[Figure]:
    """Photos that count, and how many people took them; those of several activities are counted in each."""
    reviews = material.reviews
    if not reviews:
        return []
    return [
        Figure("photos", _("Photos"), number(sum(len(one.photos) for one in reviews))),
        Figure("photos.people", _("Participants of photovoice"), number(sum(one.people for one in reviews))),
    ]


def _of_assessments(material: Material) -> list[Figure]:
    """Of one assessment against each benchmark: factors in place, partly, not in place, judged."""
    found = []
    for one in _speaking(material):
        benchmark = one.assessment.benchmark
        title = str(material.texts[benchmark, "title"])
        for verdict in (Verdict.IN_PLACE, Verdict.PARTLY, Verdict.NOT_IN_PLACE):
            words = _("%(benchmark)s: %(verdict)s") % {"benchmark": title, "verdict": verdict.label}
            count = one.tally.counts.get(verdict, 0)
            found.append(Figure(f"{_name(benchmark.code)}.{verdict.value}", words, number(count)))
        words = _("%(benchmark)s: factors judged") % {"benchmark": title}
        found.append(Figure(f"{_name(benchmark.code)}.judged", words, _share(one.tally.judged, one.tally.total)))
    return found


def _speaking(material: Material) -> list[Result]:
    """The assessment of which texts speak, for each benchmark: the newest internal one that is closed, so that a repeat
    changes no text before it is finished; before any is closed, the one that was begun first. What a city prepares for
    its peers is not told by tokens.
    """
    found: dict[str, Result] = {}
    for one in material.assessments:
        made = one.assessment
        if made.kind == AssessmentKind.INTERNAL and (not made.is_open or made.benchmark.code not in found):
            found[made.benchmark.code] = one
    return list(found.values())


def _name(code: str) -> str:
    return "benchmark." + re.sub(r"[^\w.-]", "-", code)


def _share(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": number(part), "whole": number(whole)}


def _of_walks(material: Material) -> list[Figure]:
    found: list[Figure] = []

    def add(name: str, label: str, value: str | None) -> None:
        found.append(Figure(name, label, value))

    result = material.results.result
    add("walks", _("Walks"), number(len(material.walked)))
    add("participants", _("Participants"), number(material.results.participants))
    add("score", _("Final score of the checklist"), _mean(result.figure))
    add("spread", _("Standard deviation of the checklist’s score"), _sd(result.figure))
    if material.comparison:
        add("before", _("Final score in the previous audit"), _mean(material.comparison.change.before))
    for one in material.area_results:
        area, name = one.area, str(one.area.short)
        add(f"score.{area.value}", name, _mean(one.figure))
        if one.before:
            add(f"before.{area.value}", _("%(area)s, previous audit") % {"area": name}, _mean(one.before))
    compared = {}
    if material.comparison:
        compared = {change.key: change.before for section in material.comparison.sections for change in section.items}
    for code, item in material.items.items():
        figure = material.results.item_results[code].figure
        label = f"{code} {material.short(item)}"
        add(f"score.{code}", label, _mean(figure))
        add(f"spread.{code}", _("%(statement)s, standard deviation") % {"statement": label}, _sd(figure))
        add(f"answers.{code}", _("%(statement)s, number of people") % {"statement": label}, number(figure.n))
        if code in compared:
            label = _("%(statement)s, previous audit") % {"statement": label}
            add(f"before.{code}", label, _mean(compared[code]))
    return found


def _mean(figure: scoring.Figure) -> str | None:
    return None if figure.mean is None else number(float(figure.mean_shown), 2)


def _sd(figure: scoring.Figure) -> str | None:
    return None if figure.variance is None else number(float(figure.sd_shown), 2)


def insert(text: str, known: Mapping[str, Figure], *, html: bool = True) -> str:
    """The text with its tokens replaced; a figure that there is not is printed as a dash."""

    def value(found: re.Match[str]) -> str:
        figure = known.get(found[1])
        shown = (figure and figure.value) or MISSING
        return escape(shown, quote=False) if html else shown

    return TOKEN.sub(value, text)


def unknown(text: str, known: Mapping[str, Figure]) -> list[str]:
    """Names in a text that stand for no figure, each once."""
    return [name for name in dict.fromkeys(TOKEN.findall(text)) if name not in known or known[name].value is None]


# What a text was written on --------------------------------------------------------------------------------

WALKS = {"walks", "participants", "score", "before"}
DESK = ("documents", "provisions", "institutions")
GROUPS = ("groups",)
PHOTOS = ("photos",)


def facts(section: str, material: Material) -> dict[str, str]:
    """The figures and findings that a text of the section may speak of, by name: what is kept when it is saved.

    Values are as shown; of findings and recommendations a digest is kept, for these are long.
    """
    entry = outline.get(section)
    found: dict[str, str] = {}
    known = tokens(material)
    if section == "city_tours":
        others = ("spread", "answers", *DESK, *GROUPS, *PHOTOS, "benchmark.")
        found |= {name: one.value for name, one in known.items() if not name.startswith(others) and one.value}
    elif section == "desk_research":
        found |= {name: one.value for name, one in known.items() if name.startswith(DESK) and one.value}
    elif section == "focus_groups":
        found |= {name: one.value for name, one in known.items() if name.startswith(GROUPS) and one.value}
        found |= {f"discussed.{one.group.title}": digest(_said(one)) for one in material.sessions}
    elif section == "photovoice":
        found |= {name: one.value for name, one in known.items() if name.startswith(PHOTOS) and one.value}
        found |= {f"reviewed.{one.activity.title}": digest(_sorted(one)) for one in material.reviews}
        found |= {f"photo.{uuid}": digest(_caption(photo)) for uuid, photo in material.photos.items()}
    elif section in ("executive_summary", "part_3"):
        areas = {f"{kind}.{area.value}" for kind in ("score", "before") for area in Area}
        told = (*DESK, *GROUPS, *PHOTOS, "benchmark.")
        found |= {
            name: one.value
            for name, one in known.items()
            if one.value and (name in WALKS | areas or name.startswith(told))
        }
    elif section == "introduction":
        found |= {name: known[name].value for name in ("walks", "participants") if name in known}
    elif section == "part_1":
        for indicator in material.indicators:
            for figure in indicator.figures.all():
                found[f"context.{figure.year}.{indicator.name}"] = f"{figure.value.normalize():f}"
    if section in ("executive_summary", "part_3"):
        found |= {f"finding.{one.code}": digest(one.text) for one in material.findings}
        found |= {f"recommendation.{one.code}": digest(f"{one.title}\n{one.text}") for one in material.recommendations}
    elif entry.method:
        found |= {f"finding.{one.code}": digest(one.text) for one in material.findings_of(entry.method)}
    return found


def _said(one: Session) -> list[Any]:
    """What the team has written of a focus group: its areas, and the session as a whole."""
    rows = [*one.areas.values(), *([one.conclusions] if one.conclusions else [])]
    return [[getattr(row, name) for name in row.written] for row in rows]


def _sorted(one: Review) -> list[Any]:
    """What the review of an activity has said, and how many photos it put where."""
    rows = [[remark.category_id, remark.theme_id, remark.text] for remark in one.remarks]
    themes = [*(theme.theme.pk for theme in one.themes), None]
    return [rows, [[one.count(category, theme) for theme in themes] for category in one.categories]]


def _caption(photo: Published) -> list[str]:
    return [photo.title.text, photo.text.text, photo.credit, photo.photo.alt]


def digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def changes(then: Mapping[str, str], now: Mapping[str, str], known: Mapping[str, Figure]) -> list[str]:
    """What has changed between two states of `facts`, as sentences."""
    found = []
    photos: Counter[str] = Counter()
    for name in dict.fromkeys([*now, *then]):
        before, after = then.get(name), now.get(name)
        if before == after:
            continue
        kind, _point, rest = name.partition(".")
        if kind == "photo":
            photos["new" if before is None else "gone" if after is None else "changed"] += 1
            continue
        if kind == "reviewed":
            found.append(_reworded(_("The review of “%(activity)s”") % {"activity": rest}, before, after))
            continue
        if kind in ("finding", "recommendation"):
            found.append(_reworded(rest, before, after))
            continue
        if kind == "discussed":
            found.append(_reworded(_("The text on the focus group “%(group)s”") % {"group": rest}, before, after))
            continue
        label = known[name].label if name in known else name
        if kind == "context":
            year, indicator = rest.split(".", 1)
            label = f"{indicator}, {year}"
        if before is None:
            found.append(_("%(figure)s is new: %(after)s.") % {"figure": label, "after": after})
        elif after is None:
            found.append(
                _("%(figure)s was %(before)s and is not shown any more.") % {"figure": label, "before": before}
            )
        else:
            found.append(
                _("%(figure)s moved from %(before)s to %(after)s.")
                % {"figure": label, "before": before, "after": after}
            )
    return [*found, *_moved(photos)]


def _moved(photos: Mapping[str, int]) -> list[str]:
    """How many photos came, went or have other words. Which ones is not told: who takes a photo back is forgotten."""
    gone = ngettext(
        "%(number)s photo is not shown any more.", "%(number)s photos are not shown any more.", photos["gone"]
    )
    new = ngettext("%(number)s photo may be shown now.", "%(number)s photos may be shown now.", photos["new"])
    changed = ngettext("%(number)s photo has other words.", "%(number)s photos have other words.", photos["changed"])
    texts = {"gone": gone, "new": new, "changed": changed}
    return [words % {"number": number(photos[kind])} for kind, words in texts.items() if photos[kind]]


def _reworded(code: str, before: str | None, after: str | None) -> str:
    if before is None:
        return _("%(code)s is new.") % {"code": code}
    if after is None:
        return _("%(code)s has been deleted.") % {"code": code}
    return _("%(code)s has been reworded.") % {"code": code}
