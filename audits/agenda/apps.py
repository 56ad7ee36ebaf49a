from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audits import methods


class AgendaConfig(AppConfig):
    name = "audits.agenda"
    verbose_name = _("Findings and recommendations")

    def ready(self):
        from .method import METHOD

        methods.register(METHOD)
