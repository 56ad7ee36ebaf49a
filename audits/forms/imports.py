"""Choosing a spreadsheet to be brought in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..spreadsheet import MOST_BYTES, UnreadableError


class SpreadsheetForm(forms.Form):
    """A file that `read(content)` can make something of; `content` are its bytes once the form is valid.

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
            self.read(self.content)
        except UnreadableError as error:
            raise ValidationError(str(error)) from error
        return file
