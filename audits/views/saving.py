"""Answering a form of a shared text: to a browser with a page, to `static/js/autosave.js` with a few words.

A page with such a form includes `audits/_autosave.html` in it and marks it `data-autosave`; without the script its
button does the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm, BoundField, CheckboxInput, NumberInput, Textarea, TextInput, URLInput
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.formats import time_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..forms.versioned import VersionedForm, save_merged
from ..models import StaleError
from ..sentences import heading

# Fields of what somebody types, beside those in which one chooses.
WORDS = (TextInput, Textarea, NumberInput, URLInput)
# A page that is reached with this fragment tells the script that what was typed is saved.
SAVED = "#saved"
KEPT = gettext_lazy("What somebody else changed meanwhile is kept, too.")


def way_back(request: HttpRequest) -> str:
    """The page of this site to which the address says to return (`?back=`); "" where it names none."""
    back = request.GET.get("back", "")
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""


def by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def saved(
    request: HttpRequest,
    form: VersionedForm,
    *,
    name: str | Callable[[], str],
    here: str,
    after: str | Callable[[], str],
    again: Mapping[str, Any] | None = None,
) -> HttpResponse | None:
    """Saves the form of an existing row, and answers; None where the page with the form is to be shown (again).

    `name` is what the text is called in sentences: "F12", or a function that gives its title as the form has it by then.
    `here` the key of the method in the navigation,
    `after` the address that follows a save. `again` are the keyword arguments with which the form was made, beside
    data and instance. Where somebody else saved other fields in between, these are kept; the same fields answer 409
    with both texts, a deletion with what was typed.
    """
    if request.method != "POST":
        return None
    script = by_script(request)
    if not form.is_valid():
        return JsonResponse({"errors": _errors(form)}, status=422) if script else None
    name = name() if callable(name) else name
    try:
        written, merged = save_merged(form, lambda one: one.save_as(request.user), **(again or {}))
    except StaleError as stale:
        if stale.current is None:
            return gone(request, form, name=name, here=here)
        if script:
            return JsonResponse({"message": _("Somebody else has saved meanwhile. Save to see both.")}, status=409)
        return conflict(request, form, stale.current, name=name, here=here, again=again)
    if script:
        said = {"time": time_format(timezone.localtime(), "H:i"), "shown": form.seen()}
        if merged:
            # The page goes on showing the fields as it has them: it stays at its version, and so never writes over these.
            return JsonResponse({**said, "version": form.cleaned_data["version"], "message": KEPT})
        return JsonResponse({**said, "version": written.instance.version})
    say_saved(request, name, merged=merged)
    return redirect((after() if callable(after) else after) + SAVED)


def say_saved(request: HttpRequest, name: str, *, merged: bool) -> None:
    said = _("%(name)s is saved.") % {"name": name}
    messages.success(request, f"{said} {KEPT}" if merged else said)


def _errors(form: VersionedForm) -> list[str]:
    return [
        f"{heading(form.fields[field].label)} {error}" if field in form.fields else str(error)
        for field, errors in form.errors.items()
        for error in errors
    ]


def conflict(
    request: HttpRequest,
    form: VersionedForm,
    current: Any,
    *,
    name: str,
    here: str,
    action: str = "",
    back: str = "",
    again: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Both texts side by side after a save on a stale one (DESIGN rule 12); nothing was written.

    `action` is where "Save mine" goes, by default the address of the page; `back` the page of what is saved.
    """
    context = {
        "here": here,
        "name": name,
        "saved": current,
        "differences": form.differences(current),
        "form": form.over(current, **(again or {})),
        "action": action or request.get_full_path(),
        "back": back or current.get_absolute_url(),
        "file_chosen": bool(request.FILES),
    }
    return render(request, "audits/conflict.html", context, status=409)


def gone(request: HttpRequest, form: BaseForm, *, name: str, here: str) -> HttpResponse:
    """The text was deleted meanwhile: what was typed comes back, to be copied; a script is told so."""
    if by_script(request):
        said = _("It was deleted while you were writing. Save to get back what you typed.")
        return JsonResponse({"message": said}, status=409)
    return render(request, "audits/gone.html", {"here": here, "name": name, "typed": typed_in(form)}, status=409)


def typed_in(form: BaseForm) -> list[tuple[str, str]]:
    """Label and words of each field of a form that was sent, valid or not; of what was chosen the names."""
    said = [(field.label, _said(field)) for field in form.visible_fields()]
    return [(label, words) for label, words in said if words]


def _said(field: BoundField) -> str:
    value: Any = field.value()
    if isinstance(field.field.widget, WORDS):
        return value or ""
    if isinstance(field.field.widget, CheckboxInput):
        return _("Yes") if value else ""
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])} - {""}
    options = flatten_choices(getattr(field.field, "choices", ()))
    return ", ".join(str(name) for key, name in options if str(key) in chosen)
