"""Bringing in photos that others sent or showed elsewhere: the files, and the decision after the preview."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from audits import images
from audits.spreadsheet import MOST_BYTES as MOST_TABLE_BYTES

from .. import parcels
from ..models import Activity
from ..parcels import Parcel, ParcelError, Sender

DAY = 24 * 60 * 60


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the cleaned value is a list of them."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(one, initial) for one in files]


class ParcelForm(forms.Form):
    """Pictures, a ZIP of them or e-mails, with a table of titles; `parcel` is what they say, once it is valid."""

    files = FilesField(
        label=_("Pictures, a ZIP file of pictures, or e-mails (.eml)"),
        help_text=_("You can choose several. At most 60 pictures and 100 MB at once, and 20 MB for each picture."),
        # What is wrong with one of them, the preview says beside its name.
        allow_empty_file=True,
        error_messages={"required": _("Choose the files.")},
        widget=FilesInput(attrs={"accept": f"{images.ACCEPT},.zip,.eml,.csv,.xlsx"}),
    )
    titles = forms.FileField(
        label=_("Table of titles"),
        help_text=_("XLSX or CSV. It may also lie in the ZIP file."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": _("The file is empty.")},
    )
    language = forms.ChoiceField(
        label=_("Language in which the authors are written to"), choices=settings.PARTICIPANT_LANGUAGES
    )

    def __init__(self, *args, activity: Activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.parcel: Parcel | None = None
        self.initial.setdefault("language", activity.audit.language)

    def clean_titles(self):
        titles = self.cleaned_data["titles"]
        if titles and titles.size > MOST_TABLE_BYTES:
            raise ValidationError(
                _("The file is larger than %(size)s MB.") % {"size": MOST_TABLE_BYTES // 1024 // 1024}
            )
        return titles

    def clean(self):
        if not self.errors:
            try:
                self.parcel = parcels.read_parcel(
                    self.activity, self.cleaned_data["files"], self.cleaned_data["titles"] or None
                )
            except ParcelError as error:
                self.add_error("files", str(error))
        return self.cleaned_data


class TakeForm(forms.Form):
    """What the preview showed, carried by the page and signed: nothing of it can be changed on the way."""

    parcel = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, activity: Activity, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.salt = f"photo-parcel:{activity.uuid}:{user.pk}"

    def signed(self, parcel: Parcel, language: str) -> str:
        content = {
            "key": str(parcel.key),
            "language": language,
            "senders": [sender.as_json() for sender in parcel.senders],
        }
        return signing.dumps(content, salt=self.salt, compress=True)

    def clean_parcel(self):
        try:
            return signing.loads(self.cleaned_data["parcel"], salt=self.salt, max_age=DAY)
        except signing.BadSignature:
            raise ValidationError(_("This page is too old. Choose the files again."), code="changed") from None

    @property
    def key(self) -> uuid.UUID:
        return uuid.UUID(self.cleaned_data["parcel"]["key"])

    @property
    def language(self) -> str:
        return self.cleaned_data["parcel"]["language"]

    @property
    def senders(self) -> list[Sender]:
        found: list[dict[str, Any]] = self.cleaned_data["parcel"]["senders"]
        return [Sender.from_json(sender) for sender in found]


class DeleteAllForm(forms.Form):
    """How many photos the page said would be deleted: valid while that many wait."""

    number = forms.IntegerField()

    def __init__(self, *args, number: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = number

    def clean_number(self):
        if self.cleaned_data["number"] != self.waiting:
            raise ValidationError("", code="changed")
        return self.waiting
