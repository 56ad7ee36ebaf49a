"""Coding: the "big ideas" on passages of the notes (toolkit, focus group report)."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.models import Audit, Identified, Versioned

from ..coding import located
from .session import Note


class Code(Identified, Versioned):
    """A "big idea" of the audit's codebook, used on the notes of all its groups."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="codes")
    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(_("definition"), blank=True, validators=[MaxLengthValidator(2000)])
    created_at = models.DateTimeField(auto_now_add=True)

    written = ("name", "definition")

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "audit",
                Lower("name"),
                name="code_name_unique",
                violation_error_message=_("There is a code of this name already."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("focusgroups:code", args=[self.audit.slug, self.uuid])


class Coding(Identified):
    """A code on a passage of a note, by one coder. `start` and `end` count characters of the note's text.

    `quote` is the passage as it was coded: by it the passage is found again when the note is corrected. What a correction
    took out of the note is shown to the coders alone, who choose the passage anew; everywhere else `words` are shown.
    """

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="codings")
    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="codings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(_("passage"))
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="codings", verbose_name=_("coder")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("coded passage")
        verbose_name_plural = _("coded passages")
        ordering = ["note__noted_at", "note", "start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["note", "code", "coder", "start", "end"], name="coding_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="coding_has_a_passage"),
        ]

    def __str__(self):
        return f"{self.code}: {self.start}–{self.end}"

    @property
    def span(self) -> tuple[int, int] | None:
        """From where to where the passage stands in the note as it reads today; None where it was corrected away."""
        return located(self.note.text, self.start, self.end, self.quote)

    @property
    def words(self) -> str:
        """The passage as the note still has it; empty where it was corrected away."""
        return self.quote if self.span else ""


class Settlement(models.Model):
    """What two coders agreed on where one put a code on a note and the other did not."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="settlements")
    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="settlements")
    keep = models.BooleanField(_("the code stays"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("settled difference")
        verbose_name_plural = _("settled differences")
        constraints = [models.UniqueConstraint(fields=["note", "code"], name="settled_once")]

    def __str__(self):
        return f"{self.code}: {self.keep}"
