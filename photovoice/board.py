"""The photos sorted under the wrap-up categories (toolkit, "Photovoice", wrap-up session)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from audits.instruments import Text, translated
from audits.small_numbers import MINIMUM

from .models import Activity, Placement, Vote, WrapUpCategory
from .showing import Shown, photos_shown


@dataclass
class Slot:
    """A category into which photos are put. `key` is the number under which a photo is sorted by one key press.

    `photos` are all that are in it, the one that was sorted last at the end; `shown` those of them that a page shows.
    """

    category: WrapUpCategory
    title: Text
    text: Text
    key: int
    above: Text | None = None
    photos: list[UUID] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    remarks: int = 0

    @property
    def name(self) -> str:
        """The whole name, for lists: "City deficiencies: Urgent"."""
        return f"{self.above.text}: {self.title.text}" if self.above else self.title.text


@dataclass
class Group:
    """A category with the ones below it; where there is none below, it is its own only slot."""

    title: Text
    text: Text
    slots: list[Slot]

    @property
    def divided(self) -> bool:
        return self.slots[0].above is not None

    @property
    def photos(self) -> int:
        return sum(len(slot.photos) for slot in self.slots)


@dataclass
class Board:
    groups: list[Group]
    unsorted: list[UUID] = field(default_factory=list)

    @property
    def slots(self) -> list[Slot]:
        return [slot for group in self.groups for slot in group.slots]


def slots_of(activity: Activity, language: str) -> Board:
    """The categories of the activity's guide in a language, in the guide's order, without any photo."""
    rows = list(WrapUpCategory.objects.filter(guide=activity.guide_id).order_by("position", "pk"))
    for row in rows:
        row.guide = activity.guide
    texts = translated(rows, language)
    below: dict[int, list[WrapUpCategory]] = {}
    for row in rows:
        if row.parent_id:
            below.setdefault(row.parent_id, []).append(row)
    groups, key = [], 0
    for top in (row for row in rows if not row.parent_id):
        group = Group(texts[top, "title"], texts[top, "text"], [])
        children = below.get(top.pk)
        for row in children or [top]:
            key += 1
            above = group.title if children else None
            group.slots.append(Slot(row, texts[row, "title"], texts[row, "text"], key, above))
        groups.append(group)
    return Board(groups)


def board_of(activity: Activity, photos: Iterable[UUID], language: str) -> Board:
    """The board with these photos on it, each in its slot or, in their order, among the unsorted.

    None of them is loaded: a page loads what it shows (`loaded`).
    """
    board = slots_of(activity, language)
    slots = {slot.category.pk: slot for slot in board.slots}
    left = dict.fromkeys(photos)
    placed = Placement.objects.filter(photo__activity=activity, category__in=slots).order_by("at", "pk")
    for photo, category in placed.values_list("photo__uuid", "category"):
        if photo in left:
            slots[category].photos.append(photo)
            del left[photo]
    board.unsorted = list(left)
    remarks = Counter(activity.remarks.shown().order_by().values_list("category", flat=True))
    for pk, slot in slots.items():
        slot.remarks = remarks[pk]
    return board


def loaded(activity: Activity, board: Board, photos: Collection[UUID], language: str) -> Mapping[UUID, Shown]:
    """These photos as a page shows them; without those that are gone meanwhile. As many queries however many."""
    found = photos_shown(activity, language, uuid__in=photos)
    count_votes(board, found)
    return {one.photo.uuid: one for one in found}


def count_votes(board: Board, shown: Collection[Shown]) -> None:
    """Adds to each photo where participants put it on their phones; nothing of fewer than 5 people (DESIGN rule 4)."""
    rows = Vote.objects.filter(photo__in=[one.photo for one in shown]).order_by()
    votes = {
        (photo, category): number
        for photo, category, number in rows.values_list("photo", "category").annotate(Count("pk"))
    }
    for one in shown:
        found = [
            (slot.title, number) for slot in board.slots if (number := votes.get((one.photo.pk, slot.category.pk)))
        ]
        people = sum(number for _title, number in found)
        one.votes = found if people >= MINIMUM else ()
        one.few_votes = 0 < people < MINIMUM
