"""Rows of the audit's registers to be ticked: in groups that fold, with a box to find them by words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from ..models import Versioned
from .versioned import VersionedForm

# Up to this many rows stand unfolded; the box to find them appears with more.
FEW = 8

GONE = {
    "invalid_choice": _("One of the things ticked is not part of this audit, or was deleted meanwhile."),
    "invalid_pk_value": _("One of the things ticked is not part of this audit, or was deleted meanwhile."),
}


class _Grouped(ModelChoiceIterator):
    def __iter__(self):
        for group, rows in groupby(self.queryset, key=self.field.group):
            yield group, [self.choice(row) for row in rows]


class FoldedChoices(forms.CheckboxSelectMultiple):
    """Groups with a ticked row are unfolded, and all where there are few. `empty` is said where there is no row."""

    template_name = "audits/_folded_choices.html"

    def __init__(self, *args, empty: Any = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.empty = empty

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        groups = [
            {"name": group, "options": options, "ticked": sum(option["selected"] for option in options)}
            for group, options, _index in context["widget"]["optgroups"]
        ]
        total = sum(len(group["options"]) for group in groups)
        return {**context, "groups": groups, "total": total, "few": total <= FEW, "empty": self.empty}


class GroupedField(forms.ModelMultipleChoiceField):
    """Rows to tick; `group(row)` names the group of each, in the order of the queryset. `label_of` names a row."""

    iterator = _Grouped

    def __init__(
        self, *, group: Callable[[Any], Any], label_of: Callable[[Any], str] = str, empty: Any = "", **kwargs: Any
    ):
        self.group, self.label_of = group, label_of
        kwargs.setdefault("required", False)
        kwargs.setdefault("error_messages", GONE)
        super().__init__(None, widget=FoldedChoices(empty=empty), **kwargs)

    def label_from_instance(self, row: Any) -> str:
        return self.label_of(row)


class TickedForm(VersionedForm):
    """A form of a shared text with rows that are ticked. They are compared as sets are: their order says nothing."""

    def clean(self):
        cleaned = super().clean()
        for name in self._many():
            cleaned[name] = sorted(cleaned[name], key=_place)
        return cleaned

    def value_of(self, saved: Versioned, name: str) -> Any:
        value = super().value_of(saved, name)
        return sorted(value, key=_place) if isinstance(value, list) else value


def _place(row: Any) -> int:
    place: int = row.pk
    return place
