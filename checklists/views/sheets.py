"""The sheets of a walk as a list, and each as a whole: who filled it in, its number, its walk, whether it counts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits.enums import Personal
from audits.views.log import logged

from ..actions import late_changes
from ..forms.sheets import FilterForm, MoveForm, PersonForm, RenumberForm, SheetForm, VoidForm
from ..models import Item, Sheet
from ..permissions import get_sheet, get_walk

PER_PAGE = 50


@login_required
@never_cache
@require_safe
@logged(Personal.SHEETS)
def sheet_list(request, audit, walk):
    walk = get_walk(request, audit, walk)
    statements = Item.objects.filter(section__checklist=walk.checklist_id).count()
    form = FilterForm(request.GET or None)
    sheets = Sheet.objects.filter(walk=walk).with_progress().select_related("participant")
    page = Paginator(form.filtered(sheets, statements), PER_PAGE).get_page(request.GET.get("page"))
    late = late_changes(walk)
    for sheet in page:
        sheet.walk, sheet.late = walk, len(late.get(sheet.subject, ()))
    context = {
        "walk": walk,
        "form": form,
        "page_obj": page,
        "statements": statements,
        "late": len(late),
        "filtered": bool(request.GET.get("state")),
    }
    return render(request, "checklists/sheet_list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_create(request, audit, walk):
    walk = get_walk(request, audit, walk)
    form = SheetForm(request.POST or None, walk=walk)
    if form.is_valid() and (sheet := form.save(by=request.user)):
        messages.success(request, _("Sheet %(number)s is on the list.") % {"number": sheet.number})
        return redirect("checklists:sheet-list", walk.audit.slug, walk.uuid)
    return render(request, "checklists/sheet_form.html", {"walk": walk, "form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.SHEETS)
def sheet_participant(request, audit, walk, sheet):
    """Who filled in a sheet, and everything that was done to it."""
    sheet = get_sheet(request, audit, walk, sheet)
    form = PersonForm(request.POST or None, sheet=sheet)
    if form.is_valid() and form.save(by=request.user):
        messages.success(request, _("Sheet %(number)s is saved.") % {"number": sheet.number})
        return redirect("checklists:sheet-list", sheet.walk.audit.slug, sheet.walk.uuid)
    context = {
        "walk": sheet.walk,
        "sheet": sheet,
        "form": form,
        "events": sheet.events.select_related("by"),
        "can_move": form.sheet.typed_by_team and MoveForm(sheet=sheet).fields["to"].queryset.exists(),
    }
    return render(request, "checklists/sheet_participant.html", context)


def _act(request, audit, walk, sheet, *, form_class, template, done):
    """A page that asks for a reason, does one thing to a sheet and goes back to the list."""
    sheet = get_sheet(request, audit, walk, sheet)
    form = form_class(request.POST or None, sheet=sheet)
    before = sheet.number
    if form.is_valid() and (changed := form.save(by=request.user)):
        messages.success(request, done(before, changed))
        return redirect("checklists:sheet-list", sheet.walk.audit.slug, sheet.walk.uuid)
    return render(request, template, {"walk": sheet.walk, "sheet": sheet, "form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_renumber(request, audit, walk, sheet):
    return _act(
        request,
        audit,
        walk,
        sheet,
        form_class=RenumberForm,
        template="checklists/sheet_renumber.html",
        done=lambda before, sheet: (
            _("Sheet %(before)s has the number %(number)s now.") % {"before": before, "number": sheet.number}
        ),
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_move(request, audit, walk, sheet):
    return _act(
        request,
        audit,
        walk,
        sheet,
        form_class=MoveForm,
        template="checklists/sheet_move.html",
        done=lambda before, sheet: (
            _("Sheet %(before)s is on the walk “%(walk)s” now, as number %(number)s.")
            % {"before": before, "walk": sheet.walk, "number": sheet.number}
        ),
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_void(request, audit, walk, sheet):
    return _act(
        request,
        audit,
        walk,
        sheet,
        form_class=VoidForm,
        template="checklists/sheet_void.html",
        done=lambda before, sheet: (
            (
                _("Sheet %(number)s is void. It is kept and counts nowhere.")
                if sheet.voided_at
                else _("Sheet %(number)s counts again.")
            )
            % {"number": before}
        ),
    )
