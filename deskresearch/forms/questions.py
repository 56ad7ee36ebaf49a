from __future__ import annotations

from django import forms
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.enums import Role
from audits.forms.choices import GroupedField, TickedForm
from audits.forms.fields import LongText
from audits.forms.versioned import VersionedForm
from audits.models import Audit, User
from audits.permissions import Ability, role_may

from ..enums import AnswerState, GovernanceLevel, Level
from ..models import Answer, Provision, Research

SOURCES = ("documents", "provisions", "institutions", "partnerships")


class GovernanceForm(VersionedForm):
    """Strengths and weaknesses of the governance model."""

    made_by_first_save = True

    class Meta:
        model = Research
        fields = ["strengths", "weaknesses"]
        widgets = dict.fromkeys(("strengths", "weaknesses"), LongText(attrs={"rows": 6}))
        help_texts = dict.fromkeys(("strengths", "weaknesses"), gettext_lazy("One to a line."))


class AnswerForm(TickedForm):
    """The answer to a guide question and what it rests on. An answer with words is at least drafted."""

    made_by_first_save = True

    documents = GroupedField(
        label=gettext_lazy("Documents"),
        group=lambda document: Level(document.level).label,
        empty=gettext_lazy("The audit has no documents yet."),
    )
    provisions = GroupedField(
        label=gettext_lazy("Provisions"),
        group=lambda provision: provision.document.title,
        label_of=lambda provision: _quotation(provision),
        empty=gettext_lazy("No provision has been quoted yet."),
    )
    institutions = GroupedField(
        label=gettext_lazy("Institutions"),
        group=lambda institution: GovernanceLevel(institution.level).label,
        empty=gettext_lazy("The audit has no institutions yet."),
    )
    partnerships = GroupedField(
        label=gettext_lazy("Partnerships and mechanisms"),
        group=lambda partnership: partnership.get_kind_display(),
        empty=gettext_lazy("The audit has no partnerships or mechanisms yet."),
    )

    class Meta:
        model = Answer
        fields = ["text", "state", "assignee", *SOURCES]
        widgets = {"text": LongText(attrs={"rows": 10}), "state": forms.RadioSelect}
        help_texts = {"state": gettext_lazy("An open question with words in its answer counts as drafted.")}

    def __init__(self, *args, audit: Audit, **kwargs):
        super().__init__(*args, **kwargs)
        writers = [role for role in Role if role_may(role, Ability.WRITE_RESEARCH)]
        team = Q(memberships__audit=audit, memberships__role__in=writers)
        who = self.fields["assignee"]
        who.queryset = User.objects.filter(team | Q(pk=self.instance.assignee_id)).distinct()
        who.empty_label = _("Nobody yet")
        who.error_messages["invalid_choice"] = _("This person does not write the desk research of this audit.")
        self.fields["state"].choices = AnswerState.choices
        self.fields["documents"].queryset = audit.documents.in_order()
        self.fields["provisions"].queryset = (
            Provision.objects.filter(document__audit=audit)
            .select_related("document")
            .order_by("document__title__alphabetical", "document_id", "topic", "position", "pk")
        )
        self.fields["institutions"].queryset = audit.institutions.in_order()
        self.fields["partnerships"].queryset = audit.partnerships.order_by("kind", "position", "title", "pk")

    @property
    def lacks_source(self) -> bool:
        """Whether the answer is done and names nothing: what it cited was deleted."""
        return self["state"].value() == AnswerState.DONE and not any(field.value() for field in self.cited)

    @property
    def cited(self) -> list[forms.BoundField]:
        return [self[name] for name in SOURCES]

    def clean(self):
        cleaned = super().clean()
        if "text" in cleaned and "state" in cleaned:
            if cleaned["state"] == AnswerState.DONE and not cleaned["text"]:
                self.add_error("text", _("An answer that is done needs words. Write it, or choose another state."))
            elif cleaned["state"] == AnswerState.DONE and not any(cleaned.get(name) for name in SOURCES):
                # Refused, not only counted: what was typed stays in the form, and a draft can be saved without it.
                said = _("An answer that is done names what it rests on. Tick it below, or choose another state.")
                self.add_error("state", said)
            elif cleaned["state"] == AnswerState.OPEN and cleaned["text"]:
                cleaned["state"] = AnswerState.DRAFTED
        return cleaned


def _quotation(provision: Provision) -> str:
    words = Truncator(provision.text).words(25)
    topic = provision.get_topic_display()
    if provision.page:
        return _("%(topic)s: “%(text)s” (%(page)s)") % {"topic": topic, "text": words, "page": provision.page}
    return _("%(topic)s: “%(text)s”") % {"topic": topic, "text": words}


class QuestionFilter(forms.Form):
    """Which questions to list. What is not a choice is named and left out."""

    whose = forms.ChoiceField(
        label=gettext_lazy("Who answers it"),
        required=False,
        choices=[
            ("", gettext_lazy("Anybody")),
            ("mine", gettext_lazy("I do")),
            ("nobody", gettext_lazy("Nobody yet")),
        ],
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["state"].choices = [("", _("All")), *AnswerState.choices]

    def keeps(self, question) -> bool:
        """Whether a question (`overview.Question`) is one of those asked for."""
        whose, state = self.cleaned_data.get("whose"), self.cleaned_data.get("state")
        assignee = question.answer.assignee_id if question.answer else None
        if whose == "mine" and assignee != self.user.pk:
            return False
        if whose == "nobody" and assignee is not None:
            return False
        return not state or question.state == state

    @property
    def in_use(self) -> bool:
        return bool(self.cleaned_data.get("whose") or self.cleaned_data.get("state"))
