"""The pages' form for photos: one or several files that share their words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.images import ACCEPT, MAX_BYTES, in_words
from audits.uploads import CappedFileHandler

from .details import WordsForm

MOST_AT_ONCE = 10


class PhotoFilesHandler(CappedFileHandler):
    """Several photos in one request, each with a page's words."""

    max_bytes = MAX_BYTES
    max_request_bytes = MOST_AT_ONCE * MAX_BYTES + 5 * 1024 * 1024


class PassedOverHandler(FileUploadHandler):
    """Keeps no file at all: of photos that are together too large the words beside them are still read."""

    max_request_bytes = 5 * PhotoFilesHandler.max_request_bytes

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile


def handler_for(request: HttpRequest) -> FileUploadHandler | None:
    """How the files of a page's form are read; None for what is too long for anything of it to be read."""
    length = int(request.headers.get("Content-Length") or 0)
    handlers = (PhotoFilesHandler, PassedOverHandler)
    return next((handler(request) for handler in handlers if length <= handler.max_request_bytes), None)


class OnePhotoHandler(CappedFileHandler):
    """One photo in a request, as a page's script sends it, with its words."""

    max_bytes = MAX_BYTES
    max_request_bytes = MAX_BYTES + 1024 * 1024


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what is in them, `send_photo` says for each."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [file for file in (data or []) if file]


class PhotosForm(WordsForm):
    """New photos with the words that they share. `left` says how many the person may still send."""

    most_bytes = MAX_BYTES

    # Two fields: a phone's camera gives one picture, and some phones offer no camera where several can be chosen.
    camera = forms.FileField(
        label=gettext_lazy("Take a photo now"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    files = FilesField(
        label=gettext_lazy("Choose photos on this device"),
        required=False,
        widget=SeveralFiles(attrs={"accept": ACCEPT}),
    )

    def __init__(self, *args: Any, left: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.left = left

    @property
    def limit(self) -> str:
        """How much the page itself can send, where no script sends the photos one by one."""
        said = _("At most %(most)s photos at once, together %(size)s.")
        return said % {"most": MOST_AT_ONCE, "size": in_words(MOST_AT_ONCE * MAX_BYTES)}

    def passed_over(self) -> PhotosForm:
        """The form once its files could not be read, with the words and what is missing of them."""
        self.errors.pop("files", None)
        return self

    @cached_property
    def chosen(self) -> list[UploadedFile]:
        """All files, those of the camera first; only after `is_valid()`."""
        taken = self.cleaned_data.get("camera")
        return [*([taken] if taken else []), *self.cleaned_data.get("files", [])]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        most = min(self.left, MOST_AT_ONCE)
        if not self.chosen:
            self.add_error("files", _("Choose a photo, or take one."))
        elif len(self.chosen) > most:
            self.add_error(
                "files",
                ngettext(
                    "At most %(most)s photo can be sent now.", "At most %(most)s photos can be sent at once now.", most
                )
                % {"most": most},
            )
        if self.errors and self.chosen:
            # A browser never gives files back to a page.
            self.add_error("files", _("Choose the photos once more: files cannot be kept in a form."))
        return said
