from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from audits.permissions import Ability, get_audit

from .. import actions
from ..forms import EvidenceForm
from ..method import KEY


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_link(request, audit, number):
    """Links a finding to sources that the methods offer."""
    audit = get_audit(request, audit, Ability.WRITE_FINDINGS)
    finding = get_object_or_404(audit.findings, number=number)
    search = request.GET.get("q", "")
    form = EvidenceForm(
        request.POST if request.method == "POST" else None,
        audit=audit,
        user=request.user,
        linked=finding.evidence.all(),
        search=search,
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        with transaction.atomic():
            for source in chosen:
                actions.link_evidence(holder=finding, evidence=source, by=request.user)
        text = ngettext("%(count)d source is linked.", "%(count)d sources are linked.", len(chosen))
        messages.success(request, text % {"count": len(chosen)})
        return redirect(f"{finding.get_absolute_url()}#evidence")
    context = {"here": KEY, "form": form, "finding": finding, "search": search}
    return render(request, "agenda/evidence_link.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_unlink(request, audit, number, pk):
    """Takes a source away from a finding, after a question."""
    audit = get_audit(request, audit, Ability.WRITE_FINDINGS)
    finding = get_object_or_404(audit.findings, number=number)
    link = get_object_or_404(finding.evidence, pk=pk)
    if request.method == "POST":
        actions.unlink_evidence(link=link)
        messages.success(request, _("The source is no longer linked to %(code)s.") % {"code": finding.code})
        return redirect(f"{finding.get_absolute_url()}#evidence")
    return render(request, "agenda/evidence_unlink.html", {"here": KEY, "finding": finding, "link": link})
