"""How a version differs from the one it was made from (DESIGN rule 6)."""

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.conf import settings
from django.db.models import BooleanField
from django.utils.translation import gettext as _

from ..models import ComparedPart, Instrument
from ..models.instrument import TreeRow
from ..texts import in_lines

# Fields that say which row it is and where it stands, not what a reader reads.
SILENT = {
    "id",
    "uuid",
    "key",
    "position",
    "replaces",
    "parent",
    "code",
    "version",
    "origin",
    "derived_from",
    "retired_at",
    "is_draft",
}


@dataclass(frozen=True)
class Piece:
    """A stretch of words: in both wordings (""), only in the old ("del") or only in the new ("ins")."""

    kind: str
    text: str


@dataclass(frozen=True)
class Rewording:
    """A field that reads differently; `pieces` is old and new in one, word by word."""

    field: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Change:
    """A row that was added, removed, reworded or moved, in its old and new state; one of them may be missing."""

    old: TreeRow | None
    new: TreeRow | None
    rewordings: tuple[Rewording, ...] = ()

    @property
    def row(self) -> TreeRow:
        return self.new or self.old

    @property
    def kind(self) -> str:
        """What it is: "statement", "key factor"."""
        return str(self.row._meta.verbose_name)


@dataclass(frozen=True)
class Difference:
    added: tuple[Change, ...]
    removed: tuple[Change, ...]
    reworded: tuple[Change, ...]
    moved: tuple[Change, ...]

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.reworded, self.moved))


def difference(old: Instrument, new: Instrument) -> Difference:
    """What was added, removed, reworded and moved between two versions of one instrument.

    Rows are the same when they have the same kind, parent and code. A statement that got a new code with its new
    wording is matched through the code that it replaces, and may have gone to another parent. "Moved" is the
    fewest rows whose moving explains the new order.
    """
    before, after = list(old.rows()), list(new.rows())
    twins = _twins(before, after)
    met = {id(twin) for twin in twins.values()}
    reworded = []
    for row in after:
        twin = twins.get(_id(row))
        if twin is not None and (rewordings := tuple(_rewordings(twin, row))):
            reworded.append(Change(twin, row, rewordings))
    in_place = _in_place(after, twins)
    return Difference(
        added=tuple(Change(None, row) for row in after if _id(row) not in twins),
        removed=tuple(Change(row, None) for row in before if id(row) not in met),
        reworded=tuple(reworded),
        moved=tuple(
            Change(twins[_id(row)], row) for row in after[1:] if _id(row) in twins and _id(row) not in in_place
        ),
    )


def _id(row: TreeRow) -> tuple[type, int]:
    return type(row), row.pk


def _above(row: TreeRow) -> TreeRow:
    return getattr(row, row.parent_field)


def _twins(before: list[TreeRow], after: list[TreeRow]) -> dict[tuple[type, int], TreeRow]:
    """For each row of the new tree that was there before: what it was."""
    twins = {_id(after[0]): before[0]}
    in_tree = {(*_id(_above(row)), type(row), row.key): row for row in before[1:]}
    by_code = {(type(row), row.key): row for row in before[1:] if isinstance(row, ComparedPart)}
    met: set[int] = set()
    # Rows come level by level, so a row's parent has been matched before it.
    for model in after[0].tree()[1:]:
        rows = [row for row in after if type(row) is model]
        for search in (_under_same_parent(twins, in_tree), _by_code(by_code)):
            for row in rows:
                if _id(row) in twins:
                    continue
                for code in filter(None, (row.key, getattr(row, "replaces", ""))):
                    twin = search(row, code)
                    if twin is not None and id(twin) not in met:
                        twins[_id(row)] = twin
                        met.add(id(twin))
                        break
    return twins


def _under_same_parent(twins, in_tree):
    def search(row, code):
        parent = twins.get(_id(_above(row)))
        return parent and in_tree.get((*_id(parent), type(row), code))

    return search


def _by_code(by_code):
    return lambda row, code: by_code.get((type(row), code))


def _in_place(after: list[TreeRow], twins) -> set[tuple[type, int]]:
    """The rows that kept their place among their sisters: as many as possible."""
    sisters = defaultdict(list)
    for row in after[1:]:
        twin = twins.get(_id(row))
        if twin is None:
            continue
        # Sub-questions stand among those of their question.
        inner, was_inner = getattr(row, "parent_id", None), getattr(twin, "parent_id", None)
        inner_was = twins.get((type(row), inner)) if inner else None
        if twins.get(_id(_above(row))) is _above(twin) and (inner_was.pk if inner_was else None) == was_inner:
            sisters[type(row), _above(row).pk, inner].append(row)
    stay = set()
    for rows in sisters.values():
        now = sorted(rows, key=lambda row: (row.position, row.pk))
        was = sorted(rows, key=lambda row: (twins[_id(row)].position, twins[_id(row)].pk))
        blocks = SequenceMatcher(None, [row.pk for row in was], [row.pk for row in now], autojunk=False)
        for block in blocks.get_matching_blocks():
            stay.update(_id(row) for row in now[block.b : block.b + block.size])
    return stay


def _rewordings(old: TreeRow, new: TreeRow):
    for field in new._meta.concrete_fields:
        if field.name in SILENT or field.name == getattr(new, "parent_field", ""):
            continue
        was, now = (_as_read(field, row) for row in (old, new))
        if was == now:
            continue
        whole = field.choices or field.name == "language" or isinstance(field, BooleanField)
        # One choice takes the place of another; that words of their names meet says nothing.
        pieces = (Piece("del", was), Piece("ins", now)) if whole else tuple(_pieces(was, now))
        yield Rewording(str(field.verbose_name), pieces)


def _as_read(field, row: TreeRow) -> str:
    """The value of a field in the words in which a page shows it."""
    value = field.value_from_object(row)
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    if field.name == "language":
        return dict(settings.PARTICIPANT_LANGUAGES).get(value, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return in_lines(str(value))


def _pieces(old: str, new: str):
    a, b = old.split(), new.split()
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("", " ".join(a[a1:a2]))
            continue
        if a2 > a1:
            yield Piece("del", " ".join(a[a1:a2]))
        if b2 > b1:
            yield Piece("ins", " ".join(b[b1:b2]))
