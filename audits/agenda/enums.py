from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
