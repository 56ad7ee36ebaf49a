from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.forms.choices import GroupedField, TickedForm
from audits.forms.fields import LongText, SentOnceForm
from audits.forms.versioned import VersionedForm
from audits.instruments import Text
from audits.models import Audit
from audits.templatetags.interface import passage
from audits.widgets import ExplainedChoices

from .. import actions
from ..enums import GovernanceLevel, Participation, Rating
from ..models import Institution, Partnership
from ..overview import INSTITUTION_FIELDS, POLICE, field_of
from ..rules import name_of
from .asking import NoticedTwiceForm

NOT_SAID = ("", gettext_lazy("Not said yet"))
RATINGS = ("tcn_mandate", "urban_security", "capacity")


@dataclass(frozen=True)
class Group:
    """Fields under one legend."""

    legend: Any
    fields: list[forms.BoundField]


GROUPS = (
    (gettext_lazy("The institution"), ("name", "kind", "level", "exists", "note")),
    (gettext_lazy("Mandate"), ("reports_to", "mandate", "tcn_mandate", "tcn_mandate_text")),
    (gettext_lazy("Urban security"), ("urban_security", "responsibilities", "measures")),
    (gettext_lazy("Working with communities"), ("cooperation", "barriers")),
    (
        gettext_lazy("Capacity, and what needs improvement"),
        ("capacity", "capacity_text", "strengths", "weaknesses", "improvement"),
    ),
)


class InstitutionForm(NoticedTwiceForm, SentOnceForm, VersionedForm):
    """An institution. `asked` are the guide questions by key; the field that answers one says which it is.

    Reporting in a circle is refused, at any depth; the caller holds the audit, so that it stays true until it is saved.
    """

    class Meta:
        model = Institution
        fields = [name for _legend, names in GROUPS for name in names]
        widgets = {
            "level": ExplainedChoices(explanations={level.value: level.meaning for level in GovernanceLevel}),
            **{
                name: LongText(attrs={"rows": 3})
                for name in (
                    "mandate",
                    "tcn_mandate_text",
                    "responsibilities",
                    "measures",
                    "cooperation",
                    "barriers",
                    "capacity_text",
                    "strengths",
                    "weaknesses",
                    "improvement",
                )
            },
        }
        help_texts = {
            "reports_to": gettext_lazy("The body above it, from which it has its mandate."),
            "strengths": gettext_lazy("One to a line."),
            "weaknesses": gettext_lazy("One to a line."),
        }
        error_messages = {
            "name": {"required": gettext_lazy("Write the name of the institution")},
            "kind": {"required": gettext_lazy("Choose the kind of institution")},
            "level": {"required": gettext_lazy("Choose what it does: decide, deliver or consult")},
            "reports_to": {
                "invalid_choice": gettext_lazy(
                    "This institution is not part of the audit, was deleted meanwhile, or is the one that you describe."
                )
            },
        }

    def __init__(self, *args, audit: Audit, asked: Mapping[str, Text] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.audit = audit
        self.instance.audit = audit
        if self.instance.pk:
            del self.fields["uuid"]
        self.fields["level"].choices = GovernanceLevel.choices
        self.fields["kind"].choices = [("", _("Choose …")), *self.fields["kind"].choices[1:]]
        above = self.fields["reports_to"]
        above.queryset = audit.institutions.in_order().exclude(pk=self.instance.pk)
        above.empty_label = _("Nobody, or not known")
        for name in RATINGS:
            self.fields[name].widget = forms.RadioSelect(choices=[NOT_SAID, *Rating.choices])
        for name in ("name", "note"):
            self.fields[name].widget.attrs["dir"] = "auto"
        for key, text in (asked or {}).items():
            if key in INSTITUTION_FIELDS:
                asks = _("Guide question %(code)s, on the police:") if key == POLICE else _("Guide question %(code)s:")
                self.fields[field_of(key)].help_text = format_html("{} {}", asks % {"code": key}, passage(text))

    @staticmethod
    def place_of(name: str) -> str:
        """The anchor of a field in the page: of the first choice where one chooses."""
        return f"id_{name}_0" if name in RATINGS else f"id_{name}"

    @property
    def groups(self) -> Iterator[Group]:
        for legend, names in GROUPS:
            yield Group(legend, [self[name] for name in names])

    def clean(self):
        cleaned = super().clean()
        if "name" in cleaned and (not self.instance.pk or "name" in self.changed_data):
            others = self.audit.institutions.exclude(pk=self.instance.pk).exclude(uuid=cleaned.get("uuid"))
            named = (one for one in others.in_order() if name_of(one.name) == name_of(cleaned["name"]))
            self.notice("name", next(named, None), _("An institution of this name is described already."))
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What the form says of a new institution, with its identifier."""
        return {name: self.cleaned_data[name] for name in ("uuid", *self._meta.fields)}

    def clean_reports_to(self):
        above = self.cleaned_data["reports_to"]
        if above is None or not self.instance.pk:
            return above
        circle = actions.superiors(self.instance, above)
        if len(circle) == 2:
            raise forms.ValidationError(
                _("%(above)s reports to %(own)s. Two institutions cannot report to each other.")
                % {"above": above, "own": self.instance}
            )
        if circle:
            raise forms.ValidationError(
                _("That would be a circle: %(circle)s. Each of them reports to the next.")
                % {"circle": ", ".join(circle)}
            )
        return above

    def write_beside(self, row):
        if "level" in self.changed_data:
            actions.put_last(institution=row)


class PartnershipForm(SentOnceForm, TickedForm):
    """A partnership or a mechanism of co-operation or consultation."""

    institutions = GroupedField(
        label=gettext_lazy("Institutions that take part"),
        group=lambda institution: GovernanceLevel(institution.level).label,
        empty=gettext_lazy("The audit has no institutions yet. Others can be named below."),
    )

    class Meta:
        model = Partnership
        fields = [
            "title",
            "kind",
            "exists",
            "standing",
            "institutions",
            "others",
            "in_planning",
            "in_implementation",
            "in_assessment",
            "tcn",
            "text",
        ]
        widgets = {
            "kind": forms.RadioSelect,
            "tcn": ExplainedChoices(explanations={level.value: level.meaning for level in Participation}),
            "text": LongText(attrs={"rows": 5}),
        }
        help_texts = {"text": gettext_lazy("Since when, how often, who invites, what becomes of what is said.")}
        error_messages = {
            "title": {"required": gettext_lazy("Write what it is called")},
            "kind": {"required": gettext_lazy("Choose the kind")},
        }

    def __init__(self, *args, audit: Audit, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["uuid"]
        self.fields["institutions"].queryset = audit.institutions.in_order()
        self.fields["kind"].choices = self.fields["kind"].choices[1:]
        self.fields["tcn"].choices = [NOT_SAID, *Participation.choices]
        for name in ("title", "others"):
            self.fields[name].widget.attrs["dir"] = "auto"

    @property
    def stages(self) -> list[forms.BoundField]:
        """Where it works: in planning, in implementation, in assessment."""
        return [self[name] for name in ("in_planning", "in_implementation", "in_assessment")]
