"""Which factors are in scope, who judges each and by when."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audits.forms.fields import DayField
from audits.instruments import Text
from audits.models import User

from ...enums import Part
from ...models import AssessedFactor
from .state import CLOSED


class ScopeForm(forms.Form):
    """Which factors are in scope, who judges each and by when: one table.

    Fields are named by factor: `in_7`, `who_7`, `due_7`. `seen` tells what stood there when the page was made, so that
    only what this person has changed is written. What is given to all fills what is empty, and no more.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    all_who = forms.ChoiceField(label=_("Who judges them"), required=False)
    all_due = DayField(label=_("By when"), required=False)

    def __init__(
        self, *args, factors: Iterable[tuple[AssessedFactor, Text]], people: Iterable[User], open: bool = True, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.factors, self.open = list(factors), open
        choices = [("", gettext("Nobody yet")), *((str(person.pk), str(person)) for person in people)]
        known = {key for key, _name in choices}
        self.fields["all_who"].choices = choices
        for row, name in self.factors:
            own = list(choices)
            if row.assignee and str(row.assignee_id) not in known:
                own.append((str(row.assignee_id), str(row.assignee)))
            said = {"name": f"{row.factor.key} {name}"}
            self.fields[f"in_{row.pk}"] = forms.BooleanField(
                label=gettext("In scope: %(name)s") % said, required=False, initial=row.in_scope
            )
            self.fields[f"who_{row.pk}"] = forms.ChoiceField(
                label=gettext("Who judges %(name)s") % said,
                required=False,
                choices=own,
                initial=str(row.assignee_id or ""),
            )
            self.fields[f"due_{row.pk}"] = DayField(
                label=gettext("By when: %(name)s") % said, required=False, initial=row.due
            )
        self.initial["seen"] = json.dumps({str(row.pk): _as_seen(row) for row, _name in self.factors})

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "factor": row,
                "part": Part(row.factor.part),
                "name": name,
                "in_scope": self[f"in_{row.pk}"],
                "who": self[f"who_{row.pk}"],
                "due": self[f"due_{row.pk}"],
            }
            for row, name in self.factors
        ]

    def clean(self):
        cleaned = super().clean()
        if not self.open:
            raise forms.ValidationError(CLOSED)
        if not any(cleaned.get(f"in_{row.pk}") for row, _name in self.factors):
            raise forms.ValidationError(_("Leave one key factor in scope at least."))
        return cleaned

    def changes(self) -> dict[UUID, dict[str, Any]]:
        """What this person has changed, by factor."""
        try:
            seen = json.loads(self.cleaned_data["seen"])
        except ValueError:
            seen = {}
        found: dict[UUID, dict[str, Any]] = {}
        for row, _name in self.factors:
            typed = self._typed(row)
            before = seen.get(str(row.pk)) if isinstance(seen, dict) else None
            if not isinstance(before, list) or len(before) != len(typed):
                before = _as_seen(row)
            found[row.uuid] = {
                name: value for (name, value), old in zip(typed.items(), before, strict=True) if _plain(value) != old
            }
        return {key: own for key, own in found.items() if own}

    def _typed(self, row: AssessedFactor) -> dict[str, Any]:
        given = self.cleaned_data
        chosen = bool(given[f"in_{row.pk}"])
        who, due = given[f"who_{row.pk}"], given[f"due_{row.pk}"]
        if chosen:
            who, due = who or given["all_who"], due or given["all_due"]
        return {"in_scope": chosen, "assignee_id": int(who) if who else None, "due": due}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)


def _as_seen(row: AssessedFactor) -> list[Any]:
    return [row.in_scope, row.assignee_id, _plain(row.due)]
