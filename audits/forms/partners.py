from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import PictureKind
from ..models import PartnerOrganisation
from ..search import fold
from .fields import PictureField

LEAST_PIXELS = 100
"""Of the longer side of a logo: on the title page it would print as a blur."""
LONGEST_STRIP = 12
"""Times that a logo may be as long as it is high, or as high: it is printed into a box of 3 to 1."""


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

    def clean_logo(self):
        logo = self.cleaned_data["logo"]
        if logo is None:
            return None
        sides = {"width": logo.width, "height": logo.height, "least": LEAST_PIXELS}
        longer, shorter = max(logo.width, logo.height), min(logo.width, logo.height)
        if longer < LEAST_PIXELS:
            raise forms.ValidationError(
                _("%(width)s × %(height)s pixels would print as a blur. Choose a picture of at least %(least)s pixels.")
                % sides
            )
        if longer > LONGEST_STRIP * shorter:
            raise forms.ValidationError(
                _("This picture is so narrow that nobody could read it in print. Choose one that is less long.")
            )
        return logo

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = self.instance.audit.partner_organisations.exclude(pk=self.instance.pk)
        if others.filter(name__fold=fold(name)).exists():
            raise forms.ValidationError(_("“%(name)s” is on the list already.") % {"name": name})
        return name
