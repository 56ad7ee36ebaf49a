"""Forms of the results, the discussion and the ideas."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from audits.agenda.enums import FindingKind
from audits.forms.fields import LongText, SentOnceForm
from audits.instruments import translated

from ..enums import Agreement
from ..models import ConsensusNote, ImprovementIdea
from ..scale import SCALE


class ResultsFilter(forms.Form):
    """How the results are shown. A wrong value in the address falls back to the first choice."""

    ORDERS = [
        ("checklist", _("As on the checklist")),
        ("highest", _("Highest average first")),
        ("lowest", _("Lowest average first")),
        ("spread", _("Most different opinions first")),
    ]

    compare = forms.ChoiceField(label=_("Compare with"), required=False)
    order = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False)

    def __init__(self, data, *, previous=None):
        super().__init__(data)
        # Comparing is what people come for, so it is on unless it is switched off.
        self.fields["compare"].choices = [("", previous.audit.title), ("no", _("No comparison"))] if previous else []
        if not previous:
            del self.fields["compare"]

    @property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {
            "compare": "",
            "order": "checklist",
            **{key: value for key, value in self.cleaned_data.items() if value},
        }


class ConsensusForm(forms.ModelForm):
    """What the group says about a statement. The scores on the sheets stay as they are."""

    OUTCOMES = [
        *((str(value), str(value)) for value in SCALE.values),
        ("none", _("No agreement, and that is a result too")),
    ]

    outcome = forms.ChoiceField(
        label=_("Score on which you agree"), choices=OUTCOMES, required=False, widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ConsensusNote
        fields = ["text"]
        labels = {"text": _("What the group says now")}
        widgets = {"text": LongText(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        note = self.instance
        if note.pk:
            self.initial["version"] = note.version
            self.initial["outcome"] = (
                "none" if note.agreement == Agreement.NO_AGREEMENT else str(note.agreed_score or "")
            )

    def clean(self):
        data = super().clean()
        outcome = data.get("outcome")
        if not outcome and not data.get("text"):
            raise forms.ValidationError(_("Write down what the group says, or choose a score or “No agreement”."))
        return data

    @property
    def agreement(self) -> tuple[str, int | None]:
        """Outcome and agreed score of a valid form."""
        outcome = self.cleaned_data["outcome"]
        if outcome == "none":
            return Agreement.NO_AGREEMENT, None
        return (Agreement.AGREED, int(outcome)) if outcome else (Agreement.NONE, None)


class IdeaForm(SentOnceForm, forms.ModelForm):
    text = forms.CharField(
        label=_("Idea"),
        max_length=1000,
        widget=LongText(attrs={"rows": 3}),
        error_messages={"required": _("Write down the idea.")},
    )

    class Meta:
        model = ImprovementIdea
        fields = ["section", "text"]

    def __init__(self, *args, walk, **kwargs):
        super().__init__(*args, **kwargs)
        sections = walk.checklist.sections.all()
        titles = translated(sections, get_language())
        self.fields["section"].queryset = sections
        self.fields["section"].empty_label = None
        self.fields["section"].label_from_instance = lambda section: str(titles[section, "title"])


class ItemFindingForm(SentOnceForm):
    """A statement's result, turned into a finding; its figures are kept as evidence."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FindingKind.choices)
    text = forms.CharField(label=_("Finding"), widget=LongText(attrs={"rows": 4}), max_length=4000)
