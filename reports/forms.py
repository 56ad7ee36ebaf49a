"""Forms of the report's editor."""

from django import forms
from django.utils.html import linebreaks
from django.utils.translation import gettext_lazy as _

from audits.forms.fields import LongText

from . import live, sections
from .assembly import Assembly
from .enums import BuildFormat

LONGEST_TEXT = 60_000
FREE_TEXT = "text:"


class TextForm(forms.Form):
    """An own text with the version that its writer saw."""

    html = forms.CharField(
        label=_("Your text"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=LongText(attrs={"class": "form-control", "rows": 8}),
        error_messages={
            "max_length": _("This text is longer than %(limit_value)d signs. Divide it into several texts.")
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def clean_html(self):
        """Without script people type plain text: blank lines then divide it into paragraphs."""
        text = self.cleaned_data["html"].strip()
        return linebreaks(text, autoescape=True) if text and "<" not in text else text


class AddForm(forms.Form):
    """What to add to a section, and below which block."""

    what = forms.ChoiceField(label=_("What to add"))
    after = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args, section: str, made: Assembly, **kwargs):
        super().__init__(*args, **kwargs)
        parts = made.parts[section]
        there = {part.block.live for part in parts} | {
            f"{FREE_TEXT}{part.block.slot}" for part in parts if part.block.slot
        }
        texts = [(f"{FREE_TEXT}{slot.key}", slot.label) for slot in sections.slots(section).values()]
        blocks = [(block.key, block.title) for block in sections.live_blocks(section)]
        self.fields["what"].choices = [
            (
                _("Your text"),
                [(FREE_TEXT, _("Another text of your own")), *(one for one in texts if one[0] not in there)],
            ),
            (_("Live from the data"), [one for one in blocks if one[0] not in there]),
        ]
        self.fields["after"].choices = [
            ("", _("At the end")),
            *((str(part.block.uuid), _("Below: %(block)s") % {"block": title_of(part.block)}) for part in parts),
        ]


class QuoteForm(forms.Form):
    """What is quoted, by its UUID; only that of people who agreed can be chosen."""

    quote = forms.ChoiceField()

    def __init__(self, *args, quotable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quote"].choices = [(str(uuid), str(uuid)) for uuid in quotable]


class PhotoForm(forms.Form):
    """The photo that is shown, by its UUID; only one that may be published can be chosen."""

    photo = forms.ChoiceField()

    def __init__(self, *args, choosable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["photo"].choices = [(str(uuid), str(uuid)) for uuid in choosable]


class RemoveForm(forms.Form):
    """The version of a block that somebody saw and takes out."""

    version = forms.IntegerField(min_value=1)


def title_of(block):
    """What a block is called in the editor."""
    if block.is_text:
        slot = sections.slots(block.section).get(block.slot)
        return slot.label if slot else _("Your text")
    known = live.get(block.live)
    return known.title if known else _("A block that no longer exists")


class FormatForm(forms.Form):
    format = forms.ChoiceField(choices=BuildFormat.choices)
