"""What an author says of each photo, behind the link."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audits.texts import in_lines

from .. import consent
from ..actions.incoming import Answer
from ..enums import AllowedUse, VisiblePeople
from ..models import Photo
from ..models.photo import CREDIT_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from ..rights import standing

YES, NO = "yes", "no"
NAMED, ANONYMOUS = "named", "anonymous"
PEOPLE = [
    (VisiblePeople.NONE, VisiblePeople.NONE.label),
    (VisiblePeople.UNRECOGNISABLE, VisiblePeople.UNRECOGNISABLE.label),
    (VisiblePeople.AGREED, VisiblePeople.AGREED.label),
    (VisiblePeople.NOT_AGREED, VisiblePeople.NOT_AGREED.label),
]


class PhotoChangeForm(forms.Form):
    """What an author says anew of a photo that is theirs."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH, required=False)
    text = forms.CharField(
        label=_("A few words about it"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    use = forms.ChoiceField(label=consent.WHERE, choices=AllowedUse.choices, widget=forms.RadioSelect, required=False)
    people = forms.ChoiceField(label=consent.PEOPLE, choices=PEOPLE, widget=forms.RadioSelect, required=False)
    name = forms.ChoiceField(
        label=consent.BELOW,
        choices=[(ANONYMOUS, consent.NO_NAME), (NAMED, consent.THIS_NAME)],
        widget=forms.RadioSelect,
        required=False,
    )
    credit = forms.CharField(
        label=_("Name below the photo"),
        help_text=consent.NAME_HELP,
        max_length=CREDIT_LENGTH,
        required=False,
    )

    def __init__(self, *args, photo: Photo, place: int, themes, **kwargs):
        super().__init__(*args, prefix=str(photo.uuid), **kwargs)
        self.photo = photo
        self.place = place
        self.fields["theme"].choices = [("", _("No theme")), *((str(one.uuid), str(one.title)) for one in themes)]
        self.fields["title"].widget.attrs["dir"] = "auto"
        self.fields["credit"].widget.attrs["dir"] = "auto"
        rights = standing(photo)
        self.initial = {
            "title": photo.title,
            "text": photo.text,
            "theme": str(photo.theme.uuid) if photo.theme else "",
            "credit": rights.credit if rights else "",
            "name": NAMED if rights and rights.credit else "",
        }
        if rights and rights.declared:
            self.initial |= {"use": rights.use, "people": rights.people}
            self.initial["name"] = ANONYMOUS if rights.anonymous else self.initial["name"]

    def full_label(self, field: forms.BoundField) -> str:
        """What a field is called beside those of other photos."""
        named = {"number": self.place, "title": self.photo.title, "words": field.label}
        if self.photo.title:
            return gettext("Photo %(number)s, “%(title)s”: %(words)s") % named
        return gettext("Photo %(number)s: %(words)s") % named

    @property
    def asked(self) -> bool:
        """Whether what may be done with the photo has to be said."""
        return True

    def clean_text(self):
        return in_lines(self.cleaned_data["text"])

    def clean(self):
        data = super().clean()
        if not self.asked:
            return data
        for name, sentence in (
            ("use", _("Choose where it may be shown.")),
            ("people", _("Choose what is right for this photo.")),
            ("name", _("Choose whether a name stands below it.")),
        ):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if data.get("name") == NAMED and not data.get("credit") and "credit" not in self.errors:
            self.add_error("credit", _("Write the name, or choose that there is none."))
        return data

    @property
    def answer(self) -> Answer:
        """What was said; only after `is_valid()`."""
        data = self.cleaned_data
        anonymous = data["name"] == ANONYMOUS
        return Answer(
            mine=True,
            title=data["title"],
            text=data["text"],
            theme=uuid.UUID(data["theme"]) if data["theme"] else None,
            use=data["use"],
            credit="" if anonymous else data["credit"],
            anonymous=anonymous,
            people=data["people"],
        )


class PhotoAnswerForm(PhotoChangeForm):
    """One photo that waits. Whoever says that it is not theirs is asked nothing more; whoever says nothing is told at once
    all that is asked."""

    mine = forms.ChoiceField(
        label=consent.MINE,
        choices=[(YES, consent.YES), (NO, consent.NO)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is your photo.")},
    )
    field_order = ("mine",)

    @property
    def asked(self) -> bool:
        return self.cleaned_data.get("mine") != NO

    @property
    def answer(self) -> Answer:
        return super().answer if self.asked else Answer(mine=False)


class AgeForm(forms.Form):
    """That the author may decide about the photos that are theirs, or who does so for them."""

    ADULT, GUARDIAN = "adult", "guardian"

    age = forms.ChoiceField(
        label=consent.AGE,
        choices=[(ADULT, consent.ADULT), (GUARDIAN, consent.GUARDIAN)],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, data=None, *, needed: bool, said: str = ""):
        super().__init__(data, initial={"age": said})
        self.needed = needed

    def clean_age(self):
        if self.needed and not self.cleaned_data["age"]:
            raise ValidationError(
                _("Choose one of the two, or ask a parent or guardian first. You can come back with your link.")
            )
        return self.cleaned_data["age"]


class RightsForms:
    """All photos of one author, and the author's age; for the error summary these are the forms of a formset."""

    def __init__(self, data=None, *, photos: Iterable[Photo], themes):
        self.photos = [
            PhotoAnswerForm(data, photo=photo, place=place, themes=themes) for place, photo in enumerate(photos, 1)
        ]
        claimed = data is not None and any(data.get(one.add_prefix("mine")) != NO for one in self.photos)
        self.age = AgeForm(data, needed=claimed)

    @property
    def forms(self) -> list[forms.Form]:
        return [*self.photos, self.age]

    def is_valid(self) -> bool:
        # All of them, so that everything that is missing is said at the first time.
        valid = [one.is_valid() for one in self.forms]
        return all(valid)

    def non_form_errors(self) -> list[str]:
        return []

    @property
    def total_error_count(self) -> int:
        return sum(len(one.errors) for one in self.forms)

    @property
    def answers(self) -> dict[uuid.UUID, Answer]:
        """What was said of each photo; only after `is_valid()`."""
        return {one.photo.uuid: one.answer for one in self.photos}

    @property
    def guardian(self) -> bool:
        """Whether a parent or guardian agrees for the author; only after `is_valid()`."""
        return self.age.cleaned_data["age"] == AgeForm.GUARDIAN


class ChangeForms(RightsForms):
    """One photo that was answered for. A parent or guardian who agreed is asked anew."""

    def __init__(self, data=None, *, photo: Photo, place: int, themes):
        self.photos = [PhotoChangeForm(data, photo=photo, place=place, themes=themes)]
        rights = standing(photo)
        self.age = AgeForm(data, needed=True, said="" if rights is None or rights.guardian else AgeForm.ADULT)
