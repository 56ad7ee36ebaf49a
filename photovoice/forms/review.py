"""Sorting photos, and what is said of them in the review."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audits.forms.fields import LongText, SentOnceForm
from audits.forms.versioned import VersionedForm

from ..board import Board
from ..models import Activity, Photo, Remark, Theme, WrapUpCategory
from ..wording import ThemeInWords
from .gallery import HideForm


class SortForm(forms.Form):
    """Under which category a photo belongs; with `undo` it goes back among the unsorted. `shown` is where the page has
    it, empty for the unsorted."""

    category = forms.ModelChoiceField(
        WrapUpCategory.objects.none(),
        to_field_name="uuid",
        required=False,
        error_messages={"invalid_choice": _("This group is not there any more. Load the page again.")},
    )
    shown = forms.ModelChoiceField(WrapUpCategory.objects.none(), to_field_name="uuid", required=False)
    undo = forms.BooleanField(required=False)

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board
        for name in ("category", "shown"):
            self.fields[name].queryset = _categories(board)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("undo"):
            cleaned["category"] = None
        elif "category" in cleaned and not cleaned["category"]:
            self.add_error("category", _("Choose a group for the photo first."))
        return cleaned


class ShowForm(forms.Form):
    """Which photo the big screen shows, and its place in the order, counted from 1, for the case that it is gone."""

    photo = forms.UUIDField(required=False)
    place = forms.IntegerField(required=False, min_value=1)


class OnwardForm(forms.Form):
    """To which photo somebody goes on, or back, without sorting this one."""

    onward = forms.UUIDField(required=False)


class RemarkForm(SentOnceForm, VersionedForm):
    """What was said under a category, in general or about a photo. Takes the board without photos and the themes."""

    class Meta:
        model = Remark
        fields = ("category", "theme", "text")
        widgets = {"text": LongText(attrs={"rows": 3, "dir": "auto"})}
        labels = {"text": _("What was said")}
        error_messages = {"text": {"required": _("Write what was said.")}}

    photo = forms.ModelChoiceField(
        Photo.objects.none(), label=_("About the photo"), to_field_name="uuid", required=False
    )

    def __init__(
        self,
        *args,
        activity: Activity,
        board: Board,
        themes: list[ThemeInWords],
        photos: QuerySet[Photo] | None = None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = _categories(board)
        self.fields["category"].empty_label = None
        names = {slot.category.pk: slot.title.text for slot in board.slots}
        self.fields["category"].label_from_instance = lambda row: names[row.pk]
        titles = {one.theme.pk: one.title.text for one in themes}
        self.fields["theme"].queryset = Theme.objects.filter(guide=activity.guide_id)
        self.fields["theme"].empty_label = _("both, or none")
        self.fields["theme"].label_from_instance = lambda row: titles.get(row.pk, str(row))
        if self.instance.pk:
            del self.fields["uuid"], self.fields["photo"]
        else:
            self.fields["photo"].queryset = Photo.objects.none() if photos is None else photos
            self.fields["photo"].empty_label = _("in general")
            self.fields["photo"].label_from_instance = lambda row: f"{row.number} {row.title}".strip()


class OwnRemarkForm(RemarkForm):
    """What somebody writes about a photo on an own phone, in one form with the buttons that sort it."""

    prefix = "remark"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, themes=[], **kwargs)
        del self.fields["theme"], self.fields["photo"]
        self.fields["category"].empty_label = _("Choose …")
        self.fields["category"].error_messages["required"] = _("Choose a group for the remark.")
        self.fields["text"].label = _("What do you say about it?")
        self.fields["text"].error_messages["required"] = _("Write what you say about it.")

    @property
    def written(self) -> bool:
        """Whether anything stands in the box."""
        return bool((self["text"].value() or "").strip())


class HideRemarkForm(HideForm):
    """Why a participant's remark is hidden."""

    class Meta(HideForm.Meta):
        model = Remark


class PhonesForm(forms.ModelForm):
    """Whether those who took photos sort them on their phones too."""

    class Meta:
        model = Activity
        fields = ("review_open",)

    def save(self, commit=True):
        self.instance.save(update_fields=["review_open"])
        return self.instance


def _categories(board: Board):
    return WrapUpCategory.objects.filter(pk__in=[slot.category.pk for slot in board.slots]).order_by("position", "pk")
