from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskResearchConfig(AppConfig):
    name = "deskresearch"
    verbose_name = _("Desk research")
