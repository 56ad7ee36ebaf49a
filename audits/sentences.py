"""What a form says where none of its own words fit: plain sentences in the place of Django's.

Set on Django's classes, so that every form of the house has them; a sentence that a field brings itself goes first.
"""

from django import forms
from django.core import validators
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext_lazy as _

# Of a thing that stands in the database the value is a mere number.
THING = _("This cannot be chosen here. Choose something else.")
ADDRESS = _("This is not an address on the web. Write it like https://www.example.org.")
CHOICE = _("“%(value)s” cannot be chosen here. Choose something else.")

FIELDS = {
    forms.Field: {"required": _("Fill this in.")},
    forms.BooleanField: {"required": _("Tick this.")},
    forms.FileField: {"required": _("Choose a file."), "empty": _("The file is empty.")},
    forms.IntegerField: {"invalid": _("Write a whole number.")},
    forms.DecimalField: {"invalid": _("Write a number.")},
    forms.DateField: {"invalid": _("This is not a date. Choose a day, or write it like 2026-10-31.")},
    forms.TimeField: {"invalid": _("This is not a time. Write it like 14:30.")},
    forms.URLField: {"invalid": ADDRESS},
    forms.ChoiceField: {"required": _("Choose one."), "invalid_choice": CHOICE},
    forms.ModelChoiceField: {"invalid_choice": THING},
    forms.MultipleChoiceField: {"required": _("Choose at least one."), "invalid_choice": CHOICE},
    forms.ModelMultipleChoiceField: {
        "required": _("Choose at least one."),
        "invalid_choice": THING,
        "invalid_pk_value": THING,
    },
}
VALIDATORS = {
    validators.MinValueValidator: _("At least %(limit_value)s is needed."),
    validators.MaxValueValidator: _("At most %(limit_value)s is possible."),
    validators.MaxLengthValidator: _(
        "This is too long: at most %(limit_value)d characters are possible, and it has %(show_value)d."
    ),
    validators.URLValidator: ADDRESS,
    validators.EmailValidator: _("This is not an e-mail address. Write it like name@example.org."),
}
# Validators that are there once for all fields.
PATTERNS = [
    (validators.validate_slug, _("Write it without spaces, from the letters a to z, digits, hyphens and underscores.")),
]
DECIMALS = {
    "max_digits": _("At most %(max)s digits are possible."),
    "max_decimal_places": _("At most %(max)s decimals are possible."),
    "max_whole_digits": _("At most %(max)s digits before the decimal sign are possible."),
}


def heading(label: str) -> str:
    """A field's label as it stands before what is said of the field: with a colon, unless it asks."""
    return label if strip_tags(label).endswith(("?", "؟")) else format_html("{}:", label)


def speak_plainly() -> None:
    """Gives Django's form fields and validators these sentences; before any form is made."""
    for field, messages in FIELDS.items():
        field.default_error_messages = field.__dict__.get("default_error_messages", {}) | messages
    for validator, message in VALIDATORS.items():
        validator.message = message
    for pattern, message in PATTERNS:
        pattern.message = message
    validators.DecimalValidator.messages = validators.DecimalValidator.messages | DECIMALS
