from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from audits.enums import REQUIRED_TOPICS
from audits.forms import ContextGrid
from audits.forms.context import MAX_ROWS, MAX_YEARS
from tests.factories import AuditFactory, ContextIndicatorFactory


def posted(years, *rows, version="1"):
    """The fields of a table: each row is (topic, name, unit, source, figures...), or a dict for a known indicator."""
    data = {"version": version, **{f"year-{column}": year for column, year in enumerate(years)}}
    for index, (topic, name, unit, source, *figures) in enumerate(rows):
        data |= {
            f"row-{index}-topic": topic,
            f"row-{index}-name": name,
            f"row-{index}-unit": unit,
            f"row-{index}-source": source,
            f"row-{index}-id": "",
        }
        data |= {f"row-{index}-figure-{column}": figure for column, figure in enumerate(figures)}
    return data


def typed(*arguments, **options):
    grid = ContextGrid.typed(posted(*arguments, **options))
    grid.is_valid()
    return grid


def errors(grid):
    return {
        name: list(found)
        for form in grid.forms
        for name, found in [(form.add_prefix(n), e) for n, e in form.errors.items()]
    }


def test_table_as_typed_becomes_rows():
    grid = typed(["2022", "2023"], ("population", "Inhabitants", "people", "Office", "1,000", "1,100.5"))
    (row,) = grid.indicator_rows()
    assert (row.topic, row.name, row.unit, row.source, row.pk) == (
        "population",
        "Inhabitants",
        "people",
        "Office",
        None,
    )
    assert row.figures == {2022: 1000, 2023: Decimal("1100.5")}


def test_counts_are_not_below_none_and_balances_may_be():
    grid = typed(
        ["2022"],
        ("population", "Inhabitants", "people", "", "-5"),
        ("population", "Natural growth", "people", "", "-300"),
        ("economy", "Growth", "%", "", "-1.5"),
        ("territory", "Area", "km²", "", "0"),
    )
    assert errors(grid) == {"row-0-figure-0": ["There cannot be less than none of “Inhabitants”."]}


@time_machine.travel("2026-03-01 12:00", tick=False)
def test_years_go_as_far_as_projections():
    assert errors(typed(["2051", "2052"])) == {"year-1": ["2051 is the last year that can stand here."]}


@pytest.mark.parametrize(("language", "text"), [("en", "1,100.5"), ("bg", "1 100,5"), ("it", "1.100,5")])
def test_figures_are_read_in_the_language_of_the_page(language, text):
    with translation.override(language):
        (row,) = typed(["2022"], ("tcn", "Permits", "", "", text)).indicator_rows()
    assert row.figures == {2022: Decimal("1100.5")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("about 9", "“about 9” is not a figure. Write digits only; the unit has a column of its own."),
        ("1,23,4", "The commas and points of “1,23,4” do not fit together."),
        ("1.23456", "At most 4 decimals are possible."),
        ("1" * 15, "At most 14 digits before the decimal sign are possible."),
    ],
)
def test_bad_cell_is_named_beside_the_cell_with_what_was_typed(text, said):
    grid = typed(["2022", "2023"], ("tcn", "Permits", "", "", "5", text))
    assert errors(grid) == {"row-0-figure-1": [said]}
    cell = grid.rows[0].figure_fields[1]
    assert cell.value() == text
    assert cell.label == "Permits, 2023"


def test_figure_that_can_be_read_in_two_ways_is_asked_about():
    with translation.override("bg"):
        grid = typed(["2022"], ("tcn", "Разрешения", "", "", "1.234"))
        assert "1,234" in errors(grid)["row-0-figure-0"][0]
        assert "1234" in errors(grid)["row-0-figure-0"][0]


def test_row_needs_a_name_and_a_topic_once_anything_stands_in_it():
    grid = typed(["2022"], ("", "", "", "", "5"), ("", "", "", "", ""))
    assert errors(grid) == {"row-0-name": ["Write what is counted."], "row-0-topic": ["Choose the topic."]}


def test_columns_need_a_year_that_stands_once():
    figures = ("1", "2", "3", "4")
    grid = typed(["2022", "2022", "", "22"], ("tcn", "Permits", "", "", *figures))
    assert errors(grid) == {
        "year-1": ["2022 stands twice."],
        "year-2": ["Write the year of this column."],
        "year-3": ["Write the year with four digits."],
    }


def test_empty_column_needs_no_year():
    grid = typed(["2022", ""], ("tcn", "Permits", "", "", "5", ""))
    assert errors(grid) == {}


def test_indicator_stands_once():
    grid = typed(["2022"], ("tcn", "Permits", "", "", "1"), ("tcn", "PERMITS", "", "", "2"))
    assert errors(grid) == {"row-1-name": ["This indicator is in the table already."]}


def test_too_long_texts_are_named():
    grid = typed(["2022"], ("tcn", "x" * 161, "", "", "1"))
    assert list(errors(grid)) == ["row-0-name"]


def test_rows_and_years_beyond_the_limit_are_refused_and_not_cut():
    rows = [("tcn", f"Row {number}", "", "", "1") for number in range(MAX_ROWS + 5)]
    grid = typed([str(1950 + year) for year in range(MAX_YEARS + 5)], *rows)
    assert len(grid.rows) == MAX_ROWS + 5
    assert grid.non_form_errors() == [
        "The table has 55 rows; at most 50 can be saved.",
        "The table has 17 years; at most 12 can be saved.",
    ]
    assert grid.total_error_count() >= 2


def test_suggested_row_left_empty_does_not_stand_in_the_way_of_ones_own():
    grid = typed(
        ["2022"],
        ("population", "Inhabitants", "people", "", ""),
        ("population", "Inhabitants", "persons", "Office", "10"),
    )
    assert errors(grid) == {}


@pytest.mark.django_db
def test_new_table_suggests_the_needed_topics_and_the_three_years_before():
    grid = ContextGrid.of(AuditFactory(), [])
    assert [field.value() for field in grid.years] == [2023, 2024, 2025]
    assert [row["topic"].value() for row in grid.rows] == [*(topic.value for topic in REQUIRED_TOPICS), None]


def test_suggested_rows_that_nobody_filled_in_are_not_saved():
    grid = typed(
        ["2022"],
        ("population", "Inhabitants", "people", "", "10"),
        ("territory", "Area of the municipality", "km²", "", ""),
        ("tcn", "My own name", "", "", ""),
    )
    assert [row.name for row in grid.indicator_rows()] == ["Inhabitants", "My own name"]


@pytest.mark.django_db
def test_saved_table_is_shown_as_the_language_writes_figures():
    audit = AuditFactory()
    ContextIndicatorFactory(audit=audit, figures={2022: Decimal("1234567.5"), 2024: Decimal("3")})
    with translation.override("it"):
        grid = ContextGrid.of(audit, audit.context_indicators.all())
        shown = [field.field.prepare_value(field.value()) for field in grid.rows[0].figure_fields]
    assert [field.value() for field in grid.years] == [2022, 2024, 2025]
    assert shown == ["1.234.567,5", "3", ""]


@pytest.mark.parametrize("change", ["with_another_row", "with_another_year"])
def test_adding_loses_nothing_that_was_typed(change):
    before = ContextGrid.typed(posted(["2022", "x"], ("tcn", "Permits", "", "", "about 9", "5")))
    after = getattr(before, change)()
    assert after.rows[0].figure_fields[0].value() == "about 9"
    assert [field.value() for field in after.years][:2] == ["2022", "x"]
    assert (len(after.rows), len(after.years.fields)) == ((2, 2) if change == "with_another_row" else (1, 3))


def test_added_year_follows_the_last_one():
    grid = ContextGrid.typed(posted(["2022", "2024"])).with_another_year()
    assert [field.value() for field in grid.years] == ["2022", "2024", "2025"]


def test_removed_row_leaves_the_others_as_typed():
    grid = ContextGrid.typed(posted(["2022"], ("tcn", "A", "", "", "1"), ("tcn", "B", "", "", "2")))
    assert [row["name"].value() for row in grid.without_row("0").rows] == ["B"]


@pytest.mark.django_db
def test_differences_name_each_cell_with_both_values():
    audit = AuditFactory()
    saved = ContextIndicatorFactory(audit=audit, name="Inhabitants", source="Office", figures={2022: 1000, 2023: 5})
    theirs = ContextIndicatorFactory(audit=audit, name="Births", figures={2022: 7})
    data = posted(["2022", "2023"], ("population", "Inhabitants", "people", "Census", "2,000", "5"))
    data["row-0-id"] = str(saved.pk)
    grid = ContextGrid.typed(data)
    assert grid.is_valid()
    found = [(one.label, one.yours, one.saved) for one in grid.differences([saved, theirs])]
    assert ("Inhabitants, Source", "Census", "Office") in found
    assert ("Inhabitants, 2022", "2,000", "1,000") in found
    assert ("Births, 2022", "", "7") in found
    assert not any(label == "Inhabitants, 2023" for label, *_both in found)
    over = grid.over(audit, [saved, theirs])
    assert over.version == audit.context_version
    assert [row["name"].value() for row in over.rows] == ["Inhabitants", "Births"]


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_nonsense_for_a_version_is_simply_an_old_one(version):
    assert ContextGrid.typed(posted(["2022"], version=version)).version != 1
