"""Fields of our own that several forms use."""

from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import DecimalField
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import images
from ..addresses import LENGTH, web_address
from ..dates import plausible_years
from ..enums import PictureKind
from ..figures import Fault, UnreadableFigureError, read_figure, write_figure
from ..widgets import DateInput


class SentOnceForm(forms.Form):
    """A form that makes something new. It carries an identifier for it, so that sent twice it makes one."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)


class PrintForm(SentOnceForm):
    """In which of the audit's languages something is printed."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args, audit, **kwargs):
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        own = get_language()
        self.fields["language"].choices = [(code, names[code]) for code in audit.report_languages]
        self.fields["language"].initial = own if own in audit.report_languages else audit.language


class LongText(forms.Textarea):
    """A text area without `maxlength`: a browser would cut off what is pasted, without a word. The form's answer says it."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return {
            name: value for name, value in super().build_attrs(base_attrs, extra_attrs).items() if name != "maxlength"
        }


class DayField(forms.DateField):
    """A day of an audit's work, planned or past. In a year that is not plausible it is mistyped, unless it stands so
    already: what was right when it was written is not refused years later.
    """

    widget = DateInput
    default_error_messages = {"year": _("Write a day of the years %(first)s to %(last)s.")}
    standing = None

    def get_bound_field(self, form, field_name):
        self.standing = form.get_initial_for_field(self, field_name)
        return super().get_bound_field(form, field_name)

    def validate(self, value):
        super().validate(value)
        first, last = plausible_years()
        if value and value != self.standing and not first <= value.year <= last:
            raise ValidationError(self.error_messages["year"], code="year", params={"first": first, "last": last})


class WebAddressField(forms.CharField):
    """An address on the web, of a page of another host than `host`."""

    default_validators = [MaxLengthValidator(LENGTH)]
    host = ""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"inputmode": "url", "autocomplete": "off", "dir": "ltr", "spellcheck": "false"}

    def to_python(self, value):
        return web_address(super().to_python(value), self.host)


class PictureField(forms.FileField):
    """A picture; its cleaned value is an `images.Drawn`, ready to be stored, or None."""

    widget = forms.FileInput

    def __init__(self, *, kind: PictureKind, **kwargs):
        self.kind = kind
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("accept", images.ACCEPT)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return images.draw(upload, self.kind) if upload else None


UNREADABLE = {
    Fault.NO_FIGURE: _("“%(text)s” is not a figure. Write digits only; the unit has a column of its own."),
    Fault.TWO_READINGS: _("“%(text)s” can be read in two ways. Write %(small)s or %(large)s."),
    Fault.BAD_GROUPS: _("The commas and points of “%(text)s” do not fit together."),
}


class FigureField(forms.CharField):
    """A figure as people write it in the language of the page; its cleaned value is a Decimal or None."""

    default_error_messages = {
        "too_long": _("At most %(whole)d digits before the decimal sign are possible."),
        "too_exact": _("At most %(places)d decimals are possible."),
    }

    def __init__(self, *, stored: DecimalField, **kwargs):
        self.places = stored.decimal_places
        self.whole = stored.max_digits - stored.decimal_places
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value):
        return value if isinstance(value, str) else in_words(value)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            figure = read_figure(text, thousands=separators()["thousands"])
        except UnreadableFigureError as error:
            params = {"text": text}
            if error.reason is Fault.TWO_READINGS:
                params |= {"small": in_words(error.small), "large": error.large}
            raise ValidationError(UNREADABLE[error.reason], code=error.reason.name.lower(), params=params) from None
        if -figure.normalize().as_tuple().exponent > self.places:
            raise ValidationError(self.error_messages["too_exact"], code="too_exact", params={"places": self.places})
        if figure.adjusted() >= self.whole:
            raise ValidationError(self.error_messages["too_long"], code="too_long", params={"whole": self.whole})
        return figure


def separators() -> dict[str, str]:
    """The decimal and the thousands sign of the active language."""
    return {
        "decimal": formats.get_format("DECIMAL_SEPARATOR"),
        "thousands": formats.get_format("THOUSAND_SEPARATOR"),
    }


def in_words(figure) -> str:
    """A figure as the active language writes it; empty for None."""
    return "" if figure is None else write_figure(figure, **separators())
