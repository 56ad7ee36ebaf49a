"""The Integrating Cities Charter: how the city keeps each commitment, and how far judged key factors back it."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.permissions import Ability, get_audit
from audits.views.saving import saved

from ..actions import begin_stance
from ..charter import charter_of
from ..forms import StanceForm
from ..method import KEY
from ..models import CharterCommitment, CommitmentStance


@login_required
@require_safe
def charter(request, audit):
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    context = {"here": KEY, "roles": charter_of(audit, translation.get_language())}
    return render(request, "benchmarks/charter.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def commitment(request, audit, commitment):
    """How the city keeps one commitment, unless somebody else saved it meanwhile: then both texts are shown."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    commitment = get_object_or_404(CharterCommitment, key=commitment)
    if request.method == "POST":
        stance = begin_stance(audit=audit, commitment=commitment)
    else:
        stance = CommitmentStance.objects.filter(audit=audit, commitment=commitment).first()
    form = StanceForm(request.POST if request.method == "POST" else None, instance=stance)
    after = reverse("benchmarks:charter", args=[audit.slug])
    if answer := saved(request, form, name=_("What the city says of the commitment"), here=KEY, after=after):
        return answer
    kept = next(
        one
        for role in charter_of(audit, translation.get_language())
        for one in role.commitments
        if one.commitment == commitment
    )
    context = {"here": KEY, "commitment": commitment, "kept": kept, "form": form}
    return render(request, "benchmarks/charter_form.html", context)
