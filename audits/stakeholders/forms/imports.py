"""Bringing in a spreadsheet of stakeholders after its preview: the good rows at once, the others once corrected."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from audits.forms.fields import LongText
from audits.models import User

from ..actions.register import import_stakeholders, one_at_a_time
from ..models import Stakeholder, StakeholderUpload
from ..spreadsheet import Reading, read

LONGEST_CELL = 32_767
"""As many letters as a spreadsheet program takes; whether a text is too long for its column, the reading says."""
ONE_LINE = 80
MOST_AT_ONCE = 100
"""Rows to be corrected on one page: a request takes no more than a thousand fields."""


class CorrectForm(forms.Form):
    """The cells of a kept file that have to be corrected, each as a field with what stands in it.

    What is typed is kept with the file, good or not, so that nothing of it has to be typed twice.
    """

    def __init__(self, *args: Any, upload: StakeholderUpload, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.upload = upload
        self.read = partial(read, bytes(upload.content), upload.audit)
        self.reading = self.read(upload.corrections)
        self.now = self.reading.bad[:MOST_AT_ONCE]
        for row in self.now:
            for cell in row.bad:
                attrs = {"dir": "auto", "aria-invalid": "true", "aria-describedby": f"id_{cell.key}_said"}
                self.fields[cell.key] = forms.CharField(
                    label=_("Row %(row)s, column %(column)s") % {"row": cell.row, "column": cell.column},
                    initial=cell.text,
                    required=False,
                    max_length=LONGEST_CELL,
                    widget=LongText(attrs={"rows": 4, **attrs})
                    if len(cell.text) > ONE_LINE
                    else forms.TextInput(attrs=attrs),
                )

    @property
    def rows(self) -> list[tuple[Any, list[tuple[Any, forms.BoundField]]]]:
        """The rows to be corrected, with their bad cells and the field of each."""
        return [(row, [(cell, self[cell.key]) for cell in row.bad]) for row in self.now]

    @property
    def later(self) -> int:
        """How many rows to be corrected have no room on this page."""
        return len(self.reading.bad) - len(self.now)

    @transaction.atomic
    def keep(self) -> None:
        """Keeps the corrections with the file."""
        upload = StakeholderUpload.objects.select_for_update().filter(pk=self.upload.pk).first()
        if upload is None:
            return
        # A field that was not sent is not one that was emptied.
        changed = {key: self.cleaned_data[key] for key in self.changed_data if key in self.data}
        upload.corrections |= changed
        upload.save(update_fields=["corrections"])
        self.upload.corrections = upload.corrections

    def bring_in(self, *, by: User) -> tuple[list[Stakeholder], Reading]:
        """Brings in what is good by now; those that came in, and what is left of the file.

        The file is read again: what has come into the register since the preview is a double now, and is left out. The
        file goes with the last row that could be corrected.
        """
        # Whoever confirms the same table at the same time waits, and then finds its stakeholders as doubles.
        with one_at_a_time(self.upload.audit):
            reading = self.read(self.upload.corrections)
            if reading.problems:
                return [], reading
            rows = [row.stakeholder for row in reading.good]
            made = import_stakeholders(audit=self.upload.audit, rows=rows, by=by) if rows else []
            if not reading.bad:
                self.upload.delete()
            return made, reading
