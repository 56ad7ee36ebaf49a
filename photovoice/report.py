"""The photovoice report (toolkit, "Photovoice report"): a document of its own, and an annex of the City Audit Report.

Time and location, number and type of participants, topics, the findings of the review under each theme, with the photos
that may be published, each with its credit line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.dates import clock, full_date, long_date
from audits.enums import Area
from audits.participation.attendance import GENDERS, in_words
from reports.document import blocks
from reports.document.numbering import walk
from reports.document.numbers import listed, number

from .enums import ActivityKind
from .models.activity import FEWEST
from .report_photos import PHOTO, credits_of, file_of, gallery, typed
from .results import Category, Comparison, Review, is_sorted

MOST_LARGE = 60
"""Photos above which a report of its own shows them in small rows."""


def document(review: Review, language: str) -> blocks.Document:
    """The report of one activity in a language, ready for the document writer."""
    with translation.override(language):
        activity = review.activity
        authority = activity.audit.city.authority
        return blocks.Document(
            title=_("Photovoice report: %(activity)s") % {"activity": activity.title},
            language=language,
            author=authority,
            running_title=activity.audit.title,
            imprint=authority,
            subject=activity.audit.title,
            areas=tuple(blocks.Area(area.value, area.letter, str(area.short)) for area in Area),
            chapters=(
                replace(
                    chapter(review, small=_many(review)), part=_("Photovoice report"), running_title=activity.title
                ),
            ),
        )


def pictures(review: Review) -> dict[UUID, FieldFile]:
    """The files of the pictures that its report shows, by UUID."""
    small = _many(review)
    return {one.picture.uuid: file_of(one, small=small) for one in review.published}


def missing(review: Review) -> list[str]:
    """What the toolkit asks of the report and there is not, in sentences; for whoever is about to make it."""
    found = []
    if not review.people:
        found.append(_("Nobody’s photos count yet."))
    elif review.people < FEWEST:
        words = ngettext(
            "%(number)s person took photos; the toolkit asks for at least %(fewest)s.",
            "%(number)s people took photos; the toolkit asks for at least %(fewest)s.",
            review.people,
        )
        found.append(words % {"number": number(review.people), "fewest": number(FEWEST)})
    for top in review.tops:
        if not review.has(top.row.key):
            found.append(_("The review has nothing under “%(category)s”.") % {"category": top.title.text})
    unsorted = sum(1 for photo in review.photos if not is_sorted(photo))
    if unsorted:
        words = ngettext("%(number)s photo is not sorted.", "%(number)s photos are not sorted.", unsorted)
        found.append(words % {"number": number(unsorted)})
    kept = len(review.photos) - len(review.published)
    if kept:
        words = ngettext(
            "%(number)s photo may not be published, or something is missing for it; the report is without it.",
            "%(number)s photos may not be published, or something is missing for them; the report is without them.",
            kept,
        )
        found.append(words % {"number": number(kept)})
    undescribed = sum(1 for one in review.published if one.photo.alt_language != review.language)
    if undescribed:
        words = ngettext(
            "%(number)s photo is not described in the language of the report for people who cannot see it.",
            "%(number)s photos are not described in the language of the report for people who cannot see them.",
            undescribed,
        )
        found.append(words % {"number": number(undescribed)})
    return found


def _many(review: Review) -> bool:
    return len(review.published) > MOST_LARGE


def chapter(review: Review, *, small: bool = False, elsewhere: Sequence[UUID] = ()) -> blocks.Section:
    """One activity in the active language: who took photos of what, the review theme by theme, comparisons, credits.

    Of photos that stand `elsewhere` in the document only their codes are printed; `small` ones stand three in a row.
    """
    key = key_of_activity(review)
    parts: list[Any] = [_facts(review)]
    for theme in review.themes:
        title, below = typed(theme.title.text), f"{key}-{theme.theme.key}"
        parts += _theme(review, theme.theme.pk, title, below, small, elsewhere)
    parts += _theme(review, None, _("Without a theme"), f"{key}-none", small, elsewhere)
    parts += _comparisons(review, key)
    shown = [*elsewhere, *(UUID(one.key.removeprefix(PHOTO)) for one in walk(parts) if isinstance(one, blocks.Picture))]
    parts += credits_of(review, key, shown)
    return blocks.Section(key, review.activity.title, blocks=tuple(parts))


def key_of_activity(review: Review) -> str:
    """Under which key the document holds the chapter of an activity."""
    return f"activity-{review.activity.uuid}"


# Who took photos -------------------------------------------------------------------------------------------


def _facts(review: Review) -> blocks.Table:
    facts = [
        (_("Date"), when(review)),
        (_("City and place"), listed([str(review.activity.audit.city.name), *places(review)])),
        (_("Form"), str(review.activity.get_kind_display())),
        (_("Participants"), participants(review)),
        (_("Photos"), photos(review)),
        (_("Topics"), "; ".join(topics(review))),
    ]
    return blocks.Table(
        _("The activity"),
        (blocks.Column(_("What"), 22), blocks.Column(_("Which"), 78)),
        tuple(blocks.Row((label, typed(value))) for label, value in facts if value),
        style="facts",
        numbered=False,
    )


def when(review: Review) -> str:
    """The day with its hours, or the days of a period."""
    starts, ends = (timezone.localtime(one) for one in (review.activity.starts, review.activity.ends))
    if ActivityKind(review.activity.kind).has_window or starts.date() != ends.date():
        one_day = starts.date() == ends.date()
        return long_date(starts) if one_day else f"{long_date(starts)}–{long_date(ends)}"
    return f"{full_date(starts.date())}, {clock(starts)}–{clock(ends)}"


def places(review: Review) -> list[str]:
    """From where to where a collective activity went."""
    found = (review.activity.meeting_point, review.activity.final_point)
    return [typed(place) for place in dict.fromkeys(found) if place]


def participants(review: Review) -> str:
    """How many people, then in one dimension after the other. Small numbers are not told."""
    if not review.people:
        return _("not recorded")
    families = {str(family.label): count for family, count in review.families.items()}
    genders = {str(GENDERS[gender]): count for gender, count in review.genders.items()}
    ages = {str(age.label): count for age, count in review.ages.items()}
    parts = [
        _("%(number)s in all") % {"number": number(review.people)},
        in_words(families, review.people, _("by kind: not shown")),
        in_words(genders, review.people, _("women and men: not shown")),
        in_words(ages, review.people, _("by age: not shown")),
    ]
    return "; ".join(parts)


def photos(review: Review) -> str:
    """How many photos, how many of them may be published, and how many came without their author taking part."""
    published = len(review.published)
    said = [
        _("%(number)s in all") % {"number": number(len(review.photos))},
        ngettext("%(number)s may be published", "%(number)s may be published", published)
        % {"number": number(published)},
    ]
    if count := review.sent_otherwise:
        words = ngettext("%(number)s sent in another way", "%(number)s sent in another way", count)
        said.append(words % {"number": number(count)})
    return "; ".join(said)


def topics(review: Review) -> list[str]:
    """The themes in the words of this activity, with how many photos each has."""
    found = []
    for theme in review.themes:
        count = sum(1 for photo in review.photos if photo.theme_id == theme.theme.pk)
        words = ngettext("%(theme)s (%(number)s photo)", "%(theme)s (%(number)s photos)", count)
        found.append(words % {"theme": typed(theme.title.text), "number": number(count)})
    return found


# The review ------------------------------------------------------------------------------------------------


def _theme(
    review: Review, theme: int | None, title: str, key: str, small: bool, elsewhere: Collection[UUID]
) -> Iterator[blocks.Section]:
    """A theme with what was said and shown under each category; nothing where there is neither."""
    mine = [one for one in review.published if one.photo.theme_id == theme]
    parts: list[Any] = []
    for top in review.tops:
        found: list[Any] = []
        for category in review.under(top.row.key):
            found += _category(review, category, theme)
            here = [one for one in mine if one.category and one.category.pk == category.row.pk]
            found += gallery(here, small=small, elsewhere=elsewhere)
        if found:
            name = typed(top.title.text)
            parts.append(blocks.Section(f"{key}-{top.row.key}", name, in_contents=False, blocks=tuple(found)))
    unsorted = list(gallery([one for one in mine if one.category is None], small=small, elsewhere=elsewhere))
    if unsorted:
        parts.append(blocks.Section(f"{key}-unsorted", _("Not sorted"), in_contents=False, blocks=tuple(unsorted)))
    if parts:
        yield blocks.Section(key, title, in_contents=False, blocks=tuple(parts))


def _category(review: Review, category: Category, theme: int | None) -> Iterator[blocks.RichText]:
    """How many photos of the theme were put there, and what was said."""
    count, said = review.count(category, theme), review.said(category, theme)
    if count or said:
        # A category of the first level is named by its heading already.
        side = "" if category.is_top else typed(category.title.text)
        lead = f"<p>{escape(counted(count))}</p>" if count else ""
        yield blocks.RichText(lead + points(said), side=side, style="note")


def counted(count: int) -> str:
    return ngettext("%(number)s photo", "%(number)s photos", count) % {"number": number(count)}


def points(said: Iterable[str]) -> str:
    """Remarks as a list in rich text."""
    items = "".join(f"<li>{escape(typed(text))}</li>" for text in said)
    return f"<ul>{items}</ul>" if items else ""


def _comparisons(review: Review, key: str) -> Iterator[blocks.Table]:
    for place, comparison in enumerate(review.comparisons, 1):
        yield _comparison(review, comparison, f"{key}-compared-{place}")


def _comparison(review: Review, comparison: Comparison, key: str) -> blocks.Table:
    kinds = [typed(kind) for kind in comparison.kinds]
    rows = tuple(
        blocks.Row((blocks.passage(typed(category.title.text), category.title.language), *cells))
        for category, cells in comparison.rows
    )
    title = (
        _("Sorted photos by part of the city: %(kinds)s")
        if comparison.of_places
        else _("Sorted photos by those who took them: %(kinds)s")
    )
    return blocks.Table(
        title % {"kinds": "; ".join(kinds)},
        (blocks.Column(_("Category"), 46), *(blocks.Column(kind, 0, "number") for kind in kinds)),
        rows,
        key=key,
        style="tight",
        source=_("Numbers of photos. Where fewer than 5 people are behind a number, it is not shown."),
        short=_("Sorted photos compared: %(activity)s") % {"activity": review.activity.title},
    )
