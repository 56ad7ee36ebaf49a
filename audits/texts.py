"""Texts as people type them."""

import html
import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Sequence

from django.utils.translation import get_language, get_language_bidi

BULLETS = ("- ", "– ", "* ", "• ")
STRUCK = "[…]"
LEAST_COPY = 40
"""So many characters in the same order are somebody's words."""
LEAST_WHOLE = (3, 12)
"""Words and characters from which on all that somebody said, shorter than that, is known again where it stands by
itself: as a sentence, a point, between quotation marks. "More benches please" within a sentence is anybody's."""
LEAST_WITHIN = (5, 24)
"""Words and characters from which on it is known again within a sentence, too."""
RUN = 4
"""So many words in the same order are a copy in a text of which it is known that it repeats somebody: it rests on what
was said as evidence, was written about it, or `Said` has found it.

Why there are two rules: of all other texts of an audit only `Said` may tell which they are, since four words in a row are
anybody's there. By `Said` alone, short phrases would go on standing where they were copied for certain.
"""
_TAG = r"</?[a-z][^<>]*>"
_WORD = re.compile(rf"{_TAG}|&#?\w+;|(\w+)", re.IGNORECASE)
_ON = re.compile(r"(?:[^\S\n]|[,-])*|['’]")
"""What may stand between two words of one phrase."""


def in_lines(text: str) -> str:
    """The text with the line ends of this house, whichever it came with.

    Browsers send every line end as CR LF and scripts as LF; kept so, a text that nobody touched would be another one.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def in_a_line(text: str) -> str:
    """What was typed over several lines, an address, as part of a sentence."""
    return ", ".join(line.strip().rstrip(",") for line in text.splitlines() if line.strip())


def listed(things: Iterable[object]) -> str:
    """ "A; B; C", with the semicolon of the language's writing: what is listed may hold commas itself."""
    semicolon = "؛" if get_language() == "ar" else ";"
    return f"{semicolon} ".join(str(thing) for thing in things)


def isolated(text: str) -> str:
    """What was typed as a part of plain text that may run the other way: its marks stay beside its own words.

    In HTML `<bdi>` does that. Where all runs from left to right, the text is as it was.
    """
    mixed = get_language_bidi() or any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if text and mixed else text


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


def in_words(text: str) -> list[str]:
    """The words of a text by which it is compared: without case, tags and what stands between them."""
    return [match[1].casefold() for match in _places(text)]


def _places(text: str) -> list[re.Match[str]]:
    return [match for match in _WORD.finditer(text) if match[1]]


class Said:
    """What people said, made ready to be found in texts; `said` are pairs of whoever it was and a passage.

    It stands in a text with 40 characters of a passage word for word, or with the whole of a shorter one that is long
    enough to be theirs (`LEAST_WHOLE`). Case, tags and what stands between words do not count.
    """

    def __init__(self, said: Iterable[tuple[Hashable, str]]) -> None:
        self._pieces: dict[str, set[Hashable]] = {}
        self._wholes: dict[tuple[str, ...], list[tuple[Hashable, list[str]]]] = {}
        for who, passage in said:
            words = in_words(passage)
            for piece, _place in _pieces(words):
                self._pieces.setdefault(piece, set()).add(who)
            if _reach(words, LEAST_WHOLE) and len(" ".join(words)) < LEAST_COPY:
                self._wholes.setdefault(tuple(words[: LEAST_WHOLE[0]]), []).append((who, words))

    def __bool__(self) -> bool:
        return bool(self._pieces or self._wholes)

    def found_in(self, text: str) -> set[Hashable]:
        """Whose words stand in the text."""
        return {who for who, _place in self.places_in(text)}

    def places_in(self, text: str) -> Iterator[tuple[Hashable, range]]:
        """Whose words stand where in the text; a place counts its words, as `in_words` gives them."""
        places = _places(text)
        words = [match[1].casefold() for match in places]
        for piece, place in _pieces(words):
            yield from ((who, place) for who in self._pieces.get(piece, ()))
        for start in range(len(words)):
            for who, theirs in self._wholes.get(tuple(words[start : start + LEAST_WHOLE[0]]), ()):
                place = range(start, start + len(theirs))
                if words[start : place.stop] == theirs and (
                    _reach(theirs, LEAST_WITHIN) or _by_itself(text, places, place)
                ):
                    yield who, place


def _pieces(words: Sequence[str]) -> Iterator[tuple[str, range]]:
    """As many characters as make a copy, from the beginning of each word on, with the words that they are of."""
    line, start = " ".join(words), 0
    for first, word in enumerate(words):
        piece = line[start : start + LEAST_COPY]
        if len(piece) < LEAST_COPY:
            return
        yield piece, range(first, first + piece.rstrip().count(" ") + 1)
        start += len(word) + 1


def _reach(words: Sequence[str], least: tuple[int, int]) -> bool:
    return len(words) >= least[0] and len(" ".join(words)) >= least[1]


def _by_itself(text: str, places: Sequence[re.Match[str]], place: range) -> bool:
    """Whether a phrase is set off from the words before and behind it."""
    first, last = places[place.start], places[place.stop - 1]
    before = text[places[place.start - 1].end() : first.start()] if place.start else "\n"
    behind = text[last.end() : places[place.stop].start()] if place.stop < len(places) else "\n"
    return not any(_ON.fullmatch(html.unescape(between)) for between in (before, behind))


def without_passages(text: str, passages: Iterable[str]) -> str:
    """The text with all that was copied from the passages struck out: each run of four words or more (`RUN`), and what
    stands in it for other reasons (`Said`).

    Case and what stands between the words do not count; tags stay. A passage of fewer words is struck where it is the
    whole text: elsewhere it may be anybody's.
    """
    passages = list(passages)
    found = _places(text)
    words = in_words(text)
    copied: set[int] = set()
    for passage in passages:
        theirs = in_words(passage)
        if not theirs:
            continue
        if theirs == words:
            return _struck(text)
        runs = {tuple(theirs[start : start + RUN]) for start in range(len(theirs) - RUN + 1)}
        for start in range(len(words) - RUN + 1):
            if tuple(words[start : start + RUN]) in runs:
                copied.update(range(start, start + RUN))
    for _who, place in Said((None, passage) for passage in passages).places_in(text):
        copied.update(place)
    for last in sorted((place for place in copied if place + 1 not in copied), reverse=True):
        first = last
        while first - 1 in copied:
            first -= 1
        start, end = found[first].start(), found[last].end()
        text = text[:start] + _struck(text[start:end]) + text[end:]
    return text


def _struck(text: str) -> str:
    """What stands in place of a text that is struck: its tags stay where they are, or they would lose their partners."""
    opening = re.match(rf"(?:{_TAG})*", text, re.IGNORECASE)
    kept = opening.end() if opening else 0
    return text[:kept] + STRUCK + "".join(re.findall(_TAG, text[kept:], re.IGNORECASE))
