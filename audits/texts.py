"""Texts as people type them."""

BULLETS = ("- ", "– ", "* ", "• ")


def in_lines(text: str) -> str:
    """The text with the line ends of this house, whichever it came with.

    Browsers send every line end as CR LF and scripts as LF; kept so, a text that nobody touched would be another one.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


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
