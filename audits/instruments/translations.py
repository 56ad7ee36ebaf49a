"""The page on which an instrument's texts are translated, side by side with their source."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..models import Instrument, SharedRow, StaleError, Translation
from ..models.instrument import Translatable
from ..search import fold, words
from .forms import TranslationForm
from .translating import save_translation

# Three fields a text: far below the 1,000 fields that Django takes in one form.
PER_PAGE = 40

STATES = {
    "missing": gettext_lazy("Not translated"),
    "outdated": gettext_lazy("Source text has changed"),
    "draft": gettext_lazy("Draft"),
    "reviewed": gettext_lazy("Reviewed"),
}


@dataclass
class Entry:
    """One text of the instrument with its translation. `theirs` is what somebody else wrote in the meantime."""

    row: Translatable
    field: str
    depth: int
    translation: Translation | None
    form: TranslationForm | None = field(default=None)
    theirs: Translation | None = field(default=None)

    @property
    def name(self) -> str:
        return f"{self.row._meta.model_name}-{self.row.pk}-{self.field}"

    @property
    def source(self) -> str:
        return getattr(self.row, self.field)

    @property
    def text(self) -> str:
        return self.translation.text if self.translation else ""

    @property
    def state(self) -> str:
        if not self.text:
            return "missing"
        if self.translation.source != self.source:
            return "outdated"
        return "reviewed" if self.translation.is_reviewed else "draft"

    @property
    def state_name(self) -> str:
        return STATES[self.state]

    @property
    def where(self) -> str:
        """Which text it is: "Statement V1: short form"."""
        row = capfirst(self.row._meta.verbose_name)
        code = f" {self.row.key}" if hasattr(self.row, "key") else ""
        return f"{row}{code}: {self.row._meta.get_field(self.field).verbose_name}"

    @property
    def revision(self) -> int:
        """The revision of the translation on which the text in the form stands."""
        return self.translation.revision if self.translation else 0

    @property
    def read(self) -> dict:
        """What the form shows at first."""
        return {"text": self.text, "reviewed": self.state == "reviewed", "revision": self.revision}

    @property
    def rows(self) -> int:
        """Height of the text box, in lines of about 60 signs."""
        return min(12, 2 + len(self.source) // 60)


class SharedTexts:
    """All rows of a shared kind, as an instrument is for the page of translations."""

    def __init__(self, model: type[SharedRow]):
        self.model, self.language = model, model.language

    def in_reading_order(self) -> list[tuple[int, SharedRow]]:
        return [(0, row) for row in self.model._default_manager.all()]


class TranslationsPage:
    """The texts of an instrument, or of rows that instruments share, in one language: filtered, in pages, saved one by one.

    Takes the query of the address: `language`, `show` (a state), `q` (words in source or translation), `p` (page).
    """

    def __init__(self, instrument: Instrument | SharedTexts, query: Mapping[str, str]):
        self.instrument = instrument
        self.languages = [(code, name) for code, name in settings.PARTICIPANT_LANGUAGES if code != instrument.language]
        wanted = query.get("language")
        self.language = wanted if wanted in dict(self.languages) else self.languages[0][0]
        self.show = query.get("show") if query.get("show") in STATES else ""
        self.words = query.get("q", "").strip()
        self._page = query.get("p")
        # What was posted and could not be saved, with the reason; it stands before all others.
        self.unsaved: list[Entry] = []
        self.saved = 0
        # Among those saved: texts taken away, and changed texts that keep a review, now that of the writer.
        self.removed = 0
        self.reviewed = 0

    @cached_property
    def entries(self) -> list[Entry]:
        """All texts, in reading order; one query a kind of row, and one for the translations."""
        rows = self.instrument.in_reading_order()
        types = ContentType.objects.get_for_models(*{type(row) for _depth, row in rows})
        found = {
            (translation.content_type_id, translation.object_id, translation.field): translation
            for translation in Translation.objects.filter(
                content_type__in=types.values(), language=self.language
            ).select_related("reviewed_by")
        }
        return [
            Entry(row, name, depth, found.get((types[type(row)].pk, row.pk, name)))
            for depth, row in rows
            for name in row.translatable
            if getattr(row, name)
        ]

    @cached_property
    def counts(self) -> dict[str, int]:
        return Counter(entry.state for entry in self.entries)

    @property
    def choices(self) -> list[tuple[str, str, int]]:
        """States to choose from, with their counts."""
        return [(state, name, self.counts[state]) for state, name in STATES.items()]

    @property
    def progress(self) -> str:
        total, missing = len(self.entries), self.counts["missing"]
        return _("%(done)s of %(total)s texts translated, %(reviewed)s reviewed") % {
            "done": total - missing,
            "total": total,
            "reviewed": self.counts["reviewed"],
        }

    @cached_property
    def shown(self) -> Page:
        """The page of entries, each with its form."""
        entries = [entry for entry in self.entries if not self.show or entry.state == self.show]
        for word in words(self.words):
            entries = [entry for entry in entries if word in fold(entry.source) or word in fold(entry.text)]
        unsaved = {entry.name for entry in self.unsaved}
        page = Paginator([entry for entry in entries if entry.name not in unsaved], PER_PAGE).get_page(self._page)
        for entry in page:
            entry.form = TranslationForm(prefix=entry.name, initial=entry.read)
        return page

    def save(self, data: Mapping[str, str], *, by) -> bool:
        """Saves each text of the form that was changed. False where some could not be: their forms say why."""
        for entry in self.entries:
            if f"{entry.name}-revision" not in data:
                continue
            entry.form = form = TranslationForm(data, prefix=entry.name, initial=entry.read)
            limit = entry.row._meta.get_field(entry.field).max_length
            if form.is_valid() and limit and len(form.cleaned_data["text"]) > limit:
                form.add_error("text", _("At most %(limit)s signs.") % {"limit": limit})
            if not form.is_valid():
                self.unsaved.append(entry)
                continue
            had, text, was_reviewed = entry.text, form.cleaned_data["text"], entry.state == "reviewed"
            try:
                changed = save_translation(entry.row, entry.field, self.language, by=by, **form.cleaned_data)
            except StaleError as stale:
                entry.theirs = entry.translation = stale.current
                self.unsaved.append(entry)
                continue
            self.saved += changed
            self.removed += bool(changed and had and not text)
            self.reviewed += bool(changed and text and text != had and was_reviewed and form.cleaned_data["reviewed"])
        for stale in ("entries", "counts", "shown"):
            self.__dict__.pop(stale, None)
        return not self.unsaved

    @property
    def report(self) -> str:
        if not self.saved:
            return _("Nothing was changed.")
        parts = []
        if written := self.saved - self.removed:
            parts.append(ngettext("%(count)s text saved.", "%(count)s texts saved.", written) % {"count": written})
        if self.reviewed:
            parts.append(
                ngettext(
                    "%(count)s reviewed text was changed; you stand as its reviewer now.",
                    "%(count)s reviewed texts were changed; you stand as their reviewer now.",
                    self.reviewed,
                )
                % {"count": self.reviewed}
            )
        if self.removed:
            parts.append(
                ngettext(
                    "%(count)s translation removed; readers see the original.",
                    "%(count)s translations removed; readers see the original.",
                    self.removed,
                )
                % {"count": self.removed}
            )
        return " ".join(parts)
