"""Spreadsheets on their way in."""

from django.conf import settings
from django.db import models

from .base import Identified


class SpreadsheetUpload(Identified):
    """A spreadsheet that waits for its preview to be confirmed; only who chose it sees it, and for a day.

    What it is brought into, each heir says.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name
