"""The guide questions of both steps, each with its answer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.permissions import Ability, get_audit, may
from audits.views import saving

from .. import actions, completion, overview
from ..forms.questions import AnswerForm, QuestionFilter
from ..method import KEY
from ..models import Answer


@login_required
@require_safe
def question_list(request, audit):
    """All guide questions by step, with state and who answers them; `?whose=mine` narrows."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    guide = overview.guide_of(audit, get_language())
    form = QuestionFilter(request.GET, user=request.user)
    form.is_valid()
    steps = [(step, [one for one in step.questions if form.keeps(one)]) for step in guide.steps] if guide else []
    context = {
        "here": KEY,
        "guide": guide,
        "form": form,
        "steps": steps,
        "found": sum(len(questions) for _step, questions in steps),
        "total": len(guide.questions) if guide else 0,
    }
    return render(request, "deskresearch/question_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, audit, code):
    """One guide question beside what the registers say on it: to be answered by those who write, read by the team."""
    posted = request.method == "POST"
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH if posted else Ability.SEE_RESULTS)
    guide = overview.guide_of(audit, get_language())
    one = guide.find(code) if guide else None
    if one is None:
        raise Http404
    beside = guide.beside(one)
    form = None
    if may(request.user, Ability.WRITE_RESEARCH, audit):
        answer = actions.answer_of(audit=audit, question=one.row) if posted else one.answer or Answer(question=one.row)
        form = AnswerForm(request.POST if posted else None, instance=answer, audit=audit)
        onward = beside["after"] if "onward" in request.POST and beside["after"] else one
        after = reverse("deskresearch:question", args=[audit.slug, onward.code])
        name = _("Guide question %(code)s") % {"code": one.code}
        if done := saving.saved(request, form, name=name, here=KEY, after=after, again={"audit": audit}):
            return done
    context = {
        "here": KEY,
        "guide": guide,
        "question": one,
        "step": next(step for step in guide.steps if one in step.questions),
        "form": form,
        "cited": None if form else _cited(one.answer),
        "asked": completion,
        "said": overview.said_on(audit, one.row.key),
        **beside,
    }
    return render(request, "deskresearch/question_detail.html", context)


def _cited(answer):
    """What an answer rests on, for those who read it."""
    if answer is None:
        return None
    return {
        "documents": answer.documents.in_order(),
        "provisions": answer.provisions.select_related("document"),
        "institutions": answer.institutions.in_order(),
        "partnerships": answer.partnerships.all(),
    }
