from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audits import methods


class StakeholdersConfig(AppConfig):
    name = "audits.stakeholders"
    verbose_name = _("Stakeholders and co-design")

    def ready(self):
        from .method import METHOD

        methods.register(METHOD)
