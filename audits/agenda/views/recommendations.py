from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.forms.versioned import save_merged
from audits.models import StaleError
from audits.permissions import Ability, get_audit
from audits.views import saving

from .. import actions
from ..evidence import shown
from ..forms import RecommendationForm
from ..method import KEY
from ..models import Recommendation
from . import texts


@login_required
@require_safe
def recommendation_list(request, audit):
    """All recommendations by area in report order, each with the findings and the evidence it rests on."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    recommendations = list(audit.recommendations.in_report_order().with_evidence())
    context = {
        "here": KEY,
        "groups": texts.by_area(recommendations),
        "total": len(recommendations),
        **texts.counts(audit),
    }
    return render(request, "agenda/recommendation_list.html", context)


@login_required
@require_safe
def recommendation_detail(request, audit, number):
    """One recommendation with its findings and all their evidence."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    recommendation = get_object_or_404(audit.recommendations.with_evidence(), number=number)
    findings = list(recommendation.findings.all())
    resolved = shown((link for finding in findings for link in finding.evidence.all()), request.user)
    by_holder = {}
    for one in resolved:
        by_holder.setdefault(one.link.holder_id, []).append(one)
    context = {
        "here": KEY,
        "recommendation": recommendation,
        "findings": [(finding, by_holder.get(finding.pk, [])) for finding in findings],
        "measures": recommendation.measures.by_due(),
        **texts.neighbours(audit.recommendations, recommendation),
    }
    return render(request, "agenda/recommendation_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_create(request, audit):
    """A new recommendation; `?finding=` takes that finding's area and ticks it."""
    audit = get_audit(request, audit, Ability.WRITE_RECOMMENDATIONS)
    source = _source(request, audit)
    chosen = {"area": source.area, "findings": [source.pk]} if source else {"area": request.GET.get("area")}
    form = RecommendationForm(request.POST if request.method == "POST" else None, audit=audit, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            recommendation = actions.create_recommendation(audit=audit, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            # The form was sent before, with other words.
            action = reverse("agenda:recommendation-edit", args=[audit.slug, stale.current.number])
            return texts.conflict(request, form, stale.current, action=action)
        messages.success(request, _("%(code)s is saved.") % {"code": recommendation.code})
        return redirect(f"{recommendation.get_absolute_url()}{texts.SAVED}")
    return render(request, "agenda/recommendation_form.html", {"here": KEY, "form": form, "source": source})


def _source(request, audit):
    """The finding from which the recommendation is written, if any."""
    number = request.GET.get("finding", "")
    return audit.findings.filter(number=number).first() if number.isdecimal() else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_edit(request, audit, number):
    """Changes a recommendation, unless somebody else saved it meanwhile: then both texts are shown."""
    audit = get_audit(request, audit, Ability.WRITE_RECOMMENDATIONS)
    recommendation = audit.recommendations.filter(number=number).first()
    if recommendation is None:
        return _deleted(request, audit, number)
    form = RecommendationForm(request.POST if request.method == "POST" else None, audit=audit, instance=recommendation)
    if request.method == "POST" and form.is_valid():
        try:
            _form, merged = save_merged(
                form,
                lambda one: actions.save_recommendation(
                    recommendation=one.instance,
                    findings=one.cleaned_data["findings"],
                    version=one.cleaned_data["version"],
                    by=request.user,
                ),
                audit=audit,
            )
        except StaleError as stale:
            if stale.current is None:
                return _deleted(request, audit, number)
            return texts.conflict(request, form, stale.current)
        saving.say_saved(request, recommendation.code, merged=merged)
        return redirect(f"{recommendation.get_absolute_url()}{texts.SAVED}")
    context = {"here": KEY, "form": form, "recommendation": recommendation}
    return render(request, "agenda/recommendation_form.html", context)


def _deleted(request, audit, number):
    """Keeps what somebody typed into a recommendation that was deleted meanwhile."""
    if request.method != "POST" or not actions.number_was_given(audit, Recommendation, number):
        raise Http404
    context = {
        "here": KEY,
        "form": RecommendationForm(request.POST, audit=audit),
        "deleted": f"{Recommendation.letter}{number}",
    }
    return render(request, "agenda/recommendation_form.html", context, status=409)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_delete(request, audit, number):
    """Asks first; the findings it rests on stay."""
    audit = get_audit(request, audit, Ability.WRITE_RECOMMENDATIONS)
    recommendation = get_object_or_404(audit.recommendations, number=number)
    if request.method == "POST":
        recommendation.delete()
        messages.success(request, _("%(code)s is deleted.") % {"code": recommendation.code})
        return redirect("agenda:recommendation-list", audit.slug)
    context = {
        "here": KEY,
        "recommendation": recommendation,
        "findings": recommendation.findings.in_report_order(),
        "measures": recommendation.measures.by_due(),
    }
    return render(request, "agenda/recommendation_delete.html", context)


@login_required
@require_POST
def recommendation_move(request, audit, number):
    audit = get_audit(request, audit, Ability.WRITE_RECOMMENDATIONS)
    recommendation = get_object_or_404(audit.recommendations, number=number)
    return texts.moved(request, recommendation, "agenda:recommendation-list")
