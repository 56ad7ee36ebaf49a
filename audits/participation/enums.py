from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Gender(TextChoices):
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Another gender")


class AgeBand(TextChoices):
    UNDER_18 = "under_18", _("Under 18")
    TO_29 = "18_29", _("18 to 29")
    TO_44 = "30_44", _("30 to 44")
    TO_64 = "45_64", _("45 to 64")
    FROM_65 = "65_up", _("65 or older")


class Purpose(TextChoices):
    """What somebody may agree to, each on its own (SAFETY, "Consent per purpose")."""

    TAKING_PART = "taking_part", _("Taking part")
    QUOTATION = "quotation", _("Quotation of comments without a name")
    PHOTO_USE = "photo_use", _("Use of photos")
    PUBLICATION = "publication", _("Publication of photos")
    RECORDING = "recording", _("Recording")


class ChangeState(TextChoices):
    APPLIED = "applied", _("counts")
    SUPERSEDED = "superseded", _("replaced by a later change")
    LATE = "late", _("arrived after closing, waits for a decision")
    REFUSED = "refused", _("late, left out by a decision")


class StagedState(TextChoices):
    """Base of the states through which an occasion goes, in the order in which they are named.

    A step back goes to the state before; what is closed may also be opened again. It has no members of its own.
    """

    @property
    def forward(self):
        """The state that comes next; None for the last."""
        states = list(type(self))
        return next(iter(states[states.index(self) + 1 :]), None)

    @property
    def back(self):
        """States to which an occasion can be put back, for a reason."""
        states = list(type(self))
        earlier = states[: states.index(self)][::-1]
        return tuple(earlier[: 1 if self.forward else 2])
