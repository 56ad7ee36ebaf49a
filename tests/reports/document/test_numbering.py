import pytest

from reports.document import blocks as b
from reports.document import numbering


def document(*parts):
    return b.Document("Title", "en", "City", "Running", chapters=(b.Section("one", "One", number="1.1", blocks=parts),))


def test_codes_and_numbers_follow_the_order_of_the_text():
    table = b.Table("First", (b.Column("a"),), ())
    tree, references = numbering.number(
        document(
            b.Finding("f-b", "Idea", "second in the list, first in the text"),
            table,
            b.Section(
                "inner",
                "Inner",
                blocks=(b.Finding("f-a", "Idea", "later"), b.Table("Second", (b.Column("a"),), (), key="t")),
            ),
            b.Figure("m", "alt", "Map"),
            b.Recommendation("r", "Do", "it", evidence=("f-a",)),
            b.References((b.Source("s", "Book"),)),
        )
    )
    assert (references["f-b"].text, references["f-a"].text, references["r"].text) == ("F1", "F2", "R1")
    assert (references["table-1"].number, references["t"].number, references["figure-1"].number) == (1, 2, 1)
    assert (references["s"].kind, references["s"].number, references["one"].text) == ("source", 1, "1.1")
    assert [part.code for part in numbering.walk(tree) if isinstance(part, b.Finding)] == ["F1", "F2"]


def test_unnumbered_tables_and_given_codes_stay():
    tree, references = numbering.number(
        document(b.Table("Agenda", (b.Column("a"),), (), numbered=False), b.Finding("f", "Idea", "text", code="F12"))
    )
    assert references["f"].text == "F12"
    assert "table-1" not in references
    assert numbering.number(tree)[0] == tree


def test_two_parts_with_one_key_are_refused():
    with pytest.raises(ValueError, match="'f' occurs twice"):
        numbering.number(document(b.Finding("f", "Idea", "a"), b.Finding("f", "Idea", "b")))
