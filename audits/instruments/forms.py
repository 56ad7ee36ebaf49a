"""Forms of the administration of instruments."""

from adminsortable2.admin import CustomInlineFormSet
from django import forms
from django.core.validators import MinValueValidator
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.widgets import NumberInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..models import ComparedPart, Instrument, InstrumentPart
from ..texts import in_lines
from .copying import draft_own_version, make_own_version


class OwnVersionForm(forms.ModelForm):
    """Name and number of a city's own version; `save` makes it."""

    class Meta:
        fields = ("title", "code", "version")
        help_texts = {
            "code": _("Stays the same where the own version takes the place of the original."),
            "version": _("A short name of your own, for example: sofia-2026"),
        }

    def __init__(self, *args, original: Instrument, **kwargs):
        self.original = original
        super().__init__(*args, instance=draft_own_version(original), **kwargs)
        self.initial["version"] = ""

    def save(self, commit=True) -> Instrument:
        chosen = self.cleaned_data
        return make_own_version(self.original, code=chosen["code"], version=chosen["version"], title=chosen["title"])


class ParagraphsField(forms.CharField):
    """A text of several paragraphs, with the line ends that it had."""

    widget = forms.Textarea

    def to_python(self, value):
        return in_lines(super().to_python(value))

    def has_changed(self, initial, data):
        return super().has_changed(in_lines(initial or ""), data)


class PartForm(forms.ModelForm):
    """A row below an instrument. A statement with a new wording gets its new code here (DESIGN rule 6).

    `recoded` is the code that it had before, where it got another one.
    """

    recoded = ""

    def clean(self):
        data = super().clean()
        part = self.instance
        if not isinstance(part, ComparedPart) or part.wording_field not in self.changed_data or not part.pk:
            return data
        if part.wording_field not in data:
            # What was typed cannot be a wording; the row keeps the one it has until it is mended.
            return data
        had = part.key
        setattr(part, part.wording_field, data[part.wording_field])
        if "key" in self.changed_data:
            part.replaces = had
        else:
            part.recode()
            data["key"] = part.key
        self.recoded = had if data.get("key") != had else ""
        return data


class PartFormSet(CustomInlineFormSet):
    """Rows below one parent, ordered by dragging or by typing position numbers.

    Saving numbers the rows 1, 2, 3, ...: a row that was given a taken number stands at that place afterwards.
    Rows that hang below a row of the same kind (sub-questions) follow it.
    """

    key_prefix = ""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        if position := self.form.base_fields.get("position"):
            position.widget = NumberInput(attrs={"class": "_reorder_ place", "min": 1})
            position.widget.is_required = False
            # Rows are numbered from 1 when they are saved; one that never was may still have 0.
            position.validators = [MinValueValidator(0, _("Write a whole number from 1."))]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if not form.instance.pk:
            form.initial["position"] = None
        elif parent := form.fields.get("parent"):
            # No row stands below itself.
            others = [choice for choice in parent.choices if choice[0] != form.instance.pk]
            parent.queryset = parent.queryset.exclude(pk=form.instance.pk)
            parent.choices = others

    def clean(self):
        super().clean()
        self.in_order = []
        for form in [form for form in self.forms if self._should_delete_form(form)]:
            if form.instance.pk and (reason := self._below(form.instance)):
                # The row is no longer one to be deleted, so what is wrong with it counts from here on.
                form.add_error(DELETION_FIELD_NAME, reason)
                self._errors.append(form.errors)
        rows = [
            form
            for form in self.forms
            if not self._should_delete_form(form) and (form.instance.pk or form.has_changed())
        ]
        if rows and "parent" in self.form.base_fields:
            self._clean_nesting(rows)
        if not any(form.errors for form in rows):
            self.in_order = _nested([form.instance for form in sorted(rows, key=_place)])
            for number, part in enumerate(self.in_order, 1):
                part.position = number

    def _below(self, part: InstrumentPart) -> str:
        """Why a row cannot be deleted here: what stands below it would go with it, and nobody was asked."""
        nested = [
            form
            for form in self.forms
            if getattr(form.instance, "parent_id", None) == part.pk and not self._should_delete_form(form)
        ]
        if nested:
            return ngettext(
                "%(count)s row stands below it (%(kind)s). Move or delete it first.",
                "%(count)s rows stand below it (%(kind)s). Move or delete them first.",
                len(nested),
            ) % {"count": len(nested), "kind": part._meta.verbose_name_plural}
        counts = {
            model._meta.verbose_name_plural: model.objects.filter(**{model.parent_field: part}).count()
            for model in part.children()
        }
        if total := sum(counts.values()):
            kinds = ", ".join(f"{kind}: {count}" for kind, count in counts.items() if count)
            return ngettext(
                "%(count)s row stands below it (%(kinds)s). Open it to delete it with what stands below it.",
                "%(count)s rows stand below it (%(kinds)s). Open it to delete it with what stands below it.",
                total,
            ) % {"count": total, "kinds": kinds}
        return ""

    def _clean_nesting(self, rows):
        inner = {form.instance.pk for form in rows if form.instance.pk and form.cleaned_data.get("parent")}
        for form in rows:
            parent = form.cleaned_data.get("parent") if form.is_valid() else None
            if parent and (parent.pk in inner or parent.pk == form.instance.pk):
                form.add_error("parent", _("Choose one that does not itself belong to another."))

    def save_new(self, form, commit=True):
        if not form.instance.key:
            form.instance.key = self.next_key(form.instance)
        return super().save_new(form, commit)

    def next_key(self, part: InstrumentPart) -> str:
        """A code that no related version has: q12 after q11."""
        path = f"{part.path_to_root()}__in"
        taken = type(part).objects.filter(**{path: self.instance.instrument.family()}).values_list("key", flat=True)
        made = [int(key[len(self.key_prefix) :]) for key in taken if _is_numbered(key, self.key_prefix)]
        return f"{self.key_prefix}{max(made, default=0) + 1}"

    def save(self, commit=True):
        saved = super().save(commit)
        if commit:
            for part in self.in_order:
                self.model.objects.filter(pk=part.pk).exclude(position=part.position).update(position=part.position)
        return saved


def _is_numbered(key: str, prefix: str) -> bool:
    return key.startswith(prefix) and key[len(prefix) :].isdigit()


def _place(form) -> tuple[float, int]:
    """Where a row wants to stand: before the row that has its number if it goes up, behind it if it goes down."""
    wanted, had = form.cleaned_data.get("position"), form.initial.get("position")
    if wanted is None:
        return (had, 1) if had is not None else (float("inf"), 1)
    if wanted == had:
        return (wanted, 1)
    return (wanted, 0 if had is None or wanted < had else 2)


def _nested(parts: list[InstrumentPart]) -> list[InstrumentPart]:
    if not parts or not hasattr(parts[0], "parent_id"):
        return parts
    ordered = []
    for part in parts:
        if not part.parent_id:
            ordered += [part, *(inner for inner in parts if inner.parent_id and inner.parent_id == part.pk)]
    # Whatever hangs below a row that is not here, for example one that is being deleted.
    return ordered + [part for part in parts if part not in ordered]


class TranslationForm(forms.Form):
    """One text in one language."""

    text = ParagraphsField(required=False)
    reviewed = forms.BooleanField(label=_("Reviewed"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        # Whoever empties a text that was reviewed may leave the tick: the text goes, and the review with it.
        if data.get("reviewed") and data.get("text") == "" and "text" not in self.changed_data:
            self.add_error("reviewed", _("There is no text to review yet. Write it first."))
        return data
