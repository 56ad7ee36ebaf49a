"""A place on a city plan, and the decision whether the report may name it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.forms.fields import LongText, SentOnceForm
from audits.forms.versioned import VersionedForm

from ..actions.hot_spots import undecide
from ..models import HotSpot
from ..models.session import FULL

TENTHS = FULL // 100


class PercentField(forms.DecimalField):
    """A share of the plan's width or height in percent; kept in thousandths."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=100, max_digits=4, decimal_places=1, **kwargs)
        self.widget.attrs["step"] = "0.1"

    def prepare_value(self, value):
        return value / TENTHS if isinstance(value, int) else value

    def clean(self, value):
        percent = super().clean(value)
        return None if percent is None else round(percent * TENTHS)


class HotSpotForm(SentOnceForm, VersionedForm):
    """Takes the plan's place in percent of its width and height; the page's script fills it in from a click."""

    _place = {"required": _("Mark the place on the plan, or write how far it is from its edges.")}
    x = PercentField(label=_("From the left, in %"), error_messages=_place)
    y = PercentField(label=_("From the top, in %"), error_messages=_place)

    class Meta:
        model = HotSpot
        fields = ["place", "x", "y", "issue", "recommendation"]
        widgets = {name: LongText(attrs={"rows": 3, "dir": "auto"}) for name in ("issue", "recommendation")}
        help_texts = {"place": _("As people in the city call it.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["uuid"]

    def in_words(self, saved, name):
        if isinstance(self.fields[name], PercentField):
            return str(self.fields[name].prepare_value(getattr(saved, name)))
        return super().in_words(saved, name)

    def write_beside(self, row):
        undecide(row)


class PublishForm(forms.Form):
    """One hot spot, one decision: what is wanted, and on which version of its words."""

    published = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
    version = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("We have weighed this: naming the place helps, and does not brand the people who live there."),
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("published") and not cleaned.get("sure"):
            self.add_error("sure", _("Tick this, or leave the place out of the report."))
        return cleaned
