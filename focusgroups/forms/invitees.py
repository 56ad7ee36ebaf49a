"""Forms of the list of invitees: one person, several from the register, an answer, the attendance."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audits.enums import TargetGroup
from audits.forms.fields import LongText, SentOnceForm
from audits.participation.enums import Gender
from audits.search import fold
from audits.stakeholders.models import Stakeholder
from audits.texts import in_lines

from ..actions import people
from ..enums import Reply
from ..models import FocusGroup, Invitee

DOUBLE = _("Somebody of this name with this e-mail address is on the list already.")
ATTENDED = [("", _("Not noted")), ("yes", _("Came")), ("no", _("Did not come"))]
NOT_KNOWN = ("", _("Not known"))
MEANWHILE = _("Meanwhile this was changed to: %(value)s. Save again to replace it by what stands here.")
_CAME = {"": None, "yes": True, "no": False}


def came_in_words(attended: bool | None) -> str:
    """The value of the choice that stands for it."""
    return next(key for key, value in _CAME.items() if value == attended)


def overtaken(form: forms.BaseForm, name: str, stands: str | None) -> bool:
    """Whether a field says something else than its page had, and than somebody has written meanwhile, as it `stands`."""
    field = form[name]
    seen = form.data.get(field.html_initial_name)
    if seen is None or name not in form.changed_data:
        return False
    shown, now = in_lines(seen).strip(), in_lines(stands or "")
    return shown != now and now != form.cleaned_data.get(name)


class PersonForm(forms.ModelForm):
    """What a team writes down of somebody whom it invites, by hand or from a table."""

    class Meta:
        model = Invitee
        fields = ["name", "organisation", "email", "telephone", "target_group", "gender"]
        error_messages = {
            "name": {"required": _("Write the name.")},
            "target_group": {"required": _("Choose the target group.")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, empty in (("target_group", ("", _("Choose one"))), ("gender", NOT_KNOWN)):
            self.fields[name].choices = [empty, *self.fields[name].choices[1:]]

    def clean_email(self):
        return self.cleaned_data["email"].strip()


class InviteeForm(PersonForm):
    """Somebody on the list of a group. Of an existing row it writes what was changed on the page and nothing else, and
    says so once before it replaces what somebody wrote meanwhile: the person may have answered by the link."""

    uuid = SentOnceForm.base_fields["uuid"]
    attended = forms.ChoiceField(label=_("At the session"), choices=ATTENDED, required=False, widget=forms.RadioSelect)

    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "needs", "reply"]
        # In lines, as the person may have written it by the link.
        widgets = {"reply": forms.RadioSelect, "needs": LongText(attrs={"rows": 2, "dir": "auto"})}

    def __init__(self, *args, group: FocusGroup, **kwargs):
        super().__init__(*args, **kwargs)
        self.group = group
        self.fields["reply"].choices = Reply.choices
        self.fields["reply"].required = False
        if self.instance.pk:
            del self.fields["uuid"]
            self.initial["attended"] = came_in_words(self.instance.attended)
        if not self.instance.pk or not people.has_begun(group):
            del self.fields["attended"]
        if self.instance.contact_deleted_at:
            for name in Invitee.CONTACT:
                del self.fields[name]
        if self.instance.pk:
            for field in self.fields.values():
                field.show_hidden_initial = True

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            self._mind_what_stands(cleaned)
        email, name = cleaned.get("email"), cleaned.get("name", "")
        others = self.group.invitees.exclude(pk=self.instance.pk).exclude(uuid=self._own_uuid())
        if email and others.filter(email__iexact=email, name__iexact=name).exists():
            self.add_error("email", DOUBLE)
        return cleaned

    def _mind_what_stands(self, cleaned):
        """What was left as the page had it is as it stands by now. What somebody else changed too is said, and the page
        has seen it then."""
        for name in list(cleaned):
            stands = self.initial.get(name)
            if name not in self.changed_data:
                cleaned[name] = stands
            elif overtaken(self, name, stands):
                said = dict(getattr(self.fields[name], "choices", ())).get(stands, stands) or "–"
                self.add_error(name, MEANWHILE % {"value": said})
                self.data = self.data.copy()
                self.data[self[name].html_initial_name] = stands or ""

    def _own_uuid(self):
        return self.fields["uuid"].clean(self["uuid"].data) if "uuid" in self.fields else self.instance.uuid

    def write(self) -> Invitee | None:
        """Saves the row; the same form sent twice makes one. None where somebody else has written the same person at the
        same moment: the form says so."""
        row = self.instance
        if "attended" in self.cleaned_data:
            row.attended = _CAME[self.cleaned_data["attended"]]
        try:
            if row.pk:
                return people.change(invitee=row, changed=self.changed_data)
            return people.add(group=self.group, invitee=row, uuid=self.cleaned_data["uuid"])
        except IntegrityError:
            self.add_error("email", DOUBLE)
            return None


class GendersForm(forms.Form):
    """The gender of several on a list at once; `rows` are they. What was left as the page had it is not written."""

    def __init__(self, *args, rows: Iterable[Invitee], **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {str(row.uuid): row for row in rows}
        for name, row in self.rows.items():
            self.fields[name] = forms.ChoiceField(
                label=str(row),
                choices=[NOT_KNOWN, *Gender.choices],
                initial=row.gender,
                required=False,
                show_hidden_initial=True,
                widget=forms.Select(attrs={"aria-label": _("Gender of %(name)s") % {"name": row}}),
            )

    @property
    def lines(self) -> list[tuple[Invitee, forms.BoundField]]:
        return [(row, self[name]) for name, row in self.rows.items()]

    @property
    def changed(self) -> dict[Invitee, str]:
        """Whose gender was said otherwise than the page had it, and how."""
        return {self.rows[name]: self.cleaned_data[name] for name in self.changed_data}


class ReplyForm(forms.Form):
    """What somebody told the team, on a page that shows the answer as it was."""

    reply = forms.ChoiceField(label=_("Answer"), choices=Reply.choices, required=False, show_hidden_initial=True)


class AttendedForm(forms.Form):
    """Whether somebody was there; to a seat it is never linked."""

    attended = forms.ChoiceField(label=_("At the session"), choices=ATTENDED, required=False)

    @property
    def came(self) -> bool | None:
        return _CAME[self.cleaned_data["attended"]]


class RegisterFilter(forms.Form):
    """Narrows the register, from which several are picked at once."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    target_group = forms.ChoiceField(
        label=_("Target group"), choices=[("", _("All")), *TargetGroup.choices], required=False
    )

    @property
    def in_use(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def narrow(self, rows: QuerySet[Stakeholder]) -> list[Stakeholder]:
        """The rows that fit; a search that cannot be read narrows nothing."""
        if not self.is_valid():
            return list(rows)
        if group := self.cleaned_data["target_group"]:
            rows = rows.filter(Q(target_group=group))
        wanted = fold(self.cleaned_data["q"])
        return [row for row in rows if wanted in fold(f"{row.name} {row.contact_name} {row.contact_role}")]


class PickForm(forms.Form):
    """Several of the register, for the list of a group."""

    stakeholders = forms.ModelMultipleChoiceField(
        Stakeholder.objects.none(),
        to_field_name="uuid",
        label=_("From the register"),
        error_messages={"required": _("Tick at least one.")},
    )

    def __init__(self, *args, group: FocusGroup, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stakeholders"].queryset = Stakeholder.objects.filter(audit=group.audit_id)
