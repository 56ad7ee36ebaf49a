from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audits.participation.enums import StagedState


class WalkState(StagedState):
    """A walk goes planned - open - closing - closed; closing still accepts (SAFETY, "Nothing lost")."""

    PLANNED = "planned", pgettext_lazy("state of a walk", "Planned")
    OPEN = "open", pgettext_lazy("state of a walk", "Open")
    CLOSING = "closing", pgettext_lazy("state of a walk", "Closing")
    CLOSED = "closed", pgettext_lazy("state of a walk", "Closed")

    @property
    def explanation(self):
        """What the state means for the people who join and for those who type in."""
        return WALK_STATE_MEANS[self]

    @property
    def act(self):
        """What somebody does to bring a walk here, for the button."""
        return WALK_STATE_ACTS[self]


WALK_STATE_MEANS = {
    WalkState.PLANNED: _("The walk is being prepared. Nobody can join yet, and no sheets are typed in."),
    WalkState.OPEN: _(
        "People can join and fill in their sheets, on a phone or on paper. The team types in paper sheets."
    ),
    WalkState.CLOSING: _("Nobody new joins. What is still being filled in or typed in counts."),
    WalkState.CLOSED: _(
        "The results stand. What still arrives is kept, and counts only when somebody of the team admits it."
    ),
}
# What somebody does to bring a walk into the state.
WALK_STATE_ACTS = {
    WalkState.PLANNED: _("Put it back to planning"),
    WalkState.OPEN: _("Open the walk"),
    WalkState.CLOSING: _("Begin closing"),
    WalkState.CLOSED: _("Close the walk"),
}


class SheetSource(TextChoices):
    """How a sheet came in. What came from a participant's own phone the team never alters (DESIGN rule 12)."""

    PAPER = "paper", _("Paper")
    PHONE = "phone", _("Participant’s phone")
    SPREADSHEET = "spreadsheet", _("Spreadsheet")


class Missing(TextChoices):
    """Why there is no score. Either is `None` in every calculation."""

    DONT_KNOW = "dont_know", _("Don’t know")
    EMPTY = "empty", _("Left empty")


class Agreement(TextChoices):
    NONE = "", _("Not decided")
    AGREED = "agreed", _("Agreed on a score")
    NO_AGREEMENT = "no_agreement", _("No agreement")


class SheetAct(TextChoices):
    """What the team did to a sheet as a whole; each leaves a `SheetEvent` with its reason (DESIGN rule 12)."""

    RENUMBERED = "renumbered", _("Renumbered")
    MOVED = "moved", _("Moved to another walk")
    VOIDED = "voided", _("Made void")
    RESTORED = "restored", _("Void taken back")
