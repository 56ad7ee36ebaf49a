"""The briefing of a walk: written once, printed in the pack, read on the phone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..briefing import FIELDS, material_of
from ..forms.briefing import BriefingForm
from ..permissions import get_walk


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk_briefing(request, audit, walk):
    walk = get_walk(request, audit, walk)
    material = material_of(walk.audit)
    if request.method == "POST" and "take" in request.POST:
        form = BriefingForm(instance=walk, initial=_with_taken(request.POST, material))
        form.initial["seen"] = request.POST.get("seen", "")
    else:
        form = BriefingForm(request.POST or None, instance=walk)
        if form.is_valid():
            if form.save():
                messages.success(request, _("The briefing is saved. Participants read it on their phones too."))
                return redirect(walk)
            messages.warning(
                request,
                _(
                    "Somebody else saved the briefing while you were writing. Nothing is lost: their text stands "
                    "below yours. Take over what you need and save again."
                ),
            )
    taken_into = request.POST.get("take", "").partition(":")[0]
    parts = [
        {
            "field": form[name],
            "theirs": form.theirs.get(name),
            "material": _offered(material[name], form[name].value()),
            "opened": name == taken_into,
        }
        for name in FIELDS
    ]
    return render(request, "checklists/walk_briefing.html", {"walk": walk, "form": form, "parts": parts})


def _with_taken(data, material):
    """The texts as typed, with what was pressed added to its text."""
    texts = {name: data.get(name, "") for name in FIELDS}
    name, _colon, key = data["take"].partition(":")
    for one in material.get(name, []):
        if one.key == key and not one.is_in(texts[name]):
            texts[name] = one.added_to(texts[name])
    return texts


def _offered(materials, text):
    return [{"material": one, "taken": one.is_in(text or "")} for one in materials]
