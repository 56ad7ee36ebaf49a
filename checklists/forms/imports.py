"""Bringing in a spreadsheet: the file, and the decision after the preview."""

import hashlib
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audits.actions.uploads import KEPT, expire_uploads
from audits.forms.imports import SpreadsheetForm

from ..actions import import_sheets, number_taken
from ..lines import plan_of
from ..models import SheetUpload
from ..spreadsheet import Reading, read
from ..wording import wording_of


def reading_of(walk, content: bytes) -> Reading:
    """What a file says about the walk's sheets. Raises UnreadableError as `spreadsheet.read` does."""
    plan = plan_of(walk)
    wording = wording_of(plan, walk.checklist, walk.checklist.language)
    return read(content, plan, wording, taken=number_taken(walk))


class UploadForm(SpreadsheetForm):
    def __init__(self, *args, walk, **kwargs):
        limits = _("XLSX or CSV, at most 5 MB and 500 sheets")
        super().__init__(*args, read=partial(reading_of, walk), limits=limits, **kwargs)
        self.walk = walk

    @transaction.atomic
    def save(self, *, by) -> SheetUpload:
        """Keeps the file for the decision; what somebody left undecided for a day goes."""
        expire_uploads(SheetUpload, timezone.now() - KEPT, dry_run=False)
        SheetUpload.objects.filter(walk=self.walk, by=by).delete()
        return SheetUpload.objects.create(
            walk=self.walk,
            by=by,
            name=self.cleaned_data["file"].name[:200],
            content=self.content,
            digest=hashlib.sha256(self.content).hexdigest(),
        )


class ConfirmForm(forms.Form):
    """The decision on a preview: import exactly the bytes that were looked at."""

    digest = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("Everybody in this list has agreed on paper to take part."),
        error_messages={"required": _("Tick this. Without agreement a sheet must not come in.")},
    )

    def __init__(self, *args, upload, **kwargs):
        super().__init__(*args, **kwargs)
        self.upload = upload
        self.initial["digest"] = upload.digest

    def clean_digest(self):
        if self.cleaned_data["digest"] != self.upload.digest:
            raise ValidationError(_("Another file was chosen meanwhile. Look at this one first."))
        return self.cleaned_data["digest"]

    def bring_in(self, *, by):
        """Imports the kept file; the sheets, or None with the reasons in the form."""
        try:
            with transaction.atomic():
                upload = SheetUpload.objects.select_for_update().filter(pk=self.upload.pk).first()
                if upload is None:
                    raise ValidationError(_("This file has been brought in already."))
                reading = reading_of(self.upload.walk, bytes(upload.content))
                if reading.problems:
                    raise ValidationError([str(problem) for problem in reading.problems])
                sheets = import_sheets(walk=self.upload.walk, rows=reading.rows, by=by)
                upload.delete()
        except ValidationError as error:
            self.add_error(None, error)
            return None
        return sheets
