"""Answers to the scripts of the two pages on which sheets are filled in."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from ..actions import NotAcceptingError, Outcome, Result, SheetChange
from ..forms.entry import MOST_BYTES, DeliveryForm, first_error


def deliver(request: HttpRequest, write: Callable[[DeliveryForm, Sequence[SheetChange]], list[Result]]) -> JsonResponse:
    """Takes one delivery: `{"sheet": uuid, "device": uuid, "changes": [{"uuid", "sequence", "item", ...}]}`.

    `write(delivery, changes)` records what could be read and returns one result per change. Answers
    `{"results": [{"uuid", "outcome", "message"}]}` in the order sent: 200, or 409 when one of them is in conflict
    with what its UUID said before (the others are saved all the same). An answer without `results` means that
    nothing was taken and the sender keeps everything: 400 for what cannot be read, 403 where the sheet takes
    nothing at the moment, 413 for more than half a megabyte. Its `message` says why.
    """
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return _nothing_taken(
            _("Too much at once. Send it in smaller deliveries."), HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        )
    delivery = DeliveryForm(request.body)
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
