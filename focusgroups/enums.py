from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GroupKind(TextChoices):
    """Who sits in the group (toolkit, "City audit focus groups": two groups may work better than one)."""

    INSTITUTIONAL = "institutional", _("Government and institutions")
    COMMUNITY = "community", _("NGOs and TCN communities")
    MIXED = "mixed", _("Mixed")

    @property
    def meaning(self):
        """Who is meant and what speaks for it, for choices."""
        return KIND_MEANS[self]


KIND_MEANS = {
    GroupKind.INSTITUTIONAL: _("City government and administration, police and schools, among themselves."),
    GroupKind.COMMUNITY: _(
        "NGOs, mediators and people of TCN communities, who may speak more freely without institutions at the table."
    ),
    GroupKind.MIXED: _("All at one table. Two groups may work better than one: one of each kind above."),
}


class GroupState(TextChoices):
    """A group goes planned - open - closed."""

    PLANNED = "planned", pgettext_lazy("state of a focus group", "Planned")
    OPEN = "open", pgettext_lazy("state of a focus group", "In session")
    CLOSED = "closed", pgettext_lazy("state of a focus group", "Closed")

    @property
    def explanation(self):
        """What the state means for those who run the group."""
        return STATE_MEANS[self]

    @property
    def act(self):
        """What somebody does to bring a group here, for the button."""
        return STATE_ACTS[self]

    @property
    def forward(self) -> "GroupState | None":
        """The state that comes next."""
        later = list(GroupState)[list(GroupState).index(self) + 1 :]
        return later[0] if later else None

    @property
    def earlier(self) -> "list[GroupState]":
        """The states to which a group can be put back, for a reason; the one just before first."""
        return list(GroupState)[: list(GroupState).index(self)][::-1]


STATE_MEANS = {
    GroupState.PLANNED: _(
        "The session is being prepared: invitations, questions, script. Notes that come already count."
    ),
    GroupState.OPEN: _("Notes are taken: at the table, or typed in afterwards."),
    GroupState.CLOSED: _("The notes stand. They are coded and summed up; for a new note the session is put back."),
}
STATE_ACTS = {
    GroupState.PLANNED: _("Put it back to planning"),
    GroupState.OPEN: _("Open the session"),
    GroupState.CLOSED: _("Close the session"),
}


class Reply(TextChoices):
    """What somebody answers to an invitation."""

    NONE = "", _("No answer yet")
    YES = "yes", pgettext_lazy("answer to an invitation", "Comes")
    MAYBE = "maybe", pgettext_lazy("answer to an invitation", "Perhaps")
    NO = "no", pgettext_lazy("answer to an invitation", "Does not come")


class Confirmation(TextChoices):
    """What the participants said of the summary that was read out (toolkit, "City audit focus groups", closing)."""

    NOT_ASKED = "", _("Not asked yet")
    CONFIRMED = "confirmed", _("Confirmed by the participants")
    WITH_CHANGES = "with_changes", _("Confirmed with changes")
    REFUSED = "refused", _("Not confirmed")


class Sufficiency(TextChoices):
    """Whether the participants had enough and detailed information on an area (toolkit, focus group report)."""

    UNKNOWN = "", _("Not judged yet")
    ENOUGH = "enough", _("Enough and detailed")
    PARTLY = "partly", _("Partly")
    LACKING = "lacking", _("Not enough")
