from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audits import methods


class DeskResearchConfig(AppConfig):
    name = "deskresearch"
    verbose_name = _("Desk research")

    def ready(self):
        from .method import METHOD

        methods.register(METHOD)
