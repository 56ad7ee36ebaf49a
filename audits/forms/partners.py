from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import PictureKind
from ..models import PartnerOrganisation
from .fields import PictureField


class PartnerForm(forms.ModelForm):
    """An organisation that carries the audit; `cleaned_data["logo"]` is a drawn picture or None."""

    logo = PictureField(
        kind=PictureKind.LOGO,
        label=_("Logo"),
        required=False,
        help_text=_("JPEG, PNG, WebP or HEIC, at most 20 MB. It is shown on white."),
    )

    without_logo = forms.BooleanField(label=_("Remove the logo"), required=False)

    class Meta:
        model = PartnerOrganisation
        fields = ["name"]
        labels = {"name": _("Name of the organisation")}
        help_texts = {"name": _("As it shall stand on the title page.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.logo_id:
            del self.fields["without_logo"]
