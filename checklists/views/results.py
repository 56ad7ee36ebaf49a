"""Results of a walk, or of all walks of an audit: tables that are charts, side by side, one statement, exports."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits import permissions
from audits.agenda.enums import FindingKind
from audits.enums import Act, Personal
from audits.permissions import Ability
from audits.views import files
from audits.views.log import note_access

from .. import exports, results, tables
from ..actions.discussion import make_finding
from ..forms.results import ItemFindingForm, ResultsFilter
from ..models import CityWalk


def load(request, audit_slug, walk_uuid, ability=Ability.SEE_RESULTS):
    """The audit, the walk (None for all walks together) and the results (None without any walk)."""
    audit = permissions.get_audit(request, audit_slug, ability)
    if walk_uuid is None:
        return audit, None, results.for_audit(audit)
    walks = CityWalk.objects.select_related("checklist", "facilitator").prefetch_related("places")
    walk = get_object_or_404(walks, audit=audit, uuid=walk_uuid)
    walk.audit = audit
    request.opened = walk
    return audit, walk, results.for_walk(walk)


def figures_shown(request, found) -> bool:
    """Whether this person sees the figures: those who typed them in do, however few and while they come in; others see
    what may be published, once it stands."""
    runs_walks = permissions.may(request.user, Ability.RUN_WALKS, found.audit)
    return found.sheets > 0 and (runs_walks or found.readable)


def readable_comments(request, found, code=""):
    """Those who run walks read all comments, everybody else those whose authors agreed to be quoted."""
    written = results.comments(found, code)
    if permissions.may(request.user, Ability.RUN_WALKS, found.audit):
        return written.select_related("sheet__walk")
    return results.quotable(written)


def page(request, found, walk, *, code="", **context):
    """What every page on results takes, that of one statement with its code.

    `pooled_url` is the page of all walks with the groups that a single walk's page does not show; "" where all walks
    are pooled on another version of the checklist.
    """
    pooled_url = ""
    if found and found.why_no_groups and found.checklist.pk == results.pooled_version(found.audit):
        pooled_url = reverse(
            f"checklists:audit-{'item' if code else 'groups'}", args=[found.audit.slug, *filter(None, [code])]
        )
    return {
        "here": "checklists",
        "walk": walk,
        "results": found,
        "figures_shown": found is not None and figures_shown(request, found),
        "pooled_url": pooled_url,
        **context,
    }


@login_required
@require_safe
def show(request, audit, walk=None):
    """Section by section and statement by statement, with the change since the previous audit."""
    audit, walk, found = load(request, audit, walk)
    if found is None:
        return render(request, "checklists/results.html", page(request, found, walk))
    previous = results.before(audit)
    form = ResultsFilter(request.GET, previous=previous)
    chosen = form.chosen
    compared = previous if chosen["compare"] != "no" else None
    counts = Counter(readable_comments(request, found).values_list("item__key", flat=True))
    context = page(
        request,
        found,
        walk,
        form=form,
        previous=compared,
        previous_label=compared.audit.label_beside(audit) if compared else "",
        overall_change=tables.overall_change(found, compared),
        blocks=tables.blocks(found, compared, order=chosen["order"], notes=results.notes(found), comments=counts),
        glance=tables.by_groups(found),
        checklists=results.versions(audit) if walk is None else [],
    )
    return render(request, "checklists/results.html", context)


@login_required
@require_safe
def groups(request, audit, walk=None):
    """Stakeholder groups, walks and places side by side."""
    audit, walk, found = load(request, audit, walk)
    if found is None:
        raise Http404
    context = page(
        request,
        found,
        walk,
        groups=tables.by_groups(found),
        attendance=tables.attendance_rows(found),
        walks=tables.by_walks(found),
        places=tables.by_places(found),
        walked_twice=len(found.walk_of) < len(found.people),
    )
    return render(request, "checklists/results_groups.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request, audit, code, walk=None):
    """One statement: its figures, comments and suggestions without their authors, and the way to a finding."""
    audit, walk, found = load(request, audit, walk)
    if found is None or code not in found.items:
        raise Http404
    statement = found.items[code]
    may_write = permissions.may(request.user, Ability.WRITE_FINDINGS, audit)
    form = ItemFindingForm(request.POST or None, initial=finding_suggestion(found, statement))
    if request.method == "POST":
        permissions.get_audit(request, audit.slug, Ability.WRITE_FINDINGS)
        if form.is_valid():
            finding = make_finding(results=found, item=statement, by=request.user, **form.cleaned_data)
            return redirect(finding)
    if permissions.may(request.user, Ability.RUN_WALKS, audit):
        # All comments; the others read what may be quoted.
        note_access(request, Personal.SHEETS)
    previous = results.before(audit)
    columns = tables.item_groups(found, code)
    context = page(
        request,
        found,
        walk,
        code=code,
        row=tables.row(found, previous, code, results.notes(found)),
        section_title=found.texts[statement.section, "title"],
        previous=previous,
        previous_label=previous.audit.label_beside(audit) if previous else "",
        columns=columns,
        reasons=tables.reasons(columns),
        written=readable_comments(request, found, code),
        form=form if may_write else None,
    )
    return render(request, "checklists/results_item.html", context, status=422 if form.errors else 200)


def finding_suggestion(found, statement) -> dict[str, str]:
    """A first sentence to edit: the statement's short form with its figures, where the whole team may read them.

    The report prints it among sentences, so it is one.
    """
    figure = found.publishable_figure(statement.key)
    if figure is None or figure.mean is None:
        return {}
    text = _("People scored “%(statement)s” with %(mean)s on average, on a scale from 1 to 5 (n = %(n)s).") % {
        "statement": found.statement(statement, short=True).text.rstrip("."),
        "mean": exports.number(figure.mean_shown),
        "n": figure.n,
    }
    return {"kind": FindingKind.OBSERVATION, "text": text}


@login_required
@require_safe
def export(request, audit, format, walk=None):
    """The results as XLSX (scores, summary, comments, native charts) or CSV (summary).

    Individual scores and comments go only to those who run the walks, and never beside group, gender, age or language.
    """
    audit, walk, found = load(request, audit, walk)
    if format not in exports.WRITERS or found is None or not figures_shown(request, found):
        raise Http404
    raw = permissions.may(request.user, Ability.RUN_WALKS, audit)
    data, content_type = exports.write(found, results.before(audit), format=format, raw=raw)
    if raw and format == "xlsx":
        note_access(request, Personal.SHEETS, Act.EXPORTED)
    name = f"{audit.slug}{'-' + slugify(walk.title) if walk else ''}-results.{format}"
    return files.attachment(data, name, content_type)
