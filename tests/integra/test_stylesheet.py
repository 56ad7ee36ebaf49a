"""A brace lost in a merge puts all that follows into one media query, and nobody hears of it."""

import re
from pathlib import Path

SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "app.css"


def test_each_section_of_the_stylesheet_begins_outside_any_block():
    depth, inside = 0, []
    for line in SHEET.read_text(encoding="utf-8").splitlines():
        if re.match(r"/\* .*---", line) and depth:
            inside.append(line)
        depth += line.count("{") - line.count("}")
    assert not inside
    assert depth == 0
