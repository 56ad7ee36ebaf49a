from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PhotovoiceConfig(AppConfig):
    name = "photovoice"
    verbose_name = _("Photovoice")
