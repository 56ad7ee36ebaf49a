"""Forms of the plan of participation: steps, points of checklists, outreach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from audits.forms.choices import GroupedField, TickedForm
from audits.forms.fields import DayField, LongText, SentOnceForm
from audits.forms.versioned import VersionedForm
from audits.models import Audit, CodesignStage, CodesignTool, OutreachBarrier, OutreachTip
from audits.templatetags.interface import passage
from audits.widgets import ExplainedChoices

from ..enums import Known, PointState
from ..library import Guide, Part
from ..models import ChecklistPoint, Outreach, ParticipationStep, Stakeholder
from ..planning import Point

NOBODY = "nobody"
"""Asks for an outreach which says that a barrier keeps nobody away."""


class _PartsMixin:
    """Parts of the guide to choose from, called as the reader's language calls them."""

    def offer(self, parts: Sequence[Part], explained_by: str = "") -> None:
        """Offers these parts; `explained_by` is the text that stands below the name of each."""
        self._titles = {part.row.pk: passage(part.texts["title"]) for part in parts}
        self.queryset = self.queryset.filter(pk__in=self._titles)
        if explained_by:
            self.widget.explanations = {part.row.pk: passage(part.texts[explained_by]) for part in parts}

    def label_from_instance(self, row):
        return self._titles[row.pk]


class PartField(_PartsMixin, forms.ModelChoiceField):
    pass


class PartsField(_PartsMixin, forms.ModelMultipleChoiceField):
    pass


WORKED = ("state", "who", "due", "note")
WORKED_LABELS = {"who": gettext_lazy("Who does it"), "due": gettext_lazy("Until")}
STATE_MISSING = {"state": {"required": gettext_lazy("Choose how far it is.")}}
WORKED_HELP = {
    "who": gettext_lazy("Somebody of the team or a department, for example: Integration unit"),
}


class _PlanForm(SentOnceForm, TickedForm):
    """A form of something in the plan; `guide` and `audit` are those of the plan."""

    def __init__(self, *args, guide: Guide, audit: Audit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = PointState.choices
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput):
                field.widget.attrs.setdefault("dir", "auto")


class StepForm(_PlanForm):
    """A step of participation in a stage of the policy cycle."""

    stage = PartField(
        CodesignStage.objects.all(),
        label=gettext_lazy("In which stage?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the stage of the policy cycle.")},
    )
    tool = PartField(
        CodesignTool.objects.all(),
        label=gettext_lazy("With which tool?"),
        widget=ExplainedChoices,
        required=False,
        blank=True,
        empty_label=gettext_lazy("No tool, or not known yet"),
    )
    stakeholders = GroupedField(
        label=gettext_lazy("With whom?"),
        group=lambda one: one.get_sector_display() or _("Sector not said yet"),
        label_of=lambda one: _("%(name)s (migrant-led)") % {"name": one} if one.migrant_led == Known.YES else str(one),
        empty=gettext_lazy("The register has no stakeholders yet."),
    )

    class Meta:
        model = ParticipationStep
        fields = ["stage", "title", "tool", "stakeholders", "begins", *WORKED]
        labels = {"title": gettext_lazy("What do we do?"), **WORKED_LABELS}
        help_texts = {
            "title": gettext_lazy("In one line, for example: Three dialogues on housing in the north of the city"),
            **WORKED_HELP,
        }
        widgets = {
            "state": forms.RadioSelect,
            "note": LongText(attrs={"rows": 3}),
        }
        field_classes = {"begins": DayField, "due": DayField}
        error_messages = {"title": {"required": gettext_lazy("Write what you do.")}, **STATE_MISSING}

    field_order = ["stage", "title", "tool", "stakeholders", "begins", "due", "who", "state", "note"]

    def __init__(self, *args, guide: Guide, audit: Audit, **kwargs):
        super().__init__(*args, guide=guide, audit=audit, **kwargs)
        self.fields["stage"].offer(guide.stages)
        self.fields["tool"].offer(guide.tools, explained_by="when")
        self.fields["stakeholders"].queryset = Stakeholder.objects.filter(audit=audit).order_by("sector", "name", "pk")

    @classmethod
    def preset(cls, guide: Guide, asked: Mapping[str, str]) -> dict[str, Any]:
        """What a new one begins with: `stage` and `tool` by their keys. A tool that is meant for one stage brings it."""
        tool = _by_key(guide.tools, asked.get("tool"))
        stage = _by_key(guide.stages, asked.get("stage"))
        if tool and stage is None:
            stage = next(iter(guide.stages_of(tool)), None)
        return {"stage": stage and stage.row.pk, "tool": tool and tool.row.pk}

    def clean(self):
        cleaned = super().clean()
        begins, due = cleaned.get("begins"), cleaned.get("due")
        if begins and due and due < begins:
            self.add_error("due", _("The last day is before the first one."))
        return cleaned


class OutreachForm(_PlanForm):
    """Whom a barrier keeps away, and what is done about it."""

    barrier = PartField(
        OutreachBarrier.objects.all(),
        label=gettext_lazy("What keeps them away?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the barrier that keeps them away.")},
    )
    tips = PartsField(
        OutreachTip.objects.all(),
        label=gettext_lazy("Which tips of the guide apply?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Outreach
        fields = ["barrier", "missing", "tips", "action", *WORKED]
        labels = {
            "missing": gettext_lazy("Who is missing?"),
            "action": gettext_lazy("What do we do about it?"),
            **WORKED_LABELS,
        }
        help_texts = {
            "missing": gettext_lazy("A group, never a person, for example: Women who look after small children"),
            **WORKED_HELP,
        }
        widgets = {
            "action": LongText(attrs={"rows": 4}),
            "state": forms.RadioSelect,
            "note": LongText(attrs={"rows": 3}),
        }
        field_classes = {"due": DayField}
        error_messages = {"missing": {"required": gettext_lazy("Write who is missing.")}, **STATE_MISSING}

    field_order = ["barrier", "missing", "tips", "action", "who", "due", "state", "note"]

    def __init__(self, *args, guide: Guide, audit: Audit, **kwargs):
        super().__init__(*args, guide=guide, audit=audit, **kwargs)
        self.fields["barrier"].offer(guide.barriers)
        self.fields["tips"].offer(guide.tips)

    @classmethod
    def preset(cls, guide: Guide, asked: Mapping[str, str]) -> dict[str, Any]:
        """What a new one begins with: `barrier` by its key; `nobody` says that the barrier keeps nobody away."""
        barrier = _by_key(guide.barriers, asked.get("barrier"))
        chosen: dict[str, Any] = {"barrier": barrier and barrier.row.pk}
        if NOBODY in asked:
            chosen |= {"missing": _("Nobody, as far as we know"), "state": PointState.NOT_FOR_US}
        return chosen


def _by_key(parts: Sequence[Part], key: str | None) -> Part | None:
    return next((part for part in parts if part.row.key == key), None)


class PointForm(VersionedForm):
    """A point of a checklist; many stand on one page, each saved by itself."""

    made_by_first_save = True

    class Meta:
        model = ChecklistPoint
        fields = WORKED
        labels = WORKED_LABELS
        widgets = {
            "who": forms.TextInput(attrs={"dir": "auto"}),
            "note": LongText(attrs={"rows": 2}),
        }
        field_classes = {"due": DayField}
        error_messages = STATE_MISSING

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id=f"point-{kwargs['instance'].item.uuid}-%s", **kwargs)
        self.fields["state"].choices = PointState.choices


class PointFilter(forms.Form):
    """Which points to show. What is not a choice is named and left out."""

    OPEN, OVERDUE = "open", "overdue"

    show = forms.ChoiceField(
        label=gettext_lazy("What is waiting"),
        required=False,
        choices=[
            ("", pgettext_lazy("points", "All")),
            (OPEN, gettext_lazy("Still open")),
            (OVERDUE, gettext_lazy("Overdue")),
        ],
    )
    who = forms.CharField(
        label=gettext_lazy("Who does it"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )

    def keeps(self, point: Point) -> bool:
        show, who = self.cleaned_data.get("show"), self.cleaned_data.get("who", "")
        row = point.row
        return (
            (show != self.OPEN or row.is_open)
            and (show != self.OVERDUE or row.is_overdue)
            and who.casefold() in row.who.casefold()
        )

    @property
    def in_use(self) -> bool:
        return bool(self.cleaned_data.get("show") or self.cleaned_data.get("who"))
