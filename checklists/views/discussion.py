"""The discussion of statements on which opinions differ, and ideas for improvement."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits import permissions
from audits.instruments import translated
from audits.models import StaleError
from audits.permissions import Ability

from .. import results, tables
from ..actions.discussion import add_idea, write_note
from ..forms.results import ConsensusForm, IdeaForm
from ..models import CityWalk, ConsensusNote, ImprovementIdea
from .results import load, page


def _statements(found) -> list[str]:
    """The codes in the order of the discussion: widest spread first, then the rest as on the checklist."""
    first = [one.item for one in found.discussion]
    return [*first, *(code for code in found.items if code not in first)]


@login_required
@require_safe
def consensus_list(request, audit, walk):
    """All statements by spread, with what the group has said about them."""
    audit, walk, found = load(request, audit, walk)
    rows = {row.item.key: row for block in tables.blocks(found, notes=results.notes(found)) for row in block.rows}
    split = [rows[one.item] for one in found.discussion]
    context = page(
        request,
        found,
        walk,
        split=split,
        others=tables.by_spread(row for row in rows.values() if not row.discussed),
        open=sum(1 for row in split if not row.notes),
    )
    return render(request, "checklists/consensus_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consensus(request, audit, walk, code):
    """One statement on the big screen: its distribution, comments without authors, and the group's note."""
    audit, walk, found = load(request, audit, walk, Ability.RUN_WALKS)
    if code not in found.items:
        raise Http404
    statement = found.items[code]
    codes = _statements(found)
    place = codes.index(code)
    following = codes[place + 1] if place + 1 < len(codes) else None
    note = ConsensusNote.objects.filter(walk=walk, item=statement).first()
    form = ConsensusForm(request.POST or None, instance=note or ConsensusNote(walk=walk, item=statement))
    other, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            agreement, agreed_score = form.agreement
            try:
                write_note(
                    walk=walk,
                    item=statement,
                    text=form.cleaned_data["text"],
                    agreement=agreement,
                    agreed_score=agreed_score,
                    version=form.cleaned_data["version"],
                    by=request.user,
                )
            except StaleError as stale:
                other, status = stale.current, 409
            else:
                messages.success(request, _("Saved. The scores on the sheets stay as they are."))
                return _go_on(request.POST.get("go"), found, walk, code)
    columns = tables.item_groups(found, code)
    to_discuss = len(found.discussion)
    context = {
        "walk": walk,
        "section_title": found.texts[statement.section, "title"],
        "results": found,
        "row": tables.row(found, None, code, {}),
        "columns": columns,
        "reasons": tables.reasons(columns),
        "written": results.quotable(results.comments(found, code)),
        "form": form,
        "note": note,
        "other": other,
        "place": place + 1,
        # As long as there is something to discuss, that is what the room wants to know.
        "total": to_discuss if place < to_discuss else len(codes),
        "preceding": codes[place - 1] if place else None,
        "following": following,
    }
    return render(request, "checklists/consensus.html", context, status=status)


def _go_on(where, found, walk, code):
    """To where somebody was going while the note was not saved: the list, another statement, or nowhere else.

    The fragment tells static/js/drafts.js that it is saved.
    """
    if where == "list":
        there = reverse("checklists:consensus-list", args=[walk.audit.slug, walk.uuid])
    else:
        more = where if where in found.items else code
        there = reverse("checklists:consensus", args=[walk.audit.slug, walk.uuid, more])
    return redirect(f"{there}#saved")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ideas(request, audit, walk):
    """Ideas for improvement of each section, read by all who see results, written by those who run the walk."""
    audit = permissions.get_audit(request, audit, Ability.SEE_RESULTS)
    walk = get_object_or_404(CityWalk.objects.select_related("checklist"), audit=audit, uuid=walk)
    form = IdeaForm(request.POST or None, walk=walk)
    if request.method == "POST":
        permissions.get_audit(request, audit.slug, Ability.RUN_WALKS)
        if form.is_valid():
            add_idea(walk=walk, by=request.user, **form.cleaned_data)
            messages.success(request, _("The idea has been added."))
            return redirect("checklists:ideas", audit.slug, walk.uuid)
    found = list(walk.ideas.select_related("section"))
    sections = list(walk.checklist.sections.all())
    titles = translated(sections, request.LANGUAGE_CODE)
    context = {
        "here": "checklists",
        "walk": walk,
        "sections": [
            (section, titles[section, "title"], [idea for idea in found if idea.section_id == section.pk])
            for section in sections
        ],
        "form": form if permissions.may(request.user, Ability.RUN_WALKS, audit) else None,
    }
    return render(request, "checklists/ideas.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def idea_delete(request, audit, walk, idea):
    audit = permissions.get_audit(request, audit, Ability.RUN_WALKS)
    idea = get_object_or_404(ImprovementIdea, walk__audit=audit, walk__uuid=walk, uuid=idea)
    idea.delete()
    messages.success(request, _("The idea has been removed: “%(text)s”") % {"text": idea.text[:80]})
    return redirect("checklists:ideas", audit.slug, walk)
