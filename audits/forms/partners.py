from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import PictureKind
from ..models import PartnerOrganisation
from ..search import fold
from .fields import PictureField


class PartnerForm(forms.ModelForm):
    """An organisation that carries the audit of its instance; `cleaned_data["logo"]` is a drawn picture or None."""

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

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = self.instance.audit.partner_organisations.exclude(pk=self.instance.pk)
        if others.filter(name__fold=fold(name)).exists():
            raise forms.ValidationError(_("“%(name)s” is on the list already.") % {"name": name})
        return name
