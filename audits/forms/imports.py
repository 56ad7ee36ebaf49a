"""Choosing a spreadsheet to be brought in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..spreadsheet import MOST_BYTES, UnreadableError, holds_text

NO_SPREADSHEET = _(
    "This is not a spreadsheet: its name ends like one, but it holds plain text. Save the table as XLSX or CSV in your "
    "spreadsheet program and choose that file."
)


class SpreadsheetForm(forms.Form):
    """A file that `read(content)` can make something of; once the form is valid, `content` are its bytes and `found` is
    what was read. `limits` say how large it may be.

    What is wrong inside the file, the preview says; here only what cannot be read at all (UnreadableError) is refused.
    """

    file = forms.FileField(
        label=_("Spreadsheet"),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, read: Callable[[bytes], Any], limits: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.read = read
        self.fields["file"].help_text = limits

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than %(size)s MB.") % {"size": MOST_BYTES // 1024 // 1024})
        self.content = file.read()
        try:
            self.found = self.read(self.content)
        except UnreadableError as error:
            # Text that reads as a table is taken, whatever its name; of other text the name misleads.
            misnamed = file.name.lower().endswith((".xlsx", ".xls")) and holds_text(self.content)
            raise ValidationError(NO_SPREADSHEET if misnamed else str(error)) from error
        return file
