from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .sentences import speak_plainly

# Here and not in `ready`: by then other apps have made forms.
speak_plainly()


class AuditsConfig(AppConfig):
    name = "audits"
    verbose_name = _("Audits")

    def ready(self):
        from . import search  # noqa: F401  (registers its lookup and what SQLite needs for it)
