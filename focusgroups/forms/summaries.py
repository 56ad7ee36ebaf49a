"""The texts of the focus group report: per question, per area, and about the session as a whole."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.forms.fields import LongText
from audits.forms.versioned import VersionedForm
from audits.models import Audit

from ..enums import Sufficiency
from ..models import AreaSummary, Code, GroupConclusions, QuestionSummary
from .summary import WITHOUT_NAMES

ONE_TO_A_LINE = gettext_lazy("One to a line.")


class IdeasField(forms.ModelMultipleChoiceField):
    """Codes of the audit to tick; `told` says of each (by its primary key) on how many notes it counts."""

    def __init__(self, **kwargs):
        self.told: dict[int, str] = {}
        super().__init__(
            None,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": gettext_lazy("One of the codes was deleted or merged meanwhile.")},
            **kwargs,
        )

    def label_from_instance(self, code: Code) -> str:
        told = self.told.get(code.pk)
        return _("%(name)s (%(told)s)") % {"name": code.name, "told": told} if told else code.name


class IdeasForm(VersionedForm):
    """A text with the codes that it takes up. `told` as `IdeasField` takes it."""

    made_by_first_save = True

    ideas: str

    def __init__(self, *args, audit: Audit, told: dict[int, str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields[self.ideas]
        field.queryset = Code.objects.filter(audit=audit)
        field.told = told or {}


class QuestionForm(IdeasForm):
    ideas = "codes"
    awaited = ("text",)
    codes = IdeasField(label=gettext_lazy("Big ideas that were discussed"))

    class Meta:
        model = QuestionSummary
        fields = ["text", "codes"]
        widgets = {"text": LongText(attrs={"rows": 8})}
        help_texts = {"text": WITHOUT_NAMES}


class AreaForm(VersionedForm):
    made_by_first_save = True
    awaited = ("sufficiency", "results")
    LACKS = ("lacks_statistics", "lacks_knowledge", "lacks_overall")

    class Meta:
        model = AreaSummary
        fields = [
            "sufficiency",
            "lacks_statistics",
            "lacks_knowledge",
            "lacks_overall",
            "reasons",
            "results",
            "recommendations",
        ]
        widgets = {
            "sufficiency": forms.RadioSelect,
            "reasons": LongText(attrs={"rows": 4}),
            "results": LongText(attrs={"rows": 6}),
            "recommendations": LongText(attrs={"rows": 5}),
        }
        help_texts = {"results": ONE_TO_A_LINE, "recommendations": ONE_TO_A_LINE}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sufficiency"].choices = Sufficiency.choices

    @property
    def lacking(self) -> list[forms.BoundField]:
        return [self[name] for name in self.LACKS]

    def clean(self):
        cleaned = super().clean()
        lacks = any(cleaned.get(name) for name in self.LACKS)
        if lacks and cleaned.get("sufficiency") == Sufficiency.ENOUGH:
            self.add_error(
                "sufficiency",
                _("You say that they had enough, and that something was lacking. Choose “Partly” or untick it below."),
            )
        return cleaned


class ConclusionsForm(IdeasForm):
    ideas = "interest_codes"
    awaited = ("successes", "challenges", "conclusions", "recommendations")
    interest_codes = IdeasField(label=gettext_lazy("Big ideas that stirred most interest"))

    class Meta:
        model = GroupConclusions
        fields = ["interest_codes", "interest", "successes", "challenges", "conclusions", "recommendations"]
        widgets = dict.fromkeys(
            ("interest", "successes", "challenges", "conclusions", "recommendations"), LongText(attrs={"rows": 5})
        )
        help_texts = dict.fromkeys(("successes", "challenges", "conclusions", "recommendations"), ONE_TO_A_LINE)
