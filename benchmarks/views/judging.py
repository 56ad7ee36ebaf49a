"""Judging one factor on one screen."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.agenda.evidence import shown
from audits.instruments import translated
from audits.permissions import Ability, may
from audits.views import saving

from .. import actions
from ..enums import EvidenceKind, Verdict
from ..forms import judging as forms
from ..models import AssessedFactor, GuideQuestion, Judgement
from ..results import schemes_said
from ..scoring import summed
from .assessments import HERE, get_assessment

HISTORY_SHOWN = 10


def get_factor(request, audit, assessment, factor, ability=Ability.SEE_RESULTS) -> AssessedFactor:
    """A factor of an assessment, with its judgements; 404 and 403 as `get_assessment` has them."""
    assessment = get_assessment(request, audit, assessment, ability)
    row = get_object_or_404(assessment.factors.select_related("factor__benchmark", "assignee"), uuid=factor)
    row.assessment = assessment
    prefetch_related_objects([row], "judgements__scheme")
    for judgement in row.judgements.all():
        judgement.assessed = row
    return row


def get_judgement(request, row) -> Judgement | None:
    """The judgement that the address names (`?scheme=`, "whole" for one of the whole city that does not count); the
    first one without. None where it is not there (any more).
    """
    wanted = request.GET.get("scheme")
    judgements = [*row.counted, *row.uncounted]
    if not wanted:
        return next(iter(row.counted), None)
    return next(
        (one for one in judgements if (str(one.scheme.uuid) if one.scheme_id else "whole") == wanted),
        None,
    )


def refusal(row):
    """Why nothing about the factor can be saved; "" where it can."""
    if not row.assessment.is_open:
        return forms.CLOSED
    return forms.LEFT_OVER if row.is_left_over else ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request, audit, assessment, factor):
    """Statement, guide questions, evidence, judgement and examples. Autosaved."""
    sent = request.method == "POST"
    row = get_factor(request, audit, assessment, factor, Ability.WRITE_RESEARCH if sent else Ability.SEE_RESULTS)
    judgement = get_judgement(request, row)
    if not sent:
        if judgement is None and request.GET.get("scheme"):
            raise Http404
        return _page(request, Screen(request, row, judgement))
    with actions.held(row.assessment):
        return _save(request, row, judgement)


def _save(request, row, judgement):
    screen = Screen(request, row, judgement)
    again = {"questions": {**screen.questions, **screen.gone_questions}, "refused": refusal(row)}
    if judgement is None:
        # The neighbourhood was removed while somebody was writing.
        form = forms.JudgementForm(request.POST, instance=Judgement(assessed=row), questions=again["questions"])
        return saving.gone(request, form, name=screen.name, here=HERE)
    form = forms.JudgementForm(request.POST, instance=judgement, **again)
    after = screen.next_url if "next" in request.POST and screen.next_url else judgement.get_absolute_url()
    response = saving.saved(request, form, name=screen.name, here=HERE, after=after, again=again)
    return response or _page(request, screen, form)


def _page(request, screen, form=None):
    may_write = may(request.user, Ability.WRITE_RESEARCH, screen.row.assessment.audit)
    writes = may_write and screen.judgement and (form or not refusal(screen.row))
    if writes and form is None:
        form = forms.JudgementForm(instance=screen.judgement, questions=screen.questions)
    context = {
        "here": HERE,
        "screen": screen,
        "assessment": screen.row.assessment,
        "assessed": screen.row,
        "judgement": screen.judgement,
        "form": form,
        "writes": bool(writes) and not refusal(screen.row),
        "may_write": may_write,
        "lines": screen.lines(form) if screen.judgement else [],
    }
    return render(request, "benchmarks/factor.html", context)


@dataclass(frozen=True)
class StripEntry:
    """A factor in the strip above the page."""

    code: str
    url: str
    verdict: Verdict
    is_here: bool


class Screen:
    """What the page of a factor shows, in the language of the page; each part is read when it is asked for."""

    def __init__(self, request, row: AssessedFactor, judgement: Judgement | None):
        self.request, self.row, self.judgement = request, row, judgement

    @cached_property
    def _parts(self):
        factor = self.row.factor
        parts = {
            "questions": list(factor.questions.all()),
            "criteria": list(factor.criteria.all()),
            "examples": list(factor.examples.all()),
        }
        for part in (one for rows in parts.values() for one in rows):
            part.factor = factor
        return parts

    @cached_property
    def texts(self):
        return translated([self.row.factor, *(one for rows in self._parts.values() for one in rows)], get_language())

    @property
    def factor(self):
        return self.texts.of(self.row.factor)

    @property
    def title(self):
        """Its title, or its statement where it has none."""
        return self.factor["title"] if self.row.factor.title else self.factor["statement"]

    @property
    def name(self):
        """What the judgement is called in sentences."""
        scheme = f" ({self.judgement.scheme})" if self.judgement and self.judgement.scheme_id else ""
        return _("Key factor %(code)s") % {"code": self.row.factor.key} + scheme

    @property
    def questions(self):
        return {question: self.texts[question, "text"] for question in self._parts["questions"]}

    @cached_property
    def gone_questions(self):
        """Questions to which the page has sent an answer and which the present version does not have any more: it was
        opened before the assessment moved. Answers to them are saved as those of their version.
        """
        known = {forms.field_of(question) for question in self._parts["questions"]}
        keys = {name.removeprefix("answer_") for name in self.request.POST if name.startswith("answer_")}
        keys = {key for key in keys if f"answer_{key}" not in known}
        if not keys:
            return {}
        factor = self.row.factor
        found = GuideQuestion.objects.filter(
            key__in=keys, factor__key=factor.key, factor__benchmark__code=factor.benchmark.code
        )
        answered = Q(answers__judgement=self.judgement) if self.judgement else Q(pk=None)
        # Of two versions the one counts to which there is an answer already, else the newest.
        found = found.annotate(answered=Count("answers", filter=answered)).order_by("answered", "pk")
        newest = {question.key: question for question in found.select_related("factor__benchmark")}
        texts = translated(newest.values(), get_language())
        return {question: texts[question, "text"] for question in newest.values()}

    @property
    def criteria(self):
        """Criteria with those below them."""
        rows = self._parts["criteria"]
        return [
            (self.texts[one, "text"], [self.texts[sub, "text"] for sub in rows if sub.parent_id == one.pk])
            for one in rows
            if not one.parent_id
        ]

    @property
    def examples(self):
        return [(one, self.texts.of(one)) for one in self._parts["examples"]]

    @cached_property
    def strip(self):
        rows = self.row.assessment.factors.counting().in_order().select_related("factor").prefetch_related("judgements")
        slug, uuid = self.row.assessment.audit.slug, self.row.assessment.uuid
        return [
            StripEntry(
                one.factor.key,
                reverse("benchmarks:factor", args=[slug, uuid, one.uuid]),
                summed(Verdict(judgement.verdict) for judgement in one.counted),
                one.pk == self.row.pk,
            )
            for one in rows
        ]

    @property
    def place(self):
        """Which one of the factors in scope it is, from 1; 0 where it is not in scope."""
        return next((place for place, one in enumerate(self.strip, start=1) if one.is_here), 0)

    @property
    def tabs(self):
        """The judgements of the factor where there are several: address, name, verdict, whether it is this one."""
        uncounted = self.row.uncounted
        prefetch_related_objects(uncounted, "evidence", "answers")
        kept = [one for one in uncounted if one == self.judgement or one.holds_something]
        judgements = [*self.row.counted, *kept]
        if len(judgements) < 2 and not self.row.per_scheme:
            return []
        base = self.row.get_absolute_url()
        return [
            {
                "url": f"{base}?scheme={one.scheme.uuid if one.scheme_id else 'whole'}",
                "name": one.scheme.name if one.scheme_id else _("The whole city"),
                "verdict": Verdict(one.verdict),
                "counts": one in self.row.counted,
                "is_here": one == self.judgement,
            }
            for one in judgements
        ]

    @property
    def verdict(self):
        return Verdict(self.judgement.verdict) if self.judgement else Verdict.NOT_JUDGED

    @cached_property
    def context_factors(self):
        factors = list(self.judgement.context_factors.all()) if self.judgement else []
        texts = translated(factors, get_language())
        return [texts[one, "title"] for one in factors]

    @property
    def summed(self):
        return summed(Verdict(one.verdict) for one in self.row.counted)

    @property
    def schemes_said(self):
        judged = sum(one.verdict != Verdict.NOT_JUDGED for one in self.row.counted)
        return schemes_said(judged, len(self.row.counted))

    @cached_property
    def next_entry(self):
        """What comes after this judgement: the next neighbourhood of the factor, then the next factor."""
        tabs = [one for one in self.tabs if one["counts"]]
        here = next((place for place, one in enumerate(tabs) if one["is_here"]), None)
        if here is not None and here + 1 < len(tabs):
            return {"url": tabs[here + 1]["url"], "name": tabs[here + 1]["name"]}
        if self.place and self.place < len(self.strip):
            entry = self.strip[self.place]
            return {"url": entry.url, "code": entry.code}
        return None

    @property
    def next_url(self):
        return self.next_entry["url"] if self.next_entry else ""

    @property
    def scheme_query(self):
        if not self.judgement or (self.judgement in self.row.counted and not self.judgement.scheme_id):
            return ""
        return f"?scheme={self.judgement.scheme.uuid if self.judgement.scheme_id else 'whole'}"

    @cached_property
    def evidence(self):
        """Pieces of evidence, each with its sources as they are now."""
        if self.judgement is None:
            return []
        pieces = list(self.judgement.evidence.select_related("question").prefetch_related("links"))
        sources = {}
        for one in shown((link for piece in pieces for link in piece.links.all()), self.request.user):
            sources.setdefault(one.link.holder_id, []).append(one)
        for piece in pieces:
            piece.kind_icon = EvidenceKind(piece.kind).icon
            piece.number = self.numbers.get(piece.question_id)
            piece.sources = sources.get(piece.pk, [])
        return pieces

    @cached_property
    def numbers(self):
        """How the guide questions are called: "2", and those below it "2.1"."""
        found, last, below = {}, 0, Counter()
        for question in self._parts["questions"]:
            if question.parent_id in found:
                below[question.parent_id] += 1
                found[question.pk] = f"{found[question.parent_id]}.{below[question.parent_id]}"
            else:
                last += 1
                found[question.pk] = str(last)
        return found

    def lines(self, form=None):
        """The guide questions: text, whether it is below another one, number, field or answer, pieces of evidence."""
        counts = {}
        for piece in self.evidence:
            counts[piece.question_id] = counts.get(piece.question_id, 0) + 1
        answers = self.answers
        return [
            {
                "question": question,
                "text": text,
                "number": self.numbers[question.pk],
                "is_sub": bool(question.parent_id),
                "field": form[forms.field_of(question)] if form else None,
                "answer": answers.get(question.pk, ""),
                "evidence_count": counts.get(question.pk, 0),
            }
            for question, text in self.questions.items()
        ]

    @cached_property
    def _all_answers(self):
        return list(self.judgement.answers.select_related("question__factor__benchmark")) if self.judgement else []

    @property
    def answers(self):
        return {one.question_id: one.text for one in self._all_answers}

    @property
    def answered_count(self):
        return sum(one.question_id in {question.pk for question in self.questions} for one in self._all_answers)

    @property
    def left_over_answers(self):
        """Answers to questions that the present version does not have."""
        known = {question.pk for question in self.questions}
        return [one for one in self._all_answers if one.question_id not in known]

    @cached_property
    def before(self):
        """The judgements of the same factor in the assessment that this one repeats; of the same neighbourhood where
        there is one of its name.
        """
        baseline = self.row.assessment.baseline
        if baseline is None:
            return []
        old = baseline.factors.with_judgements().filter(factor__key=self.row.factor.key).in_order().first()
        if old is None:
            return []
        old.assessment = baseline
        judged = [one for one in old.counted if one.verdict != Verdict.NOT_JUDGED]
        scheme = self.judgement.scheme if self.judgement else None
        return [one for one in judged if scheme and one.scheme and one.scheme.name == scheme.name] or judged

    @cached_property
    def history(self):
        """Who judged what and when, the newest first."""
        if self.judgement is None:
            return []
        return list(self.judgement.history.select_related("history_user")[:HISTORY_SHOWN])
