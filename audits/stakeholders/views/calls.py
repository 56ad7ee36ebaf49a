"""Who of the register is asked to an occasion. The methods' own views load it for those who run it, and call these.

`calls` is the related manager of the occasion's calls, `page` the address of its list.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.models import Audit
from audits.views import saving

from ..forms.calls import AskForm, FindForm, call_form

OFFERED = 50
"""As many of the register as the page offers at once; a search finds the others."""


class CallPage:
    """The list of one occasion, shown with `template` and `context` (which names the method as `here`); `row_url` gives the address of a call's form."""

    def __init__(
        self, *, audit: Audit, calls: Any, page: str, row_url: Callable[[UUID], str], template: str, context: dict
    ):
        self.audit, self.calls, self.page, self.row_url = audit, calls, page, row_url
        self.template, self.context = template, context

    def listed(self, request: HttpRequest) -> HttpResponse:
        """Who is on the list, and whom the register offers; `all_asked` gives today's date to those without one."""
        if "all_asked" in request.POST:
            number = self.calls.filter(asked_on=None).update(asked_on=timezone.localdate(), version=F("version") + 1)
            said = ngettext("%(number)s is marked as asked today.", "%(number)s are marked as asked today.", number)
            messages.success(request, said % {"number": number})
            return redirect(self.page)
        form = AskForm(request.POST if request.method == "POST" else None, audit=self.audit, calls=self.calls)
        if form.is_valid():
            number = form.save()
            said = ngettext("%(number)s is on the list.", "%(number)s are on the list.", number)
            messages.success(request, said % {"number": number})
            return redirect(self.page)
        return self._shown(request, form)

    def answered(self, request: HttpRequest, call: UUID) -> HttpResponse:
        """Writes what one of them says, or takes them off the list. Raises Http404 for a call of another occasion."""
        row = self.calls.select_related("stakeholder").filter(uuid=call).first()
        if row is None:
            raise Http404
        if "remove" in request.POST:
            row.delete()
            messages.success(request, _("“%(name)s” is off the list.") % {"name": row.stakeholder})
            return redirect(self.page)
        setattr(row, self.calls.field.name, self.calls.instance)
        form = call_form(row, request.POST)
        answer = saving.saved(request, form, name=str(row.stakeholder), here=self.context["here"], after=self.page)
        return answer or self._shown(request, AskForm(audit=self.audit, calls=self.calls), form)

    def _shown(self, request: HttpRequest, form: AskForm, changed: Any = None) -> HttpResponse:
        """The page; `changed` is the form of a row that cannot be saved as it is."""
        calls = list(self.calls.select_related("stakeholder"))
        for call in calls:
            call.stakeholder.audit = self.audit
        rows = [
            (changed if changed and changed.instance.pk == call.pk else call_form(call), self.row_url(call.uuid))
            for call in calls
        ]
        find = FindForm(request.GET)
        listed = self.calls.order_by().values("stakeholder")
        offered = find.narrow(self.audit.stakeholders.exclude(pk__in=listed))
        found = offered.count()
        context = {
            **self.context,
            "form": form,
            "wrong": changed or form,
            "find": find,
            "rows": rows,
            "page_url": self.page,
            "open": sum(call.asked_on is None for call in calls),
            "offered": offered[:OFFERED],
            "more": max(0, found - OFFERED),
        }
        return render(request, self.template, context)
