from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audits.participation.enums import StagedState


class ActivityKind(TextChoices):
    """How pictures are taken (toolkit, "Photovoice", form of the activity)."""

    COLLECTIVE = "collective", _("Together, at one time")
    INDIVIDUAL = "individual", _("Each alone, within a period")
    CONTEST = "contest", _("Public contest, within a period")

    @property
    def has_window(self) -> bool:
        """Whether photos count by the day on which they arrive, and not by when the team closes the activity."""
        return self is not ActivityKind.COLLECTIVE


class ActivityState(StagedState):
    """An activity goes planned - open - closing - closed; closing still accepts (SAFETY, "Nothing lost")."""

    PLANNED = "planned", pgettext_lazy("state of a photo activity", "Planned")
    OPEN = "open", pgettext_lazy("state of a photo activity", "Open")
    CLOSING = "closing", pgettext_lazy("state of a photo activity", "Closing")
    CLOSED = "closed", pgettext_lazy("state of a photo activity", "Closed")

    @property
    def explanation(self):
        """What the state means for those who take photos and for the team."""
        return ACTIVITY_STATE_MEANS[self]

    @property
    def act(self):
        """What somebody does to bring an activity here, for the button."""
        return ACTIVITY_STATE_ACTS[self]


ACTIVITY_STATE_MEANS = {
    ActivityState.PLANNED: _("The activity is being prepared. Nobody can join yet."),
    ActivityState.OPEN: _("People can join and send photos."),
    ActivityState.CLOSING: _("Nobody new joins. Photos of those who are in still count."),
    ActivityState.CLOSED: _("The photos stand. What still arrives is kept, and counts only when the team admits it."),
}
ACTIVITY_STATE_ACTS = {
    ActivityState.PLANNED: _("Put it back to planning"),
    ActivityState.OPEN: _("Open the activity"),
    ActivityState.CLOSING: _("Begin closing"),
    ActivityState.CLOSED: _("Close the activity"),
}


class PhotoSource(TextChoices):
    """How a photo came in. What came from a participant's own phone the team never alters (DESIGN rule 12)."""

    PHONE = "phone", _("Sent on an own phone")
    TEAM = "team", _("Handed to the team")
    COLLECTED = "collected", _("Collected from social networks")
    EMAIL = "email", _("Sent by e-mail")


class PhotoState(TextChoices):
    """Whether a photo takes part in the review. Hiding one is something else: it leaves its reason."""

    IN = "in", _("counts")
    LATE = "late", _("arrived after closing, waits for a decision")
    WAITING = "waiting", _("waits for the author’s permission")
    REFUSED = "refused", _("late, left out by a decision")


class AllowedUse(TextChoices):
    """What the author allows, each step including the one before; never anything commercial (toolkit, "Photovoice")."""

    INSIDE = "inside", _("Only inside the audit")
    REPORT = "report", _("In the audit’s report and the city’s agenda")
    ALL = "all", _("In all publications of the audit that earn no money")


class VisiblePeople(TextChoices):
    """Whether people can be recognised in a photo, and whether they agree to be shown."""

    UNKNOWN = "", _("Not looked at yet")
    NONE = "none", _("Nobody is visible")
    UNRECOGNISABLE = "unrecognisable", _("People are visible, nobody can be recognised")
    AGREED = "agreed", _("Somebody can be recognised and agrees")
    NOT_AGREED = "not_agreed", _("Somebody can be recognised and has not agreed")


class GivenBy(TextChoices):
    """Who stated the rights in a photo."""

    PARTICIPANT = "participant", _("The author, on an own phone")
    SENDER = "sender", _("The author, by the link that was sent")
    TEAM = "team", _("The team, for the author or by looking at the photo")
