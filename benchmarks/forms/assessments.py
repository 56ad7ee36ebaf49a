"""Forms of an assessment: beginning and describing it, its factors, its neighbourhoods and schemes, its end."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from audits.enums import Role
from audits.forms.fields import LongText, SentOnceForm
from audits.forms.versioned import VersionedForm
from audits.instruments import Text
from audits.models import Audit, User, Versioned
from audits.widgets import DateInput, ExplainedChoices

from ..actions.assessments import NAMED, still_open
from ..enums import AssessmentKind, SchemeKind, Verdict
from ..models import AssessedFactor, Assessment, Benchmark, Scheme

CLOSED = _(
    "This assessment is closed, so nothing of it changes. What you typed still stands here: copy it, or open the "
    "assessment again first."
)
ROLES_THAT_JUDGE = (Role.COORDINATOR, Role.RESEARCHER)
KIND_MEANING = {
    AssessmentKind.INTERNAL: _("The city judges itself. The result belongs to the audit and its report."),
    AssessmentKind.PEER: _("The city judges itself first; then peers from other cities check it, factor by factor."),
}


def people_who_judge(audit: Audit) -> QuerySet[User]:
    """The members of the team who may write in an assessment."""
    return User.objects.filter(memberships__audit=audit, memberships__role__in=ROLES_THAT_JUDGE).order_by(
        "name", "email"
    )


class DescribedForm(forms.ModelForm):
    """What an assessment says about itself."""

    class Meta:
        model = Assessment
        fields = ["title", "migrant_definition", "people", "lead", "starts_on", "ends_on"]
        labels = {
            "title": _("Title"),
            "migrant_definition": _("Who is meant by “migrant”?"),
            "people": _("Who judges?"),
            "lead": _("Who leads it?"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
        }
        help_texts = {
            "title": _("For example: Anti-discrimination 2026"),
            "migrant_definition": _(
                "The definition that holds in this assessment. The benchmark allows a city to use its own."
            ),
        }
        error_messages = {"title": {"required": _("Write a title.")}}
        widgets = {
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "people": forms.TextInput(attrs={"dir": "auto"}),
            "migrant_definition": LongText(attrs={"rows": 4, "dir": "auto"}),
            "starts_on": DateInput,
            "ends_on": DateInput,
        }

    def __init__(self, *args, audit: Audit, **kwargs):
        super().__init__(*args, **kwargs)
        # Who leads it and has left the team stays offered, so that saving another line does not take them away.
        offered = Q(pk__in=people_who_judge(audit).values("pk")) | Q(pk=self.instance.lead_id)
        self.fields["lead"].queryset = User.objects.filter(offered).order_by("name", "email")
        self.fields["lead"].empty_label = _("Nobody yet")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        return cleaned


class NewAssessmentForm(SentOnceForm, VersionedForm, DescribedForm):
    """A new assessment against a benchmark that is chosen already. Earlier ones against it can be its baseline.

    Sent again with other words, it stands beside what it made as a change of that (`AssessmentForm`).
    """

    kind = forms.ChoiceField(
        label=_("What is it for?"),
        choices=AssessmentKind,
        initial=AssessmentKind.INTERNAL,
        widget=ExplainedChoices(explanations=KIND_MEANING),
    )

    class Meta(DescribedForm.Meta):
        fields = ["title", "kind", *DescribedForm.Meta.fields[1:], "baseline"]
        labels = DescribedForm.Meta.labels | {"baseline": _("Does it repeat an earlier one?")}
        help_texts = DescribedForm.Meta.help_texts | {
            "baseline": _("Then the result shows what has moved since, factor by factor.")
        }

    def __init__(self, *args, audit: Audit, benchmark: Benchmark, **kwargs):
        super().__init__(*args, audit=audit, **kwargs)
        earlier = Assessment.objects.filter(audit=audit, benchmark__code=benchmark.code)
        if earlier:
            self.fields["baseline"].queryset = earlier
            self.fields["baseline"].empty_label = _("No, it is the first")
            self.fields["baseline"].to_field_name = "uuid"
        else:
            del self.fields["baseline"]

    def over(self, saved: Versioned, **kwargs: Any) -> VersionedForm:
        data = self.data.copy()
        data["version"] = str(saved.version)
        return AssessmentForm(data, instance=saved, **kwargs)


class AssessmentForm(VersionedForm, DescribedForm):
    """Changes what an assessment says about itself, unless somebody else did meanwhile."""

    def clean(self):
        cleaned = super().clean()
        if not self.instance.is_open:
            raise forms.ValidationError(CLOSED)
        return cleaned

    @transaction.atomic
    def save_as(self, by: User) -> Versioned:
        """Raises ClosedError, too, where the assessment was closed since the form was looked at."""
        with still_open(self.instance):
            return super().save_as(by)


class StateForm(forms.Form):
    """What is to become of an assessment: closed or open again."""

    wanted = forms.ChoiceField(choices=[("close", _("Close")), ("open", _("Open again"))])


class ScopeForm(forms.Form):
    """Which factors are in scope, who judges each and by when: one table.

    Fields are named by factor: `in_7`, `who_7`, `due_7`. `seen` tells what stood there when the page was made, so that
    only what this person has changed is written. What is given to all fills what is empty, and no more.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    all_who = forms.ChoiceField(label=_("Who judges them"), required=False)
    all_due = forms.DateField(label=_("By when"), required=False, widget=DateInput)

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
            self.fields[f"due_{row.pk}"] = forms.DateField(
                label=gettext("By when: %(name)s") % said, required=False, initial=row.due, widget=DateInput
            )
        self.initial["seen"] = json.dumps({str(row.pk): _as_seen(row) for row, _name in self.factors})

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "factor": row,
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
        judged = one.judgements.exclude(verdict=Verdict.NOT_JUDGED) | one.judgements.exclude(reasoning="")
        return (
            judged.exists()
            or one.judgements.filter(evidence__isnull=False).exists()
            or one.judgements.filter(answers__isnull=False).exists()
        )

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
