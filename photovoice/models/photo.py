"""A photo with its words, and the ledger of rights in it (toolkit, "Photovoice", rights and obligations)."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.models import Audit, CityPlan, Identified, Picture
from audits.participation.enums import Purpose
from audits.participation.models import Participant

from ..enums import AllowedUse, GivenBy, PhotoSource, PhotoState, VisiblePeople
from .activity import Activity
from .instrument import Theme

TITLE_LENGTH, TEXT_LENGTH, CREDIT_LENGTH, ALT_LENGTH, DISTRICT_LENGTH = 120, 600, 80, 300, 80

SUBJECT = "photo:"


class RightsRequest(Identified):
    """The question to whoever sent photos in another way than by an own code: are they yours, and what may we do?

    It is asked by a link that is sent once; afterwards the address is deleted. Of the link's secret only a keyed hash is
    kept. Where there was no letter, `passed_on_by` is who of the team has seen the link last, to pass it on.

    `mail_kept` says that the e-mail with the photos is still in the mailbox, for a picture of it could not be read.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="rights_requests")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    address = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    passed_on_at = models.DateTimeField(_("passed on"), null=True, blank=True)
    passed_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    # A keyed hash of what identifies the e-mail that the photos came with; "" where they came otherwise.
    message_hash = models.CharField(max_length=64, blank=True, editable=False)
    mail_kept = models.BooleanField(_("the e-mail is kept in the mailbox"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("question for rights")
        verbose_name_plural = _("questions for rights")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "message_hash"],
                condition=~Q(message_hash=""),
                name="rights_request_one_of_a_message",
            )
        ]

    def __str__(self):
        return str(self.uuid)


def _stated(name: str) -> models.Subquery:
    """A field of the statement of rights that holds for a photo of the query."""
    latest = PhotoRights.objects.filter(photo=models.OuterRef("pk")).order_by("-at", "-pk")
    return models.Subquery(latest.values(name)[:1])


class PhotoQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(activity__audit__in=Audit.objects.visible_to(user))

    def counting(self) -> "PhotoQuerySet":
        """What takes part in the review: admitted, and not hidden by the team."""
        return self.filter(state=PhotoState.IN, hidden_at=None)

    def districts(self) -> "models.QuerySet":
        """The parts of the city that are named, each once."""
        return self.exclude(district="").order_by("district").values_list("district", flat=True).distinct()

    def without_alt_language(self) -> "PhotoQuerySet":
        """Those that are described, and nobody has said in which language."""
        return self.exclude(alt="").filter(alt_language="")

    def usual_alt_language(self) -> str:
        """The language in which most of them are described; "" where nobody has said so of any."""
        said = self.exclude(alt_language="").order_by().values_list("alt_language", flat=True)
        return said.annotate(times=models.Count("pk")).order_by("-times", "alt_language").first() or ""

    def going_round(self) -> "PhotoQuerySet":
        """What all who took photos may see on their phones: it counts, its author agrees that it is looked at and
        discussed, and nobody can be recognised in it who has not agreed.

        Who is no participant agrees with the statement of rights.
        """
        agreeing = Participant.objects.agreeing_to(Purpose.PHOTO_USE)
        shown = [VisiblePeople.NONE, VisiblePeople.UNRECOGNISABLE, VisiblePeople.AGREED]
        return (
            self.counting()
            .alias(declared=_stated("declared"), people=_stated("people"))
            .filter(Q(participant=None) | Q(participant__in=agreeing), declared=True, people__in=shown)
        )

    def against_somebody_in_it(self) -> "PhotoQuerySet":
        """What counts and is kept from the big screen too: somebody can be recognised who has not agreed."""
        return self.counting().alias(people=_stated("people")).filter(people=VisiblePeople.NOT_AGREED)

    def with_rights(self) -> "PhotoQuerySet":
        """With all that `photovoice.rights` asks, in a fixed number of queries."""
        return self.select_related("activity", "theme", "picture", "participant").prefetch_related(
            "rights", "participant__consents"
        )


class Photo(Identified):
    """One photo of an activity. Its title and words are the author's; `alt` is what the team writes for the blind, in
    `alt_language` ("" where nobody has said which one it is).

    A place is there only where it was offered, in degrees to three decimals (about 100 m), or as a mark on a plan of
    the city, in shares of its width and height from the upper left corner. `district` is the part of the city that the
    team sees in it, as people there call it.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="photos")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="photos")
    rights_request = models.ForeignKey(
        RightsRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="photos"
    )
    picture = models.OneToOneField(Picture, on_delete=models.PROTECT, related_name="photo", verbose_name=_("picture"))
    number = models.PositiveIntegerField(_("number"))
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="photos", verbose_name=_("theme")
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(_("short description"), blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)])
    language = models.CharField(_("language"), max_length=10, default="en")
    latitude = models.DecimalField(_("latitude"), max_digits=5, decimal_places=3, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=6, decimal_places=3, null=True, blank=True)
    plan = models.ForeignKey(
        CityPlan, on_delete=models.SET_NULL, null=True, blank=True, related_name="photos", verbose_name=_("city plan")
    )
    plan_x = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    plan_y = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    district = models.CharField(_("part of the city"), max_length=DISTRICT_LENGTH, blank=True)
    alt = models.CharField(_("what can be seen, for people who cannot see it"), max_length=ALT_LENGTH, blank=True)
    alt_language = models.CharField(_("language of this sentence"), max_length=10, blank=True)
    source = models.CharField(_("how it came in"), max_length=10, choices=PhotoSource, default=PhotoSource.PHONE)
    state = models.CharField(_("state"), max_length=8, choices=PhotoState, default=PhotoState.IN)
    hidden_at = models.DateTimeField(_("hidden on"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    hidden_reason = models.CharField(_("why it is hidden"), max_length=300, blank=True)
    blurred_at = models.DateTimeField(_("blurred on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="photo_number_unique"),
            models.CheckConstraint(condition=Q(source__in=PhotoSource.values), name="photo_source_is_known"),
            models.CheckConstraint(condition=Q(state__in=PhotoState.values), name="photo_state_is_known"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="photo_place_is_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(plan_x=None, plan_y=None) | Q(plan_x__gte=0, plan_x__lte=1, plan_y__gte=0, plan_y__lte=1),
                name="photo_mark_is_on_plan",
            ),
        ]

    def __str__(self):
        return self.title or str(_("Photo %(number)s") % {"number": self.number})

    def get_absolute_url(self):
        return reverse("photovoice:photo", args=[self.activity.audit.slug, self.activity.uuid, self.uuid])

    @property
    def left(self) -> str:
        """How far its mark is from the left of the plan, as SVG writes it: "12.5%"."""
        return f"{float(self.plan_x or 0):.2%}"

    @property
    def top(self) -> str:
        """How far its mark is from the top of the plan, as SVG writes it."""
        return f"{float(self.plan_y or 0):.2%}"

    @property
    def subject(self) -> str:
        """Under what the journal of changes keeps what was typed about it."""
        return f"{SUBJECT}{self.uuid}"


class PhotoRights(models.Model):
    """One statement of the rights in a photo, complete in itself and never changed afterwards; the latest one holds.

    `declared` says that the author took the photo and that it may be used for nothing commercial. An empty `credit`
    together with `anonymous` means that no name is wanted; without either the author was not asked yet. `guardian` says
    that the author is under 18 and a parent or guardian agrees; of those who have joined, their consents say it.
    """

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="rights")
    declared = models.BooleanField(_("own photo, for non-commercial use"), default=False)
    use = models.CharField(_("where it may be shown"), max_length=8, choices=AllowedUse, default=AllowedUse.INSIDE)
    credit = models.CharField(_("credit line"), max_length=CREDIT_LENGTH, blank=True)
    anonymous = models.BooleanField(_("without a name"), default=False)
    people = models.CharField(_("people in the photo"), max_length=14, choices=VisiblePeople, blank=True)
    guardian = models.BooleanField(_("by a guardian"), default=False)
    given_by = models.CharField(_("stated by"), max_length=12, choices=GivenBy)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text_version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language"), max_length=10)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("rights in a photo")
        verbose_name_plural = _("rights in photos")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(use__in=AllowedUse.values), name="photo_use_is_known"),
            models.CheckConstraint(condition=Q(people__in=VisiblePeople.values), name="photo_people_is_known"),
            models.CheckConstraint(condition=Q(given_by__in=GivenBy.values), name="photo_rights_giver_is_known"),
            models.CheckConstraint(condition=~Q(anonymous=True) | Q(credit=""), name="photo_credit_or_anonymous"),
        ]

    def __str__(self):
        return f"{self.get_use_display()}: {self.credit}"

    def save(self, *args, **kwargs):
        """Raises ValueError for a row that is stored already: whoever changes their mind makes a new statement."""
        if not self._state.adding:
            raise ValueError("A statement of rights is never changed; record a new one.")
        super().save(*args, **kwargs)


class CaptionTranslation(models.Model):
    """Title and words of a photo in another language, written by the team beside the original."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    text = models.TextField(_("short description"), blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("translation of a caption")
        verbose_name_plural = _("translations of captions")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["photo", "language"], name="caption_language_unique")]

    def __str__(self):
        return self.title
