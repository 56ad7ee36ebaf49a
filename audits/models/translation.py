from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Translation(models.Model):
    """The text of one field of one instrument row in another language (DESIGN section 3, "Instrument texts").

    A table of its own, so that texts can be searched in any script and cities add languages without
    a migration. Seeded translations are loaded insert-only: an edited one is never overwritten (rule 7).
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    field = models.CharField(_("field"), max_length=40)
    language = models.CharField(_("language"), max_length=10)
    source = models.TextField(
        _("text that was translated"),
        blank=True,
        help_text=_(
            "Where the source text has changed since, the translation is not shown until somebody looks at it."
        ),
    )
    text = models.TextField(_("text"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed on"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed on"), auto_now=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["content_type", "object_id", "field", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "language"],
                name="translation_once_per_language",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=False) | Q(reviewed_by__isnull=True),
                name="translation_review_has_a_date",
            ),
        ]

    def __str__(self):
        return f"{self.language}: {self.text[:60]}"

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_at is not None
