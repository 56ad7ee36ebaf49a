from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.permissions import Ability, get_audit

from .. import actions
from ..forms import CommentForm
from ..method import KEY
from .findings import detail_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_create(request, audit, number):
    """Adds a comment. Asked for as a page, as after signing in again, it leads to the finding's comments."""
    audit = get_audit(request, audit, Ability.COMMENT_FINDINGS)
    finding = get_object_or_404(audit.findings, number=number)
    if request.method != "POST":
        return redirect(f"{finding.get_absolute_url()}#comments")
    form = CommentForm(request.POST)
    if not form.is_valid():
        return detail_page(request, finding, form)
    comment = actions.comment(finding=finding, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Your comment is saved. The whole team can read it."))
    return redirect(f"{finding.get_absolute_url()}#comment-{comment.pk}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_delete(request, audit, number, pk):
    """Takes back an own comment, after a question."""
    audit = get_audit(request, audit, Ability.COMMENT_FINDINGS)
    finding = get_object_or_404(audit.findings, number=number)
    comment = get_object_or_404(finding.comments, pk=pk, author=request.user)
    if request.method == "POST":
        comment.delete()
        messages.success(request, _("Your comment is deleted."))
        return redirect(f"{finding.get_absolute_url()}#comments")
    return render(request, "agenda/comment_delete.html", {"here": KEY, "finding": finding, "comment": comment})
