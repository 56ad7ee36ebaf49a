from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.forms.versioned import save_merged
from audits.models import StaleError
from audits.participation.actions import is_to_read
from audits.permissions import Ability, get_audit, may
from audits.views import saving

from .. import actions
from ..evidence import reference_in, shown, source_of
from ..forms import CommentForm, FindingFilter, FindingForm, offering_methods
from ..method import KEY
from ..models import Finding
from . import texts


@login_required
@require_safe
def finding_list(request, audit):
    """All findings by area; narrowed by area, method, kind, words, or to those that wait for a recommendation."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    form = FindingFilter(request.GET)
    findings = list(
        form.narrow(audit.findings.in_report_order()).with_evidence().with_recommendations().with_comment_count()
    )
    context = {
        "here": KEY,
        "form": form,
        "groups": [group for group in texts.by_area(findings, form.areas) if group.texts or not form.cuts],
        "found": len(findings),
        **texts.counts(audit),
    }
    return render(request, "agenda/finding_list.html", context)


@login_required
@require_safe
def finding_detail(request, audit, number):
    """One finding with its evidence, what the team says to it, and the recommendations that rest on it."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    finding = get_object_or_404(audit.findings.select_related("changed_by"), number=number)
    return detail_page(request, finding, CommentForm())


def detail_page(request, finding, form):
    """The finding's page with a comment form, empty or with what is wrong in it."""
    context = {
        "here": KEY,
        "finding": finding,
        "evidence": shown(finding.evidence.all(), request.user),
        "to_read": is_to_read(finding),
        "comments": finding.comments.select_related("author"),
        "recommendations": finding.recommendations.in_report_order(),
        "offers_evidence": may(request.user, Ability.WRITE_FINDINGS, finding.audit) and bool(offering_methods()),
        "form": form,
        **texts.neighbours(finding.audit.findings, finding),
    }
    return render(request, "agenda/finding_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_create(request, audit):
    """A new finding, with the `?source=` of a method as its evidence; the same form sent twice is written once."""
    audit = get_audit(request, audit, Ability.WRITE_FINDINGS)
    reference = reference_in(request.GET.get("source", ""))
    source = source_of(reference, audit, request.user)
    chosen = {name: request.GET[name] for name in ("area", "method") if name in request.GET}
    form = FindingForm(request.POST if request.method == "POST" else None, audit=audit, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            evidence = [actions.EvidenceInput.of(reference, source)] if source else []
            finding = actions.create_finding(audit=audit, by=request.user, evidence=evidence, **form.cleaned_data)
        except StaleError as stale:
            # The form was sent before, with other words.
            action = reverse("agenda:finding-edit", args=[audit.slug, stale.current.number])
            return texts.conflict(request, form, stale.current, action=action)
        messages.success(request, _("%(code)s is saved.") % {"code": finding.code})
        if reference and source is None:
            messages.warning(request, _("Its source is gone, or not open to you: it is saved without it."))
        if "another" in request.POST:
            return redirect(f"{request.path}?area={finding.area}&method={finding.method}{texts.SAVED}")
        return redirect(f"{finding.get_absolute_url()}{texts.SAVED}")
    return render(request, "agenda/finding_form.html", {"here": KEY, "form": form, "source": source})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_edit(request, audit, number):
    """Changes a finding, unless somebody else saved it meanwhile: then both texts are shown."""
    audit = get_audit(request, audit, Ability.WRITE_FINDINGS)
    finding = audit.findings.filter(number=number).first()
    if finding is None:
        return _deleted(request, audit, number)
    form = FindingForm(request.POST if request.method == "POST" else None, audit=audit, instance=finding)
    if request.method == "POST" and form.is_valid():
        try:
            _form, merged = save_merged(
                form,
                lambda one: actions.save_finding(
                    finding=one.instance, version=one.cleaned_data["version"], by=request.user
                ),
                audit=audit,
            )
        except StaleError as stale:
            if stale.current is None:
                return _deleted(request, audit, number)
            return texts.conflict(request, form, stale.current)
        saving.say_saved(request, finding.code, merged=merged)
        return redirect(f"{finding.get_absolute_url()}{texts.SAVED}")
    return render(request, "agenda/finding_form.html", {"here": KEY, "form": form, "finding": finding})


def _deleted(request, audit, number):
    """Keeps what somebody typed into a finding that was deleted meanwhile: it can be saved as a new one."""
    if request.method != "POST" or not actions.number_was_given(audit, Finding, number):
        raise Http404
    context = {"here": KEY, "form": FindingForm(request.POST, audit=audit), "deleted": f"{Finding.letter}{number}"}
    return render(request, "agenda/finding_form.html", context, status=409)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_delete(request, audit, number):
    """Asks first, and says what hangs on the finding."""
    audit = get_audit(request, audit, Ability.WRITE_FINDINGS)
    finding = get_object_or_404(audit.findings, number=number)
    if request.method == "POST":
        finding.delete()
        messages.success(request, _("%(code)s is deleted.") % {"code": finding.code})
        return redirect("agenda:finding-list", audit.slug)
    context = {
        "here": KEY,
        "finding": finding,
        "recommendations": finding.recommendations.in_report_order(),
        "evidence_count": finding.evidence.count(),
        "comment_count": finding.comments.count(),
    }
    return render(request, "agenda/finding_delete.html", context)


@login_required
@require_POST
def finding_move(request, audit, number):
    audit = get_audit(request, audit, Ability.WRITE_FINDINGS)
    return texts.moved(request, get_object_or_404(audit.findings, number=number), "agenda:finding-list")
