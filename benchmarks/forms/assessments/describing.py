"""Beginning an assessment, and what it says about itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audits.enums import Role
from audits.forms.fields import DayField, LongText, SentOnceForm
from audits.forms.versioned import VersionedForm
from audits.models import Audit, User, Versioned
from audits.widgets import ExplainedChoices

from ...actions.assessments import still_open
from ...enums import AssessmentKind
from ...models import Assessment, Benchmark
from .state import CLOSED

MIGRANT = "migrant"
"""The key of the term whose definition an assessment can change."""
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
        }
        field_classes = {"starts_on": DayField, "ends_on": DayField}

    def __init__(self, *args, audit: Audit, benchmark: Benchmark | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        benchmark = benchmark or self.instance.benchmark
        if not benchmark.terms.filter(key=MIGRANT).exists():
            self.fields["migrant_definition"].help_text = _(
                "This benchmark does not define it. Write whom the city means: the report says it beside the result."
            )
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
    """A new assessment against a benchmark that is chosen already. Earlier ones against it that are closed and judged can
    be its baseline.

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
        super().__init__(*args, audit=audit, benchmark=benchmark, **kwargs)
        earlier = Assessment.objects.repeatable().filter(audit=audit, benchmark__code=benchmark.code)
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
