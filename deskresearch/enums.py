"""Words of the desk research (toolkit, "City audit desk research"; report structure, "Desk research")."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """Whose document it is."""

    CITY = "city", _("City")
    REGION = "region", _("Region")
    NATION = "nation", _("Country")
    EU = "eu", _("European Union")
    INTERNATIONAL = "international", _("International")
    OTHER = "other", pgettext_lazy("level of a document", "None of them")


class DocumentKind(TextChoices):
    STRATEGY = "strategy", _("Strategy")
    PROGRAMME = "programme", _("Programme")
    ACTION_PLAN = "action_plan", _("Action plan")
    MONITORING_PLAN = "monitoring_plan", _("Monitoring plan")
    ORDINANCE = "ordinance", _("Ordinance or other regulation")
    LAW = "law", _("Law")
    ANNUAL_REPORT = "annual_report", _("Annual report")
    STUDY = "study", _("Study or other publication")
    STATISTICS = "statistics", _("Statistics or survey data")
    ARTICLE = "article", _("Article or broadcast")
    OTHER = "other", pgettext_lazy("kind of document", "Another kind")


class Scope(TextChoices):
    """What the document was written for (toolkit, step 1: scope of the existing documents)."""

    TCN = "tcn", _("Written for the integration of TCN")
    SECTORAL = "sectoral", _("For one sector")
    GENERAL = "general", _("For the city as a whole")


class Sector(TextChoices):
    EDUCATION = "education", _("Education")
    HOUSING = "housing", _("Housing")
    EMPLOYMENT = "employment", _("Employment")
    HEALTH = "health", _("Health")
    SOCIAL = "social", _("Social services")
    CULTURE = "culture", _("Culture")
    SAFETY = "safety", _("Public safety and security")
    URBAN = "urban", _("Urban development")
    PARTICIPATION = "participation", _("Civic participation")
    OTHER = "other", pgettext_lazy("sector", "Another one")


class Published(TextChoices):
    """Whether it stands on the website of the city or its council, as the toolkit asks."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class Rating(TextChoices):
    """The one scale of the desk research: values, names and the mark of each in one object.

    Nothing rated yet is no row at all; "unknown" is a statement: it was looked for and could not be found out.
    """

    YES = "yes", pgettext_lazy("rating", "Yes")
    PARTLY = "partly", pgettext_lazy("rating", "Partly")
    NO = "no", pgettext_lazy("rating", "No")
    UNKNOWN = "unknown", pgettext_lazy("rating", "Unknown")

    @property
    def state(self) -> str:
        """The mark of the report's tables (`reports.document.blocks.Level`)."""
        return RATING_STATE[self]

    @property
    def icon(self) -> str:
        return RATING_ICON[self]


RATING_STATE = {Rating.YES: "full", Rating.PARTLY: "part", Rating.NO: "none", Rating.UNKNOWN: "na"}
RATING_ICON = {
    Rating.YES: "check-circle-fill",
    Rating.PARTLY: "circle-half",
    Rating.NO: "x-circle",
    Rating.UNKNOWN: "question-circle",
}


class PointGroup(TextChoices):
    """Where the toolkit asks for a point: guide questions of step 1, or the report's structure."""

    ASSESSMENT = "assessment", _("Assessment")
    EFFECTIVENESS = "effectiveness", _("Effectiveness")
    AREAS = "areas", _("Areas addressed")


class Point(TextChoices):
    """What a document is rated on, each by a question that yes, partly, no or unknown answers.

    The first seven are the questions of step 1 of the toolkit, the next three what the report structure asks of
    effectiveness, the last four the thematic areas that a document addresses (values of `audits.enums.Area`).
    """

    NATIONAL = "national", _("In line with national documents")
    EU = "eu", _("In line with EU documents")
    RIGHTS = "rights", _("Rights-based")
    GENDER = "gender", _("Gender-aware")
    CORRELATED = "correlated", _("Correlated with other city policies")
    FINANCED = "financed", _("Financed")
    EVALUATED = "evaluated", _("Evaluated and updated")
    COST = "cost", _("Cost-efficient")
    IMPACT = "impact", _("Has an impact on local communities")
    ALIGNED = "aligned", _("Its measures are aligned with other policies")
    VISION = "vision", _("City vision and services")
    CIVIC = "civic", _("Civic participation and social inclusion")
    URBAN = "urban", _("Urban environment")
    ATTITUDES = "attitudes", pgettext_lazy("thematic area", "Attitudes")

    @property
    def group(self) -> PointGroup:
        return POINT_GROUP[self]

    @property
    def question(self):
        """The question as the researcher is asked it."""
        return POINT_QUESTION[self]

    @property
    def letter(self) -> str:
        """The letter of a thematic area, as the report marks it; "" for the other points."""
        return self.value[0].upper() if self.group == PointGroup.AREAS else ""

    @property
    def short(self):
        """The head of a narrow column."""
        return POINT_SHORT[self]

    @classmethod
    def of(cls, group: PointGroup) -> list["Point"]:
        return [point for point in cls if point.group == group]


POINT_GROUP = {
    **dict.fromkeys(
        (
            Point.NATIONAL,
            Point.EU,
            Point.RIGHTS,
            Point.GENDER,
            Point.CORRELATED,
            Point.FINANCED,
            Point.EVALUATED,
        ),
        PointGroup.ASSESSMENT,
    ),
    **dict.fromkeys((Point.COST, Point.IMPACT, Point.ALIGNED), PointGroup.EFFECTIVENESS),
    **dict.fromkeys((Point.VISION, Point.CIVIC, Point.URBAN, Point.ATTITUDES), PointGroup.AREAS),
}
POINT_QUESTION = {
    Point.NATIONAL: _("Is it in line with the integration policies of the country?"),
    Point.EU: _("Is it in line with EU documents on the integration of TCN?"),
    Point.RIGHTS: _("Does it follow a rights-based approach?"),
    Point.GENDER: _("Does it take gender-specific issues into account?"),
    Point.CORRELATED: _("Does it correlate with other city policies: safety, education, housing, social, culture?"),
    Point.FINANCED: _("Is it backed by sufficient money?"),
    Point.EVALUATED: _("Is it evaluated, revised and updated regularly?"),
    Point.COST: _("Are its measures cost-efficient?"),
    Point.IMPACT: _("Do its measures have an impact on local communities?"),
    Point.ALIGNED: _("Are its measures aligned with other city policies, and with national and EU documents?"),
    Point.VISION: _("Does it address services for TCN?"),
    Point.CIVIC: _("Does it address civic participation and social inclusion of TCN?"),
    Point.URBAN: _("Does it address the urban environment?"),
    Point.ATTITUDES: _("Does it address attitudes towards TCN?"),
}
POINT_SHORT = {
    Point.NATIONAL: _("National"),
    Point.EU: _("EU"),
    Point.RIGHTS: _("Rights"),
    Point.GENDER: _("Gender"),
    Point.CORRELATED: _("Other policies"),
    Point.FINANCED: _("Money"),
    Point.EVALUATED: _("Evaluated"),
    Point.COST: _("Cost"),
    Point.IMPACT: _("Impact"),
    Point.ALIGNED: _("Aligned"),
    Point.VISION: _("Services"),
    Point.CIVIC: _("Participation"),
    Point.URBAN: _("Urban"),
    Point.ATTITUDES: pgettext_lazy("thematic area", "Attitudes"),
}


class ProvisionTopic(TextChoices):
    """The provisions that the report lists (report structure, "Desk research")."""

    INTEGRATION = "integration", _("TCN integration")
    SECURITY = "security", _("Urban security")


class GovernanceLevel(TextChoices):
    """The three levels of the governance diagram."""

    DECIDE = "decide", pgettext_lazy("level of governance", "Decide")
    DELIVER = "deliver", pgettext_lazy("level of governance", "Deliver")
    CONSULT = "consult", pgettext_lazy("level of governance", "Consult and co-operate")

    @property
    def meaning(self):
        return GOVERNANCE_MEANING[self]


GOVERNANCE_MEANING = {
    GovernanceLevel.DECIDE: _("Bodies that decide and give mandates: council, committees, mayor"),
    GovernanceLevel.DELIVER: _("Bodies that provide services: departments, centres, municipal police"),
    GovernanceLevel.CONSULT: _(
        "Bodies that advise, are consulted or co-operate: NGOs, state agencies, employers, forums"
    ),
}


class InstitutionKind(TextChoices):
    COUNCIL = "council", _("Council or its committee")
    LEADERSHIP = "leadership", _("Mayor or deputy mayor")
    DEPARTMENT = "department", _("Department of the city")
    CENTRE = "centre", _("Municipal centre or service")
    MUNICIPAL_POLICE = "municipal_police", _("Municipal police")
    POLICE = "police", _("State police")
    STATE = "state", _("State agency")
    NGO = "ngo", _("NGO or community organisation")
    EMPLOYERS = "employers", _("Employers or trade unions")
    BODY = "body", _("Advisory or consultative body")
    OTHER = "other", pgettext_lazy("kind of institution", "Another kind")

    @property
    def is_public(self) -> bool:
        """Whether it is one of the public agencies that the guide questions of step 2 ask about."""
        return self not in (InstitutionKind.NGO, InstitutionKind.EMPLOYERS, InstitutionKind.BODY, InstitutionKind.OTHER)

    @property
    def is_police(self) -> bool:
        return self in (InstitutionKind.MUNICIPAL_POLICE, InstitutionKind.POLICE)


class PartnershipKind(TextChoices):
    """Report structure: partnerships between stakeholders; working co-operation and consultation mechanisms."""

    PARTNERSHIP = "partnership", _("Partnership by agreement")
    COOPERATION = "cooperation", _("Working co-operation")
    CONSULTATION = "consultation", _("Consultation mechanism")


class Participation(TextChoices):
    """Levels on which TCN take part; the toolkit's own scale of social inclusion (focus group questions)."""

    NONE = "none", pgettext_lazy("level of participation", "None")
    LOW = "low", pgettext_lazy("level of participation", "Low")
    MEDIUM = "medium", pgettext_lazy("level of participation", "Medium")
    HIGH = "high", pgettext_lazy("level of participation", "High")

    @property
    def meaning(self):
        """The toolkit's own words for the level."""
        return PARTICIPATION_MEANING[self]


PARTICIPATION_MEANING = {
    Participation.NONE: _("The city maintains the social exclusion."),
    Participation.LOW: _(
        "The city has taken incremental and positive steps in the integration policy, but the social exclusion remains."
    ),
    Participation.MEDIUM: _("The city has taken a major step forward towards the social inclusion."),
    Participation.HIGH: _("The city has developed a transformative policy to resolve the social exclusion."),
}


class AnswerState(TextChoices):
    OPEN = "open", pgettext_lazy("state of an answer", "Open")
    DRAFTED = "drafted", pgettext_lazy("state of an answer", "Drafted")
    DONE = "done", pgettext_lazy("state of an answer", "Done")

    @property
    def icon(self) -> str:
        return {"open": "circle", "drafted": "circle-half", "done": "check-circle-fill"}[self.value]
