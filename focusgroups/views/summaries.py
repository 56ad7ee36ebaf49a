"""What a session comes to: its analysis as everybody reads it, and the texts of which it is made."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from audits.enums import Area, Personal
from audits.permissions import Ability
from audits.views import saving
from audits.views.log import logged

from .. import quotations, results
from ..codebook import codings_in, counted, themes
from ..evidence import KEY
from ..forms.summaries import AreaForm, ConclusionsForm, QuestionForm
from ..guide import in_order
from ..models import AreaSummary, Code, GroupConclusions, Note, QuestionSummary
from ..permissions import get_group


@login_required
@require_safe
def analysis(request, audit, group):
    """The group by area: what its questions brought, what the area comes to; then the conclusions."""
    group = get_group(request, audit, group, Ability.SEE_RESULTS)
    found = counted(group.audit, group)
    codes = list(Code.objects.filter(pk__in=found.counts))
    summaries = {one.area: one for one in group.area_summaries.all()}
    questions = group.questions.select_related("summary").prefetch_related(
        "summary__codes", Prefetch("counts", results.counts())
    )
    questions = questions.annotate(noted=Exists(Note.objects.standing().filter(question=OuterRef("pk"))))
    answers = results.answers(questions, group.language)
    areas: dict[Area, list] = {area: [] for area in in_order(question.area for question in questions)}
    for question in questions:
        summary = getattr(question, "summary", None)
        ideas = dict(found.ideas(codes, question.pk))
        chosen = list(summary.codes.all()) if summary else []
        # Before somebody has chosen, what was coded stands for itself.
        listed = [(code, ideas.get(code, 0)) for code in chosen] or list(ideas.items())
        one = {"row": question, "summary": summary, "ideas": listed, "answers": answers.get(question)}
        areas[Area(question.area)].append(one)
    # A question under which nothing was noted needs no sum.
    noted = [one for questions in areas.values() for one in questions if one["row"].noted]
    conclusions = GroupConclusions.objects.filter(group=group).prefetch_related("interest_codes").first()
    context = {
        "here": KEY,
        "group": group,
        "areas": [(area, summaries.get(area), questions) for area, questions in areas.items()],
        "conclusions": conclusions,
        "undecided": found.undecided,
        "written": sum(1 for one in noted if one["summary"] and one["summary"].text),
        "total": len(noted),
    }
    return render(request, "focusgroups/analysis.html", context)


def _edited(request, group, form_class, row, *, name, **options):
    """The form of a text, and the answer where it was saved."""
    form = form_class(request.POST if request.method == "POST" else None, instance=row, **options)
    after = reverse("focusgroups:analysis", args=[group.audit.slug, group.uuid])
    return form, saving.saved(request, form, name=name, here=KEY, after=after, again=options)


def _row(request, model, **of):
    """The text of a question, an area or a group. It is made when it is first written; until then nothing is stored."""
    if request.method == "POST":
        return model.objects.get_or_create(**of)[0]
    return model.objects.filter(**of).first() or model(**of)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.NOTES)
def question(request, audit, group, question):
    """What was said to a question and its big ideas, beside the notes."""
    group = get_group(request, audit, group)
    asked = get_object_or_404(group.questions, uuid=question)
    asked.group = group
    row = _row(request, QuestionSummary, question=asked)
    row.question = asked
    found = counted(group.audit, group)
    codes = list(Code.objects.filter(audit=group.audit))
    told = {code.pk: _notes(number) for code, number in found.ideas(codes, asked.pk)}
    name = Truncator(asked.heading).chars(80)
    form, done = _edited(
        request,
        group,
        QuestionForm,
        row,
        name=name,
        audit=group.audit,
        told=told,
    )
    if done:
        if done.status_code == HTTPStatus.FOUND and QuestionSummary.objects.filter(question=asked, text="").exists():
            messages.warning(request, _("Of what was said nothing is written yet."))
        return done
    prefetch_related_objects([asked], Prefetch("counts", results.counts()))
    notes = list(asked.notes.standing().select_related("seat__participant"))
    quotable = quotations.among(group.audit, [note.uuid for note in notes])
    large = quotations.large_families(group.audit)
    of_note: dict[int, list[Code]] = {}
    by_pk = {code.pk: code for code in codes}
    for pair in found.pairs:
        if pair.standing.counts:
            of_note.setdefault(pair.note, []).append(by_pk[pair.code])
    context = {
        "here": KEY,
        "group": group,
        "crumb": name,
        "question": asked,
        "form": form,
        "answers": results.answers([asked], group.language).get(asked),
        "notes": [
            (
                note,
                of_note.get(note.pk, ()),
                quotations.family_of(quotable[note.uuid]).label if note.uuid in quotable else "",
                quotations.in_small_family(note, large),
            )
            for note in notes
        ],
    }
    return render(request, "focusgroups/question_summary.html", context)


def _notes(number):
    return ngettext("%(number)s note", "%(number)s notes", number) % {"number": number}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def area(request, audit, group, area):
    """Whether an area's information was enough, what the discussion brought, what was recommended."""
    group = get_group(request, audit, group)
    if area not in Area.values:
        raise Http404
    area = Area(area)
    row = _row(request, AreaSummary, group=group, area=area)
    row.group = group
    form, done = _edited(request, group, AreaForm, row, name=area.short)
    if done:
        return done
    questions = group.questions.filter(area=area).select_related("summary").prefetch_related("summary__codes")
    context = {"here": KEY, "group": group, "crumb": area.short, "area": area, "form": form, "questions": questions}
    return render(request, "focusgroups/area.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.NOTES)
def conclusions(request, audit, group):
    """The group as a whole. What stirred most interest is suggested with the passages behind it, and decided here."""
    group = get_group(request, audit, group)
    row = _row(request, GroupConclusions, group=group)
    row.group = group
    found = counted(group.audit, group)
    suggested = themes(group, found)
    told = {one.code.pk: _notes(len(one.notes)) for one in suggested if one.code}
    form, done = _edited(request, group, ConclusionsForm, row, name=group.title, audit=group.audit, told=told)
    if done:
        return done
    quotes: dict[tuple[int, int], list[str]] = {}
    for coding in codings_in(group.audit, group):
        own = quotes.setdefault((coding.note_id, coding.code_id), [])
        if coding.words not in own:
            own.append(coding.words)
    context = {
        "here": KEY,
        "group": group,
        "crumb": _("Conclusions"),
        "form": form,
        "undecided": found.undecided,
        "themes": [
            (one, [(note, quotes.get((note.pk, one.code.pk)) if one.code else [note.text]) for note in one.notes])
            for one in suggested
        ],
    }
    return render(request, "focusgroups/conclusions.html", context)
