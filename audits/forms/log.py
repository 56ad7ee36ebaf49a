from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..enums import Personal
from ..models import AccessEntry, Audit, User
from ..models.access import PARTICIPANT

EVERYTHING = ("", _("Everything"))
EVERYBODY = ("", _("Everybody"))


class LogFilter(forms.Form):
    """Which lines of the log are shown: of one kind of data, of one person, or of the participants."""

    kind = forms.ChoiceField(label=_("Kind of data"), required=False, choices=[EVERYTHING, *Personal.choices])
    person = forms.ChoiceField(label=_("Person"), required=False)

    def __init__(self, *args, audit: Audit, **kwargs):
        super().__init__(*args, **kwargs)
        # Whoever has left the team since is still in the log.
        people = User.objects.filter(pk__in=audit.accesses.order_by().values("user"))
        named = sorted(((str(one.pk), str(one)) for one in people), key=lambda one: one[1].casefold())
        self.fields["person"].choices = [EVERYBODY, *named, (PARTICIPANT, _("Participants"))]

    @property
    def chosen(self) -> dict[str, str]:
        """What is narrowed; choices that are none are left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, entries: QuerySet[AccessEntry]) -> QuerySet[AccessEntry]:
        """The lines that are left."""
        for name, value in self.chosen.items():
            if name == "kind":
                entries = entries.filter(kind=value)
            elif value == PARTICIPANT:
                entries = entries.filter(role=PARTICIPANT)
            else:
                entries = entries.filter(user=value)
        return entries
