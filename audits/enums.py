"""Enumerations that every room shares. Names of the areas: toolkit, "Thematic areas" (reference `areas`)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Area(TextChoices):
    """The four thematic areas under which every method files its results."""

    VISION = "vision", _("City Vision and Services for TCN")
    CIVIC = "civic", _("Civic Participation and Social Inclusion of TCN and Migrant Communities")
    URBAN = "urban", _("Urban Environment")
    ATTITUDES = "attitudes", _("Attitudes towards TCN and Migrants")

    @property
    def letter(self) -> str:
        """The letter that stands for the area beside its colour, so that grey print can be read."""
        return self.value[0].upper()

    @property
    def short(self):
        """Short name for narrow columns and charts."""
        return AREA_SHORT[self]


AREA_SHORT = {
    Area.VISION: _("City vision and services"),
    Area.CIVIC: _("Civic participation and social inclusion"),
    Area.URBAN: _("Urban environment"),
    Area.ATTITUDES: pgettext_lazy("thematic area", "Attitudes"),
}


class AuditState(TextChoices):
    PREPARING = "preparing", pgettext_lazy("stage of an audit", "Preparing")
    COLLECTING = "collecting", pgettext_lazy("stage of an audit", "Collecting")
    ANALYSING = "analysing", pgettext_lazy("stage of an audit", "Analysing")
    REPORTING = "reporting", pgettext_lazy("stage of an audit", "Reporting")
    PUBLISHED = "published", pgettext_lazy("stage of an audit", "Published")


class Role(TextChoices):
    """Roles of a team member; what each may do stands in `audits/permissions.py` alone."""

    COORDINATOR = "coordinator", _("Coordinator")
    FACILITATOR = "facilitator", _("Facilitator")
    RESEARCHER = "researcher", _("Researcher")
    PARTNER = "partner", _("Partner")
    REVIEWER = "reviewer", _("Peer reviewer")
    VIEWER = "viewer", _("Viewer")

    @property
    def duties(self):
        """One sentence on what this role does and sees, for choices and invitations."""
        return ROLE_DUTIES[self]


ROLE_DUTIES = {
    Role.COORDINATOR: _("Sees and does everything, invites the team, publishes the report"),
    Role.FACILITATOR: _("Runs walks, types in sheets, writes findings"),
    Role.RESEARCHER: _("Writes the desk research, assessments, measures, the city’s figures and findings"),
    Role.PARTNER: _("Reads results, comments on findings, watches over measures"),
    Role.REVIEWER: _("Sees only the self-assessment that is shared with them"),
    Role.VIEWER: _("Reads results"),
}


class Family(TextChoices):
    """The families into which stakeholder groups are rolled up where numbers are small (DESIGN rule 4)."""

    INSTITUTIONS = "institutions", _("Institutions")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    MIGRANTS = "migrants", _("TCN and migrants")
    OTHER = "other", _("Others")


class StakeholderGroup(TextChoices):
    """Stakeholder groups (DESIGN section 3; toolkit, "City tours": who takes part)."""

    ADMINISTRATION = "administration", _("City administration")
    POLICE = "police", _("Police")
    SCHOOLS = "schools", _("Schools")
    NGO = "ngo", _("NGOs and community organisations")
    MEDIATORS = "mediators", _("Mediators")
    MIGRANTS = "migrants", _("TCN and migrants")
    OTHER = "other", pgettext_lazy("stakeholder group", "Other")

    @property
    def family(self) -> Family:
        return FAMILY_OF[self]


FAMILY_OF = {
    StakeholderGroup.ADMINISTRATION: Family.INSTITUTIONS,
    StakeholderGroup.POLICE: Family.INSTITUTIONS,
    StakeholderGroup.SCHOOLS: Family.INSTITUTIONS,
    StakeholderGroup.NGO: Family.CIVIL_SOCIETY,
    StakeholderGroup.MEDIATORS: Family.CIVIL_SOCIETY,
    StakeholderGroup.MIGRANTS: Family.MIGRANTS,
    StakeholderGroup.OTHER: Family.OTHER,
}


class TargetGroup(TextChoices):
    """Whom a focus group invites (toolkit, "City audit focus groups", target groups); the keys of the guide's rows."""

    GOVERNMENT = "government", _("Local government")
    ADMINISTRATION = "administration", _("Local administration: welfare and culture")
    POLICE = "police", _("Local police")
    SCHOOLS = "schools", _("Local schools")
    MEDIATORS = "mediators", _("Mediators")
    TCN = "tcn", _("Members of TCN communities")
    NGOS = "ngos", _("NGOs")
    OTHER = "other", pgettext_lazy("target group", "Others")

    @property
    def group(self) -> StakeholderGroup:
        """The stakeholder group under which somebody of it takes part."""
        return GROUP_OF[self]

    @property
    def family(self) -> Family:
        return self.group.family


GROUP_OF = {
    TargetGroup.GOVERNMENT: StakeholderGroup.ADMINISTRATION,
    TargetGroup.ADMINISTRATION: StakeholderGroup.ADMINISTRATION,
    TargetGroup.POLICE: StakeholderGroup.POLICE,
    TargetGroup.SCHOOLS: StakeholderGroup.SCHOOLS,
    TargetGroup.MEDIATORS: StakeholderGroup.MEDIATORS,
    TargetGroup.TCN: StakeholderGroup.MIGRANTS,
    TargetGroup.NGOS: StakeholderGroup.NGO,
    TargetGroup.OTHER: StakeholderGroup.OTHER,
}


class IndicatorTopic(TextChoices):
    """What the report's Part I asks figures for (toolkit, report structure, Part I)."""

    POPULATION = "population", _("Population")
    TERRITORY = "territory", _("Territory")
    TCN = "tcn", _("TCN statistics")
    ECONOMY = "economy", _("Economy and work")
    SOCIAL = "social", _("Social services, housing and education")
    POLITICS = "politics", _("Political situation")


# The report needs these at least, each over three years or more.
REQUIRED_TOPICS = (IndicatorTopic.POPULATION, IndicatorTopic.TERRITORY, IndicatorTopic.TCN)
MINIMUM_YEARS = 3


class PictureKind(TextChoices):
    """What a picture is for; it decides its size and who may see it."""

    LOGO = "logo", _("Logo")
    PHOTO = "photo", _("Photo")
    PLAN = "plan", _("City plan")


class Personal(TextChoices):
    """Kinds of personal material of which the log of accesses tells (SAFETY, "People")."""

    SHEETS = "sheets", _("Single participants’ answers and comments")
    NOTES = "notes", _("Notes of focus groups")
    RECORDINGS = "recordings", _("Sound recordings")
    SEATS = "seats", _("Seats of focus groups and their consents")
    INVITEES = "invitees", _("Contact data of invitees")
    PHOTOS = "photos", _("Participants’ photos")
    RIGHTS = "rights", _("Photos with the ledger of their rights")
    STAKEHOLDERS = "stakeholders", _("Contact data of stakeholders")
    HELD = "held", _("Everything held about a participant")


class Act(TextChoices):
    """What somebody did with personal material."""

    VIEWED = "viewed", pgettext_lazy("personal material was", "Viewed")
    EXPORTED = "exported", pgettext_lazy("personal material was", "Exported")
    ERASED = "erased", pgettext_lazy("personal material was", "Erased")


class Country(TextChoices):
    """Countries whose cities audit themselves: the EU, its neighbours and candidates (ISO 3166-1, two letters)."""

    AL = "AL", _("Albania")
    AT = "AT", _("Austria")
    BE = "BE", _("Belgium")
    BA = "BA", _("Bosnia and Herzegovina")
    BG = "BG", _("Bulgaria")
    HR = "HR", _("Croatia")
    CY = "CY", _("Cyprus")
    CZ = "CZ", _("Czechia")
    DK = "DK", _("Denmark")
    EE = "EE", _("Estonia")
    FI = "FI", _("Finland")
    FR = "FR", _("France")
    GE = "GE", _("Georgia")
    DE = "DE", _("Germany")
    GR = "GR", _("Greece")
    HU = "HU", _("Hungary")
    IS = "IS", _("Iceland")
    IE = "IE", _("Ireland")
    IT = "IT", _("Italy")
    XK = "XK", _("Kosovo")
    LV = "LV", _("Latvia")
    LI = "LI", _("Liechtenstein")
    LT = "LT", _("Lithuania")
    LU = "LU", _("Luxembourg")
    MT = "MT", _("Malta")
    MD = "MD", _("Moldova")
    ME = "ME", _("Montenegro")
    NL = "NL", _("Netherlands")
    MK = "MK", _("North Macedonia")
    NO = "NO", _("Norway")
    PL = "PL", _("Poland")
    PT = "PT", _("Portugal")
    RO = "RO", _("Romania")
    RS = "RS", _("Serbia")
    SK = "SK", _("Slovakia")
    SI = "SI", _("Slovenia")
    ES = "ES", _("Spain")
    SE = "SE", _("Sweden")
    CH = "CH", _("Switzerland")
    TR = "TR", _("Türkiye")
    UA = "UA", _("Ukraine")
    GB = "GB", _("United Kingdom")
