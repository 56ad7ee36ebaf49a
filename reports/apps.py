from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        from audits.methods import register

        from .document.checks import check_pango
        from .method import METHOD

        register(METHOD)
        checks.register(check_pango)
