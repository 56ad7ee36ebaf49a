from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FindingKind(TextChoices):
    """Kinds of findings (DESIGN section 3; toolkit, "City tours": findings).

    The scale in one place: value, name, what it means, the icon that stands before the name.
    """

    ACHIEVEMENT = "achievement", _("Achievement")
    DEFICIENCY = "deficiency", _("Deficiency")
    GOOD_PRACTICE = "good_practice", _("Good practice")
    TASK = "task", _("Task")
    UNUSED_RESOURCE = "unused_resource", _("Unused resource")
    OBSERVATION = "observation", _("Observation")
    IDEA = "idea", _("Idea")

    @property
    def meaning(self):
        return MEANING[self]

    @property
    def icon(self) -> str:
        return ICON[self]


MEANING = {
    FindingKind.ACHIEVEMENT: _("Something that works well here"),
    FindingKind.DEFICIENCY: _("Something that is missing or does not work"),
    FindingKind.GOOD_PRACTICE: _("Something that others can learn from"),
    FindingKind.TASK: _("Something specific that has to be done"),
    FindingKind.UNUSED_RESOURCE: _("Something the city has and hardly uses"),
    FindingKind.OBSERVATION: _("Something seen or heard, not judged yet"),
    FindingKind.IDEA: _("A proposal how to improve something"),
}
ICON = {
    FindingKind.ACHIEVEMENT: "hand-thumbs-up",
    FindingKind.DEFICIENCY: "cone-striped",
    FindingKind.GOOD_PRACTICE: "award",
    FindingKind.TASK: "clipboard-check",
    FindingKind.UNUSED_RESOURCE: "box-seam",
    FindingKind.OBSERVATION: "eye",
    FindingKind.IDEA: "lightbulb",
}


class MeasureState(TextChoices):
    """How far a measure is."""

    PLANNED = "planned", pgettext_lazy("state of a measure", "Planned")
    UNDER_WAY = "under_way", pgettext_lazy("state of a measure", "Under way")
    DONE = "done", pgettext_lazy("state of a measure", "Done")
    POSTPONED = "postponed", pgettext_lazy("state of a measure", "Postponed")
    DROPPED = "dropped", pgettext_lazy("state of a measure", "Dropped")

    @classmethod
    def open(cls) -> list["MeasureState"]:
        """States in which something is still to be done."""
        return [cls.PLANNED, cls.UNDER_WAY, cls.POSTPONED]

    @property
    def icon(self) -> str:
        return MEASURE_ICON[self]


MEASURE_ICON = {
    MeasureState.PLANNED: "circle",
    MeasureState.UNDER_WAY: "circle-half",
    MeasureState.DONE: "check-circle-fill",
    MeasureState.POSTPONED: "pause-circle",
    MeasureState.DROPPED: "slash-circle",
}


class Pace(TextChoices):
    """Toolkits, "Preparing a development plan": quick wins let staff and public see early results."""

    QUICK = "quick", _("Quick win")
    LONGER = "longer", _("Longer term")
