"""Bringing in invitees from a table: the file, and its people on the way to the list.

Nothing of a file is kept: the page carries the rows along until they are on the list, so that contact data stand nowhere
where they would have to be deleted again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from audits.forms.imports import SpreadsheetForm

from ..actions.people import known_by
from ..models import FocusGroup
from ..spreadsheet.invitees import MOST_ROWS, read
from .invitees import PersonForm

MOST_SHOWN = 50
"""As many rows as can be corrected at once; the others come after them."""
LENGTH = 400
"""No value of a row is longer, or it is cut: every field takes less."""
FIELDS = tuple(PersonForm.base_fields)


class UploadForm(SpreadsheetForm):
    """The file; its rows are `found`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, read=read, limits=_("XLSX or CSV, at most 5 MB and 300 people"), **kwargs)


class RowsForm(forms.Form):
    """The rows that a page carries: those that can be corrected field by field, the others in one piece."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    rest = forms.JSONField(widget=forms.HiddenInput, required=False)

    def clean_shown(self):
        numbers = self.cleaned_data["shown"].split()
        if len(numbers) > MOST_SHOWN or not all(number.isdecimal() and len(number) < 7 for number in numbers):
            raise ValidationError(_("This page has been changed. Choose the file again."), code="changed")
        return [int(number) for number in numbers]

    def clean_rest(self):
        rest = self.cleaned_data["rest"] or []
        sound = isinstance(rest, list) and len(rest) <= MOST_ROWS and all(map(_is_row, rest))
        if not sound:
            raise ValidationError(_("This page has been changed. Choose the file again."), code="changed")
        return rest

    @property
    def rows(self) -> list[dict[str, Any]]:
        """All rows in the order of the file."""
        typed = [
            {"row": number, **{name: self.data.get(f"row-{number}-{name}", "") for name in FIELDS}}
            for number in self.cleaned_data["shown"]
        ]
        return sorted([*typed, *self.cleaned_data["rest"]], key=lambda row: row["row"])


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and isinstance(row.get("row"), int) and set(row) <= {"row", *FIELDS}


def _offer_what_stands(form: PersonForm) -> None:
    """What a cell says that is not in the list stands in the list of its field: the page shows it, and sends it again
    until it is corrected. It is refused as before."""
    for name in ("target_group", "gender"):
        said = form[name].data
        choices = form.fields[name].widget.choices
        if said not in dict(choices):
            form.fields[name].widget.choices = [*choices, (said, _("“%(value)s” in the file") % {"value": said})]


def _known_by(form: PersonForm) -> tuple[str, str]:
    return known_by(*(form.cleaned_data[name] for name in ("email", "name", "organisation")))


class Preview:
    """The rows of a table, each checked: `good` can be put on the list, `bad` say what is wrong with them, `there` are
    on the list already (`known_by`). Of a good row whose address others have too, `sharing` says who.
    """

    def __init__(self, group: FocusGroup, rows: list[dict[str, Any]]):
        self.good: list[PersonForm] = []
        self.bad: list[PersonForm] = []
        self.there: list[PersonForm] = []
        self.standing: set[tuple[str, str]] = set()
        self.people: set[tuple[str, str]] = set()
        self.addresses: dict[str, list[str]] = defaultdict(list)
        for email, name, organisation in group.invitees.values_list("email", "name", "organisation"):
            self.standing.add(known_by(email, name, organisation))
            self.people.add(known_by("", name, organisation))
            self.addresses[email.casefold()].append(name)
        self.taken: dict[tuple[str, str], int] = {}
        self.values = {row["row"]: row for row in rows}
        for number, row in self.values.items():
            form = PersonForm(
                {f"row-{number}-{name}": str(row.get(name, ""))[:LENGTH] for name in FIELDS}, prefix=f"row-{number}"
            )
            form.row = number
            _offer_what_stands(form)
            if not form.is_valid():
                self.bad.append(form)
            elif _known_by(form) in self.standing:
                self.there.append(form)
            else:
                self._check_double(form)
                (self.bad if form.errors else self.good).append(form)

    def _check_double(self, form: PersonForm) -> None:
        said, person = form.cleaned_data, _known_by(form)
        if row := self.taken.get(person):
            form.add_error("name", _("Row %(row)s is the same person.") % {"row": row})
        elif not said["email"] and person in self.people:
            form.add_error("name", _("Somebody of this name and organisation stands on the list or in another row."))
        else:
            self.taken[person] = form.row
            self.people.add(known_by("", said["name"], said["organisation"]))
            if said["email"]:
                own = self.addresses[said["email"].casefold()]
                form.sharing = list(own)
                own.append(said["name"])

    @property
    def to_correct(self) -> list[PersonForm]:
        return self.bad[:MOST_SHOWN]

    @property
    def later(self) -> int:
        """How many wrong rows come after those that are shown."""
        return max(0, len(self.bad) - MOST_SHOWN)

    @property
    def shown(self) -> str:
        return " ".join(str(form.row) for form in self.to_correct)

    @property
    def rest(self) -> str:
        """What is not shown field by field, for the page to carry."""
        shown = {form.row for form in self.to_correct}
        return json.dumps([row for number, row in self.values.items() if number not in shown], ensure_ascii=False)

    def without_good(self) -> list[dict[str, Any]]:
        """What is left once the good ones are on the list."""
        return [self.values[form.row] for form in self.bad]
