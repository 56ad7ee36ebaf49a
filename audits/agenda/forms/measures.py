"""Forms of measures: the text, its progress, the progress review, the filter of the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from audits import methods
from audits.enums import Area
from audits.forms.fields import DayField, LongText, PrintForm, SentOnceForm
from audits.methods import MeasureIdea
from audits.models import Audit, Versioned
from audits.texts import in_lines
from audits.widgets import ExplainedChoices

from ..actions import Reviewed
from ..enums import MeasureState, Pace
from ..models import EvidenceLink, Measure, MeasureProgress, Recommendation
from .texts import NumberedTextForm

PACE_MEANING = {
    Pace.QUICK.value: _("Done within months, with what there is: staff and the public soon see a result."),
    Pace.LONGER.value: _("Needs a decision, a budget or partners; it changes things for good."),
}


class MeasureForm(NumberedTextForm):
    """A measure. With an `idea`, its steps can be ticked and become lines of the steps, and its examples chosen."""

    proposed = forms.MultipleChoiceField(
        label=_("Steps that the benchmark proposes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you tick is added to the steps below when you save."),
        error_messages={"invalid_choice": _("One of the proposed steps is no longer proposed.")},
    )
    example = forms.ChoiceField(
        label=_("Is it inspired by one of these examples?"), required=False, widget=forms.RadioSelect
    )
    recommendation = forms.ModelChoiceField(
        Recommendation.objects.none(),
        label=_("Does it put a recommendation into practice?"),
        required=False,
        empty_label=_("No recommendation"),
        error_messages={
            "invalid_choice": _("The recommendation is not part of this audit, or was deleted meanwhile."),
        },
    )

    class Meta:
        model = Measure
        fields = [
            "title",
            "area",
            "objective",
            "step",
            "pace",
            "responsible",
            "due",
            "resources",
            "indicator",
            "inspired_by",
            "recommendation",
        ]
        labels = {
            "title": _("What will be done?"),
            "objective": _("Which objective does it serve?"),
            "step": _("In which steps?"),
            "pace": _("Is it a quick win, or for the longer term?"),
            "responsible": _("Who is responsible?"),
            "due": _("By when?"),
            "resources": _("With which resources?"),
            "indicator": _("How will one see that it was done?"),
            "inspired_by": _("Which example inspired it?"),
        }
        help_texts = {
            "title": _("In one line, for example: Open the service centre one evening a week"),
            "objective": _("What shall be true then. Measures with the same objective stand together in the plan."),
            "step": _("One step to a line"),
            "responsible": _("A department or function, for example: Department of Education"),
            "resources": _("Money, staff, rooms, partners; also where they come from"),
            "indicator": _("For example: 200 people a month come in the evening"),
            "inspired_by": _("What another city or organisation has done, in your own words"),
        }
        error_messages = {
            "title": {"required": _("Write in one line what will be done")},
            "pace": {"required": _("Choose quick win or longer term")},
        }
        field_classes = {"due": DayField}
        widgets = {
            "objective": LongText(attrs={"rows": 3}),
            "step": LongText(attrs={"rows": 5}),
            "resources": LongText(attrs={"rows": 2}),
            "indicator": LongText(attrs={"rows": 2}),
            "inspired_by": LongText(attrs={"rows": 2}),
            "pace": ExplainedChoices(explanations=PACE_MEANING),
        }

    def __init__(self, *args, audit: Audit, idea: MeasureIdea | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pace"].choices = Pace.choices
        self.fields["recommendation"].queryset = audit.recommendations.in_report_order()
        steps = _lines(self.initial.get("step"))
        proposed = [step for step in dict.fromkeys(idea.steps if idea else ()) if _line(step) not in steps]
        if proposed:
            self.fields["proposed"].choices = [(step, step) for step in proposed]
        else:
            del self.fields["proposed"]
        examples = [_example(*example) for example in idea.examples] if idea else []
        if examples and not self.instance.pk:
            self.fields["example"].choices = [("", _("No, or another one")), *((text, text) for text in examples)]
        else:
            del self.fields["example"]

    def clean(self):
        cleaned = super().clean()
        if "step" in cleaned:
            cleaned["step"] = _joined(cleaned["step"], map(_line, cleaned.get("proposed", ())))
        if "inspired_by" in cleaned:
            cleaned["inspired_by"] = _joined(cleaned["inspired_by"], [in_lines(cleaned.get("example", ""))])
        return cleaned

    @classmethod
    def without_source(cls, data, *, audit: Audit) -> MeasureForm:
        """The form of a measure whose source is gone: what was ticked and chosen of it stands in the texts."""
        data = data.copy()
        data["step"] = _joined(data.get("step", ""), map(_line, data.pop("proposed", ())))
        data["inspired_by"] = _joined(data.get("inspired_by", ""), [in_lines(one) for one in data.pop("example", ())])
        return cls(data, audit=audit)

    def written(self) -> dict:
        """What the form says of a new measure."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("proposed", "example")}

    def over(self, saved: Versioned, **kwargs):
        form = super().over(saved, **kwargs)
        # What was ticked stands in the texts by now.
        for name in {"step", "inspired_by"} - set(self._left(saved)):
            form.data[self.add_prefix(name)] = self.cleaned_data[name]
        return form


def _line(text: str) -> str:
    """A proposed step as one line of the steps."""
    return " ".join(text.split())


def _lines(text: str | None) -> set[str]:
    return {_line(line) for line in (text or "").splitlines()}


def _example(heading: str, text: str) -> str:
    return f"{heading}: {text}" if heading and text else heading or text


def _joined(text: str, more: Iterable[str]) -> str:
    """The text with those of the further ones under it that do not stand there yet, in lines of their own."""
    lines = "\n".join(["", *map(str.strip, in_lines(text).split("\n")), ""])
    new = [one for one in more if one and f"\n{one}\n" not in lines]
    return "\n".join(filter(None, [text.rstrip(), *new])) if new else text


class _SeenForm(SentOnceForm):
    """A form of something that others change too: beside a field `x`, `seen_x` has what stood there when the page came."""

    theirs: Measure | None = None

    def beside(self, theirs: Measure, *, kept: Iterable[str]) -> QueryDict:
        """What was sent, now as a change of the measure as it stands: a field of `kept` that was left as it was seen has
        what stands there, and the entry is a new one."""
        data = self.data.copy()
        for name in kept:
            value = getattr(theirs, name)
            value = value.isoformat() if isinstance(value, date) else value or ""
            if self.cleaned_data[name] == self.cleaned_data[f"seen_{name}"]:
                data[self.add_prefix(name)] = value
            data[self.add_prefix(f"seen_{name}")] = value
        data[self.add_prefix("uuid")] = str(uuid4())
        return data


class ProgressForm(_SeenForm):
    """An entry in the history of a measure. Who may not write measures says something without changing the state."""

    state = forms.ChoiceField(label=_("State"), choices=MeasureState, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What was done, what is in the way?"),
        required=False,
        max_length=3000,
        widget=LongText(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The whole team reads it, under your name."),
    )
    seen_state = forms.ChoiceField(choices=MeasureState, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, measure: Measure, writes: bool, **kwargs):
        super().__init__(*args, initial={"state": measure.state, "seen_state": measure.state}, **kwargs)
        self.measure, self.writes = measure, writes
        if not writes:
            del self.fields["state"], self.fields["seen_state"]

    def clean_note(self):
        return in_lines(self.cleaned_data["note"])

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.get("seen_state") or self.measure.state
        new = cleaned.get("state", seen) != seen
        # Sent twice, the second finds the state as the first has set it.
        sent = cleaned.get("uuid") and MeasureProgress.objects.filter(uuid=cleaned["uuid"]).exists()
        if not self.errors and not new and not cleaned["note"] and not sent:
            said = _("Choose another state, or write what was done or what is in the way.")
            self.add_error("note", said if "state" in self.fields else _("Write what you have seen."))
        return cleaned

    def over(self, theirs: Measure) -> ProgressForm:
        """The same once more beside what stands there by now; saved again, it stands over that."""
        data = self.beside(theirs, kept=("state",) if self.writes else ())
        form = ProgressForm(data, measure=theirs, writes=self.writes)
        form.theirs = theirs
        return form


class ReviewForm(_SeenForm):
    """One measure in the progress review: its state, its day, and a note; with what stood there when the page came."""

    state = forms.ChoiceField(label=_("State"), choices=MeasureState)
    due = DayField(label=_("Due"), required=False)
    note = forms.CharField(
        label=_("What was done, what is in the way?"),
        required=False,
        max_length=3000,
        widget=LongText(attrs={"rows": 2, "dir": "auto"}),
    )
    seen_state = forms.ChoiceField(choices=MeasureState, widget=forms.HiddenInput, required=False)
    seen_due = forms.DateField(widget=forms.HiddenInput, required=False)
    seen_count = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    meanwhile: tuple[MeasureProgress, ...] = ()
    day_moved = False

    def __init__(self, data=None, *, measure: Measure, writes: bool):
        """`measure` comes `last_said()`."""
        known = {"state": measure.state, "due": measure.due, "seen_state": measure.state, "seen_due": measure.due}
        super().__init__(data, prefix=f"m{measure.number}", initial={**known, "seen_count": measure.said_count})
        self.measure, self.writes = measure, writes
        if not writes:
            for name in ("state", "due", "seen_state", "seen_due"):
                del self.fields[name]

    @property
    def was_shown(self) -> bool:
        """Whether the page that was sent had this measure."""
        return self.add_prefix("uuid") in self.data

    @property
    def said(self) -> Reviewed:
        wanted = self.cleaned_data
        note, uuid = in_lines(wanted["note"]), wanted["uuid"]
        if not self.writes:
            state, due = self.measure.state, self.measure.due
            return Reviewed(state, due, note, state, due, uuid)
        seen_state = wanted["seen_state"] or self.measure.state
        return Reviewed(wanted["state"], wanted["due"], note, seen_state, wanted["seen_due"], uuid)

    def over(self, theirs: Measure) -> ReviewForm:
        """The same once more beside what somebody else has set and written (`meanwhile`); saved again, it stands over
        that."""
        data = self.beside(theirs, kept=("state", "due") if self.writes else ())
        entries = list(theirs.progress.select_related("by"))
        data[self.add_prefix("seen_count")] = str(len(entries))
        form = ReviewForm(data, measure=self.measure, writes=self.writes)
        form.theirs = theirs
        form.meanwhile = tuple(entries[self.cleaned_data["seen_count"] or 0 :])
        form.day_moved = self.writes and theirs.due != self.cleaned_data["seen_due"]
        return form


class MeasureFilter(forms.Form):
    """Which measures to show. Fields that hold nonsense are named and left out."""

    OPEN, OVERDUE, INCOMPLETE = "open", "overdue", "incomplete"
    PLAN, OBJECTIVE = "plan", "objective"

    q = forms.CharField(
        label=_("Search the measures"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    area = forms.ChoiceField(label=_("Area"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    pace = forms.ChoiceField(label=_("Quick or longer"), required=False)
    show = forms.ChoiceField(
        label=_("What is waiting"),
        required=False,
        choices=[
            ("", _("All")),
            (OPEN, _("Still open")),
            (OVERDUE, _("Overdue")),
            (INCOMPLETE, _("Not complete yet")),
        ],
    )
    made_from = forms.ChoiceField(label=_("Made from"), required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("By due date")), (PLAN, _("As in the plan")), (OBJECTIVE, _("By objective"))],
    )

    def __init__(self, *args, audit: Audit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("All areas")), *((area.value, area.short) for area in Area)]
        self.fields["state"].choices = [("", _("All")), *MeasureState.choices]
        self.fields["pace"].choices = [("", _("All")), *Pace.choices]
        self.fields["made_from"].choices = [("", _("All")), *_origins(audit)]

    def narrow(self, measures):
        """Those of the measures that are asked for, in the order that is asked for."""
        self.is_valid()
        wanted = self.cleaned_data
        for name in ("area", "state", "pace"):
            if wanted.get(name):
                measures = measures.filter(**{name: wanted[name]})
        if show := wanted.get("show"):
            measures = getattr(measures, show)()
        kind, _colon, which = wanted.get("made_from", "").partition(":")
        if kind == "recommendation":
            measures = measures.filter(recommendation__number=which)
        elif kind == "method":
            measures = measures.filter(evidence__app=which).distinct()
        measures = measures.mentioning(wanted.get("q", ""))
        return measures.in_report_order() if self.as_in_plan else measures.by_due()

    @property
    def as_in_plan(self) -> bool:
        return self.cleaned_data.get("order") == self.PLAN

    @property
    def by_objective(self) -> bool:
        return self.cleaned_data.get("order") == self.OBJECTIVE

    @property
    def areas(self) -> list[Area]:
        chosen = self.cleaned_data.get("area")
        return [Area(chosen)] if chosen else list(Area)

    @property
    def cuts(self) -> bool:
        """Whether more than the areas is chosen."""
        return any(self.cleaned_data.get(name) for name in ("q", "state", "pace", "show", "made_from"))

    @property
    def in_use(self) -> bool:
        return self.cuts or bool(self.cleaned_data.get("area"))


def _origins(audit: Audit) -> list[tuple[str, str]]:
    """What measures of the audit were made from: recommendations by their titles, methods by their names."""
    recommendations = audit.recommendations.filter(measures__isnull=False).distinct().in_report_order()
    found = [(f"recommendation:{one.number}", str(one)) for one in recommendations]
    links = EvidenceLink.objects.filter(
        holder_type__app_label="agenda",
        holder_type__model="measure",
        holder_id__in=audit.measures.values("pk"),
    )
    apps = links.order_by("app").values_list("app", flat=True).distinct()
    names = {method.key: str(method.name) for method in methods.methods()}
    return [*found, *((f"method:{app}", names.get(app, app)) for app in apps)]


class PlanForm(PrintForm):
    """In which language the development plan is printed, and what of it."""

    which = forms.ChoiceField(
        label=_("Which measures"),
        widget=forms.RadioSelect,
        choices=[("all", _("All measures, those that are done or dropped too")), ("open", _("Those still open"))],
        initial="all",
    )
