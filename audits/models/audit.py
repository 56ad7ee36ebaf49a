from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import AuditState, Country, Role
from .base import Identified


class City(models.Model):
    """A city or municipality that audits itself."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short address"), max_length=60, unique=True)
    authority = models.CharField(
        _("name of the authority"),
        max_length=200,
        help_text=_("As it signs its documents, for example: Municipality of …"),
    )
    country = models.CharField(_("country"), max_length=2, choices=Country)
    fictional = models.BooleanField(
        _("fictional"),
        default=False,
        help_text=_("A city made up for demonstration; every page and report says so."),
    )

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["name"]

    def __str__(self):
        return self.name


class AuditQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Audits in which `user` is a team member, in any role."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__user=user)

    def with_role_of(self, user):
        """Audits of the user's teams, each with the user's `role` and the primary key of their `membership`."""
        return self.visible_to(user).annotate(role=F("memberships__role"), membership=F("memberships__pk"))

    def with_frame(self):
        """With what lists and page heads show."""
        return self.select_related("city", "previous")


class Audit(Identified):
    """One audit of one city in one period (DESIGN section 3)."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="audits", verbose_name=_("city"))
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("short address"), max_length=80, unique=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    language = models.CharField(
        _("language of the report"),
        max_length=10,
        default="en",
        help_text=_("The City Audit Report is written in it."),
    )
    other_languages = models.JSONField(_("other languages"), default=list, blank=True)
    description = models.TextField(
        _("description of the project"),
        blank=True,
        help_text=_("Which project or initiative carries out the audit; it opens the report’s introduction."),
    )
    authors = models.TextField(
        _("authors"), blank=True, help_text=_("One to a line, as they shall stand on the title page.")
    )
    disclaimer = models.TextField(_("disclaimer"), blank=True)
    controller = models.TextField(
        _("controller of the data"),
        blank=True,
        help_text=_(
            "Who answers for the data by law, with a postal or e-mail address. Participants read it when they join."
        ),
    )
    previous = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("previous audit"),
    )
    state = models.CharField(_("stage"), max_length=12, choices=AuditState, default=AuditState.PREPARING)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="audits")
    # Shared texts carry a version: a save that started from an older one is shown, not written (DESIGN rule 12).
    version = models.PositiveIntegerField(default=1, editable=False)
    context_version = models.PositiveIntegerField(default=1, editable=False)
    context_saved_at = models.DateTimeField(null=True, editable=False)
    context_saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        ordering = ["-starts_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="audit_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(previous__isnull=True) | ~Q(previous=F("pk")),
                name="audit_does_not_precede_itself",
            ),
            models.CheckConstraint(condition=Q(state__in=AuditState.values), name="audit_state_is_known"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("audits:audit-home", args=[self.slug])

    def label_beside(self, other: Audit) -> str:
        """What the audit is called where it is compared with another: the year in which it ended, or its title where
        both ended in the same one."""
        return self.title if self.ends_on.year == other.ends_on.year else str(self.ends_on.year)

    @property
    def languages(self) -> list[str]:
        """Codes of all languages of the audit, the report's first."""
        return [self.language, *(code for code in self.other_languages if code != self.language)]

    @property
    def report_languages(self) -> list[str]:
        """Those of them that reports are written in: participants' pages speak two languages more."""
        return [code for code in self.languages if code in dict(settings.LANGUAGES)]

    @property
    def author_list(self) -> list[str]:
        return [line.strip() for line in self.authors.splitlines() if line.strip()]


class PartnerOrganisation(models.Model):
    """An organisation that carries the audit with the city; its logo stands on the title page."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="partner_organisations")
    name = models.CharField(_("name"), max_length=200)
    logo = models.ForeignKey(
        "Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("partner organisation")
        verbose_name_plural = _("partner organisations")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A user's role in an audit's team."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "user"],
                name="membership_once_per_audit",
                violation_error_message=_("This person is in the team already."),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
        ]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither accepted nor revoked nor expired."""
        return self.pending().filter(expires_at__gt=timezone.now())

    def pending(self) -> InvitationQuerySet:
        """Neither accepted nor revoked; those that have expired can be sent again."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)


class Invitation(Identified):
    """An invitation to an audit's team by e-mail. Only a keyed hash of its token is kept."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=12, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, help_text=_("Empty where the e-mail could not be sent."))
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                "audit",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_pending_once_per_address",
                violation_error_message=_("This person is invited already."),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_is_known"),
        ]

    def __str__(self):
        return self.email

    def is_for(self, user) -> bool:
        """Whether it was sent to the address of this account; anybody who has the link may accept it."""
        return self.email.casefold() == user.email.casefold()

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and not self.is_expired

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
