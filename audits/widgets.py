"""Controls that Django has in another form: the browser's own date and time fields, choices that explain themselves."""

import re

from django import forms


class _TypedStays:
    """Shows what cannot be read in a plain field: browsers leave their date and time fields empty then."""

    readable: str

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if not re.fullmatch(self.readable, context["widget"]["value"] or ""):
            context["widget"]["type"] = "text" if context["widget"]["value"] else self.input_type
        return context


class DateInput(_TypedStays, forms.DateInput):
    """A date; browsers show it in the person's own way and always send ISO 8601."""

    input_type = "date"
    readable = r"\d{4}-\d\d-\d\d"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(_TypedStays, forms.TimeInput):
    """A time of the day, to the minute."""

    input_type = "time"
    readable = r"\d\d:\d\d(:\d\d)?"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class ExplainedChoices(forms.RadioSelect):
    """Radio buttons, each with a sentence under its name.

    `explanations` gives the sentence by the choice's value; a choice without one shows its name alone.
    """

    template_name = "components/_explained_choices.html"

    def __init__(self, attrs=None, choices=(), *, explanations=None):
        super().__init__(attrs, choices)
        self.explanations = explanations or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "explanation": self.explanations.get(option["value"], "")}
