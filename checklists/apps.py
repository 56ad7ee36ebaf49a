from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecklistsConfig(AppConfig):
    name = "checklists"
    verbose_name = _("City walks and checklists")

    def ready(self):
        from audits import methods
        from audits.participation import occasions

        from .joining import FINDER
        from .method import METHOD

        methods.register(METHOD)
        occasions.register("walks", FINDER)
