"""Texts as people type them."""

import html
import re
from collections.abc import Iterable

BULLETS = ("- ", "– ", "* ", "• ")
STRUCK = "[…]"
LEAST_COPY = 40
"""So many characters in the same order are somebody's words."""
RUN = 4
"""So many words in the same order are a copy, fewer may be chance."""


def in_lines(text: str) -> str:
    """The text with the line ends of this house, whichever it came with.

    Browsers send every line end as CR LF and scripts as LF; kept so, a text that nobody touched would be another one.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def in_a_line(text: str) -> str:
    """What was typed over several lines, an address, as part of a sentence."""
    return ", ".join(line.strip().rstrip(",") for line in text.splitlines() if line.strip())


def in_passages(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The text in passages, each a paragraph or the points of a list: one to a line, those of a list after a dash.

    Of the two parts of a passage one is always empty.
    """
    passages: list[tuple[str, tuple[str, ...]]] = []
    points: list[str] = []
    for line in [*(line.strip() for line in text.splitlines()), ""]:
        if line.startswith(BULLETS):
            points.append(line[2:].strip())
            continue
        if points:
            passages.append(("", tuple(points)))
            points = []
        if line:
            passages.append((line, ()))
    return passages


def repeats(text: str, passages: Iterable[str]) -> bool:
    """Whether 40 characters or more of a passage stand in the text word for word; case, tags and what stands between
    words do not count."""
    whole = _normalised(re.sub(r"<[^>]*>", " ", text))
    for passage in map(_normalised, passages):
        pieces = {passage[start : start + LEAST_COPY] for start in range(len(passage) - LEAST_COPY + 1)}
        if any(whole[start : start + LEAST_COPY] in pieces for start in range(len(whole) - LEAST_COPY + 1)):
            return True
    return False


def _normalised(text: str) -> str:
    return " ".join(re.findall(r"\w+", html.unescape(text).casefold()))


def without_passages(text: str, passages: Iterable[str]) -> str:
    """The text with all that was copied from the passages struck out: each run of four words or more.

    Case and what stands between the words do not count. A passage of fewer words is struck where it is the whole text:
    elsewhere it may be anybody's.
    """
    found = list(re.finditer(r"\w+", text))
    words = [match[0].casefold() for match in found]
    copied: set[int] = set()
    for passage in passages:
        theirs = [word.casefold() for word in re.findall(r"\w+", passage)]
        if not theirs:
            continue
        if theirs == words:
            return STRUCK
        runs = {tuple(theirs[start : start + RUN]) for start in range(len(theirs) - RUN + 1)}
        for start in range(len(words) - RUN + 1):
            if tuple(words[start : start + RUN]) in runs:
                copied.update(range(start, start + RUN))
    for last in sorted((place for place in copied if place + 1 not in copied), reverse=True):
        first = last
        while first - 1 in copied:
            first -= 1
        text = text[: found[first].start()] + STRUCK + text[found[last].end() :]
    return text
