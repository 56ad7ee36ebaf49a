"""Answering with a file: one made for this request, a printing once it is done, or a file that a method keeps."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from ..methods import SharedFile
from ..printing import Print


def how_far(made: Print | None) -> dict[str, Any]:
    """What `audits/_print.html` says of a printing; None for one that is not there any more."""
    return {"print": made, "progress": made.progress() if made else None}


def attachment(content: bytes | str, name: str, media_type: str) -> HttpResponse:
    """A file made for this request, to be saved under this name; no cache keeps it, for it is of a page with a login."""
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def printed(made: Print | None, name: str) -> FileResponse:
    """The PDF of a printing, to be saved under this name. Raises Http404 where it is gone or not done."""
    if made is None or made.progress().state != "done":
        raise Http404
    return FileResponse(made.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")


def kept_private(file: SharedFile | None) -> FileResponse:
    """A file that somebody uploaded, to be saved and never shown inside our pages, whatever is in it.

    Whether somebody may have it, the caller decides. Raises Http404 where there is none, or it is gone from the storage.
    """
    if file is None:
        raise Http404
    try:
        opened = file.open()
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(opened, as_attachment=True, filename=file.name, content_type=file.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
