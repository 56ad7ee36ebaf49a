"""The upload of a city plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import PictureKind
from ..models import CityPlan
from ..search import fold
from .fields import PictureField

LEAST_PIXELS = 400
"""Of the shorter side: on a smaller picture no place can be told from the next one."""


class PlanForm(forms.ModelForm):
    """A plan of the audit of its instance; `cleaned_data["picture"]` is a drawn picture."""

    picture = PictureField(
        kind=PictureKind.PLAN,
        label=_("Picture of the plan"),
        help_text=_("JPEG, PNG, WebP or HEIC, at most 20 MB."),
    )

    class Meta:
        model = CityPlan
        fields = ["title", "source"]
        help_texts = {
            "title": _("What it shows, for example “City centre”."),
            "source": _("Who made the plan, and under which terms you may use it. It is printed below the plan."),
        }

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if picture and min(picture.width, picture.height) < LEAST_PIXELS:
            raise forms.ValidationError(
                _("%(width)s × %(height)s pixels are too few to mark places. Choose a picture of at least %(least)s.")
                % {"width": picture.width, "height": picture.height, "least": LEAST_PIXELS}
            )
        return picture

    def clean_title(self):
        title = self.cleaned_data["title"]
        others = self.instance.audit.plans.exclude(pk=self.instance.pk)
        if any(fold(title) == fold(other) for other in others.values_list("title", flat=True)):
            raise forms.ValidationError(_("There is a plan of this title already."))
        return title
