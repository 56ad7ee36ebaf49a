"""The moderator's opening: to be worded, to be read from, to be printed with the questions."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import printing
from audits.forms.fields import SentOnceForm
from audits.instruments import translated
from audits.views import files, saving

from ..actions.scripts import script_of
from ..forms.scripts import ScriptForm
from ..guide import by_area, lines_of
from ..method import KEY
from ..models import OpeningScript
from ..permissions import get_group
from ..printed.papers import papers_document
from ..scripts import closing_steps, opening_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def script(request, audit, group):
    """The five parts of the opening, saved as they are typed. A part that nobody words follows the plan; `plan` in a POST
    names one that is to follow it again."""
    group = get_group(request, audit, group)
    posted = request.method == "POST"
    row = script_of(group=group) if posted else OpeningScript.objects.filter(group=group).first()
    row = row or OpeningScript(group=group)
    row.group = group
    data = request.POST.copy() if posted else None
    if data is not None and data.get("plan") in OpeningScript.written:
        data[data["plan"]] = ""
    form = ScriptForm(data, instance=row, group=group)
    here = reverse("focusgroups:script", args=[group.audit.slug, group.uuid])
    name = _("The opening")
    if done := saving.saved(request, form, name=name, here=KEY, after=here, again={"group": group}):
        return done
    parts = {part.name: part for part in opening_of(group)}
    context = {
        "here": KEY,
        "group": group,
        "form": form,
        "parts": [(form[name], part) for name, part in parts.items()],
        "own": sum(part.own for part in parts.values()),
        # Words of somebody's own do not follow the plan: what has changed in it since has to be looked for.
        "plan_changed": bool(row.pk and any(part.own for part in parts.values()) and group.changed_at > row.changed_at),
        "moderation": translated([group.guide], get_language())[group.guide, "moderation"],
    }
    return render(request, "focusgroups/script.html", context)


@login_required
@require_safe
def script_read(request, audit, group):
    """Opening, questions and closing in large type, to be read from at the table."""
    group = get_group(request, audit, group)
    context = {
        "here": KEY,
        "group": group,
        "parts": opening_of(group),
        "areas": by_area(lines_of(group)),
        "closing": closing_steps(group.language),
    }
    return render(request, "focusgroups/script_read.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def script_print(request, audit, group):
    """Begins the moderator's papers; sent twice, they are made once."""
    group = get_group(request, audit, group)
    form = SentOnceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = printing.begin(group.uuid, form.cleaned_data["uuid"] or uuid4(), lambda: papers_document(group))
        return redirect("focusgroups:script-printing", group.audit.slug, group.uuid, made.key)
    return render(request, "focusgroups/script_print.html", {"here": KEY, "group": group, "form": form})


@login_required
@never_cache
@require_safe
def script_printing(request, audit, group, key):
    """How far a printing is; the page asks again by itself until it is over."""
    group = get_group(request, audit, group)
    context = {"here": KEY, "group": group, **files.how_far(printing.find(group.uuid, key))}
    return render(request, "focusgroups/script_printing.html", context)


@login_required
@never_cache
@require_safe
def script_file(request, audit, group, key):
    group = get_group(request, audit, group)
    made = printing.find(group.uuid, key)
    return files.printed(made, files.name_of(made, group.date, group.title))
