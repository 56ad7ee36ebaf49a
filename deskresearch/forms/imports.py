"""Bringing in a spreadsheet of documents: the file, and the decision after the preview."""

from __future__ import annotations

from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audits.actions.uploads import keep_upload
from audits.forms.imports import SpreadsheetForm
from audits.models import Audit, User

from ..actions import import_documents
from ..models import Document, DocumentUpload
from ..spreadsheet import Reading, read


class UploadForm(SpreadsheetForm):
    def __init__(self, *args, audit: Audit, host: str, **kwargs):
        limits = _("XLSX or CSV, at most 5 MB and 300 documents")
        super().__init__(*args, read=partial(read, audit=audit, host=host), limits=limits, **kwargs)
        self.audit = audit

    def save(self, *, by: User) -> DocumentUpload:
        """Keeps the file for the decision."""
        name = self.cleaned_data["file"].name
        return keep_upload(DocumentUpload, by=by, name=name, content=self.content, audit=self.audit)


class ConfirmForm(forms.Form):
    """The decision on a preview: exactly the bytes that were looked at, with or without what is there already."""

    doubles = forms.ChoiceField(
        label=_("What about rows that repeat a document?"),
        choices=[
            (
                "skip",
                _("Leave them out: a document stays as it is in the inventory, or comes in as its first row says"),
            ),
            ("both", _("Bring them in a second time")),
        ],
        widget=forms.RadioSelect,
        initial="skip",
    )

    def __init__(self, *args, upload: DocumentUpload, reading: Reading, host: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.upload, self.host = upload, host
        if not reading.doubles:
            del self.fields["doubles"]

    def bring_in(self, *, by: User) -> list[Document] | None:
        """Imports the kept file; the documents, or None with the reasons in the form.

        The file is read again: what has come into the inventory since the preview is a double now, and is left out.
        """
        try:
            with transaction.atomic():
                # Whoever confirms the same table at the same time waits, and then finds its documents as doubles.
                Audit.objects.select_for_update().get(pk=self.upload.audit_id)
                upload = DocumentUpload.objects.select_for_update().filter(pk=self.upload.pk).first()
                if upload is None:
                    raise ValidationError(_("This file has been brought in already."))
                reading = read(bytes(upload.content), self.upload.audit, host=self.host)
                if reading.problems:
                    raise ValidationError([str(problem) for problem in reading.problems])
                rows = reading.rows if self.cleaned_data.get("doubles") == "both" else reading.new
                if not rows:
                    raise ValidationError(_("All documents of this file are in the inventory already."))
                documents = import_documents(audit=self.upload.audit, rows=rows, by=by)
                upload.delete()
        except ValidationError as error:
            self.add_error(None, error)
            return None
        return documents
