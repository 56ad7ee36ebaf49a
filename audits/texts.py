"""Texts as people type them."""


def in_lines(text: str) -> str:
    """The text with the line ends of this house, whichever it came with.

    Browsers send every line end as CR LF and scripts as LF; kept so, a text that nobody touched would be another one.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")
