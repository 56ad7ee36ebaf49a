"""A stakeholder, its place in the matrix, and what of the register to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import Q, prefetch_related_objects
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.enums import TargetGroup
from audits.forms.fields import LongText, SentOnceForm
from audits.forms.versioned import VersionedForm
from audits.instruments import Text
from audits.models import Audit, SelectionQuestion, User
from audits.search import words
from audits.spreadsheet import compared
from audits.templatetags.interface import passage
from audits.widgets import ExplainedChoices

from ..actions.register import Answer, answers_of, create_stakeholder, write_answers
from ..enums import Degree, Known, Quadrant, Sector, StakeholderKind
from ..models import Stakeholder

NOT_JUDGED = ("", gettext_lazy("Not judged yet"))
NOT_SAID = ("", gettext_lazy("Not said yet"))
ALL = ("", gettext_lazy("All"))
NONE = "none"


class DegreeField(forms.TypedChoiceField):
    """Power or interest on the scale of five steps in words, or not judged yet."""

    def __init__(self, **kwargs: Any):
        choices = [NOT_JUDGED, *Degree.choices]
        super().__init__(choices=choices, coerce=int, empty_value=None, required=False, **kwargs)


class StakeholderForm(SentOnceForm, VersionedForm):
    """A stakeholder with the answers to the guide's selection questions, which are written under its version.

    A new one carries its identifier. `questions` are those of `selection.in_language`.
    """

    power = DegreeField(
        label=gettext_lazy("Power"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("How far can they affect what comes of the strategy?"),
    )
    interest = DegreeField(
        label=gettext_lazy("Interest"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("How much do they want to take part in it?"),
    )

    website = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )

    class Meta:
        model = Stakeholder
        fields = list(Stakeholder.written)
        widgets = {
            "kind": ExplainedChoices(
                explanations={
                    StakeholderKind.ORGANISATION: gettext_lazy("For example: Housing office, Women’s association"),
                    StakeholderKind.FUNCTION: gettext_lazy("For example: Deputy mayor for education"),
                }
            ),
            "migrant_led": forms.RadioSelect,
            "involved_in": LongText(attrs={"rows": 3}),
            "arguments": LongText(attrs={"rows": 4}),
        }
        help_texts = {
            "involved_in": gettext_lazy(
                "Projects, councils, earlier events. Walks and groups are added by themselves."
            ),
            "arguments": gettext_lazy(
                "The guide says: line up the arguments before you approach those with influence. What is in it for them?"
            ),
            "telephone": gettext_lazy("Of the office, or of who acts for it."),
        }
        error_messages = {
            "name": {"required": gettext_lazy("Write the name of the organisation or function")},
            "kind": {"required": gettext_lazy("Choose whether it is an organisation or a function.")},
        }

    PARTS = (
        (gettext_lazy("Who they are"), ("name", "kind", "sector", "target_group", "migrant_led")),
        (gettext_lazy("How to reach them"), ("contact_name", "contact_role", "email", "telephone", "website")),
        (gettext_lazy("What they can do"), ("involved_in", "power", "interest", "arguments")),
    )

    def __init__(self, *args: Any, audit: Audit, questions: Sequence[tuple[SelectionQuestion, Text]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.audit = self.instance.audit = audit
        self.questions = questions
        if self.instance.pk:
            del self.fields["uuid"]
        self.fields["kind"].choices = StakeholderKind.choices
        self.fields["migrant_led"].choices = Known.choices
        for name in ("sector", "target_group"):
            self.fields[name].choices = [NOT_SAID, *self.fields[name].choices[1:]]
        for name in ("name", "contact_name", "contact_role"):
            self.fields[name].widget.attrs["dir"] = "auto"
        for name in ("email", "telephone", "website"):
            self.fields[name].widget.attrs["dir"] = "ltr"
        standing = answers_of(self.instance) if self.instance.pk else {}
        for question, text in questions:
            self._ask(question, text, standing.get(question.pk, Answer("")))

    def _ask(self, question: SelectionQuestion, text: Text, said: Answer) -> None:
        answer, why = f"answer_{question.pk}", f"why_{question.pk}"
        self.fields[answer] = forms.ChoiceField(
            label=passage(text), choices=Known.choices, required=False, widget=forms.RadioSelect
        )
        self.fields[why] = forms.CharField(
            label=_("Why"),
            required=False,
            max_length=300,
            widget=forms.TextInput(attrs={"dir": "auto", "aria-label": _("Why: %(question)s") % {"question": text}}),
        )
        self.initial |= {answer: said.answer, why: said.note}

    @property
    def parts(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The fields but for the questions, under their legends."""
        for legend, names in self.PARTS:
            yield legend, [self[name] for name in names]

    @property
    def asked(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"answer_{one.pk}"], self[f"why_{one.pk}"]) for one, _text in self.questions]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        for other in self.audit.stakeholders.exclude(pk=self.instance.pk).only("name", "uuid", "audit"):
            # What was sent twice is its own double; whether it says the same, the action finds out.
            if compared(other.name) == compared(name) and str(other.uuid) != str(self.data.get("uuid", "")):
                other.audit = self.audit
                link = format_html('<a href="{}">{}</a>', other.get_absolute_url(), other.name)
                raise forms.ValidationError(
                    format_html(_("The register has it already: {}. Open that entry, or choose another name."), link)
                )
        return name

    def clean(self):
        cleaned = super().clean()
        for question, _text in self.questions:
            if cleaned.get(f"why_{question.pk}") and not cleaned.get(f"answer_{question.pk}"):
                self.add_error(f"answer_{question.pk}", _("A reason stands here. Choose yes or no, too."))
        return cleaned

    @property
    def answers(self) -> dict[int, Answer]:
        """What was answered, by the key of the question in the database."""
        found = {
            one.pk: Answer(self.cleaned_data[f"answer_{one.pk}"], self.cleaned_data[f"why_{one.pk}"])
            for one, _text in self.questions
        }
        return {pk: said for pk, said in found.items() if said.answer}

    def create(self, *, by: User) -> Stakeholder:
        """The new stakeholder. Raises StaleError where this form was sent before with other words."""
        fields = {name: self.cleaned_data[name] for name in Stakeholder.written}
        uuid = self.cleaned_data.get("uuid")
        return create_stakeholder(audit=self.audit, by=by, uuid=uuid, answers=self.answers, **fields)

    def _standing(self, saved: Stakeholder) -> dict[int, Answer]:
        # Asked for each question, looked up once.
        prefetch_related_objects([saved], "answers")
        return {question.pk: Answer("") for question, _text in self.questions} | answers_of(saved)

    def same_beside(self, saved):
        standing = self._standing(saved)
        return all(self.answers.get(one.pk, Answer("")) == standing[one.pk] for one, _text in self.questions)

    def write_beside(self, row):
        write_answers(stakeholder=row, answers=self.answers, asked=[one.pk for one, _text in self.questions])

    def compared(self):
        asked = [name for one, _text in self.questions for name in (f"answer_{one.pk}", f"why_{one.pk}")]
        return [*super().compared(), *asked]

    def value_of(self, saved, name):
        field, _, key = name.rpartition("_")
        if field not in ("answer", "why"):
            return super().value_of(saved, name)
        said = self._standing(saved)[int(key)]
        return said.answer if field == "answer" else said.note


class PlaceForm(VersionedForm):
    """Where a stakeholder stands in the matrix."""

    power = DegreeField(label=gettext_lazy("Power"))
    interest = DegreeField(label=gettext_lazy("Interest"))

    class Meta:
        model = Stakeholder
        fields = ["power", "interest"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.visible_fields():
            field.field.widget.attrs["aria-label"] = f"{field.label}: {self.instance.name}"
        # Each row of the table has such a form.
        self.auto_id = f"{self.instance.uuid}-%s"


class StakeholderFilter(forms.Form):
    """What of the register to show, and how. Fields that hold nonsense are left out."""

    q = forms.CharField(
        label=gettext_lazy("Search the register"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"), required=False, choices=[ALL, *Sector.choices, (NONE, NOT_SAID[1])]
    )
    group = forms.ChoiceField(
        label=gettext_lazy("Target group"), required=False, choices=[ALL, *TargetGroup.choices, (NONE, NOT_SAID[1])]
    )
    led = forms.ChoiceField(
        label=gettext_lazy("Migrant-led"),
        required=False,
        choices=[ALL, *((value or NONE, label) for value, label in Known.choices)],
    )
    field = forms.ChoiceField(
        label=gettext_lazy("In the matrix"),
        required=False,
        choices=[ALL, *Quadrant.choices, (NONE, gettext_lazy("Not placed yet"))],
    )
    contact = forms.ChoiceField(
        label=gettext_lazy("Contact"),
        required=False,
        choices=[ALL, (NONE, gettext_lazy("No e-mail, no telephone"))],
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[("", gettext_lazy("By name")), ("sector", gettext_lazy("Stakeholder map"))],
    )

    def narrow(self, stakeholders):
        """Those of the stakeholders that are asked for, in the order that is asked for."""
        self.is_valid()
        wanted = self.cleaned_data
        for name, column in (("sector", "sector"), ("group", "target_group"), ("led", "migrant_led")):
            if value := wanted.get(name):
                stakeholders = stakeholders.filter(Q(**{column: "" if value == NONE else value}))
        if wanted.get("field") == NONE:
            stakeholders = stakeholders.not_placed()
        elif wanted.get("field"):
            stakeholders = stakeholders.in_quadrant(Quadrant(wanted["field"]))
        if wanted.get("contact"):
            stakeholders = stakeholders.unreachable()
        stakeholders = stakeholders.mentioning(words(wanted.get("q", "")))
        return stakeholders.by_sector() if self.by_sector else stakeholders

    @property
    def by_sector(self) -> bool:
        return self.cleaned_data.get("order") == "sector"

    @property
    def in_use(self) -> bool:
        return any(value for name, value in self.cleaned_data.items() if name != "order")
