from __future__ import annotations

from itertools import groupby

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from audits.enums import Area
from audits.models import Audit, Versioned

from ..models import Finding, Recommendation
from .texts import NumberedTextForm

WORDS_SHOWN = 30


class _ByArea(ModelChoiceIterator):
    """Findings in groups, one to an area."""

    def __iter__(self):
        for area, findings in groupby(self.queryset, key=lambda finding: finding.area):
            yield Area(area), [self.choice(finding) for finding in findings]


class FindingChoices(forms.CheckboxSelectMultiple):
    """Findings to tick, area by area; areas with a ticked one are unfolded, and all where none is."""

    template_name = "agenda/_finding_choices.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        groups = [
            {"area": area, "options": options, "ticked": sum(option["selected"] for option in options)}
            for area, options, _index in context["widget"]["optgroups"]
        ]
        context["groups"] = groups
        context["all_unfolded"] = not any(group["ticked"] for group in groups)
        return context


class FindingsField(forms.ModelMultipleChoiceField):
    """Findings of one audit, to be ticked, grouped by area."""

    iterator = _ByArea
    widget = FindingChoices

    def label_from_instance(self, finding: Finding) -> str:
        return f"{finding.code} {Truncator(finding.text).words(WORDS_SHOWN)}"


class RecommendationForm(NumberedTextForm):
    findings = FindingsField(
        queryset=Finding.objects.none(),
        label=_("Which findings does it rest on?"),
        required=False,
        error_messages={
            "invalid_choice": _("One of the findings is not part of this audit, or was deleted meanwhile."),
            "invalid_pk_value": _("One of the findings is not part of this audit, or was deleted meanwhile."),
        },
    )

    class Meta:
        model = Recommendation
        fields = ["title", "text", "area", "addressee", "horizon", "findings"]
        labels = {
            "title": _("In one line"),
            "text": _("What should be done?"),
            "addressee": _("Who should do it?"),
            "horizon": _("By when?"),
        }
        help_texts = {
            "title": _("The heading in the report, for example: Open the service centre one evening a week"),
            "text": _("What should change, for whom, and how one will see that it was done."),
        }
        error_messages = {
            "title": {"required": _("Write the recommendation in one line")},
            "text": {"required": _("Write what should be done")},
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, audit: Audit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["findings"].queryset = Finding.objects.filter(audit=audit).in_report_order()

    def clean_findings(self):
        return list(self.cleaned_data["findings"])

    def value_of(self, saved: Versioned, name: str):
        return list(saved.findings.in_report_order()) if name == "findings" else super().value_of(saved, name)

    def in_words(self, saved: Versioned, name: str) -> str:
        if name != "findings":
            return super().in_words(saved, name)
        return ", ".join(finding.code for finding in self.value_of(saved, name))
