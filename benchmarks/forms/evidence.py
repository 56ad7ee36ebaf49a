"""A piece of evidence on a judgement, and its source in the same audit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.agenda.actions import EvidenceInput
from audits.agenda.forms import offering_methods
from audits.agenda.models import EvidenceLink
from audits.forms.fields import LongText, SentOnceForm, WebAddressField
from audits.forms.versioned import VersionedForm
from audits.instruments import Text
from audits.methods import Evidence as Shown
from audits.methods import Reference
from audits.models import Audit, User, Versioned
from audits.search import fold, words
from audits.widgets import ExplainedChoices

from ..actions import link_source
from ..enums import DocumentaryKind, EvidenceKind
from ..models import Evidence, GuideQuestion

# Which method offers the sources of each kind.
APPS = {
    EvidenceKind.DOCUMENTARY: "deskresearch",
    EvidenceKind.FOCUS_GROUP: "focusgroups",
    EvidenceKind.CHECKLIST: "checklists",
    EvidenceKind.PHOTO: "photovoice",
}
# What the sources of a method are called in the list; where it has no word here, by the method.
GROUPS = {"document": _("Documents"), "institution": _("Institutions")}
MEANING = {
    EvidenceKind.DOCUMENTARY: _("A report, minutes, figures, a press release"),
    EvidenceKind.INTERVIEW: _("What somebody said. Name the function, never the person"),
    EvidenceKind.FOCUS_GROUP: _("What a group said, without names"),
    EvidenceKind.CHECKLIST: _("How a statement of the checklist was scored"),
    EvidenceKind.PHOTO: _("What a photo of the photovoice shows"),
}
MISFIT = {
    EvidenceKind.DOCUMENTARY: _("This source is not a document. Choose another source, or another kind above."),
    EvidenceKind.INTERVIEW: _("An interview has no source in the audit. Choose “None”, or another kind above."),
    EvidenceKind.FOCUS_GROUP: _("This source is not of a focus group. Choose another source, or another kind above."),
    EvidenceKind.CHECKLIST: _("This source is not of a city walk. Choose another source, or another kind above."),
    EvidenceKind.PHOTO: _("This source is not of the photovoice. Choose another source, or another kind above."),
}


class EvidenceForm(SentOnceForm, VersionedForm):
    """Evidence of one judgement. `sources` are chosen from what the methods of the audit offer; the one that is linked
    stays offered, even where its method offers it no longer. `search` narrows the list by words, `refused` is why
    nothing can be saved, "" where it can; `host` is the host of the request, to which no address may lead.
    """

    kind = forms.ChoiceField(
        label=_("What kind of evidence is it?"),
        choices=EvidenceKind,
        initial=EvidenceKind.DOCUMENTARY,
        widget=ExplainedChoices(explanations=MEANING),
        error_messages={"required": _("Choose the kind.")},
    )
    search = forms.CharField(
        label=_("Search the sources of this audit"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    source = forms.ChoiceField(
        label=_("Source in this audit"),
        required=False,
        help_text=_("Something that the audit holds already. Its figures are kept, and shown beside those of later."),
        error_messages={"invalid_choice": _("This source is not offered for this audit. Choose another one.")},
    )

    web = WebAddressField(label=_("Address on the web"))

    class Meta:
        model = Evidence
        fields = ["kind", "documentary", "title", "text", "place", "web", "question"]
        labels = {
            "documentary": _("Kind of document"),
            "title": _("What it is"),
            "text": _("What it shows"),
            "place": _("Where in it"),
            "question": _("Which guide question does it answer?"),
        }
        help_texts = {
            "title": _(
                "For example: Annual report of the equality office 2025. Of an interview: the function of who spoke, "
                "never a name. Left empty, it takes the name of the source."
            ),
        }
        widgets = {
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "text": LongText(attrs={"rows": 4}),
        }

    def __init__(
        self,
        *args,
        audit: Audit,
        user: User,
        host: str,
        questions: Iterable[tuple[GuideQuestion, Text]] = (),
        link: EvidenceLink | None = None,
        search: str = "",
        refused: object = "",
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.refused = refused
        if self.instance.pk:
            del self.fields["uuid"]
        self.fields["web"].host = host
        self.fields["title"].required = False
        self.fields["documentary"].required = False
        self.fields["documentary"].choices = [("", _("Not said")), *DocumentaryKind.choices]
        questions = [(question, str(text)) for question, text in questions]
        present = self.instance.question
        if present and present not in [question for question, _text in questions]:
            # After a move to another version of the benchmark; saving another line leaves it as it is.
            questions.append((present, present.text))
        field = self.fields["question"]
        field.queryset = GuideQuestion.objects.filter(pk__in=[question.pk for question, _text in questions])
        field.choices = [
            ("", _("The key factor as a whole")),
            *((question.pk, text) for question, text in questions),
        ]
        self.offered: dict[str, tuple[Reference, Shown]] = {}
        self._offer(audit, user, link, search)
        if link:
            self.initial.setdefault("source", _key(Reference(link.app, link.type, link.source)))

    def _offer(self, audit: Audit, user: User, link: EvidenceLink | None, search: str) -> None:
        """All may be chosen; the list shows those in which the words are found, and the one that is chosen. In the browser
        it is narrowed to the kind, too (static/js/evidence-sources.js).
        """
        wanted, chosen = words(search), self.data.get("source") or self.initial.get("source")
        groups = []
        if link:
            reference = Reference(link.app, link.type, link.source)
            self.offered[_key(reference)] = (reference, Shown(link.caption, "", link.figures))
            groups.append((_("Linked now"), [(_key(reference), link.caption)]))
        methods = [method for method in offering_methods() if method.key in APPS.values()]
        kind = self.data.get("kind") or self.initial.get("kind")
        self.found = 0
        for method in methods:
            own: dict[object, list[tuple[str, str]]] = {}
            for reference, shown in method.evidence_choices(audit, user):
                key = _key(reference)
                if key in self.offered:
                    continue
                self.offered[key] = (reference, shown)
                fits = all(word in fold(shown.caption) for word in wanted)
                self.found += fits and APPS.get(kind, method.key) == method.key
                if fits or key == chosen:
                    own.setdefault(GROUPS.get(reference.type, method.name), []).append((key, shown.caption))
            groups += own.items()
        self.fields["source"].choices = [("", _("None")), *groups]
        offering = {method.key for method in methods}
        kinds = {kind.value: app for kind, app in APPS.items() if app in offering}
        self.fields["source"].widget.attrs["data-kinds"] = json.dumps(kinds)

    def clean(self):
        cleaned = super().clean()
        if self.refused:
            raise forms.ValidationError(self.refused)
        kind, source = cleaned.get("kind"), cleaned.get("source")
        if kind != EvidenceKind.DOCUMENTARY:
            cleaned["documentary"] = ""
        if kind and source:
            reference, shown = self.offered[source]
            if APPS.get(EvidenceKind(kind)) != reference.app:
                self.add_error("source", MISFIT[EvidenceKind(kind)])
            if not cleaned.get("title"):
                longest = Evidence._meta.get_field("title").max_length
                cleaned["title"] = shown.caption[:longest]
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Write what it is, or choose a source above."))
        return cleaned

    def same_beside(self, saved: Versioned) -> bool:
        there = {(link.app, link.type, link.source) for link in saved.links.all()}
        source = self.chosen()
        return there == ({(source.app, source.type, source.source)} if source else set())

    def write_beside(self, row: Versioned) -> None:
        link_source(evidence=row, source=self.chosen(), by=row.changed_by)

    def compared(self) -> list[str]:
        return [*super().compared(), "source"]

    def value_of(self, saved: Versioned, name: str) -> Any:
        if name != "source":
            return super().value_of(saved, name)
        link = saved.links.first()
        return _key(Reference(link.app, link.type, link.source)) if link else ""

    def in_words(self, saved: Versioned, name: str) -> str:
        link = saved.links.first() if name == "source" else None
        return link.caption if link else super().in_words(saved, name)

    def chosen(self) -> EvidenceInput | None:
        """The source to link."""
        if not (source := self.cleaned_data["source"]):
            return None
        reference, shown = self.offered[source]
        return EvidenceInput.of(reference, shown)


def _key(reference: Reference) -> str:
    return f"{reference.app}:{UUID(str(reference.source))}:{reference.type}"
