from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Part(TextChoices):
    """Theme C+D has two parts: factors of the whole city, and factors judged per neighbourhood or scheme."""

    WHOLE = "", _("Whole benchmark")
    CORE = "core", _("Core: the whole city")
    NEIGHBOURHOOD = "neighbourhood", _("Neighbourhoods and other sub-city areas")


class CharterRole(TextChoices):
    """The four roles in which a city signs the Integrating Cities Charter."""

    POLICY_MAKER = "policy_makers", _("Policy-maker")
    SERVICE_PROVIDER = "service_providers", _("Service provider")
    EMPLOYER = "employers", _("Employer")
    BUYER = "buyers", _("Buyer of goods and services")


class AssessmentKind(TextChoices):
    INTERNAL = "internal", _("Internal assessment")
    PEER = "peer", _("Self-assessment for a peer review")


class AssessmentState(TextChoices):
    OPEN = "open", pgettext_lazy("state of an assessment", "Open")
    CLOSED = "closed", pgettext_lazy("state of an assessment", "Closed")


class Verdict(TextChoices):
    """The scale on which a key factor is judged: values, names, what each means, mark, rings of the wheel.

    Each factor is a statement to be found true or not (toolkits, "Key factors").
    """

    IN_PLACE = "in_place", _("In place")
    PARTLY = "partly", _("Partly in place")
    NOT_IN_PLACE = "not_in_place", _("Not in place")
    NOT_RELEVANT = "not_relevant", _("Not relevant here")
    NOT_JUDGED = "not_judged", _("Not yet judged")

    @property
    def meaning(self):
        return VERDICT_MEANING[self]

    @property
    def icon(self) -> str:
        return VERDICT_ICON[self]

    @property
    def rings(self) -> int:
        """Rings of the wheel that are filled, 0 to 3."""
        return {"in_place": 3, "partly": 2, "not_in_place": 1}.get(self.value, 0)

    @property
    def is_judged(self) -> bool:
        return self is not Verdict.NOT_JUDGED

    @property
    def state(self) -> str:
        """The mark of printed tables (`reports.document.blocks.Level`)."""
        return {"in_place": "full", "partly": "part", "not_in_place": "none"}.get(self.value, "na")


VERDICT_MEANING = {
    Verdict.IN_PLACE: _("Done as a rule, and we can show it"),
    Verdict.PARTLY: _("Some of it, or not everywhere"),
    Verdict.NOT_IN_PLACE: _("Missing, or only planned"),
    Verdict.NOT_RELEVANT: _("Not a task of this city: say why"),
    Verdict.NOT_JUDGED: _("Nobody has decided yet"),
}
VERDICT_ICON = {
    Verdict.IN_PLACE: "check-circle-fill",
    Verdict.PARTLY: "circle-half",
    Verdict.NOT_IN_PLACE: "x-circle",
    Verdict.NOT_RELEVANT: "slash-circle",
    Verdict.NOT_JUDGED: "circle",
}


class EvidenceKind(TextChoices):
    """Where evidence for a judgement comes from (DESIGN section 3); `app` is the method that offers its sources."""

    DOCUMENTARY = "documentary", _("Document")
    INTERVIEW = "interview", _("Interview")
    FOCUS_GROUP = "focus_group", _("Focus group")
    CHECKLIST = "checklist", _("City walk")
    PHOTO = "photo", _("Photo")

    @property
    def icon(self) -> str:
        return EVIDENCE_ICON[self]


EVIDENCE_ICON = {
    EvidenceKind.DOCUMENTARY: "file-earmark-text",
    EvidenceKind.INTERVIEW: "chat-left-text",
    EvidenceKind.FOCUS_GROUP: "chat-square-text",
    EvidenceKind.CHECKLIST: "bar-chart-line",
    EvidenceKind.PHOTO: "camera",
}


class DocumentaryKind(TextChoices):
    """Documentary sources that the peer review method names."""

    MINUTES = "minutes", _("Minutes and briefings")
    ANNUAL_REPORT = "annual_report", _("Annual report")
    MONITORING = "monitoring", _("Monitoring data")
    PRESS = "press", _("Press release")
    OTHER = "other", pgettext_lazy("documentary source", "Another one")


class SchemeKind(TextChoices):
    """What neighbourhood factors of theme C+D are judged for, one by one."""

    NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")
    SCHEME = "scheme", _("Participation scheme")


class Stance(TextChoices):
    """How the city keeps a commitment of the charter (its footnote)."""

    OWN = "own", _("By own action")
    ADVOCATED = "advocated", _("Advocated: others provide the service")


class ReviewState(TextChoices):
    """The stages of a peer review, in their order."""

    PREPARING = "preparing", pgettext_lazy("stage of a peer review", "Preparing")
    SHARED = "shared", pgettext_lazy("stage of a peer review", "Shared with the peers")
    RELEASED = "released", pgettext_lazy("stage of a peer review", "Released to the host")
    FINISHED = "finished", pgettext_lazy("stage of a peer review", "Finished")


class MeetingKind(TextChoices):
    """What a peer visit is made of."""

    INTERVIEW = "interview", _("Interview")
    GROUP = "group", pgettext_lazy("meeting of a peer visit", "Focus group")
    SITE = "site", _("Visit of a place")
    FEEDBACK = "feedback", _("Feedback session")
