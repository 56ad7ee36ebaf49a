"""Typing in paper sheets: one sheet at a time, drawn like the paper, with all sheets below for checking."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.enums import Personal
from audits.participation.actions import consents_of
from audits.participation.deliveries import deliver, first_error
from audits.participation.enums import Purpose
from audits.views.log import logged

from .. import actions
from ..actions import NotAcceptingError, Outcome, PersonChange
from ..enums import SheetSource
from ..forms.entry import KINDS, HideCommentForm, LateDecisionForm, PersonForm, SheetForm, fingerprint
from ..lines import Plan, plan_of
from ..models import CityWalk, Score, Sheet, SheetPlace
from ..permissions import get_walk
from ..wording import wording_of

TABLE_SHEETS = 50
READ = ["GET", "HEAD", "POST"]


def numbered_sheet(walk: CityWalk, number: int) -> Sheet:
    return get_object_or_404(Sheet.objects.select_related("participant"), walk=walk, number=number)


@never_cache
@login_required
@require_http_methods(READ)
def type_in(request: HttpRequest, audit: str, walk: uuid.UUID) -> HttpResponse:
    """Leads to the first paper sheet that is not typed in whole; a new one begins by POST."""
    found = get_walk(request, audit, walk)
    if request.method == "POST":
        if not found.accepts:
            messages.error(request, _("New sheets can begin while the walk is open or closing."))
            return redirect("checklists:type-in", audit, walk)
        return _to_sheet(found, actions.begin_paper_sheet(walk=found))
    papers = list(_papers(found).with_progress())
    if papers:
        statements = plan_of(found).statements
        return _to_sheet(found, next((sheet for sheet in papers if sheet.answered < statements), papers[-1]))
    return render(request, "checklists/sheet_entry_begin.html", {"walk": found})


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.SHEETS)
def sheet_entry(request: HttpRequest, audit: str, walk: uuid.UUID, number: int) -> HttpResponse:
    """One sheet, ready to be typed in; without script an ordinary form that saves and goes to the next one."""
    page = EntryPage.of(get_walk(request, audit, walk), number)
    if request.method != "POST":
        return page.render(request)
    # The script sends everything by itself and only asks for the next sheet.
    if "was-person" in request.POST:
        refused = page.save(request)
        if refused or page.form.has_errors or page.person_error:
            return page.render(request, refused=refused)
    if "next" not in request.POST:
        messages.success(request, _("Saved."))
        return _to_sheet(page.walk, page.sheet)
    sheet = Sheet.objects.with_progress().select_related("participant").get(pk=page.sheet.pk)
    if "was-person" in request.POST and sheet.answered and sheet.participant.joined_at is None:
        words = _("“Takes part” is not ticked on sheet %(number)s: it is kept and does not count.")
        messages.warning(request, words % {"number": number})
    following = _papers(page.walk).filter(number__gt=number).first()
    if following is None and not page.walk.accepts:
        messages.info(request, _("This was the last sheet."))
        return _to_sheet(page.walk, page.sheet)
    return _to_sheet(page.walk, following or actions.begin_paper_sheet(walk=page.walk))


@login_required
@require_POST
def sheet_changes(request: HttpRequest, audit: str, walk: uuid.UUID, number: int) -> HttpResponse:
    """Deliveries of the page's script; `audits/participation/deliveries.py` says what they look like."""
    found = get_walk(request, audit, walk)

    def write(delivery, changes):
        # By its identifier: the sheet may have got another number since the page was opened.
        sheet = Sheet.objects.filter(walk=found, uuid=delivery.cleaned_data["sheet"]).first()
        if sheet is None:
            raise NotAcceptingError(_("This sheet is not on this walk any more. Look for it in the list of sheets."))
        device = delivery.cleaned_data["device"]
        return actions.record(sheet=sheet, changes=changes, device=device, by=request.user)

    return deliver(request, KINDS, write)


@never_cache
@login_required
@require_safe
@logged(Personal.SHEETS)
def late_answers(request: HttpRequest, audit: str, walk: uuid.UUID) -> HttpResponse:
    """What arrived after closing, sheet by sheet, waiting for a decision."""
    found = get_walk(request, audit, walk)
    waiting = actions.late_changes(found)
    sheets = [sheet for sheet in Sheet.objects.filter(walk=found) if sheet.subject in waiting]
    rows = [{"sheet": sheet, "changes": waiting[sheet.subject]} for sheet in sheets]
    return render(request, "checklists/late_answers.html", {"walk": found, "rows": rows})


@login_required
@require_POST
def decide_late(request: HttpRequest, audit: str, walk: uuid.UUID, number: int) -> HttpResponse:
    """Lets what arrived late for one sheet count, or leaves it out."""
    found = get_walk(request, audit, walk)
    sheet = numbered_sheet(found, number)
    form = LateDecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("checklists:late-answers", audit, walk)
    if form.cleaned_data["decision"] == LateDecisionForm.ADMIT:
        count = actions.admit_late(sheet=sheet, by=request.user)
        if Sheet.objects.filter(pk=sheet.pk, participant__joined_at__isnull=False).exists():
            words = ngettext(
                "%(count)s late answer on sheet %(number)s counts now.",
                "%(count)s late answers on sheet %(number)s count now.",
                count,
            )
        else:
            words = ngettext(
                "%(count)s late answer is on sheet %(number)s now. It counts once the agreement to take part is entered.",
                "%(count)s late answers are on sheet %(number)s now. They count once the agreement to take part is "
                "entered.",
                count,
            )
    else:
        count = actions.refuse_late(sheet=sheet, by=request.user)
        words = ngettext(
            "%(count)s late answer on sheet %(number)s is left out.",
            "%(count)s late answers on sheet %(number)s are left out.",
            count,
        )
    messages.success(request, words % {"count": count, "number": number})
    return redirect("checklists:late-answers", audit, walk)


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.SHEETS)
def hide_comment(request: HttpRequest, audit: str, walk: uuid.UUID, score: uuid.UUID) -> HttpResponse:
    """Hides a comment with a reason, or shows it again. The words themselves are never altered."""
    found = get_walk(request, audit, walk)
    answer = get_object_or_404(Score.objects.select_related("sheet", "item", "place"), uuid=score, sheet__walk=found)
    form = HideCommentForm(request.POST or None, initial={"reason": answer.hidden_reason})
    back_url = _where_comment_stands(request.GET.get("from"), found, answer)
    if request.method == "POST":
        if "show" in request.POST:
            actions.show_comment(score=answer)
            messages.success(request, _("The comment is shown again."))
            return redirect(back_url)
        if form.is_valid():
            actions.hide_comment(score=answer, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("The comment is hidden. It stays stored."))
            return redirect(back_url)
    context = {"walk": found, "answer": answer, "form": form, "back_url": back_url}
    return render(request, "checklists/comment_hide.html", context)


def _where_comment_stands(page: str | None, walk: CityWalk, answer: Score) -> str:
    """The page from which somebody came to hide a comment: that of the statement, or else the sheet."""
    if page == "walk-item":
        return reverse("checklists:walk-item", args=[walk.audit.slug, walk.uuid, answer.item.key])
    if page == "audit-item":
        return reverse("checklists:audit-item", args=[walk.audit.slug, answer.item.key])
    return reverse("checklists:sheet-entry", args=[walk.audit.slug, walk.uuid, answer.sheet.number])


def _papers(walk: CityWalk):
    """Sheets to type in: neither void nor filled in on a phone."""
    kept = Sheet.objects.filter(walk=walk, voided_at__isnull=True)
    return kept.exclude(source=SheetSource.PHONE).order_by("number")


def _to_sheet(walk: CityWalk, sheet: Sheet) -> HttpResponse:
    return redirect("checklists:sheet-entry", walk.audit.slug, walk.uuid, sheet.number)


@dataclass
class EntryPage:
    """Everything on the page of one sheet; the number of queries does not depend on how many sheets there are."""

    walk: CityWalk
    sheet: Sheet
    plan: Plan
    form: SheetForm
    person: PersonForm
    person_was: str
    person_error: str = ""

    @classmethod
    def of(cls, walk: CityWalk, number: int) -> "EntryPage":
        sheet = numbered_sheet(walk, number)
        plan = plan_of(walk)
        late = actions.late_of(sheet)
        form = SheetForm(
            plan=plan,
            wording=wording_of(plan, walk.checklist, get_language()),
            scores={(score.item_id, score.place_id): score for score in sheet.scores.order_by()},
            heads={head.place_id: head for head in SheetPlace.objects.filter(sheet=sheet)},
            late=late,
            day=walk.date,
            for_team=True,
        )
        waiting = late.get(PersonChange.prefix)
        content = waiting.content if waiting else _person_of(sheet)
        return cls(walk, sheet, plan, form, PersonForm(initial=content), fingerprint(content))

    def save(self, request: HttpRequest) -> str:
        """Records what a plain form changed; returns why nothing could be taken, if so."""
        changed = self.form.changed(request.POST, sequence=1)
        fields = {name: request.POST.get(name, "") for name in PersonForm.base_fields}
        self.person = PersonForm({**fields, "uuid": uuid.uuid4(), "sequence": 0})
        if not self.person.is_valid():
            self.person_error = first_error(self.person)
        elif self.sheet.typed_by_team:
            person = self.person.change()
            if fingerprint(person.content) not in (request.POST["was-person"], self.person_was):
                changed.insert(0, person)
        try:
            results = actions.record(
                sheet=self.sheet, changes=changed, device=uuid.uuid4(), by=request.user, plan=self.plan
            )
        except NotAcceptingError as reason:
            return str(reason)
        problems = {
            change.part: result.message
            for change, result in zip(changed, results, strict=True)
            if result.outcome is Outcome.REFUSED
        }
        self.person_error = self.person_error or problems.get(PersonChange.prefix, "")
        self.form.note_problems(problems)
        return ""

    def render(self, request: HttpRequest, *, refused: str = "") -> HttpResponse:
        kept = Sheet.objects.filter(walk=self.walk, voided_at__isnull=True).order_by("number")
        sheets = list(kept.select_related("participant").with_progress())
        for sheet in sheets:
            sheet.complete = sheet.answered >= self.plan.statements and sheet.participant.joined_at is not None
        context = {
            "walk": self.walk,
            "sheet": self.sheet,
            "entry": self.form,
            "person": self.person,
            "person_was": self.person_was,
            "person_error": self.person_error,
            "refused": refused,
            "sheets": sheets,
            "typed": sum(sheet.complete for sheet in sheets),
            "table": self._table(sheets, request.GET.get("page")),
        }
        return render(request, "checklists/sheet_entry.html", context, status=409 if refused else 200)

    def _table(self, sheets: list[Sheet], asked: str | None) -> dict:
        """Fifty sheets with all their scores, those around this one first; one query for the scores."""
        paginator = Paginator(sheets, TABLE_SHEETS)
        position = next((index for index, sheet in enumerate(sheets) if sheet.pk == self.sheet.pk), 0)
        page = paginator.get_page(asked or position // TABLE_SHEETS + 1)
        cells = {
            (sheet, item, place): value or "–"
            for sheet, item, place, value, missing in Score.objects.filter(sheet__in=page.object_list)
            .order_by()
            .values_list("sheet", "item", "place", "value", "missing")
            if value or missing
        }
        keys = [(line, line.item.pk, line.place.pk if line.place else None) for line in self.plan]
        rows = [
            {"sheet": sheet, "cells": [(line, cells.get((sheet.pk, item, place), "")) for line, item, place in keys]}
            for sheet in page.object_list
        ]
        return {"page": page, "rows": rows}


def _person_of(sheet: Sheet) -> dict:
    """What is stored about who filled the sheet in, as a change would say it."""
    person = sheet.participant
    consents = consents_of(person)

    def given(purpose: Purpose) -> bool:
        return purpose in consents and consents[purpose].given

    return PersonChange(
        uuid=sheet.uuid,
        sequence=0,
        group=person.group,
        gender=person.gender,
        age_band=person.age_band,
        takes_part=given(Purpose.TAKING_PART),
        quotation=given(Purpose.QUOTATION),
        guardian=bool(given(Purpose.TAKING_PART) and consents[Purpose.TAKING_PART].guardian),
    ).content
