"""The grid of the city's context figures: indicators in rows, years in columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions.context import IndicatorRow
from ..enums import MINIMUM_YEARS, REQUIRED_TOPICS, IndicatorTopic
from ..models import Audit, ContextFigure, ContextIndicator
from .fields import FigureField, in_words

# Together they stay below the number of fields that a request may have.
MAX_ROWS = 50
MAX_YEARS = 12

# What a new table suggests for the topics that the report needs: name and unit.
SUGGESTED = {
    IndicatorTopic.POPULATION: (gettext_lazy("Inhabitants"), gettext_lazy("people")),
    IndicatorTopic.TERRITORY: (gettext_lazy("Area of the municipality"), gettext_lazy("km²")),
    IndicatorTopic.TCN: (gettext_lazy("Third-country nationals living in the city"), gettext_lazy("people")),
}
TEXTS = ("topic", "name", "unit", "source")


PROJECTED_YEARS = 25
"""How far ahead statistical offices project a city's population; a later year is a slip."""


def _last_year() -> int:
    return timezone.localdate().year + PROJECTED_YEARS


class YearsForm(forms.Form):
    """The heads of the columns."""

    def __init__(self, data=None, *, columns: int, initial=None):
        super().__init__(data, initial=initial, auto_id="%s")
        for column in range(columns):
            self.fields[f"year-{column}"] = forms.IntegerField(
                label=_("Year in column %(number)d") % {"number": column + 1},
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "size": 4}),
                validators=[
                    MinValueValidator(1900, _("Write the year with four digits.")),
                    MaxValueValidator(_last_year, _("%(limit_value)d is the last year that can stand here.")),
                ],
                error_messages={"invalid": _("Write the year with four digits.")},
            )

    def clean(self):
        cleaned = super().clean()
        seen = set()
        for name, year in list(cleaned.items()):
            if year in seen:
                self.add_error(name, _("%(year)d stands twice.") % {"year": year})
            if year:
                seen.add(year)

    @property
    def years(self) -> list[int | None]:
        return [self.cleaned_data.get(name) for name in self.fields]


class IndicatorForm(forms.Form):
    """One row."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    topic = forms.ChoiceField(
        label=gettext_lazy("Topic"), required=False, choices=[("", gettext_lazy("Choose")), *IndicatorTopic.choices]
    )
    name = forms.CharField(label=gettext_lazy("Indicator"), required=False, max_length=160)
    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, max_length=40)
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=300)

    def __init__(self, data=None, *, index: int, years: list, initial=None):
        super().__init__(data, prefix=f"row-{index}", initial=initial, auto_id="%s")
        self.index = index
        for column, year in enumerate(years):
            self.fields[f"figure-{column}"] = FigureField(
                label=str(year or _("column %(number)d") % {"number": column + 1}),
                required=False,
                stored=ContextFigure._meta.get_field("value"),
            )
        self.called = self["name"].value() or ""
        self.title = self.called or _("row %(number)d") % {"number": index + 1}
        for field in self.fields.values():
            field.column = field.label
            field.label = f"{self.title}, {field.column}"
            if not field.widget.is_hidden:
                field.widget.attrs["aria-label"] = field.label

    @property
    def figure_fields(self):
        return [self[name] for name in self.fields if name.startswith("figure-")]

    @property
    def figures(self) -> list[Decimal | None]:
        return [self.cleaned_data.get(field.name) for field in self.figure_fields]

    @property
    def is_empty(self) -> bool:
        """Nothing was typed, or only what the table itself had suggested stands there."""
        written = {field: str(self[field].value() or "") for field in TEXTS}
        if any(field.value() for field in self.figure_fields) or written["source"]:
            return False
        suggestion = tuple(map(str, SUGGESTED.get(written["topic"], ())))
        return not self["id"].value() and (written["name"], written["unit"]) in (("", ""), suggestion)

    def clean(self):
        cleaned = super().clean()
        if not self.is_empty:
            if not cleaned.get("name") and "name" not in self.errors:
                self.add_error("name", _("Write what is counted."))
            if not cleaned.get("topic") and "topic" not in self.errors:
                self.add_error("topic", _("Choose the topic."))
        if self._is_count(cleaned):
            for field in self.figure_fields:
                figure = cleaned.get(field.name)
                if figure is not None and figure < 0:
                    self.add_error(field.name, _("There cannot be less than none of “%(name)s”.") % cleaned)
        return cleaned

    @staticmethod
    def _is_count(cleaned) -> bool:
        """Whether a row is one of those that the table suggests; of others it is not known, a balance can be below 0."""
        name, _unit = SUGGESTED.get(cleaned.get("topic"), (None, None))
        return name is not None and cleaned.get("name") == str(name)


@dataclass(frozen=True)
class Difference:
    """A cell in which two tables differ, as both write it."""

    label: str
    yours: str
    saved: str


class ContextGrid:
    """The whole table as one form: `ContextGrid.of` to show it, `ContextGrid.typed` to check it.

    To a template it is a formset: `forms`, `non_form_errors`, `total_error_count`.
    """

    def __init__(self, version: int, years: YearsForm, rows: list[IndicatorForm]):
        self.version = version
        self.years = years
        self.rows = rows

    @classmethod
    def of(cls, audit: Audit, indicators: Iterable[ContextIndicator]) -> ContextGrid:
        """The saved table, with a row suggested for each needed topic that has none, and an empty row."""
        indicators = list(indicators)
        years = sorted({figure.year for indicator in indicators for figure in indicator.figures.all()})
        before = audit.starts_on.year
        while len(years) < MINIMUM_YEARS:
            before -= 1
            years = sorted({*years, before})
        rows = [_initial(indicator, years) for indicator in indicators]
        topics = {indicator.topic for indicator in indicators}
        for topic in REQUIRED_TOPICS:
            if topic not in topics:
                name, unit = SUGGESTED[topic]
                rows.append({"topic": topic.value, "name": str(name), "unit": str(unit)})
        return cls._shown(audit.context_version, years, [*rows, {}])

    @classmethod
    def typed(cls, data) -> ContextGrid:
        """The table as it was posted."""
        columns = 1 + max(
            (int(found[1]) for key in data if (found := re.fullmatch(r"year-(\d{1,3})", key))), default=-1
        )
        # Far beyond the limits nobody has typed anything: more is not even looked at.
        years = YearsForm(data, columns=min(columns, 4 * MAX_YEARS))
        indexes = {int(found[1]) for key in data if (found := re.fullmatch(r"row-(\d{1,3})-name", key))}
        labels = [field.value() for field in years]
        rows = [IndicatorForm(data, index=index, years=labels) for index in sorted(indexes)[: 4 * MAX_ROWS]]
        version = str(data.get("version", ""))
        return cls(int(version) if version.isdecimal() else 0, years, rows)

    @classmethod
    def _shown(cls, version: int, years: list, rows: list[dict]) -> ContextGrid:
        heads = YearsForm(columns=len(years), initial={f"year-{column}": year for column, year in enumerate(years)})
        return cls(
            version,
            heads,
            [IndicatorForm(index=index, years=years, initial=row) for index, row in enumerate(rows)],
        )

    # What the buttons do that work without a script: the same table, unchecked and unsaved, a little changed.

    def with_another_row(self) -> ContextGrid:
        return self._shown(self.version, self._years(), [*self._rows(), {}])

    def with_another_year(self) -> ContextGrid:
        years = self._years()
        numbers = [int(year) for year in years if str(year).isdecimal()]
        new = str(max(numbers) + 1) if numbers else ""
        return self._shown(self.version, [*years, new], self._rows())

    def without_row(self, index: str) -> ContextGrid:
        return self._shown(self.version, self._years(), [row for row in self._rows() if str(row["index"]) != index])

    def over(self, audit: Audit, indicators: Iterable[ContextIndicator]) -> ContextGrid:
        """The typed table, ready to be saved over what others saved; rows and years that only they have are added."""
        rows, years = self._rows(), self._years()
        saved = list(indicators)
        others = sorted({figure.year for one in saved for figure in one.figures.all()} - set(map(_number, years)))
        by_id = {str(one.pk): one for one in saved}
        by_name = {one.name.casefold(): one for one in saved}
        added = {f"figure-{column}" for column in range(len(years), len(years) + len(others))}
        years += others
        for row in rows:
            same = by_id.get(str(row["id"])) or by_name.get(str(row["name"]).casefold())
            if same:
                row |= {name: value for name, value in _initial(same, years).items() if name in added}
                saved = [one for one in saved if one != same]
        return self._shown(audit.context_version, years, [*rows, *(_initial(one, years) for one in saved)])

    def is_valid(self) -> bool:
        """Checks all cells, and what only the table as a whole can tell. Errors stand at the cells."""
        for form in self.forms:
            form.full_clean()
        for column, year in enumerate(self.years.years):
            name = f"year-{column}"
            used = any(row.figure_fields[column].value() for row in self.rows)
            if not year and used and name not in self.years.errors:
                self.years.add_error(name, _("Write the year of this column."))
        seen = set()
        for row in self.rows:
            name = row.cleaned_data.get("name", "").casefold()
            if row.is_empty:
                continue
            if name and name in seen:
                row.add_error("name", _("This indicator is in the table already."))
            seen.add(name)
        return not self.total_error_count()

    def indicator_rows(self) -> list[IndicatorRow]:
        """The rows of a valid table."""
        return [
            IndicatorRow(
                **{field: row.cleaned_data[field] for field in TEXTS},
                figures={
                    year: figure
                    for year, figure in zip(self.years.years, row.figures, strict=True)
                    if year and figure is not None
                },
                pk=row.cleaned_data["id"],
            )
            for row in self.rows
            if not row.is_empty
        ]

    def differences(self, indicators: Iterable[ContextIndicator]) -> list[Difference]:
        """In which cells a valid table differs from the saved one."""
        mine = self.indicator_rows()
        found = []
        for indicator in indicators:
            same = [row for row in mine if row.pk == indicator.pk]
            same = same or [row for row in mine if row.name.casefold() == indicator.name.casefold()]
            found += _row_differences(same[0] if same else None, _as_row(indicator))
            mine = [row for row in mine if row not in same]
        for row in mine:
            found += _row_differences(row, None)
        return found

    @property
    def forms(self) -> list[forms.Form]:
        return [self.years, *self.rows]

    def non_form_errors(self) -> list[str]:
        """What is wrong with the table as a whole. Nothing that was typed is cut off: it is shown and refused."""
        found = []
        if len(self.rows) > MAX_ROWS:
            found.append(
                _("The table has %(number)d rows; at most %(most)d can be saved.")
                % {"number": len(self.rows), "most": MAX_ROWS}
            )
        if len(self._years()) > MAX_YEARS:
            found.append(
                _("The table has %(number)d years; at most %(most)d can be saved.")
                % {"number": len(self._years()), "most": MAX_YEARS}
            )
        return found

    def total_error_count(self) -> int:
        return len(self.non_form_errors()) + sum(len(form.errors) for form in self.forms if form.is_bound)

    def _years(self) -> list:
        return [field.value() for field in self.years]

    def _rows(self) -> list[dict]:
        return [{"index": row.index, **{field.name: field.value() for field in row}} for row in self.rows]


def _initial(indicator: ContextIndicator, years: list) -> dict:
    figures = {str(figure.year): figure.value for figure in indicator.figures.all()}
    return {
        "id": indicator.pk,
        **{field: getattr(indicator, field) for field in TEXTS},
        **{f"figure-{column}": figures.get(str(year)) for column, year in enumerate(years)},
    }


def _number(year) -> int | None:
    return int(year) if str(year).isdecimal() else None


def _as_row(indicator: ContextIndicator) -> IndicatorRow:
    return IndicatorRow(
        **{field: getattr(indicator, field) for field in TEXTS},
        figures={figure.year: figure.value for figure in indicator.figures.all()},
    )


def _row_differences(mine: IndicatorRow | None, saved: IndicatorRow | None) -> list[Difference]:
    name = (mine or saved).name
    found = []
    for field in TEXTS:
        yours, theirs = (getattr(row, field) if row else "" for row in (mine, saved))
        if yours != theirs:
            label = f"{name}, {IndicatorForm.base_fields[field].label}"
            if field == "topic":
                yours, theirs = (IndicatorTopic(one).label if one else "" for one in (yours, theirs))
            found.append(Difference(label, str(yours), str(theirs)))
    years = sorted({*(mine.figures if mine else ()), *(saved.figures if saved else ())})
    for year in years:
        yours, theirs = (row.figures.get(year) if row else None for row in (mine, saved))
        if yours != theirs:
            found.append(Difference(f"{name}, {year}", in_words(yours), in_words(theirs)))
    return found
