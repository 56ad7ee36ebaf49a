"""Forms of shared texts: each carries the version that its writer saw, and can stand beside what somebody else saved."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Manager, Model
from django.utils.translation import gettext as _

from ..actions.versions import lock, save_version
from ..models import User, Versioned
from ..texts import in_lines


class VersionedForm(forms.ModelForm):
    """A form of a `Versioned` row. `save_as(by)` writes it, or raises StaleError and writes nothing.

    Many-to-many fields are saved with it and guarded by the same version.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        else:
            del self.fields["version"]
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("dir", "auto")

    def clean(self):
        cleaned = super().clean()
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = in_lines(value)
        return cleaned

    @transaction.atomic
    def save_as(self, by: User) -> Versioned:
        """Saves what the form says of an existing row, and what hangs on it, as the next version."""
        row = self.instance
        saved = lock(row)
        same = all(self.value_of(saved, name) == list(self.cleaned_data[name]) for name in self._many())
        same = same and self.same_beside(saved)
        if save_version(row, version=self.cleaned_data["version"], by=by, same=same):
            for name in self._many():
                getattr(row, name).set(self.cleaned_data[name])
            self.write_beside(row)
        return row

    def same_beside(self, saved: Versioned) -> bool:
        """Whether rows of other tables that this form writes are as they stand there already."""
        return True

    def write_beside(self, row: Versioned) -> None:
        """Writes what hangs on the row in other tables, under its version."""

    def _many(self) -> list[str]:
        known = {field.name for field in self.instance._meta.many_to_many}
        return [name for name in self.cleaned_data if name in known]

    def over(self, saved: Versioned, **kwargs: Any) -> VersionedForm:
        """The same form once more, now as a change of the text as somebody else saved it. `kwargs` are those with which
        the form is made."""
        data = self.data.copy()
        data[self.add_prefix("version")] = str(saved.version)
        return type(self)(data, instance=saved, prefix=self.prefix, **kwargs)

    def differences(self, saved: Versioned) -> list[tuple[str, str]]:
        """Label and saved value of each field in which the saved text differs from what is in this form."""
        return [
            (self.fields[name].label, self.in_words(saved, name))
            for name in self.compared()
            if self.value_of(saved, name) != self._own(name)
        ]

    def compared(self) -> list[str]:
        """Names of the fields that can differ."""
        return [name for name in self._meta.fields if name in self.fields]

    def _own(self, name: str) -> Any:
        value = self.cleaned_data.get(name)
        return list(value) if name in self._many() else value

    def value_of(self, saved: Versioned, name: str) -> Any:
        """What the saved text has in a field, in the form in which `cleaned_data` has it."""
        value = getattr(saved, name)
        return list(value.all()) if isinstance(value, Manager) else value

    def in_words(self, saved: Versioned, name: str) -> str:
        """A field's saved value as it is read."""
        value = self.value_of(saved, name)
        if isinstance(value, list):
            return ", ".join(str(one) for one in value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if value is None or isinstance(value, Model):
            return str(value or "")
        return str(dict(getattr(self.fields[name], "choices", ())).get(value, value))


class FirstWrittenForm(VersionedForm):
    """A form of a row that the first save makes: until then its page carries the version with which the row begins."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["version"] = deepcopy(self.base_fields["version"])
            self.initial["version"] = 1
