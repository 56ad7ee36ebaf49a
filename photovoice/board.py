"""The photos sorted under the wrap-up categories (toolkit, "Photovoice", wrap-up session)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from audits.instruments import Text, translated
from audits.small_numbers import MINIMUM

from .models import Activity, Placement, Vote, WrapUpCategory
from .showing import Shown


@dataclass
class Slot:
    """A category into which photos are put. `key` is the number under which a photo is sorted by one key press."""

    category: WrapUpCategory
    title: Text
    text: Text
    key: int
    above: Text | None = None
    photos: list[Shown] = field(default_factory=list)
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
    unsorted: list[Shown] = field(default_factory=list)

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


def board_of(activity: Activity, shown: Collection[Shown], language: str) -> Board:
    """The board with these photos on it, each in its slot or among the unsorted; as many queries however many."""
    board = slots_of(activity, language)
    placed = dict(Placement.objects.filter(photo__activity=activity).values_list("photo", "category"))
    slots = {slot.category.pk: slot for slot in board.slots}
    for one in shown:
        slot = slots.get(placed.get(one.photo.pk, 0))
        (slot.photos if slot else board.unsorted).append(one)
    remarks = Counter(activity.remarks.order_by().values_list("category", flat=True))
    for pk, slot in slots.items():
        slot.remarks = remarks[pk]
    count_votes(activity, board, shown)
    return board


def count_votes(activity: Activity, board: Board, shown: Iterable[Shown]) -> None:
    """Adds to each photo where participants put it on their phones; nothing of fewer than 5 people (DESIGN rule 4)."""
    votes = Counter(Vote.objects.filter(photo__activity=activity).values_list("photo", "category"))
    for one in shown:
        found = [(slot.title, number) for slot in board.slots if (number := votes[one.photo.pk, slot.category.pk])]
        people = sum(number for _title, number in found)
        one.votes = found if people >= MINIMUM else ()
        one.few_votes = 0 < people < MINIMUM
