"""The questions of a session: the guide's, reworded, added to, put in order."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.enums import Area
from audits.forms.order import MoveForm
from audits.models import StaleError
from audits.views import saving

from ..actions.questions import add_question, bring_back, move_question, remove_question
from ..forms.questions import BringBackForm, QuestionForm
from ..guide import by_area, left_out, lines_of
from ..method import KEY
from ..models import FocusGroup, SessionQuestion
from ..permissions import get_group
from ..wording import Form, judge


def listing(group: FocusGroup) -> str:
    return reverse("focusgroups:questions", args=[group.audit.slug, group.uuid])


@login_required
@require_safe
def question_list(request, audit, group):
    """The session's questions by area, and those of the guide that it leaves out."""
    group = get_group(request, audit, group)
    lines = lines_of(group)
    context = {
        "here": KEY,
        "group": group,
        "areas": by_area(lines),
        "total": len(lines),
        "closed": sum(line.form == Form.CLOSED for line in lines),
        "left_out": left_out(group),
    }
    return render(request, "focusgroups/question_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_create(request, audit, group):
    """An own question; the same form sent twice is written once. `?area=` is chosen beforehand."""
    group = get_group(request, audit, group)
    data = request.POST if request.method == "POST" else None
    form = QuestionForm(data, initial={"area": request.GET.get("area", Area.VISION)})
    if data is not None and form.is_valid():
        try:
            question = add_question(group=group, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            action = reverse("focusgroups:question-edit", args=[group.audit.slug, group.uuid, stale.current.uuid])
            return saving.conflict(request, form, stale.current, name=_("The question"), here=KEY, action=action)
        messages.success(request, _("The question is added."))
        _warn(request, question)
        return redirect(f"{listing(group)}{saving.SAVED}")
    return render(request, "focusgroups/question_form.html", {"here": KEY, "group": group, "form": form})


def _warn(request, question):
    """Says of a question as it was saved that it can be answered with yes or no."""
    if judge(question.text, question.group.language) == Form.CLOSED and not question.source_id:
        messages.warning(
            request,
            _("It can be answered with yes or no. Begin with how, what or which, or add “Why?” after it."),
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request, audit, group, question):
    """Rewords a question, the guide's words beside it; with `original` in the POST the guide's words are taken again."""
    group = get_group(request, audit, group)
    row = group.questions.filter(uuid=question).first()
    if row is None:
        return _deleted(request, question)
    row.group = group
    line = next(one for one in lines_of(group) if one.row == row)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and "original" in data and line.original:
        data["text"] = line.original.text
    form = QuestionForm(data, instance=row)
    answer = saving.saved(request, form, name=_("The question"), here=KEY, after=lambda: listing(group))
    if answer and answer.status_code == 302:
        _warn(request, row)
    context = {"here": KEY, "group": group, "form": form, "line": line}
    return answer or render(request, "focusgroups/question_form.html", context)


def _deleted(request, uuid):
    """Gives back what somebody typed into a question that was taken out meanwhile."""
    if request.method != "POST" or SessionQuestion.objects.filter(uuid=uuid).exists():
        raise Http404
    return saving.gone(request, QuestionForm(request.POST), name=_("The question"), here=KEY)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_delete(request, audit, group, question):
    """Asks first; a question under which notes stand stays."""
    group = get_group(request, audit, group)
    row = get_object_or_404(group.questions, uuid=question)
    row.group = group
    if request.method == "POST":
        try:
            remove_question(question=row)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("The question is taken out."))
        return redirect(listing(group))
    line = next(one for one in lines_of(group) if one.row == row)
    return render(request, "focusgroups/question_delete.html", {"here": KEY, "group": group, "line": line})


@login_required
@require_POST
def question_move(request, audit, group, question):
    """Moves by one place and leads back to the button that was used, so that the focus stays there."""
    group = get_group(request, audit, group)
    row = get_object_or_404(group.questions, uuid=question)
    row.group = group
    form = MoveForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("A question moves up or down."))
    step = form.cleaned_data["step"]
    place, total = move_question(question=row, step=step)
    messages.success(
        request,
        _("The question is now number %(place)d of %(total)d in “%(area)s”.")
        % {"place": place, "total": total, "area": Area(row.area).short},
    )
    return redirect(f"{listing(group)}#{row.uuid}-{'up' if step < 0 else 'down'}")


@login_required
@require_POST
def questions_restore(request, audit, group):
    """Brings a question of the guide back that was taken out, or all of them."""
    group = get_group(request, audit, group)
    form = BringBackForm(request.POST, guide=group.guide)
    if not form.is_valid():
        raise Http404
    number = bring_back(group=group, source=form.cleaned_data["question"])
    text = ngettext("%(number)d question is back.", "%(number)d questions are back.", number)
    messages.success(request, text % {"number": number})
    return redirect(listing(group))
