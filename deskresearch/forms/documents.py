"""A document of the inventory, and what of the inventory to show."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from audits.forms.fields import LongText, SentOnceForm, WebAddressField
from audits.forms.versioned import VersionedForm
from audits.models import Audit, User, Versioned
from audits.search import alphabetical

from .. import actions, completion, rules
from ..actions import KeptFile
from ..enums import DocumentKind, Level, Published, Scope, Sector
from ..files import ACCEPT, type_of
from ..models import Document, SourceType
from ..sources import source_types, titles
from .asking import NoticedTwiceForm, to_complete

# Beside the name of the scope, the sectors to choose from in the filter.
SECTOR_PREFIX = "sector-"


def languages() -> list[tuple[str, str]]:
    """Languages that a document can be in, by their names in the language of the page."""
    named = [(code, str(get_language_info(code)["name_translated"])) for code in rules.LANGUAGES]
    return sorted(named, key=lambda one: alphabetical(one[1]))


def _year(label):
    first, last = rules.FIRST_YEAR, rules.LAST_YEAR
    sentence = _("Write the year with four digits, from %(first)s to %(last)s.") % {"first": first, "last": last}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=first,
        max_value=last,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
    )


class DocumentForm(NoticedTwiceForm, SentOnceForm, VersionedForm):
    """A document with its file. A new one carries its identifier, one that stands the version that its writer saw.

    `host` is the host of the request: an address there leads back into the application.
    """

    source_type = forms.ModelChoiceField(queryset=None, label=_("Type of source"), empty_label=_("Choose"))
    published = forms.ChoiceField(
        label=_("Is it published on the city’s website?"),
        choices=Published,
        widget=forms.RadioSelect,
        initial=Published.UNKNOWN,
    )
    published_at = WebAddressField(label=_("Address there"), help_text=_("Where it stands on the city’s website."))
    link = WebAddressField(
        label=_("Link to the document"), help_text=_("Where it can be read, if it is not on the city’s website.")
    )
    scope = forms.ChoiceField(label=_("What was it written for?"), choices=Scope, widget=forms.RadioSelect)
    sector = forms.ChoiceField(
        label=_("Which sector?"), required=False, help_text=_("Only where it was written for one sector.")
    )
    language = forms.ChoiceField(label=_("Language of the document"), required=False)
    from_year = _year(_("From the year"))
    to_year = _year(_("To the year"))
    attachment = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "PDF, DOCX or ODT, at most 30 MB. Only coordinators and researchers can open it, and peers once it is shared "
            "with them as evidence."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    without_file = forms.BooleanField(label=_("Take the file away"), required=False)

    class Meta:
        model = Document
        fields = [
            "title",
            "kind",
            "source_type",
            "level",
            "issued_by",
            "reference",
            "from_year",
            "to_year",
            "language",
            "scope",
            "sector",
            "published",
            "published_at",
            "link",
            "summary",
        ]
        labels = {
            "title": _("Title"),
            "kind": _("Kind of document"),
            "level": _("Whose document is it?"),
            "issued_by": _("Issued by"),
            "reference": _("Reference"),
            "summary": _("What is it about?"),
        }
        widgets = {"summary": LongText(attrs={"rows": 4})}

    def __init__(self, *args, audit: Audit, host: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.audit = audit
        for name in ("published_at", "link"):
            self.fields[name].host = host
        if self.instance.pk and self.instance.lacks_address:
            self.fields["published_at"].help_text = to_complete(completion.ADDRESS)
        types = source_types(audit)
        names = titles(types, get_language() or "en")
        field = self.fields["source_type"]
        field.queryset = SourceType.objects.filter(pk__in=[one.pk for one in types])
        field.choices = [("", _("Choose")), *((one.pk, str(names[one.pk])) for one in types)]
        self.fields["kind"].choices = [("", _("Choose")), *DocumentKind.choices]
        self.fields["sector"].choices = [("", _("No single sector")), *Sector.choices]
        self.fields["language"].choices = [("", _("Not said")), *languages()]
        self.fields["title"].widget.attrs["dir"] = "auto"
        if self.instance.pk:
            del self.fields["uuid"]
        if not self.instance.file:
            del self.fields["without_file"]
        else:
            self.fields["attachment"].label = _("Another file in its place")

    def clean_attachment(self) -> KeptFile | None:
        upload = self.cleaned_data["attachment"]
        return KeptFile(upload, type_of(upload)) if upload else None

    def clean(self):
        cleaned = super().clean()
        for name, sentence in rules.clashes(cleaned):
            self.add_error(name, sentence)
        if "title" in cleaned and (not self.instance.pk or {"title", "from_year", "to_year"} & set(self.changed_data)):
            self.notice("title", self._double(cleaned), _("This title is in the inventory already."))
        if cleaned.get("attachment") and cleaned.get("without_file"):
            self.add_error("without_file", _("Another file is chosen: it takes the place of this one by itself."))
        return cleaned

    def _double(self, cleaned) -> Document | None:
        others = self.audit.documents.exclude(pk=self.instance.pk).exclude(uuid=cleaned.get("uuid"))
        doubles = rules.Doubles((one.title, one.from_year, one.to_year, one) for one in others.in_order())
        return doubles.find(cleaned["title"], cleaned.get("from_year"), cleaned.get("to_year"))

    @property
    def file_is_lost(self) -> bool:
        """Whether a file was chosen in a form that has to be sent again: browsers do not keep it."""
        return bool(self.is_bound and self.errors and self.files.get(self.add_prefix("attachment")))

    def create(self, *, by: User) -> Document:
        """The new document. Raises StaleError where this form was sent before with other words."""
        fields = {name: self.cleaned_data[name] for name in self._meta.fields}
        return actions.create_document(
            audit=self.audit,
            by=by,
            uuid=self.cleaned_data.get("uuid"),
            file=self.cleaned_data.get("attachment"),
            source_type_id=fields.pop("source_type").pk,
            **fields,
        )

    def same_beside(self, saved: Versioned) -> bool:
        if file := self.cleaned_data.get("attachment"):
            # Sent twice, the second brings what the first has attached.
            return actions.is_same_file(document=saved, file=file)
        return not (self.cleaned_data.get("without_file") and saved.file)

    def _clashing(self, saved: Versioned) -> list[str]:
        # The page does not carry which file it showed: over what somebody else saved, a person decides on the file.
        names = super()._clashing(saved)
        return names if self.same_beside(saved) else [*names, "attachment"]

    def in_words(self, saved: Versioned, name: str) -> str:
        return saved.file_name if name == "attachment" else super().in_words(saved, name)

    def write_beside(self, row: Versioned) -> None:
        before = self.initial.get("link") or self.initial.get("published_at") or ""
        if row.address != before:
            actions.mark_link(document=row, dead=False)
        if file := self.cleaned_data.get("attachment"):
            actions.keep_file(document=row, file=file)
        elif self.cleaned_data.get("without_file"):
            actions.drop_file(document=row)


class LinkForm(forms.Form):
    """Whether the address of a document works, as somebody has found."""

    works = forms.TypedChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda said: said == "yes")


class DocumentFilter(forms.Form):
    """What of the documents to show. Fields that hold nonsense are left out."""

    q = forms.CharField(
        label=_("Search the documents"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    source = forms.ChoiceField(label=_("Type of source"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    scope = forms.ChoiceField(label=_("Written for"), required=False)
    published = forms.ChoiceField(label=_("On the city’s website"), required=False)
    gaps = forms.ChoiceField(
        label=_("Still open"),
        required=False,
        choices=[("", _("All")), ("yes", _("Ratings missing")), ("complete", _("To complete"))],
    )

    def __init__(self, data=None, *, audit: Audit):
        super().__init__(data)
        types = source_types(audit)
        self.source_titles = titles(types, get_language() or "en")
        self.fields["source"].choices = [("", _("All")), *((one.key, str(self.source_titles[one.pk])) for one in types)]
        self.fields["kind"].choices = [("", _("All")), *DocumentKind.choices]
        self.fields["level"].choices = [("", _("All")), *Level.choices]
        sectors = [(f"{SECTOR_PREFIX}{value}", label) for value, label in Sector.choices]
        self.fields["scope"].choices = [("", _("All")), *Scope.choices, (_("One sector"), sectors)]
        self.fields["published"].choices = [("", _("All")), *Published.choices]

    def narrow(self, documents):
        """Those of the documents that are asked for."""
        self.is_valid()
        wanted = self.cleaned_data
        scope = wanted.get("scope") or ""
        equal = {
            "source_type__key": wanted.get("source"),
            "kind": wanted.get("kind"),
            "level": wanted.get("level"),
            "published": wanted.get("published"),
            "sector" if scope.startswith(SECTOR_PREFIX) else "scope": scope.removeprefix(SECTOR_PREFIX),
        }
        documents = documents.filter(**{name: value for name, value in equal.items() if value})
        if wanted.get("gaps") == "yes":
            documents = documents.with_gaps()
        elif wanted.get("gaps"):
            documents = documents.to_complete()
        return documents.mentioning(wanted.get("q", ""))

    @property
    def in_use(self) -> bool:
        return any(self.cleaned_data.values())
