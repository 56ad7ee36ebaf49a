"""Paper forms."""

from __future__ import annotations

from .tree import node


@node
class FormSheet:
    """One participant's copy: its printed number and the receipt code on its tear-off ("" prints a line to
    write on).
    """

    number: str
    code: str = ""


@node
class FormChoice:
    """A question that is answered by ticking one or several boxes; `words` say more about it."""

    label: str
    options: tuple[str, ...]
    words: str = ""


@node
class FormFields:
    """Lines to write on, two beside each other, each with its name."""

    names: tuple[str, ...]


@node
class FormItem:
    """A statement to score on paper."""

    code: str
    statement: str


@node
class FormSection:
    """The statements of one area (repeated by the maker for each place where it is filled once per place).

    `fields` are lines to fill in above ("Name of area", "Date"); `ideas` heads the writing lines below.
    """

    title: str
    items: tuple[FormItem, ...]
    area: str = ""
    fields: tuple[str, ...] = ()
    ideas: str = ""


@node
class PaperForm:
    """The checklist as a paper form, once per sheet: first page with instructions and tear-off, then the
    statements.

    `poor` and `excellent` are the words of the scale's ends; `receipt` is the text on the tear-off. `called` is what a
    copy is called instead of "Sheet"; without sections it is a single page.
    """

    title: str
    sheets: tuple[FormSheet, ...]
    sections: tuple[FormSection, ...] = ()
    poor: str = ""
    excellent: str = ""
    intro: tuple[str, ...] = ()
    choices: tuple[FormChoice, ...] = ()
    receipt: str = ""
    called: str = ""


@node
class Cards:
    """Cards to cut out: a large number on each ("" prints none), below it the receipt code on a tear-off.

    `called` is the word before the number, `lines` stand on the card, `receipt` on its tear-off.
    """

    called: str
    cards: tuple[FormSheet, ...]
    lines: tuple[str, ...] = ()
    receipt: tuple[str, ...] = ()
