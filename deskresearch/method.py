"""What the desk research tells the ground: its card on the audit home, its entry in the navigation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import TextField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.actions.uploads import expire_uploads
from audits.enums import Area
from audits.methods import Method, Missing, NextStep, Progress, TeamTexts, text_on
from audits.models import Audit, User
from audits.permissions import Ability, may

from . import evidence
from .models import (
    Answer,
    Document,
    DocumentRating,
    DocumentUpload,
    Institution,
    Partnership,
    Provision,
    Research,
)
from .overview import Figures, figures_of

KEY = "deskresearch"
ORDER = 10


def url(audit: Audit) -> str:
    return reverse("deskresearch:home", args=[audit.slug])


def _address(name: str, audit: Audit, *args: str) -> str:
    return reverse(f"deskresearch:{name}", args=[audit.slug, *args])


def progress(audit: Audit, user: User) -> Progress:
    """Guide questions done, what is missing, the next step for those who write; the same queries for any number."""
    return progress_of(figures_of(audit, user), audit, user)


def progress_of(figures: Figures, audit: Audit, user: User) -> Progress:
    writes = may(user, Ability.WRITE_RESEARCH, audit)
    step = _next_step(figures, audit) if writes else None
    return Progress(
        state="done" if figures.complete else "now" if figures.begun else "todo",
        words=_words(figures),
        done=figures.done,
        total=figures.total,
        missing=tuple(_missing(figures, audit, writes=writes)) if figures.begun else (),
        next_step=step,
        link_label=step.label if step else _("Read the desk research"),
        link_url=step.url if step else url(audit),
        by_area={area.value: {_("Documents that address it"): figures.areas.get(area.value, 0)} for area in Area}
        if figures.documents
        else {},
    )


def _words(figures: Figures) -> str:
    if not figures.begun:
        return _("Not begun")
    return _("%(questions)s, %(documents)s, %(institutions)s") % {
        "questions": ngettext(
            "%(done)s of %(number)s guide question answered",
            "%(done)s of %(number)s guide questions answered",
            figures.total,
        )
        % {"done": figures.done, "number": figures.total},
        "documents": ngettext("%(number)s document", "%(number)s documents", figures.documents)
        % {"number": figures.documents},
        "institutions": ngettext("%(number)s institution", "%(number)s institutions", figures.institutions)
        % {"number": figures.institutions},
    }


def _missing(figures: Figures, audit: Audit, *, writes: bool):
    """Facts, each with the page where it can be done for those who may."""
    if not figures.documents:
        yield Missing(_("No document is listed yet"), _address("document-create", audit) if writes else "")
    if figures.gaps:
        text = ngettext(
            "%(number)s document is not rated on all points",
            "%(number)s documents are not rated on all points",
            figures.gaps,
        )
        yield Missing(text % {"number": figures.gaps}, _address("matrix", audit))
    yield from to_complete(figures, audit)
    if not figures.institutions:
        yield Missing(_("No institution is described yet"), _address("institution-create", audit) if writes else "")
    if figures.open:
        text = ngettext("%(number)s guide question is open", "%(number)s guide questions are open", figures.open)
        yield Missing(text % {"number": figures.open}, _address("question-list", audit) + "?state=open")
    if figures.drafted:
        text = ngettext("%(number)s answer is a draft", "%(number)s answers are drafts", figures.drafted)
        yield Missing(text % {"number": figures.drafted}, _address("question-list", audit) + "?state=drafted")


def to_complete(figures: Figures, audit: Audit) -> Iterator[Missing]:
    """What is asked for and was left open while working."""
    documents = _address("document-list", audit) + "?gaps=complete"
    if number := figures.without_reason:
        text = ngettext("%(number)s rating has no reason yet", "%(number)s ratings have no reason yet", number)
        yield Missing(text % {"number": number}, documents)
    if number := figures.without_page:
        text = ngettext("%(number)s quotation has no page yet", "%(number)s quotations have no page yet", number)
        yield Missing(text % {"number": number}, documents)
    if number := figures.without_address:
        text = ngettext(
            "%(number)s published document has no address on the city’s website yet",
            "%(number)s published documents have no address on the city’s website yet",
            number,
        )
        yield Missing(text % {"number": number}, documents)
    if codes := figures.without_source:
        text = ngettext(
            "%(number)s answer that is done names nothing that it rests on",
            "%(number)s answers that are done name nothing that they rest on",
            len(codes),
        )
        yield Missing(text % {"number": len(codes)}, _address("question", audit, codes[0]))


def _next_step(figures: Figures, audit: Audit) -> NextStep | None:
    """In the toolkit's order: documents, then institutions, then the questions, own ones first."""
    if not figures.documents:
        return NextStep(
            text=_("List the first document of the desk research"),
            label=_("Add a document"),
            url=_address("document-create", audit),
            detail=_("Strategies, programmes and plans of the city, and what is written about integration in it."),
            priority=50,
        )
    if not figures.institutions:
        return NextStep(
            text=_("Describe the first institution"),
            label=_("Add an institution"),
            url=_address("institution-create", audit),
            detail=_("Who decides on integration in the city, who delivers it, who is consulted."),
            priority=50,
        )
    if figures.gaps:
        text = ngettext(
            "Rate %(number)s document on all points", "Rate %(number)s documents on all points", figures.gaps
        )
        return NextStep(
            text=text % {"number": figures.gaps},
            label=_("Open the matrix"),
            url=_address("matrix", audit),
            detail=_("The guide questions of step 1 rest on these ratings."),
            priority=52,
        )
    if figures.waiting:
        code = (figures.own or figures.waiting)[0]
        text = _("Answer guide question %(code)s")
        return NextStep(
            text=text % {"code": code},
            label=_("Answer the question"),
            url=_address("question", audit, code),
            detail=_waiting(figures),
            priority=54,
        )
    for missing in to_complete(figures, audit):
        return NextStep(
            text=_("Complete what was left open"),
            label=_("See what is missing"),
            url=missing.url,
            detail=missing.text,
            priority=56,
        )
    return None


def _waiting(figures: Figures) -> str:
    if figures.own:
        text = ngettext(
            "%(number)s question that you answer is not done.",
            "%(number)s questions that you answer are not done.",
            len(figures.own),
        )
        return text % {"number": len(figures.own)}
    text = ngettext("%(number)s question is not done.", "%(number)s questions are not done.", len(figures.waiting))
    return text % {"number": len(figures.waiting)}


def expire(before, *, dry_run):
    """Deletes spreadsheets that nobody decided about. Returns how many."""
    return {"document_uploads": expire_uploads(DocumentUpload, before, dry_run=dry_run)}


def texts(audit: Audit) -> Iterator[TeamTexts]:
    """Answers, with their history, and what the team says of the governance model, institutions and documents, with
    the reasons of their ratings and what is quoted of them."""

    def answer_named(row: Answer) -> tuple[str, str]:
        row.research.audit = audit
        return text_on(f"{METHOD.name}, {row.question.key}", row), row.get_absolute_url()

    answers = Answer.objects.filter(research__audit=audit).select_related("research", "question")
    kept = (Answer.history.filter(research__audit=audit),)
    yield TeamTexts(answers, ("text",), answer_named, Ability.SEE_RESULTS, kept)

    def named(row: Any) -> tuple[str, str]:
        row.audit = audit
        return text_on(METHOD.name if isinstance(row, Research) else row, row), row.get_absolute_url()

    for model in (Research, Document, Institution, Partnership):
        columns = tuple(field.name for field in model._meta.concrete_fields if isinstance(field, TextField))
        yield TeamTexts(model._default_manager.filter(audit=audit), columns, named, Ability.SEE_RESULTS)

    def part_named(row: DocumentRating | Provision) -> tuple[str, str]:
        row.document.audit = audit
        return text_on(row.document, row), row.document.get_absolute_url()

    for part, column in ((DocumentRating, "reason"), (Provision, "text")):
        rows = part._default_manager.filter(document__audit=audit).select_related("document")
        yield TeamTexts(rows, (column,), part_named, Ability.SEE_RESULTS)


METHOD = Method(
    key=KEY,
    name=gettext_lazy("Desk research"),
    icon="file-earmark-text",
    order=ORDER,
    url=url,
    may_see=Ability.SEE_RESULTS,
    progress=progress,
    resolve=evidence.resolve,
    evidence_choices=evidence.evidence_choices,
    files_of=evidence.files_of,
    texts=texts,
    expire=expire,
)
