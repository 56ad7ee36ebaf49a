"""The neighbourhoods and participation schemes of an assessment."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ...actions.assessments import NAMED
from ...enums import SchemeKind, Verdict
from ...models import Assessment, Scheme
from .state import CLOSED


class SchemesForm(forms.Form):
    """The neighbourhoods and participation schemes of an assessment: names, kinds, order; three lines for new ones.

    `seen` tells what stood there when the page was made: only what this person has changed is written, and what
    somebody else has added meanwhile stays. Taking one away with which something was judged has to be confirmed: `sure`
    says what goes.
    """

    NEW = 3

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    sure = forms.BooleanField(required=False, label=_("Yes, delete what was judged there too"))

    def __init__(self, data=None, *args, assessment: Assessment, **kwargs):
        self.assessment = assessment
        self.schemes = list(assessment.schemes.all())
        self.standing = {str(one.uuid): [one.name, one.kind, place] for place, one in enumerate(self.schemes, start=1)}
        if data is not None:
            data = self._with_what_was_added(data.copy())
        super().__init__(data, *args, **kwargs)
        self.initial["seen"] = json.dumps(self.standing)
        for place, one in enumerate(self.schemes, start=1):
            self._line(str(one.uuid), one, place)
            self.fields[f"gone_{one.uuid}"] = forms.BooleanField(
                required=False, label=gettext("Remove %(name)s") % {"name": one.name}
            )
        self.new = [f"new{number}" for number in range(self.NEW)]
        for number, key in enumerate(self.new, start=1):
            self._line(key, None, len(self.schemes) + number)
            self.fields[f"uuid_{key}"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def _with_what_was_added(self, data):
        """What was sent, with the lines that the page did not have, as they stand: they are left alone."""
        self.before = _seen_in(data.get("seen", ""))
        for key, now in self.standing.items():
            if f"name_{key}" not in data:
                data[f"name_{key}"], data[f"kind_{key}"], data[f"place_{key}"] = now
                self.before[key] = now
            elif len(self.before.get(key, ())) != len(now):
                self.before[key] = now
        data["seen"] = json.dumps(self.before)
        return data

    def _line(self, key: str, one: Scheme | None, place: int) -> None:
        said = {"name": one.name if one else gettext("new line %(number)s") % {"number": place}}
        self.fields[f"name_{key}"] = forms.CharField(
            label=gettext("Name: %(name)s") % said,
            required=False,
            max_length=160,
            initial=one.name if one else "",
            widget=forms.TextInput(attrs={"dir": "auto"}),
        )
        self.fields[f"kind_{key}"] = forms.ChoiceField(
            label=gettext("Kind: %(name)s") % said,
            choices=SchemeKind,
            required=False,
            initial=one.kind if one else SchemeKind.NEIGHBOURHOOD,
        )
        self.fields[f"place_{key}"] = forms.IntegerField(
            label=gettext("Place in the order: %(name)s") % said,
            required=False,
            min_value=1,
            max_value=999,
            initial=place,
        )

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows = []
        for key in [*self.standing, *self.new]:
            row = {name: self[f"{name}_{key}"] for name in ("name", "kind", "place")}
            row["gone"] = self[f"gone_{key}"] if f"gone_{key}" in self.fields else None
            row["uuid"] = self[f"uuid_{key}"] if f"uuid_{key}" in self.fields else None
            rows.append(row)
        return rows

    def clean(self):
        cleaned = super().clean()
        if not self.assessment.is_open:
            raise forms.ValidationError(CLOSED)
        self._tell_of_removed()
        self._tell_of_renamed()
        names: set[str] = set()
        for key in [*self.standing, *self.new]:
            name = self._name(key)
            if cleaned.get(f"gone_{key}") or (key in self.new and self._is_saved(key)):
                continue
            if not name and key not in self.new and f"name_{key}" not in self.errors:
                self.add_error(f"name_{key}", _("Write the name, or tick “Remove”."))
            elif name and name.casefold() in names:
                self.add_error(f"name_{key}", _("There is one of this name already."))
            elif name:
                names.add(name.casefold())
        self._ask_before_removing()
        return cleaned

    def _name(self, key: str) -> str:
        """The name as it would stand after saving: what this person has not changed is as somebody else has it."""
        typed: str = self.cleaned_data.get(f"name_{key}", "")
        if key in self.standing and typed == self.before[key][0]:
            return str(self.standing[key][0])
        return typed

    def _tell_of_removed(self) -> None:
        """Another name for one that somebody else has removed meanwhile is not dropped unseen."""
        for key, (name, *_more) in self.before.items():
            typed = self.data.get(f"name_{key}", name)
            if key not in self.standing and typed != name:
                text = _("“%(name)s” was removed meanwhile. Write “%(typed)s” on a new line to have it again.")
                self.add_error(None, text % {"name": name, "typed": typed})

    def _tell_of_renamed(self) -> None:
        """Where two have given another name, the second one is shown the first, and decides by saving again."""
        for key, (name, *_more) in self.standing.items():
            before, typed = self.before[key], self.cleaned_data.get(f"name_{key}", "")
            if name not in (before[0], typed) and typed != before[0]:
                text = _("Somebody else has named it “%(name)s” meanwhile. Save again to keep your name.")
                self.add_error(f"name_{key}", text % {"name": name})
                self.before[key] = [name, *before[1:]]
                self.data["seen"] = json.dumps(self.before)

    def _is_saved(self, key: str) -> bool:
        """Whether a new line is saved already, as a form that is sent again has it. One with another name by now gets an
        identifier of its own and is asked for."""
        uuid, typed = self.cleaned_data.get(f"uuid_{key}"), self.cleaned_data.get(f"name_{key}")
        standing = self.standing.get(str(uuid))
        if not typed or standing is None:
            return False
        if standing[0] == typed and standing[1] == (self.cleaned_data.get(f"kind_{key}") or standing[1]):
            return True
        text = _("This line was saved already, as “%(name)s”: it stands above. Save again to have this one beside it.")
        self.add_error(f"name_{key}", text % {"name": standing[0]})
        self.data[f"uuid_{key}"] = str(uuid4())
        return True

    def _ask_before_removing(self) -> None:
        removed = [one for one in self.schemes if one.uuid in self.removed()]
        if shared := [one for one in removed if one.peer_judgements.exists()]:
            text = _("%(names)s: it was shared with the peers, so it is not removed.")
            self.add_error(None, text % {"names": ", ".join(one.name for one in shared)})
        elif held := [one for one in removed if self._holds(one)]:
            self.asks = held
            if not self.cleaned_data.get("sure"):
                self.add_error("sure", self._what_goes(held))

    asks: list[Scheme] = []

    def removed(self) -> list[UUID]:
        return [one.uuid for one in self.schemes if self.cleaned_data.get(f"gone_{one.uuid}")]

    @staticmethod
    def _holds(one: Scheme) -> bool:
        return any(judgement.holds_something for judgement in one.judgements.prefetch_related("evidence", "answers"))

    @staticmethod
    def _what_goes(held: list[Scheme]) -> str:
        parts = []
        for one in held:
            count = one.judgements.exclude(verdict=Verdict.NOT_JUDGED).count()
            words = ngettext("%(name)s: %(count)s judgement", "%(name)s: %(count)s judgements", count)
            parts.append(words % {"name": one.name, "count": count})
        return gettext("With it go reasons, answers and evidence. %(what)s. Tick this to delete them.") % {
            "what": "; ".join(parts)
        }

    def changes(self) -> dict[UUID, dict[str, Any]]:
        """What this person has changed, by scheme."""
        found = {}
        for one in self.schemes:
            key = str(one.uuid)
            typed = {name: self.cleaned_data.get(f"{name}_{key}") for name in NAMED}
            before = dict(zip(NAMED, self.before[key], strict=True))
            found[one.uuid] = {name: value for name, value in typed.items() if value and value != before[name]}
        return {key: own for key, own in found.items() if own}

    def added(self) -> list[tuple[Scheme, int]]:
        """The new ones, each with its place."""
        return [
            (
                Scheme(
                    name=self.cleaned_data[f"name_{key}"],
                    kind=self.cleaned_data[f"kind_{key}"] or SchemeKind.NEIGHBOURHOOD,
                    uuid=self.cleaned_data[f"uuid_{key}"] or uuid4(),
                ),
                self.cleaned_data[f"place_{key}"] or len(self.schemes) + number,
            )
            for number, key in enumerate(self.new, start=1)
            if self.cleaned_data.get(f"name_{key}") and not self._is_saved(key)
        ]


def _seen_in(text: str) -> dict[str, list[Any]]:
    """What the page had, by identifier; empty where it is unreadable."""
    try:
        seen = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(seen, dict):
        return {}
    return {key: value for key, value in seen.items() if isinstance(value, list) and value}
