from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import PictureKind
from .audit import Audit
from .base import Identified


def picture_path(picture, filename):
    """Storage name: the UUID alone, so that nothing of the uploaded name remains."""
    return f"pictures/{picture.uuid}.{filename.rsplit('.', 1)[-1]}"


def small_picture_path(picture, filename):
    """Storage name of the small size, beside the large one."""
    return f"pictures/{picture.uuid}-small.{filename.rsplit('.', 1)[-1]}"


class Picture(Identified):
    """A picture that came in through `audits/images.py`, the only way in. The original is not kept."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="pictures")
    kind = models.CharField(_("kind"), max_length=8, choices=PictureKind)
    file = models.FileField(_("file"), upload_to=picture_path)
    small = models.FileField(_("small size"), upload_to=small_picture_path, blank=True)
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    taken_at = models.DateTimeField(_("taken on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [models.CheckConstraint(condition=Q(kind__in=PictureKind.values), name="picture_kind_is_known")]

    def __str__(self):
        return str(self.uuid)

    @property
    def media_type(self) -> str:
        return "image/png" if self.file.name.endswith(".png") else "image/jpeg"
