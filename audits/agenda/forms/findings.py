from __future__ import annotations

import uuid
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from audits import methods
from audits.enums import Area
from audits.methods import Evidence, Method, Reference
from audits.models import Audit, User
from audits.search import fold, words
from audits.widgets import ExplainedChoices

from ..actions import EvidenceInput
from ..enums import FindingKind
from ..method import ORDER
from ..models import EvidenceLink, Finding, FindingComment
from .texts import NumberedTextForm


def source_methods() -> list[Method]:
    """The methods that findings come from: all that stand before the findings in the toolkit's order."""
    return [method for method in methods.methods() if method.order < ORDER]


def offering_methods() -> list[Method]:
    """The methods that offer what a finding can be linked to by hand."""
    return [method for method in methods.methods() if method.evidence_choices]


class FindingForm(NumberedTextForm):
    kind = forms.ChoiceField(
        label=_("What kind of finding is it?"),
        choices=FindingKind,
        widget=ExplainedChoices(explanations={kind.value: kind.meaning for kind in FindingKind}),
        error_messages={"required": _("Choose the kind"), "invalid_choice": _("Choose one of the kinds below")},
    )
    method = forms.ChoiceField(label=_("Where it comes from"), required=False)

    class Meta:
        model = Finding
        fields = ["text", "area", "kind", "method"]
        labels = {"text": _("What have you found?")}
        help_texts = {
            "text": _("One thing in two or three sentences, so that people who were not there understand it.")
        }
        error_messages = {"text": {"required": _("Write what you have found")}}
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, audit: Audit, **kwargs):
        super().__init__(*args, **kwargs)
        known = {method.key: method.name for method in source_methods()}
        if self.instance.method:
            known.setdefault(self.instance.method, self.instance.method)
        self.fields["method"].choices = [("", _("No method of the toolkit")), *known.items()]


class FindingFilter(forms.Form):
    """What of the findings to show. Fields that hold nonsense are named and left out."""

    q = forms.CharField(
        label=_("Search the findings"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    area = forms.ChoiceField(label=_("Area"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    method = forms.ChoiceField(label=_("Method"), required=False)
    recommended = forms.ChoiceField(
        label=_("Recommendation"), required=False, choices=[("", _("All")), ("no", _("None yet"))]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("All areas")), *((area.value, area.short) for area in Area)]
        self.fields["kind"].choices = [("", _("All kinds")), *FindingKind.choices]
        self.fields["method"].choices = [
            ("", _("All")),
            *((method.key, method.name) for method in source_methods()),
        ]

    def narrow(self, findings):
        """Those of the findings that are asked for."""
        self.is_valid()
        wanted = self.cleaned_data
        for name in ("area", "kind", "method"):
            if wanted.get(name):
                findings = findings.filter(**{name: wanted[name]})
        if wanted.get("recommended"):
            findings = findings.without_recommendation()
        return findings.mentioning(wanted.get("q", ""))

    @property
    def areas(self) -> list[Area]:
        chosen = self.cleaned_data.get("area")
        return [Area(chosen)] if chosen else list(Area)

    @property
    def cuts(self) -> bool:
        """Whether more than the areas is chosen; then the order of what is left says nothing."""
        return any(self.cleaned_data.get(name) for name in ("q", "kind", "method", "recommended"))

    @property
    def in_use(self) -> bool:
        return self.cuts or bool(self.cleaned_data.get("area"))


class CommentForm(forms.ModelForm):
    class Meta:
        model = FindingComment
        fields = ["text"]
        labels = {"text": _("What do you say to it?")}
        help_texts = {"text": _("The whole team reads it, under your name.")}
        error_messages = {"text": {"required": _("Write your comment")}}
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}


class EvidenceForm(forms.Form):
    """Sources that the methods offer, to be ticked; those linked already are left out.

    `linked` are the links that the finding or judgement has; `search` narrows the list by words. A source that no method
    offers for this audit is refused.
    """

    sources = forms.MultipleChoiceField(
        label=_("What shows it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one source"),
            "invalid_choice": _("One of the sources is not offered for this audit."),
        },
    )

    def __init__(
        self, *args, audit: Audit, user: User, linked: Iterable[EvidenceLink] = (), search: str = "", **kwargs
    ):
        super().__init__(*args, **kwargs)
        taken = {(link.app, link.type, link.source) for link in linked}
        wanted = words(search)
        self.offered: dict[str, tuple[Reference, Evidence]] = {}
        groups = []
        for method in offering_methods():
            choices = []
            for reference, evidence in method.evidence_choices(audit, user):
                if (reference.app, reference.type, reference.source) in taken:
                    continue
                key = _key(reference)
                self.offered[key] = (reference, evidence)
                label = " ".join(filter(None, (evidence.caption, evidence.words)))
                if all(word in fold(label) for word in wanted):
                    choices.append((key, label))
            if choices:
                groups.append((method.name, choices))
        self.fields["sources"].choices = groups

    def chosen(self) -> list[EvidenceInput]:
        found = (self.offered[key] for key in self.cleaned_data["sources"])
        return [EvidenceInput.of(reference, evidence) for reference, evidence in found]


def _key(reference: Reference) -> str:
    return f"{reference.app}:{uuid.UUID(str(reference.source))}:{reference.type}"
