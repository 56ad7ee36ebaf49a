"""The registry through which the ground learns of the methods that stand on it (DESIGN section 2).

The methods never import each other, and `audits` imports none of them. Each announces itself in its app's
`ready()` with a `Method`; pages such as the audit home ask the registry, in the order of the toolkit.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from audits.models import Audit, User


@dataclass(frozen=True)
class Missing:
    """Something that is not there yet, as a fact, with the page where it can be done.

    `read_url` is where somebody says that they have read it, where that is all there may be to do.
    """

    text: str
    url: str = ""
    read_url: str = ""


@dataclass(frozen=True)
class NextStep:
    """What this person should do next. The audit home shows the one with the lowest `priority` of all methods."""

    text: str
    label: str
    url: str
    detail: str = ""
    priority: int = 50


@dataclass(frozen=True)
class Deadline:
    """A day by which something is to be done, by whom ("You" for the person who reads), and the page for it.

    Only what is still open: a day in the past is shown as late.
    """

    date: date
    text: str
    who: str = ""
    url: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a method has come in one audit, as one person sees it.

    `done` of `total` are for the bar (no bar where `total` is 0); `words` say the same; `by_area` counts
    results per area value, under labels: `{"urban": {"Scores on walks": 487}}`. `missing`, `next_step` and the
    link offer only what this person may do.
    """

    state: str  # "todo", "now" or "done"
    words: str
    done: int = 0
    total: int = 0
    missing: tuple[Missing, ...] = ()
    next_step: NextStep | None = None
    link_label: str = ""
    link_url: str = ""
    by_area: dict[str, dict[str, int]] = field(default_factory=dict)
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True)
class Reference:
    """The source of a piece of evidence, as an evidence link stores it."""

    app: str
    type: str
    source: uuid.UUID


@dataclass(frozen=True)
class Evidence:
    """A resolved reference: what to show and where it leads. `figures` are its present numbers; `audit` is the key of
    the audit that it belongs to, so that nothing is made from a source of another one; `words` is what stands there
    today, for whoever may read it: shown, and never kept with a link."""

    caption: str
    url: str
    figures: dict[str, Any] = field(default_factory=dict)
    audit: int | None = None
    words: str = ""


@dataclass(frozen=True)
class SharedFile:
    """A file behind a piece of evidence: the name to save it under, its media type, and how to open it."""

    name: str
    media_type: str
    open: Callable[[], Any]


@dataclass(frozen=True)
class HeldFile:
    """A file that is held about somebody: its name in what they download, and how to open it for reading bytes."""

    name: str
    open: Callable[[], Any]


@dataclass(frozen=True)
class HeldPart:
    """One thing that is held about somebody, as they read it: a heading, lines with what each is ("" for none), and the
    name of its picture among the `HeldFile`s."""

    heading: str
    lines: tuple[tuple[str, str], ...]
    picture: str = ""


@dataclass(frozen=True)
class MeasureIdea:
    """What a method proposes for a measure that is made from one of its sources.

    `steps` can be ticked, `examples` are pairs of a heading and a text that may have inspired the measure; `area` is
    the thematic area it belongs to, "" where the method does not know.
    """

    objective: str
    steps: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    area: str = ""


@dataclass(frozen=True)
class Involvement:
    """Where a stakeholder is involved, as the register tells it: a walk it was asked to, a group it is invited to.

    `date` is the day of it, None where there is none; `url` the page of it, "" where there is none.
    """

    text: str
    date: date | None = None
    url: str = ""


@dataclass(frozen=True)
class Point:
    """One thing that came of what somebody gave: a `text` in the audit's language, and how far it is in that of the
    page."""

    text: str
    state: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Consequences:
    """Things of one kind that came of what somebody gave, under a heading in the language of the page."""

    heading: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Words:
    """What a participant (by primary key) said or wrote."""

    participant: int
    text: str


@dataclass(frozen=True)
class TeamTexts:
    """Texts of the team into which words of participants may have been copied: versioned rows, their columns, what one
    is called and where it is changed, and the ability that this page asks for (`audits/permissions.py`). `kept` are
    querysets of what is only kept, such as the history: nobody mends it, but words that are taken back go out of it
    too."""

    rows: Any
    columns: tuple[str, ...]
    named: Callable[[Any], tuple[str, str]]
    may_see: str
    kept: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Method:
    """What a method tells the ground about itself: its name and pages, then hooks, in the order of what they serve. Only
    what has no default is asked of every method; a participant may belong to any, so each answers for what it holds.
    """

    # Its pages.

    key: str
    name: Any
    icon: str
    order: int
    url: Callable[[Audit], str]
    """Its first page."""
    may_see: str
    """The ability (`audits/permissions.py`) that the first page asks for."""
    progress: Callable[[Audit, User], Progress] | None = None
    """What the audit home shows; without it the method stands in the navigation only."""
    shared_with: Callable[[Audit, User], Iterable[tuple[str, str]]] = lambda audit, user: ()
    """Name and address of what is shared with somebody who may not see the audit itself, as a peer reviewer."""

    # Evidence: what findings and judgements rest on.

    resolve: Callable[[Collection[Reference], User], Mapping[Reference, Evidence]] = lambda references, user: {}
    """What references show now, without what the user may not see and what is gone."""
    evidence_choices: Callable[[Audit, User], Iterable[tuple[Reference, Evidence]]] | None = None
    """What a finding of the audit can be linked to by hand, each with its present caption and figures."""
    parts: Callable[[Reference], Iterable[Reference]] = lambda reference: ()
    """The sources that a larger one is made of, as the factors of an assessment."""
    measure_idea: Callable[[Reference, User], MeasureIdea | None] = lambda reference, user: None
    """What a measure made from a source could be; None where the user may not see it."""
    came_of: Callable[[Audit, Collection[Reference]], Iterable[Consequences]] = lambda audit, references: ()
    """What the published audit made of sources, for everybody to read."""

    # The rights of participants (SAFETY, "People"). They come without a type: their models stand above this module.

    held_for: Callable[[Any], dict[str, Any]] = lambda participant: {}
    """Everything that is held about a participant, for themselves."""
    held_parts: Callable[[Any], Iterable[HeldPart]] = lambda participant: ()
    """The same to be read, in the language of the page: what was given, without its history."""
    held_files: Callable[[Any], Iterable[HeldFile]] = lambda participant: ()
    """The files that are held about a participant."""
    given_by: Callable[[Any], Iterable[Reference]] = lambda participant: ()
    """The sources that rest on what a participant gave, as evidence links name them."""
    erase: Callable[[Any], None] = lambda participant: None
    """Deletes all that is held about a participant."""
    withdrawn: Callable[[Any, str], None] = lambda participant, purpose: None
    """Deletes what rests on a participant's consent to a purpose that was just taken back."""
    rests_on: Callable[[Any, str], Iterable[str]] = lambda participant, purpose: ()
    """What `withdrawn` would delete of theirs, in words with numbers: "3 photos"."""
    words_of: Mapping[str, Callable[[Any], Iterable[Words]]] = field(default_factory=dict)
    """The own words of participants, by the purpose (`Purpose`) without whose consent nobody may repeat them. Called with
    a queryset of participants, each gives those of all of them at once."""
    texts: Callable[[Audit], Iterable[TeamTexts]] = lambda audit: ()
    """The team's texts into which such words may have been copied."""

    # Stakeholders of the register, who are no participants.

    involves: Callable[[Audit, Collection[Any]], Mapping[int, Sequence[Involvement]]] = lambda audit, stakeholders: {}
    """Where stakeholders are involved, by their primary key, for those who may see the register."""
    forget_contact: Callable[[Any], None] = lambda stakeholder: None
    """Deletes what was copied from the register of whoever acts for a stakeholder."""

    # Files, and how long anything is kept.

    files_of: Callable[[Collection[Reference]], Mapping[Reference, SharedFile]] = lambda references: {}
    """Opens the files of sources that have one, for whoever the caller has found entitled to them."""
    shows_picture: Callable[[Audit, uuid.UUID, User], Iterable[tuple[str, str]]] = lambda audit, picture, user: ()
    """Name and address of each file that was made with a picture, by UUID, as far as the user may see it."""
    pictures_gone: Callable[[Audit, Collection[uuid.UUID]], None] = lambda audit, pictures: None
    """Deletes files that were made with pictures which may no longer be shown as they were."""
    words_struck: Callable[[Audit], None] = lambda audit: None
    """Deletes files that may hold words which were just struck out of texts of the audit."""
    expire: Callable[..., dict[str, int]] = lambda before, dry_run: {}
    """`expire(before, dry_run=...)` deletes what retention no longer allows, and answers counts per class."""


_methods: dict[str, Method] = {}


def register(method: Method) -> None:
    """Announces a method. Raises ValueError when the key is taken by another one."""
    if method.key in _methods and _methods[method.key] != method:
        raise ValueError(f"Two methods call themselves {method.key!r}.")
    _methods[method.key] = method


def methods() -> list[Method]:
    """All announced methods in the order of the toolkit."""
    return sorted(_methods.values(), key=lambda method: method.order)


def get(key: str) -> Method | None:
    return _methods.get(key)


def text_on(name: Any, row: Any, column: str = "") -> str:
    """What a text of the team is called that has no name of its own: what it is on, and what it is, the row or one
    column of it (`TeamTexts.named`)."""
    what = row._meta.get_field(column) if column else row._meta
    return _("%(name)s: %(text)s") % {"name": name, "text": what.verbose_name}


def shared_with(audit: Audit, user: User) -> list[tuple[str, str]]:
    """Name and address of all that the methods share with somebody who may not see the audit itself."""
    return [one for method in methods() for one in method.shared_with(audit, user)]


def resolve(references: Iterable[Reference], user: User) -> dict[Reference, Evidence]:
    """Resolves references, those of one method at once; those that cannot be seen or found are left out."""
    found: dict[Reference, Evidence] = {}
    for method, own in _by_method(references):
        found |= method.resolve(own, user)
    return found


def files_of(references: Iterable[Reference]) -> dict[Reference, SharedFile]:
    """The files of the sources that have one, those of one method at once. Who may have them, the caller decides."""
    found: dict[Reference, SharedFile] = {}
    for method, own in _by_method(references):
        found |= method.files_of(own)
    return found


def given_by(participant: Any) -> set[Reference]:
    """The sources of all methods that rest on what the participant gave."""
    return {reference for method in methods() for reference in method.given_by(participant)}


def rests_on(participant: Any, purposes: Iterable[str]) -> list[str]:
    """What all methods would delete of a participant who no longer agrees to these purposes, in words with numbers."""
    return [one for purpose in purposes for method in methods() for one in method.rests_on(participant, purpose)]


def came_of(audit: Audit, references: Collection[Reference]) -> list[Consequences]:
    """What all methods tell of what came of the sources. Whether it may be told yet, the caller decides."""
    return [one for method in methods() for one in method.came_of(audit, references)]


def words_struck(audit: Audit) -> None:
    """Tells all methods that words which somebody took back were struck out of texts of the audit."""
    for method in methods():
        method.words_struck(audit)


def pictures_gone(audit: Audit, pictures: Collection[uuid.UUID]) -> None:
    """Tells all methods that these pictures of the audit, by UUID, are deleted or may no longer be shown as they were."""
    for method in methods():
        method.pictures_gone(audit, pictures)


def files_showing(audit: Audit, picture: uuid.UUID, user: User) -> list[tuple[str, str]]:
    """Name and address of the files that all methods made with a picture of the audit and that the user may see."""
    return [one for method in methods() for one in method.shows_picture(audit, picture, user)]


def forget_contact(stakeholder: Any) -> None:
    """Tells all methods that the contact data of this stakeholder of the register are removed."""
    for method in methods():
        method.forget_contact(stakeholder)


def _by_method(references: Iterable[Reference]) -> Iterator[tuple[Method, list[Reference]]]:
    by_app: dict[str, list[Reference]] = {}
    for reference in dict.fromkeys(references):
        by_app.setdefault(reference.app, []).append(reference)
    for app, own in by_app.items():
        if method := get(app):
            yield method, own


def involvements(audit: Audit, stakeholders: Collection[Any]) -> dict[int, list[Involvement]]:
    """Where stakeholders of the audit's register are involved, by primary key: what all methods know, the latest first."""
    found: dict[int, list[Involvement]] = {}
    for method in methods():
        for key, own in method.involves(audit, stakeholders).items():
            found.setdefault(key, []).extend(own)
    for known in found.values():
        known.sort(key=lambda one: one.date or date.min, reverse=True)
    return found
