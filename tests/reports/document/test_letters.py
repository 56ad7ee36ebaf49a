import pytest

from reports.document import letters

MARK = letters.MARK


@pytest.mark.parametrize(
    ("written", "printed", "lacking"),
    [
        ("Velmora – Загреб – القاهرة – “čćž” 1\N{NARROW NO-BREAK SPACE}000", None, {}),
        ("Good \N{THUMBS UP SIGN}\U0001f3fd!", f"Good {MARK}!", {"\N{THUMBS UP SIGN}\U0001f3fd": 1}),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", MARK, {"\U0001f468\u200d\U0001f469\u200d\U0001f467": 1}),
        ("Stop → square ✓, ≥ 5 ≈ 6, გზა", None, {}),
        ("✔\ufe0f done ✅", f"✔ done {MARK}", {"✅": 1}),
        ("路口, 口", f"{MARK * 2}, {MARK}", {"路": 1, "口": 2}),
        ("1\ufe0f, می\u200cخواهم", "1, می\u200cخواهم", {}),
        ("a\u2028b\ufeffc\x85d", "abcd", {}),
    ],
)
def test_letters_that_no_font_has_are_marked_and_counted(written, printed, lacking):
    assert letters.printable(written) == (printed if printed is not None else written, lacking)
