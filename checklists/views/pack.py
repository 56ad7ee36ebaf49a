"""Printing the pack of a walk and its poster: what to print, how far it is, the file."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import printing
from audits.participation.forms import PosterForm
from audits.participation.posters import poster_document, way_to
from audits.tokens import spaced
from audits.views import files

from ..actions import issue_forms, reissue_forms, unused_forms
from ..forms.pack import PackForm
from ..pack import pack_document
from ..permissions import get_walk


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk_pack(request, audit, walk):
    walk = get_walk(request, audit, walk)
    form = PackForm(request.POST or None, walk=walk, unused=unused_forms(walk).values_list("number", flat=True))
    if not form.is_valid():
        return render(request, "checklists/walk_pack.html", {"walk": walk, "form": form})
    chosen = form.cleaned_data

    def document():
        return pack_document(
            walk,
            language=chosen["language"],
            forms=_forms(walk, chosen, by=request.user),
            agenda=chosen["agenda"],
            briefing=chosen.get("briefing", False),
            address=request.build_absolute_uri(reverse("participation:join", args=[walk.join_code])),
        )

    made = printing.begin(walk.uuid, files.key_for(request, chosen["uuid"]), document)
    return redirect("checklists:walk-print", walk.audit.slug, walk.uuid, made.key)


def _forms(walk, chosen, *, by):
    """Number and code of each form to print; makes the sheets, or their new codes, where that was chosen."""
    language = chosen["language"]
    if chosen["which"] == PackForm.NEW:
        issued = issue_forms(walk=walk, count=chosen["count"], language=language, by=by)
    elif chosen["which"] == PackForm.AGAIN:
        issued = reissue_forms(walk=walk, numbers=chosen["numbers"], language=language, by=by)
    else:
        return [("", "")] if chosen["which"] == PackForm.BLANK else []
    return [(str(sheet.number), spaced(code)) for sheet, code in issued]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk_poster(request, audit, walk):
    """The poster by which people join the walk."""
    walk = get_walk(request, audit, walk)
    form = PosterForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "checklists/walk_poster.html", {"walk": walk, "form": form})
    chosen = form.cleaned_data

    def document():
        return poster_document(
            way_to(request, walk.join_code),
            audit=walk.audit,
            code=walk.join_code,
            languages=chosen["languages"],
            size=chosen["size"],
            place=walk.meeting_point,
        )

    made = printing.begin(walk.uuid, files.key_for(request, chosen["uuid"]), document)
    return redirect("checklists:walk-print", walk.audit.slug, walk.uuid, made.key)


@login_required
@never_cache
@require_safe
def walk_print(request, audit, walk, key):
    """How far a printing is; the page asks again by itself until it is over."""
    walk = get_walk(request, audit, walk)
    made = printing.find(walk.uuid, key)
    context = {"walk": walk, **files.how_far(made)}
    return render(request, "checklists/walk_print.html", context)


@login_required
@never_cache
@require_safe
def walk_print_file(request, audit, walk, key):
    walk = get_walk(request, audit, walk)
    made = printing.find(walk.uuid, key)
    return files.printed(made, files.name_of(made, walk.date, walk.title))
