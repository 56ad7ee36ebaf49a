"""Who of the register is asked to a walk: for those who run walks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..forms.calls import AskForm, CallForm, FindForm
from ..permissions import get_walk

OFFERED = 50
"""As many of the register as the page offers at once; a search finds the others."""


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def walk_calls(request, audit, walk):
    """Who is on the list, and whom the register offers besides; `all_asked` gives today's date to those without one."""
    walk = get_walk(request, audit, walk)
    if "all_asked" in request.POST:
        number = walk.calls.filter(asked_on=None).update(asked_on=timezone.localdate())
        said = ngettext("%(number)s is marked as asked today.", "%(number)s are marked as asked today.", number)
        messages.success(request, said % {"number": number})
        return redirect(_page(walk))
    form = AskForm(request.POST if request.method == "POST" else None, walk=walk)
    if form.is_valid():
        number = form.save()
        said = ngettext("%(number)s is on the list.", "%(number)s are on the list.", number)
        messages.success(request, said % {"number": number})
        return redirect(_page(walk))
    return _shown(request, walk, form)


def _shown(request, walk, form, changed=None):
    """The page; `changed` is the form of a row that cannot be saved as it is."""
    calls = list(walk.calls.select_related("stakeholder"))
    for call in calls:
        call.stakeholder.audit = walk.audit
    rows = [changed if changed and changed.instance.pk == call.pk else CallForm(instance=call) for call in calls]
    find = FindForm(request.GET)
    offered = find.narrow(walk.audit.stakeholders.exclude(walk_calls__walk=walk))
    found = offered.count()
    context = {
        "walk": walk,
        "form": form,
        "find": find,
        "rows": rows,
        "open": sum(call.asked_on is None for call in calls),
        "offered": offered[:OFFERED],
        "found": found,
        "more": max(0, found - OFFERED),
    }
    return render(request, "checklists/walk_calls.html", context)


@login_required
@require_POST
def walk_call(request, audit, walk, call):
    """Writes what one of them says, or takes them off the list."""
    walk = get_walk(request, audit, walk)
    row = walk.calls.select_related("stakeholder").filter(uuid=call).first()
    if row is None:
        raise Http404
    if "remove" in request.POST:
        row.delete()
        messages.success(request, _("“%(name)s” is off the list.") % {"name": row.stakeholder})
        return redirect(_page(walk))
    form = CallForm(request.POST, instance=row)
    if not form.is_valid():
        return _shown(request, walk, AskForm(walk=walk), form)
    form.save()
    messages.success(request, _("“%(name)s” is saved.") % {"name": row.stakeholder})
    return redirect(f"{_page(walk)}#{row.uuid}")


def _page(walk):
    return reverse("checklists:walk-calls", args=[walk.audit.slug, walk.uuid])
