from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
