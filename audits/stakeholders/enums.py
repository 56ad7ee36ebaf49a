from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sector(TextChoices):
    """By what a stakeholder map is ordered (UNITES guide, "How to choose stakeholders")."""

    PUBLIC = "public", _("Public administration and politics")
    SAFETY = "safety", _("Police and safety")
    EDUCATION = "education", _("Education and training")
    WORK = "work", _("Work and business")
    HEALTH = "health", _("Health")
    SOCIAL = "social", _("Social services and housing")
    CULTURE = "culture", _("Culture, sport and leisure")
    CIVIL = "civil", _("Civil society")
    COMMUNITY = "community", _("Migrant and faith communities")
    RESEARCH = "research", _("Research")
    MEDIA = "media", _("Media")
    OTHER = "other", pgettext_lazy("sector", "Other")


class StakeholderKind(TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    FUNCTION = "function", _("Function that somebody holds")


class Known(TextChoices):
    """An answer that may be missing; a missing one is never a no."""

    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")
    UNKNOWN = "", _("Not known yet")


class PointState(TextChoices):
    """How far a point of a working checklist, a step of the plan or an outreach is."""

    OPEN = "open", pgettext_lazy("state of a point", "Open")
    UNDER_WAY = "under_way", pgettext_lazy("state of a point", "Under way")
    DONE = "done", pgettext_lazy("state of a point", "Done")
    NOT_FOR_US = "not_for_us", pgettext_lazy("state of a point", "Does not apply here")

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self in (self.OPEN, self.UNDER_WAY)

    @property
    def icon(self) -> str:
        return {"open": "circle", "under_way": "circle-half", "done": "check-circle-fill"}.get(self, "dash-circle")
