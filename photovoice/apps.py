from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PhotovoiceConfig(AppConfig):
    name = "photovoice"
    verbose_name = _("Photovoice")

    def ready(self):
        from audits import methods
        from audits.participation import consent, occasions

        from .consent import PHOTO_FORM, RIGHTS_LINK
        from .joining import FINDER
        from .method import METHOD

        methods.register(METHOD)
        occasions.register("photos", FINDER)
        consent.register(_("Photovoice: each photo"), PHOTO_FORM)
        consent.register(_("Photovoice: photos that came otherwise"), RIGHTS_LINK)
