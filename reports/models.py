"""The City Audit Report of an audit: its blocks, and the files made from it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from audits.models import Audit, Identified

from .document.child import Progress
from .enums import BlockKind, BuildFormat, BuildState


class Report(Identified):
    """The City Audit Report of an audit in one language."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="reports")
    language = models.CharField(_("language"), max_length=10)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["audit", "language"], name="report_once_per_language")]

    def __str__(self):
        return f"{self.audit} ({self.language})"

    def get_absolute_url(self):
        return reverse("reports:report-home", args=[self.audit.slug, self.language])


class SectionBlockQuerySet(models.QuerySet):
    def placed(self):
        """The blocks that stand in the report; removed texts are kept aside."""
        return self.filter(removed_at__isnull=True)


class SectionBlock(Identified):
    """A block of a section of the outline: own rich text, or a reference to live data.

    `slot` names the text's purpose in the section (a required point, the opening sentence), so that what is
    missing can be told. `facts` are the figures on which a text was last saved or confirmed, by their keys in
    `reports.figures`; `fingerprint` is their digest.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="blocks")
    section = models.CharField(_("section"), max_length=40)
    position = models.PositiveIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=4, choices=BlockKind)
    live = models.CharField(_("live block"), max_length=60, blank=True)
    slot = models.CharField(_("purpose"), max_length=40, blank=True)
    html = models.TextField(_("text"), blank=True)
    facts = models.JSONField(_("figures when the text was saved"), default=dict, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(_("removed on"), null=True, blank=True, editable=False)

    objects = SectionBlockQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["facts", "fingerprint"])

    # What a new version writes (`audits/actions/versions.py`).
    written = ("html",)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["section", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="text", live="") | (Q(kind="live", html="", slot="") & ~Q(live="")),
                name="block_is_text_or_live",
            ),
            models.UniqueConstraint(
                fields=["report", "live"], condition=~Q(live=""), name="live_block_once_per_report"
            ),
        ]

    def __str__(self):
        return f"{self.section} {self.position}"

    @property
    def is_text(self) -> bool:
        return self.kind == BlockKind.TEXT


class BuildQuerySet(models.QuerySet):
    def open(self):
        """Neither done nor failed."""
        return self.filter(state__in=[BuildState.QUEUED, BuildState.RUNNING])

    def done(self):
        return self.filter(state=BuildState.DONE)


class Build(Identified):
    """A file made from a report: what, for whom, how far it is. A failed one says why and touches no text."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="builds")
    format = models.CharField(_("format"), max_length=4, choices=BuildFormat, default=BuildFormat.PDF)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=BuildState, default=BuildState.QUEUED)
    progress = models.CharField(_("progress"), max_length=40, blank=True)
    reason = models.CharField(_("why it failed"), max_length=20, blank=True)
    error = models.TextField(_("error"), blank=True)
    fingerprint = models.CharField(_("fingerprint of the input"), max_length=64, blank=True)
    file = models.FileField(_("file"), upload_to="builds/", blank=True)
    facts = models.JSONField(_("pages by section"), default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BuildQuerySet.as_manager()

    class Meta:
        verbose_name = _("build")
        verbose_name_plural = _("builds")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BuildState.values), name="build_state_is_known"),
            models.CheckConstraint(condition=Q(format__in=BuildFormat.values), name="build_format_is_known"),
        ]

    def __str__(self):
        return f"{self.report} {self.format}"

    @property
    def is_open(self) -> bool:
        return self.state in (BuildState.QUEUED, BuildState.RUNNING)

    @property
    def message(self) -> str:
        """How far it is, or why it failed, in the reader's language."""
        return Progress(self.state, stage=self.progress, reason=self.reason, detail=self.error).message

    @property
    def page_count(self) -> int | None:
        return self.facts.get("pages")

    @property
    def unprintable(self) -> dict[str, int]:
        """Letters that no font of the report has, with how often each stands as a mark in this file."""
        return self.facts.get("unprintable", {})

    @property
    def marks(self) -> int:
        """How many such marks there are."""
        return sum(self.unprintable.values())

    def pages_of(self, section: str) -> float | None:
        """Length of a section in pages (1.4), as measured on this file."""
        return self.facts.get("sections", {}).get(section, {}).get("pages")
