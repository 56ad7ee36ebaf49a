"""Forms of shared texts: each carries what its writer saw, and can be put over what somebody else saved meanwhile.

Where two people wrote from the same page, a field that only one of them changed keeps that one's words; one that both
changed is a conflict, and a person decides (DESIGN rule 12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any, TypeVar

from django import forms
from django.db import transaction
from django.db.models import Manager, Model
from django.utils.translation import gettext as _

from ..actions.versions import lock, save_version
from ..models import StaleError, User, Versioned
from ..texts import in_lines

# Of each field of a page: short, as a page can have some hundreds, and long enough that no two texts are taken for one.
DIGEST_BYTES = 6

Form = TypeVar("Form", bound="VersionedForm")


class VersionedForm(forms.ModelForm):
    """A form of a `Versioned` row. `save_as(by)` writes it, or raises StaleError and writes nothing.

    Many-to-many fields are saved with it and guarded by the same version. Beside the version its page carries `shown`,
    a digest of each field as the page shows it: so what somebody wrote is told from what they left as it was.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    made_by_first_save = False
    """Whether the first save makes the row: until then its page carries the version with which the row begins."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk or self.made_by_first_save:
            self.initial["version"] = self.instance.version
        else:
            del self.fields["version"], self.fields["shown"]
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("dir", "auto")

    def get_initial_for_field(self, field, field_name):
        # Found out only when the page is written: by then every field and what it begins with is there.
        if field_name == "shown" and not self.is_bound and "shown" not in self.initial:
            return _digests((name, self.get_initial_for_field(self.fields[name], name)) for name in self.compared())
        return super().get_initial_for_field(field, field_name)

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
        """The same form once more, now as a change of the text as somebody else saved it: what this one's writer left
        as it was, or did not have on the page, is as it is saved. `kwargs` are those with which the form is made."""
        data = self.data.copy()
        page = type(self)(instance=saved, prefix=self.prefix, **kwargs)
        values = {name: self.value_of(saved, name) for name in page.compared()}
        own = self.compared()
        for name in [*(name for name in values if name not in own), *self._left(saved)]:
            field = self.fields.get(name) or page.fields[name]
            data.setlist(self.add_prefix(name), _as_sent(field, self.value_of(saved, name)))
        data[self.add_prefix("version")] = str(saved.version)
        data[self.add_prefix("shown")] = _digests(values.items())
        return type(self)(data, self.files or None, instance=saved, prefix=self.prefix, **kwargs)

    def merged(self: Form, saved: Versioned, **kwargs: Any) -> Form | None:
        """The form over what somebody else saved, where both go together; None where a person has to decide."""
        if self._clashing(saved):
            return None
        form = self.over(saved, **kwargs)
        return form if form.is_valid() else None

    def differences(self, saved: Versioned) -> list[tuple[str, str]]:
        """Label and saved value of each field on which a person has to decide: those that both have changed; where there
        is none but the two do not go together, all that differ."""
        names = self._clashing(saved) or self._differing(saved)
        return [(self.fields[name].label, self.in_words(saved, name)) for name in names]

    def seen(self) -> str:
        """What `shown` is on a page that has sent this form and goes on showing what it sent."""
        return _digests((name, self._own(name)) for name in self.compared())

    def _differing(self, saved: Versioned) -> list[str]:
        return [name for name in self.compared() if self.value_of(saved, name) != self._own(name)]

    def _left(self, saved: Versioned) -> list[str]:
        """Names of the fields that somebody else has changed, and that the writer of this form left as they were."""
        return [name for name in self._differing(saved) if self._was_shown(name, self._own(name))]

    def _clashing(self, saved: Versioned) -> list[str]:
        """Names of the fields that both have changed, each in another way."""
        return [
            name
            for name in self._differing(saved)
            if not self._was_shown(name, self._own(name)) and not self._was_shown(name, self.value_of(saved, name))
        ]

    def _was_shown(self, name: str, value: Any) -> bool:
        return _digest(name, value) in self.cleaned_data.get("shown", "").split()

    def compared(self) -> list[str]:
        """Names of the fields that can differ: of a form that was sent those that were on its page."""
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


def save_merged(form: Form, write: Callable[[Form], object], **kwargs: Any) -> tuple[Form, bool]:
    """Writes a form by `write`; where others saved other fields meanwhile, over those. Returns the form that was written,
    and whether something of others is kept in it.

    `kwargs` are those with which the form is made. Raises StaleError where a person has to decide, or where the text was
    deleted; nothing is written then.
    """
    try:
        write(form)
    except StaleError as stale:
        merged = form.merged(stale.current, **kwargs) if stale.current else None
        if merged is None:
            raise
        write(merged)
        return merged, True
    return form, False


def _digests(values: Iterable[tuple[str, Any]]) -> str:
    return " ".join(_digest(name, value) for name, value in values)


def _digest(name: str, value: Any) -> str:
    """Of a field's value, as it stands in a form or in the database. The order of rows that are ticked says nothing."""
    said = sorted(map(_plain, value if isinstance(value, list | tuple) else [value]))
    return blake2b(f"{name}={' '.join(said)}".encode(), digest_size=DIGEST_BYTES).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, Model):
        value = value.pk
    return "" if value is None else in_lines(str(value)).strip()


def _as_sent(field: forms.Field, value: Any) -> list[str]:
    """A value as a browser sends it."""
    if isinstance(value, bool):
        return ["on"] if value else []
    shown = field.widget.format_value(field.prepare_value(value))
    return [str(one) for one in shown] if isinstance(shown, list | tuple) else ["" if shown is None else str(shown)]
