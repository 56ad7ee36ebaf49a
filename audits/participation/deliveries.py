"""Deliveries of the pages that keep what is typed until the server has it (static/js/changes.js).

A method says which kinds of change it knows, each with a form, and records what could be read.
"""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.texts import in_lines

from .actions import NotAcceptingError, Outcome, Result

MOST_CHANGES = 300
MOST_BYTES = 512 * 1024
LARGEST_SEQUENCE = 2**63 - 1


class ChangeForm(forms.Form):
    """What every change says about itself."""

    uuid = forms.UUIDField()
    sequence = forms.IntegerField(min_value=0, max_value=LARGEST_SEQUENCE)
    makes: type

    def change(self) -> Any:
        """The change; only after `is_valid()`."""
        return self.makes(**self.cleaned_data)


class TextField(forms.CharField):
    """A text of several lines as it is stored."""

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return in_lines(super().to_python(value))


Kinds = Mapping[str, type[ChangeForm]]


class DeliveryForm(forms.Form):
    """One delivery of a script: `{"sheet": uuid, "device": uuid, "changes": [...], "send": bool}`.

    Each change names its `kind`, one of `kinds`; the first of them where it names none. Errors of the delivery as a
    whole are the form's; a change that cannot be read becomes a refused result of its own and blocks no other.
    """

    sheet = forms.UUIDField()
    device = forms.UUIDField()
    send = forms.BooleanField(required=False)

    def __init__(self, body: bytes, kinds: Kinds):
        self.kinds = kinds
        try:
            self.received = json.loads(body)
        except (ValueError, RecursionError):
            self.received = None
        super().__init__(self.received if isinstance(self.received, dict) else {})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        changes = self.data.get("changes", [])
        if not isinstance(self.received, dict) or not isinstance(changes, list):
            raise forms.ValidationError(gettext_lazy("This delivery cannot be read."))
        if len(changes) > MOST_CHANGES:
            raise forms.ValidationError(gettext_lazy("Too many changes at once. Send them in smaller deliveries."))
        self.changes = [self._read(change) for change in changes]
        return cleaned

    def _read(self, change: Any) -> Any:
        plain = isinstance(change, dict) and all(
            value is None or isinstance(value, str | int | float | bool) for value in change.values()
        )
        form_class = self.kinds.get(str(change.get("kind", next(iter(self.kinds))))) if plain else None
        form = form_class(change) if form_class else None
        if form is not None and form.is_valid():
            return form.change()
        message = first_error(form) if form is not None else _("This change cannot be read.")
        named = str(change.get("uuid", ""))[:36] if isinstance(change, dict) else ""
        return Result(uuid=named, outcome=Outcome.REFUSED, message=message)


def first_error(form: forms.Form) -> str:
    """The first of a form's errors as a sentence; with the field's label, where it is read far away from the field
    (`names_fields`)."""
    name, said = next(((name, str(error)) for name, errors in form.errors.items() for error in errors), ("", ""))
    label = form.fields[name].label if name in form.fields and getattr(form, "names_fields", False) else ""
    return f"{label} – {said}" if label else said


def deliver(
    request: HttpRequest, kinds: Kinds, write: Callable[[DeliveryForm, list[Any]], list[Result]]
) -> JsonResponse:
    """Takes one delivery; `DeliveryForm` says what it looks like.

    `write(delivery, changes)` records what could be read and returns one result per change. Answers
    `{"results": [{"uuid", "outcome", "message"}]}` in the order sent: 200, or 409 when one of them is in conflict
    with what its UUID said before (the others are saved all the same). An answer without `results` means that
    nothing was taken and the sender keeps everything: 400 for what cannot be read, 403 where nothing is taken at the
    moment, 413 for more than half a megabyte. Its `message` says why.
    """
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return _nothing_taken(
            _("Too much at once. Send it in smaller deliveries."), HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        )
    delivery = DeliveryForm(request.body, kinds)
    if not delivery.is_valid():
        return _nothing_taken(first_error(delivery), HTTPStatus.BAD_REQUEST)
    try:
        written = iter(write(delivery, [change for change in delivery.changes if not isinstance(change, Result)]))
    except NotAcceptingError as reason:
        return _nothing_taken(str(reason), HTTPStatus.FORBIDDEN)
    results = [change if isinstance(change, Result) else next(written) for change in delivery.changes]
    conflict = any(result.outcome is Outcome.CONFLICT for result in results)
    return JsonResponse(
        {
            "results": [
                {"uuid": str(result.uuid), "outcome": result.outcome.value, "message": result.message}
                for result in results
            ]
        },
        status=HTTPStatus.CONFLICT if conflict else HTTPStatus.OK,
    )


def _nothing_taken(message: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
