"""Provisions in one cell: each a paragraph, its page behind it in square brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audits.spreadsheet import REMARK

from ..actions import ProvisionInput
from ..enums import ProvisionTopic

# Spreadsheet programs take no more letters in a cell than 32,767.
MOST_LETTERS = 32_000


def joined(provisions: Iterable[tuple[str, str]]) -> tuple[str, int]:
    """Texts with their pages as one cell, and how many did not fit. What is written is read as the same again."""
    cell, left_out = "", 0
    for text, page in provisions:
        paragraph = re.sub(r"\n\s*\n", "\n", text)
        # An own bracket at the end would be taken for a page.
        paragraph += f" [{page}]" if page or paragraph.endswith("]") else ""
        longer = f"{cell}\n\n{paragraph}" if cell else paragraph
        if left_out or len(longer) > MOST_LETTERS:
            left_out += 1
        else:
            cell = longer
    return cell, left_out


def separated(cell: str, topic: ProvisionTopic) -> list[ProvisionInput]:
    """The provisions of a cell; paragraphs that begin with # are remarks."""
    found = []
    for paragraph in re.split(r"\n\s*\n", cell.replace("\r\n", "\n")):
        text = paragraph.strip()
        if not text or text.startswith(REMARK):
            continue
        page = re.fullmatch(r"(.*\S)\s*\[([^\[\]]*)\]", text, re.DOTALL)
        found.append(ProvisionInput(topic, page[1] if page else text, page[2].strip() if page else ""))
    return found
