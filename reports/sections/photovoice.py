"""Part II, 2.4: photovoice (toolkit, "Photovoice" of the report structure and "Photovoice report").

Time and place, people and topics, then what the review found under each wrap-up category, theme by theme, with photos.
Everything of each activity, with all photos that may be published and their credits, stands in the annex.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.methods import Missing
from photovoice import report
from photovoice.report_photos import typed
from photovoice.results import Published, Review
from reports.document import blocks
from reports.document.numbers import number
from reports.live import live, photos
from reports.material import Material
from reports.sections import words
from reports.sections.composition import Check, Composition, Slot, either, text

METHOD = "photovoice"
ANNEX = "annex-photos"
REMARK_WORDS, MOST_REMARKS, MOST_PHOTOS = 40, 3, 3
"""How much of each category stands here; the annex has all of it."""

HEADINGS = {
    "deficiencies": gettext_lazy("Deficiencies: most common, urgent, subtle"),
    "achievements": gettext_lazy("Achievements"),
    "way_ahead": gettext_lazy("The way ahead"),
}
REVIEWED = {
    "deficiencies": gettext_lazy("What the review found: deficiencies"),
    "achievements": gettext_lazy("What the review found: achievements"),
    "way_ahead": gettext_lazy("What the review found: the way ahead"),
}
ILLUSTRATED = {
    "deficiencies": gettext_lazy("Photos: deficiencies"),
    "achievements": gettext_lazy("Photos: achievements"),
    "way_ahead": gettext_lazy("Photos: the way ahead"),
}


@live("photovoice.activities", gettext_lazy("Activities, participants and topics"))
def activities(material: Material):
    """When and where people took photos, how many of which kind, and of what; then all together."""
    if not material.reviews:
        return ()
    rows = [blocks.Row((f"{one.activity.title}, {report.when(one)}", _who(one))) for one in material.reviews]
    themes = dict.fromkeys(topic for one in material.reviews for topic in report.topics(one))
    if len(material.reviews) > 1:
        themes = dict.fromkeys(typed(theme.title.text) for one in material.reviews for theme in one.themes)
    rows.append(blocks.Row((_("Topics"), "; ".join(themes))))
    taken = sum(len(one.photos) for one in material.reviews)
    said = _("%(photos)s. Those that may be published, with all credits: [[%(annex)s]].") % {
        "photos": ngettext("%(number)s photo was taken", "%(number)s photos were taken", taken)
        % {"number": number(taken)},
        "annex": ANNEX,
    }
    rows.append(blocks.Row((_("In all"), said)))
    columns = (blocks.Column(_("What"), 34), blocks.Column(_("Which"), 66))
    return (blocks.Table(_("Photovoice"), columns, tuple(rows), style="facts", numbered=False),)


def _who(one: Review) -> str:
    """Place and people of one activity."""
    said = _("Participants: %(people)s") % {"people": report.participants(one)}
    return ". ".join(part for part in (" – ".join(report.places(one)), said) if part)


def _register(key: str) -> None:
    @live(f"photovoice.{key}", HEADINGS[key], heading=True)
    def heading(material: Material):
        return (blocks.Section(f"photovoice.{key}", str(HEADINGS[key]), in_contents=False),)

    @live(f"photovoice.{key}.review", REVIEWED[key])
    def review(material: Material):
        return tuple(_reviewed(material, key))

    @live(f"photovoice.{key}.photos", ILLUSTRATED[key])
    def pictures(material: Material):
        # Part II has 5 to 8 pages for all four methods; whoever wants a photo large puts it there.
        return photos(material, [one.uuid for one in default_photos(material, key)], small=True)


for _key in HEADINGS:
    _register(_key)


def _reviewed(material: Material, top: str) -> Iterator[blocks.RichText]:
    """Under each of the themes, how many photos were put into each category and what was said; by activity where there
    are several."""
    titles: dict[int | None, str] = {}
    for one in material.reviews:
        for theme in one.themes:
            titles.setdefault(theme.theme.pk, typed(theme.title.text))
    titles[None] = _("Without a theme")
    for theme, title in titles.items():
        found = [(one, items) for one in material.reviews if (items := list(_categories(one, top, theme)))]
        if found:
            html = "".join(
                _named(one, several=len(material.reviews) > 1) + words.bulleted(items) for one, items in found
            )
            yield blocks.RichText(html, side=title, style="note")


def _named(one: Review, *, several: bool) -> str:
    return f"<p>{words.safe(typed(one.activity.title))}</p>" if several else ""


def _categories(one: Review, top: str, theme: int | None) -> Iterator[str]:
    for category in one.under(top):
        count, said = one.count(category, theme), one.said(category, theme)
        if not count and not said:
            continue
        shown = [Truncator(typed(text)).words(REMARK_WORDS, truncate=" …") for text in said[:MOST_REMARKS]]
        lead = "" if category.is_top else f"<strong>{words.safe(typed(category.title.text))}</strong>"
        parts = [lead, words.safe(report.counted(count)) if count else ""]
        head = ", ".join(part for part in parts if part)
        yield ": ".join(part for part in (head, words.safe(" ".join(_ended(text) for text in shown))) if part)


def _ended(text: str) -> str:
    """A remark with a full stop where it has no mark of its own, so that the next one can follow."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def default_photos(material: Material, top: str) -> list[Published]:
    """The photos of a category that stand there unless somebody chooses others: evidence of findings first, then those of
    each theme in turn. A photo that somebody has put elsewhere is not among them."""
    free = [
        photo
        for one in material.reviews
        for photo in one.published
        if photo.uuid not in material.chosen
        and photo.category
        and photo.category.pk in {category.row.pk for category in one.under(top)}
    ]
    turns: dict[int | None, int] = {}
    placed = []
    for photo in sorted(free, key=lambda photo: photo.uuid not in material.telling):
        theme = photo.photo.theme_id
        turns[theme] = turns.get(theme, 0) + 1
        placed.append((photo.uuid not in material.telling, turns[theme], photo))
    return [photo for _telling, _turn, photo in sorted(placed, key=lambda row: row[:2])][:MOST_PHOTOS]


@live("photovoice.findings", gettext_lazy("Findings from photovoice"))
def findings(material: Material):
    return words.findings_of(material, METHOD)


COMPOSITION: Composition = (
    "photovoice.activities",
    Slot(
        "participants",
        gettext_lazy("Participants and topics"),
        gettext_lazy(
            "How many people took part, of which kind, and what they photographed. Groups of fewer than 5 people "
            "are not named on their own."
        ),
    ),
    *(
        part
        for key, title in HEADINGS.items()
        for part in (f"photovoice.{key}", f"photovoice.{key}.review", Slot(key, title), f"photovoice.{key}.photos")
    ),
    "photovoice.findings",
)


def _found(found: Callable[[Review], object], missing: Callable[[], str], slot: str) -> Check:
    """A point that is met by what an activity has left, or by the team's own text."""

    def check(material: Material, written: Collection[str]) -> Missing | None:
        if any(found(one) for one in material.reviews):
            return None
        return Missing(missing(), reverse("photovoice:list", args=[material.audit.slug]))

    return either(check, text(slot, missing=""))


POINTS: dict[str, Check] = {
    "participants": _found(
        lambda one: one.people, lambda: _("Nobody has taken photos that count yet."), "participants"
    ),
    "topics": _found(
        lambda one: one.themes and one.photos, lambda: _("The topics are not described yet."), "participants"
    ),
    "deficiencies": _found(
        lambda one: one.has("deficiencies"),
        lambda: _("The review has nothing on deficiencies yet."),
        "deficiencies",
    ),
    "achievements": _found(
        lambda one: one.has("achievements"),
        lambda: _("The review has nothing on achievements yet."),
        "achievements",
    ),
    "way_ahead": _found(
        lambda one: one.has("way_ahead"), lambda: _("The review has nothing on the way ahead yet."), "way_ahead"
    ),
}
