from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GroupKind(TextChoices):
    """Who sits in the group (toolkit, "City audit focus groups": two groups may work better than one)."""

    INSTITUTIONAL = "institutional", _("Government and institutions")
    COMMUNITY = "community", _("NGOs and TCN communities")
    MIXED = "mixed", _("Mixed")


class GroupState(TextChoices):
    PLANNED = "planned", pgettext_lazy("state of a focus group", "Planned")
    OPEN = "open", pgettext_lazy("state of a focus group", "In session")
    CLOSED = "closed", pgettext_lazy("state of a focus group", "Closed")


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
