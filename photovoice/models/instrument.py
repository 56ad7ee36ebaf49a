"""The photovoice guide as an instrument (toolkit, "Photovoice")."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audits.models import Instrument, InstrumentPart


class PhotovoiceGuide(Instrument):
    class Meta(Instrument.Meta):
        verbose_name = _("photovoice guide")
        verbose_name_plural = _("photovoice guides")


class PhotovoicePart(InstrumentPart):
    """A row directly below the guide."""

    parent_field = "guide"
    translatable = ("title", "text")

    class Meta(InstrumentPart.Meta):
        abstract = True

    def __str__(self):
        return self.title


class Theme(PhotovoicePart):
    """One of the two themes under which pictures are taken."""

    guide = models.ForeignKey(PhotovoiceGuide, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what belongs to it"), blank=True)

    class Meta(PhotovoicePart.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="photovoice_theme_key_unique")]


class WrapUpCategory(PhotovoicePart):
    """A category under which the closing session sorts what the photos show; deficiencies are sorted further."""

    guide = models.ForeignKey(PhotovoiceGuide, on_delete=models.CASCADE, related_name="wrap_up_categories")
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sub_categories",
        verbose_name=_("belongs to the category"),
    )
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("explanation"), blank=True)

    class Meta(PhotovoicePart.Meta):
        verbose_name = _("wrap-up category")
        verbose_name_plural = _("wrap-up categories")
        constraints = [
            models.UniqueConstraint(fields=["guide", "key"], name="photovoice_category_key_unique"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")),
                name="photovoice_category_not_its_own_parent",
                violation_error_message=_("It cannot belong to itself. Choose another one."),
            ),
        ]


class UploadOption(PhotovoicePart):
    """A way in which pictures can be sent."""

    guide = models.ForeignKey(PhotovoiceGuide, on_delete=models.CASCADE, related_name="upload_options")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("explanation"), blank=True)

    class Meta(PhotovoicePart.Meta):
        verbose_name = _("way to send photos")
        verbose_name_plural = _("ways to send photos")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="photovoice_option_key_unique")]


class Instruction(PhotovoicePart):
    """An instruction for participants or organisers."""

    guide = models.ForeignKey(PhotovoiceGuide, on_delete=models.CASCADE, related_name="instruction_texts")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))

    class Meta(PhotovoicePart.Meta):
        verbose_name = _("instruction")
        verbose_name_plural = _("instructions")
        constraints = [models.UniqueConstraint(fields=["guide", "key"], name="photovoice_instruction_key_unique")]
