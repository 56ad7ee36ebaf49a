from django.db.models import IntegerChoices, TextChoices
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


class Degree(IntegerChoices):
    """How much power or interest a stakeholder has, in words for the steps from 1 to 5."""

    VERY_LITTLE = 1, pgettext_lazy("power or interest", "Very little")
    LITTLE = 2, pgettext_lazy("power or interest", "Little")
    SOME = 3, pgettext_lazy("power or interest", "Some")
    MUCH = 4, pgettext_lazy("power or interest", "Much")
    VERY_MUCH = 5, pgettext_lazy("power or interest", "Very much")

    @property
    def is_high(self) -> bool:
        return self > Degree.SOME

    @property
    def is_middle(self) -> bool:
        """Neither much nor little. The guide does not say to which side it belongs, so it is on neither."""
        return self == Degree.SOME


class Quadrant(TextChoices):
    """The four fields of the power-interest matrix (URBACT toolbox, to which the UNITES guide sends its readers), and
    the band between them for those of whom "some" power or interest says that nobody can tell yet."""

    CLOSE = "close", pgettext_lazy("power-interest matrix", "Work closely with")
    SATISFIED = "satisfied", pgettext_lazy("power-interest matrix", "Keep satisfied")
    INFORMED = "informed", pgettext_lazy("power-interest matrix", "Keep informed")
    WATCHED = "watched", pgettext_lazy("power-interest matrix", "Keep in view")
    BETWEEN = "between", pgettext_lazy("power-interest matrix", "In between")

    @property
    def advice(self):
        return ADVICE[self]

    @property
    def powerful(self) -> bool:
        return self in (Quadrant.CLOSE, Quadrant.SATISFIED)

    @property
    def interested(self) -> bool:
        return self in (Quadrant.CLOSE, Quadrant.INFORMED)

    @classmethod
    def of(cls, power: int, interest: int) -> "Quadrant":
        """The field for a power and an interest from 1 to 5."""
        steps = (Degree(power), Degree(interest))
        if any(step.is_middle for step in steps):
            return cls.BETWEEN
        return next(one for one in cls if (one.powerful, one.interested) == tuple(step.is_high for step in steps))


ADVICE = {
    Quadrant.CLOSE: _("Much power, much interest: they take part from the beginning and decide with you."),
    Quadrant.SATISFIED: _(
        "Much power, little interest: have the arguments ready, and ask for little but the essential."
    ),
    Quadrant.INFORMED: _(
        "Little power, much interest: often those whom it is about. Keep them informed, and give them a voice."
    ),
    Quadrant.WATCHED: _("Little power, little interest: let them know now and then; either may change."),
    Quadrant.BETWEEN: _(
        "Some power or some interest: decide for yourselves how to work with them; in doubt, involve them."
    ),
}


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


class CallReply(TextChoices):
    """What a stakeholder says who was asked to come to an occasion, or to bring people to it."""

    NONE = "", pgettext_lazy("reply of a stakeholder", "No answer yet")
    COMES = "yes", pgettext_lazy("reply of a stakeholder", "Comes")
    NOT = "no", pgettext_lazy("reply of a stakeholder", "Does not come")
