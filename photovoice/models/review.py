"""The collective review: photos and remarks sorted under the wrap-up categories (toolkit, "Photovoice", wrap-up)."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.models import Identified, Versioned
from audits.participation.models import Participant

from .activity import Activity
from .instrument import Theme, WrapUpCategory
from .photo import Photo

REMARK_LENGTH = 600


class Placement(models.Model):
    """Where the group puts a photo. The last word holds."""

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="placement")
    category = models.ForeignKey(
        WrapUpCategory, on_delete=models.PROTECT, related_name="placements", verbose_name=_("belongs to")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("sorted photo")
        verbose_name_plural = _("sorted photos")

    def __str__(self):
        return f"{self.photo}: {self.category}"


class Vote(models.Model):
    """Where one of those who took photos puts one, on an own phone. It decides nothing: the group's placement does."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="photo_votes")
    category = models.ForeignKey(
        WrapUpCategory, on_delete=models.PROTECT, related_name="+", verbose_name=_("belongs to")
    )
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("photo sorted by a participant")
        verbose_name_plural = _("photos sorted by participants")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["photo", "participant"], name="vote_once_per_photo")]

    def __str__(self):
        return f"{self.photo}: {self.category}"


class RemarkQuerySet(models.QuerySet):
    def shown(self) -> "RemarkQuerySet":
        """What the team has not hidden."""
        return self.filter(hidden_at=None)


class Remark(Identified, Versioned):
    """What was said in the review under a category, about one photo or in general; a participant's own when it has one.

    A participant's own the team never alters; it may hide it, with a reason (DESIGN rule 12).
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="remarks")
    category = models.ForeignKey(
        WrapUpCategory, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("belongs to")
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    photo = models.ForeignKey(
        Photo,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="remarks",
        verbose_name=_("about the photo"),
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="photo_remarks"
    )
    text = models.TextField(_("remark"), validators=[MaxLengthValidator(REMARK_LENGTH)])
    hidden_at = models.DateTimeField(_("hidden on"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    hidden_reason = models.CharField(_("why it is hidden"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RemarkQuerySet.as_manager()

    written = ("category", "theme", "text")

    class Meta:
        verbose_name = _("remark of the review")
        verbose_name_plural = _("remarks of the review")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        activity = self.activity
        page = reverse("photovoice:category", args=[activity.audit.slug, activity.uuid, self.category.uuid])
        return f"{page}#remark-{self.uuid}"
