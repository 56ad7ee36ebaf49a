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
    only what this person has changed is written; a factor that the page did not have is left alone. What is given to
    all fills what is empty by then, and no more.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    all_who = forms.ChoiceField(label=_("Who judges them"), required=False)
    all_due = DayField(label=_("By when"), required=False)

    def __init__(
        self,
        data=None,
        *args,
        factors: Iterable[tuple[AssessedFactor, Text]],
        people: Iterable[User],
        open: bool = True,
        **kwargs,
    ):
        self.factors, self.open = list(factors), open
        self.not_seen: set[int] = set()
        if data and "seen" in data:
            data = self._with_what_was_added(data.copy())
        super().__init__(data, *args, **kwargs)
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

    def _with_what_was_added(self, data):
        """What was sent, with the factors that the page did not have (of another version by now) as they stand."""
        for row, _name in self.factors:
            if f"who_{row.pk}" not in data:
                self.not_seen.add(row.pk)
                data[f"who_{row.pk}"], data[f"due_{row.pk}"] = str(row.assignee_id or ""), str(row.due or "")
                if row.in_scope:
                    data[f"in_{row.pk}"] = "on"
        return data

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
            if row.pk in self.not_seen:
                continue
            typed = self._typed(row)
            before = seen.get(str(row.pk)) if isinstance(seen, dict) else None
            if not isinstance(before, list) or len(before) != len(typed):
                before = _as_seen(row)
            own = {
                name: value for (name, value), old in zip(typed.items(), before, strict=True) if _plain(value) != old
            }
            if typed["in_scope"]:
                own |= self._of_all(row, typed, own)
            found[row.uuid] = own
        return {key: own for key, own in found.items() if own}

    def _typed(self, row: AssessedFactor) -> dict[str, Any]:
        given = self.cleaned_data
        who = given[f"who_{row.pk}"]
        return {
            "in_scope": bool(given[f"in_{row.pk}"]),
            "assignee_id": int(who) if who else None,
            "due": given[f"due_{row.pk}"],
        }

    def _of_all(self, row: AssessedFactor, typed: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
        """What is given to all, where the row has none: by now, not on the page; or this person has emptied it."""
        who, due = self.cleaned_data["all_who"], self.cleaned_data["all_due"]
        given = {"assignee_id": int(who) if who else None, "due": due}
        return {
            name: value
            for name, value in given.items()
            if value and typed[name] is None and (name in own or getattr(row, name) is None)
        }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)


def _as_seen(row: AssessedFactor) -> list[Any]:
    return [row.in_scope, row.assignee_id, _plain(row.due)]
