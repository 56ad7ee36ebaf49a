"""Answering with a file: one made for this request, a printing once it is done, or a file that a method keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from ..methods import SharedFile
from ..printing import Print

PART = 64 * 1024
_LONGEST_PART = 80


def key_for(request: HttpRequest, sent: UUID | None) -> UUID:
    """The key of the printing that a form asks for: the same for the same form sent twice, another one where somebody
    went back to the page and chose something else. `sent` is the form's own identifier.
    """
    choices = sorted(one for one in request.POST.lists() if one[0] not in ("uuid", "csrfmiddlewaretoken"))
    return uuid5(sent or uuid4(), repr(choices))


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


def name_of(made: Print | None, day: date, of: str) -> str:
    """The name under which a printing is saved: the day, what it is, the title `of` what it belongs to, its languages.

    In the letters of its language: of an Arabic title others would leave nothing.
    """
    what, whose = (
        slugify(text, allow_unicode=True)[:_LONGEST_PART].strip("-") for text in (made.title if made else "", of)
    )
    languages = "-".join(made.languages) if made else ""
    return "-".join(filter(None, (f"{day:%Y-%m-%d}", what, "" if whose in what else whose, languages))) + ".pdf"


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


def played(request: HttpRequest, file: SharedFile) -> StreamingHttpResponse | HttpResponse:
    """A private file for a player in the page, or the part of it that the player asks for: without parts none can be
    wound forward, and some browsers play nothing.

    Whether somebody may have it, the caller decides. Raises Http404 where it is gone from the storage.
    """
    response: StreamingHttpResponse | HttpResponse
    try:
        opened = file.open()
    except FileNotFoundError:
        raise Http404 from None
    size = opened.size
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", ""))
    if asked and any(asked.groups()):
        first, last = asked.groups()
        begin = int(first) if first else max(0, size - int(last))
        end = min(int(last), size - 1) if first and last else size - 1
        if begin > end:
            opened.close()
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        response = StreamingHttpResponse(_part(opened, begin, end), status=206, content_type=file.media_type)
        response["Content-Range"] = f"bytes {begin}-{end}/{size}"
        response["Content-Length"] = str(end - begin + 1)
    else:
        response = FileResponse(opened, filename=file.name, content_type=file.media_type)
    response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _part(opened: Any, begin: int, end: int) -> Iterator[bytes]:
    with opened:
        opened.seek(begin)
        left = end - begin + 1
        while left and (content := opened.read(min(left, PART))):
            left -= len(content)
            yield content
