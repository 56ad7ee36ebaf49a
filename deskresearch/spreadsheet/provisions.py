r"""Provisions in one cell: each a paragraph, its page behind it in square brackets.

A paragraph that begins with # is a remark; a text that itself begins so is written as \#, brackets in a page as \[ \].
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext

from audits.spreadsheet import REMARK

from ..actions import ProvisionInput
from ..enums import ProvisionTopic

# Spreadsheet programs take no more letters in a cell than 32,767.
MOST_LETTERS = 32_000
PAGE = re.compile(r"(.*\S)\s*(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]", re.DOTALL)


def escaped(text: str) -> str:
    r"""A text so that it is no remark: "#MeToo" as "\#MeToo". `unescaped` gives the same text again."""
    return f"\\{text}" if re.match(rf"\\*{REMARK}", text) else text


def unescaped(text: str) -> str:
    return text[1:] if re.match(rf"\\+{REMARK}", text) else text


def _bracketed(page: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", page)


def joined(provisions: Iterable[tuple[str, str]]) -> tuple[str, int]:
    """Texts with their pages as one cell, and how many did not fit. What is written is read as the same again."""
    cell, left_out = "", 0
    for text, page in provisions:
        paragraph = re.sub(r"\n\s*\n", "\n", text)
        # An own bracket at the end would be taken for a page.
        paragraph = escaped(paragraph.strip())
        paragraph += f" [{_bracketed(page)}]" if page or paragraph.endswith("]") else ""
        longer = f"{cell}\n\n{paragraph}" if cell else paragraph
        if left_out or len(longer) > MOST_LETTERS:
            left_out += 1
        else:
            cell = longer
    return cell, left_out


def separated(cell: str, topic: ProvisionTopic) -> list[ProvisionInput]:
    """The provisions of a cell, without its remarks."""
    found = []
    for text in _paragraphs(cell):
        if text.startswith(REMARK):
            continue
        split = PAGE.fullmatch(text)
        quotation, page = (split[1], re.sub(r"\\(.)", r"\1", split[2]).strip()) if split else (text, "")
        found.append(ProvisionInput(topic, unescaped(quotation), page))
    return found


def remarks(cell: str) -> list[str]:
    """The paragraphs of a cell that are not brought in."""
    return [text for text in _paragraphs(cell) if text.startswith(REMARK)]


def _paragraphs(cell: str) -> list[str]:
    paragraphs = re.split(r"\n\s*\n", cell.replace("\r\n", "\n"))
    return [text for paragraph in paragraphs if (text := paragraph.strip())]


def rest(number: int) -> str:
    """The remark under provisions that did not all fit in their cell, in the active language."""
    said = ngettext(
        "%(number)s more stands in the sheet of provisions.",
        "%(number)s more stand in the sheet of provisions.",
        number,
    )
    return f"{REMARK} {said % {'number': number}}"


def is_rest(remark: str) -> bool:
    """Whether a remark is that one, in any language."""
    number = int("".join(re.findall(r"[0-9]{1,4}", remark)[:1]) or 0)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            if remark == rest(number):
                return True
    return False
