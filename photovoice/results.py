"""What a photo activity leaves for a report: who took photos, what the review made of them, which may be published.

Numbers of people follow DESIGN rule 4, and no photo is here without a complete ledger and its credit line (rule 10).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audits.enums import FAMILY_OF, Family, StakeholderGroup
from audits.instruments import Text, translated
from audits.models import Audit, Picture
from audits.participation.enums import AgeBand, Gender, Purpose
from audits.participation.models import Participant
from audits.small_numbers import shown, shown_kinds

from .enums import ActivityState
from .models import Activity, Photo, Remark, WrapUpCategory
from .rights import credit_of, may_be_published
from .wording import ThemeInWords, themes_of_all

OVER = (ActivityState.CLOSING, ActivityState.CLOSED)
"""The states in which an activity has results: nobody new joins."""


class Age(StrEnum):
    """Young, senior and between: coarser than what people are asked, so that more of it may be told."""

    YOUNG = "young"
    BETWEEN = "between"
    SENIOR = "senior"

    @property
    def label(self) -> Any:
        return AGES[self]


AGES = {Age.YOUNG: _("under 30"), Age.BETWEEN: _("30 to 64"), Age.SENIOR: _("65 or older")}
AGE_OF = {
    AgeBand.UNDER_18: Age.YOUNG,
    AgeBand.TO_29: Age.YOUNG,
    AgeBand.TO_44: Age.BETWEEN,
    AgeBand.TO_64: Age.BETWEEN,
    AgeBand.FROM_65: Age.SENIOR,
}

MOST_DISTRICTS = 6
"""Parts of the city that are compared, those with the most photos: as many as stand side by side on paper."""

Kind = TypeVar("Kind", bound=Hashable)


def family_of(person: Participant) -> Family | None:
    return FAMILY_OF[StakeholderGroup(person.group)] if person.group else None


def gender_of(person: Participant) -> Gender | None:
    return Gender(person.gender) if person.gender else None


def age_of(person: Participant) -> Age | None:
    return AGE_OF[AgeBand(person.age_band)] if person.age_band else None


@dataclass(frozen=True)
class Published:
    """A photo that may be published: its words in the report's language where the team has translated them, otherwise
    in their own, and the name below it, "" where none is wanted."""

    photo: Photo
    title: Text
    text: Text
    credit: str

    @property
    def uuid(self) -> UUID:
        return self.photo.uuid

    @property
    def picture(self) -> Picture:
        return self.photo.picture

    @property
    def category(self) -> WrapUpCategory | None:
        return _category_of(self.photo)

    @property
    def is_tall(self) -> bool:
        return self.picture.height > self.picture.width


@dataclass(frozen=True)
class Category:
    """A category of the review in words; `top` is the key of the one that it belongs to, or its own."""

    row: WrapUpCategory
    title: Text
    top: str

    @property
    def is_top(self) -> bool:
        return self.row.parent_id is None


@dataclass(frozen=True)
class Comparison:
    """How many of the sorted photos kinds of people put under each category of the first level, of those that may be
    told: `rows` has for each category the kinds in the order of `kinds`, None where it is not shown. `of_places`: the
    kinds are parts of the city, in any of which somebody may have taken photos."""

    kinds: tuple[str, ...]
    rows: tuple[tuple[Category, tuple[int | None, ...]], ...]
    of_places: bool = False

    @property
    def tells(self) -> bool:
        return any(number is not None for _row, cells in self.rows for number in cells)


@dataclass(frozen=True)
class Review:
    """An activity that is over, with all that hangs on it loaded (`of_audit`). `photos` are those that count."""

    activity: Activity
    language: str
    themes: tuple[ThemeInWords, ...]
    categories: tuple[Category, ...]
    photos: tuple[Photo, ...]
    remarks: tuple[Remark, ...]

    # People -------------------------------------------------------------------------------------------------

    @cached_property
    def photographers(self) -> tuple[Participant, ...]:
        """Those who joined and of whom a photo counts."""
        return tuple({photo.participant_id: photo.participant for photo in self.photos if photo.participant}.values())

    @cached_property
    def people(self) -> int:
        """How many people's photos count: of those who joined, and of authors who answered for what came in otherwise,
        one for each link."""
        answered = {photo.rights_request_id for photo in self.photos if photo.participant is None} - {None}
        return len(self.photographers) + len(answered)

    @property
    def sent_otherwise(self) -> int:
        """Photos whose authors did not join, as of collected ones."""
        return sum(1 for photo in self.photos if photo.participant is None)

    @cached_property
    def families(self) -> dict[Family, int]:
        """How many photographers of each family, as far as it may be shown."""
        return self._counted(family_of, Family)

    @cached_property
    def genders(self) -> dict[Gender, int]:
        return self._counted(gender_of, Gender)

    @cached_property
    def ages(self) -> dict[Age, int]:
        return self._counted(age_of, Age)

    def _counted(self, of: Callable[[Participant], Kind | None], order: Iterable[Kind]) -> dict[Kind, int]:
        named = Counter(kind for person in self.photographers if (kind := of(person)) is not None)
        # How many answered by a link can be guessed from their photos: those who joined are not few without them either.
        kept = shown(named, self.people).keys() & shown(named, len(self.photographers)).keys()
        return {kind: named[kind] for kind in order if kind in kept}

    # The review ---------------------------------------------------------------------------------------------

    @cached_property
    def tops(self) -> tuple[Category, ...]:
        return tuple(category for category in self.categories if category.is_top)

    def under(self, top: str) -> tuple[Category, ...]:
        """A category of the first level with those below it."""
        return tuple(category for category in self.categories if category.top == top)

    def count(self, category: Category, theme: int | None) -> int:
        """How many photos of a theme (its primary key; None: of no theme) were put under the category."""
        return self._placed[theme, category.row.pk]

    @cached_property
    def _placed(self) -> Counter[tuple[int | None, int]]:
        return Counter(
            (photo.theme_id, category.pk) for photo in self.photos if (category := _category_of(photo)) is not None
        )

    def said(self, category: Category, theme: int | None) -> list[str]:
        """What was said on a theme under the category; a remark on a photo belongs to the photo's theme."""
        return [one.text for one in self.remarks if one.category_id == category.row.pk and _theme_of(one) == theme]

    def has(self, top: str) -> bool:
        """Whether the review put a photo or a remark under a category of the first level."""
        rows = {category.row.pk for category in self.under(top)}
        return any(pk in rows for _theme, pk in self._placed) or any(one.category_id in rows for one in self.remarks)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """TCN and everybody else, young and senior, parts of the city: where enough people have said so and sorted
        photos are theirs.

        Everybody else holds those who said nothing, so that nothing can be worked out beside the numbers of people.
        """
        found = []
        if Family.MIGRANTS in self.families:
            tcn = {person.pk: family_of(person) == Family.MIGRANTS for person in self.photographers}
            names = {True: str(Family.MIGRANTS.label), False: str(_("everybody else"))}
            found.append(self._compared(names, lambda photo: tcn.get(photo.participant_id or 0)))
        if {Age.YOUNG, Age.SENIOR} <= self.ages.keys():
            ages = {person.pk: age for person in self.photographers if (age := age_of(person)) in self.ages}
            told = {age: str(age.label) for age in Age if age in self.ages}
            found.append(self._compared(told, lambda photo: ages.get(photo.participant_id or 0)))
        districts = Counter(photo.district for photo in self._placed_photos if photo.district).most_common(
            MOST_DISTRICTS
        )
        if len(districts) > 1:
            names_of = {district: district for district in sorted(name for name, _count in districts)}
            found.append(self._compared(names_of, lambda photo: photo.district or None, of_places=True))
        return tuple(one for one in found if one.tells)

    @property
    def _placed_photos(self) -> list[Photo]:
        """Photos under a category whose authors have joined: of the others nobody knows how many people sent them."""
        return [photo for photo in self.photos if photo.participant_id and is_sorted(photo)]

    def _compared(
        self, names: Mapping[Kind, str], kind_of: Callable[[Photo], Kind | None], *, of_places: bool = False
    ) -> Comparison:
        """Each row stands for itself and sums of rows are told nowhere, so each keeps to the rule on its own."""
        rows = []
        for top in self.tops:
            keys = {category.row.pk for category in self.under(top.row.key)}
            here = [photo for photo in self._placed_photos if (one := _category_of(photo)) and one.pk in keys]
            people: dict[Kind | None, set[Hashable]] = {kind: set() for kind in (*names, None)}
            for photo in here:
                people[kind if (kind := kind_of(photo)) in names else None].add(photo.participant_id)
            others = people.pop(None)
            kept = shown_kinds({kind: who for kind, who in people.items() if who}, others)
            photos = Counter(map(kind_of, here))
            rows.append((top, tuple(photos[kind] if kind in kept else None for kind in names)))
        return Comparison(tuple(names.values()), tuple(rows), of_places)

    # Photos -------------------------------------------------------------------------------------------------

    @cached_property
    def published(self) -> tuple[Published, ...]:
        """Those that may be published, by their numbers."""
        return tuple(_published(photo, self.language) for photo in self.photos if may_be_published(photo))


def _published(photo: Photo, language: str) -> Published:
    own = [one for one in photo.translations.all() if one.language == language]
    if own and photo.language != language:
        words = (Text(own[0].title, language), Text(own[0].text, language))
    else:
        words = (Text(photo.title, photo.language), Text(photo.text, photo.language))
    return Published(photo, *words, credit_of(photo))


def _category_of(photo: Photo) -> WrapUpCategory | None:
    placement = getattr(photo, "placement", None)
    return placement.category if placement else None


def is_sorted(photo: Photo) -> bool:
    """Whether the review has put the photo under a category."""
    return _category_of(photo) is not None


def _theme_of(remark: Remark) -> int | None:
    return remark.theme_id or (remark.photo.theme_id if remark.photo else None)


def of_audit(audit: Audit, language: str) -> tuple[Review, ...]:
    """The activities of an audit that are over, in the order of their days, in a language; the same queries for any
    number of activities and photos."""
    return _loaded(audit.photo_activities.filter(state__in=OVER), audit, language)


def of_activity(activity: Activity, language: str) -> Review:
    """One activity as `of_audit` has it. Raises ValueError for one that is not over."""
    found = _loaded(Activity.objects.filter(pk=activity.pk, state__in=OVER), activity.audit, language)
    if not found:
        raise ValueError("Only an activity that is over has results.")
    return found[0]


def published_picture(audit: Audit, picture: UUID) -> Picture | None:
    """The picture of that UUID where it is one that a report of the audit may show; otherwise None."""
    rows = Photo.objects.counting().filter(activity__audit=audit, activity__state__in=OVER, picture__uuid=picture)
    photo = rows.with_rights().first()
    return photo.picture if photo and may_be_published(photo) else None


def _loaded(rows: QuerySet[Activity], audit: Audit, language: str) -> tuple[Review, ...]:
    photos = Photo.objects.counting().with_rights().select_related("placement__category").order_by("number")
    # What somebody wrote on an own phone is quoted only where its author agrees.
    agreed = Participant.objects.filter(audit=audit).agreeing_to(Purpose.QUOTATION)  # type: ignore[no-untyped-call]
    remarks = Remark.objects.shown().filter(Q(participant=None) | Q(participant__in=agreed))
    activities = list(
        rows.select_related("guide").prefetch_related(
            Prefetch("photos", photos.prefetch_related("translations")),
            Prefetch("remarks", remarks.select_related("photo")),
        )
    )
    if not activities:
        return ()
    themes = themes_of_all(activities, language)
    categories = _categories(activities, language)
    for activity in activities:
        activity.audit = audit
    return tuple(
        Review(
            activity=activity,
            language=language,
            themes=tuple(themes[activity.pk]),
            categories=tuple(categories[activity.guide_id]),
            photos=tuple(activity.photos.all()),
            remarks=_told(activity),
        )
        for activity in activities
    )


def _told(activity: Activity) -> tuple[Remark, ...]:
    """The remarks without those on photos that may not be published: they say what is in them."""
    free = {None, *(photo.pk for photo in activity.photos.all() if may_be_published(photo))}
    return tuple(remark for remark in activity.remarks.all() if remark.photo_id in free)


def _categories(activities: Iterable[Activity], language: str) -> dict[int, list[Category]]:
    """The categories of each guide, those below another one behind it."""
    guides = {activity.guide_id: activity.guide for activity in activities}
    rows = list(WrapUpCategory.objects.filter(guide__in=guides).order_by("position", "pk"))
    for row in rows:
        row.guide = guides[row.guide_id]
    texts = translated(rows, language)
    tops = {row.pk: row for row in rows if row.parent_id is None}
    found: dict[int, list[Category]] = {guide: [] for guide in guides}
    for top in tops.values():
        for row in (top, *(row for row in rows if row.parent_id == top.pk)):
            found[top.guide_id].append(Category(row, texts[row, "title"], top.key))
    return found
