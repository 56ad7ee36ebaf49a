"""Instrument texts in other languages (DESIGN section 3, "Instrument texts")."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from ..models import Instrument, SharedRow, StaleError, Translation
from ..models.instrument import Translatable


@dataclass(frozen=True)
class Text:
    """A text and the language it is in, for the `lang` attribute where that is not the page's.

    `draft` says that nobody has reviewed the translation yet; a source text is never a draft.
    """

    text: str
    language: str
    draft: bool = False

    def __str__(self) -> str:
        return self.text


class Texts(Mapping):
    """Texts by row and field: `texts[item, "statement"]`, or `texts.of(item)["statement"]`."""

    def __init__(self, texts: dict[tuple[type, int, str], Text]):
        self._texts = texts

    def __getitem__(self, key: tuple[Translatable, str]) -> Text:
        row, field = key
        return self._texts[type(row), row.pk, field]

    def __iter__(self):
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def of(self, row: Translatable) -> dict[str, Text]:
        """All translatable texts of a row."""
        return {field: self[row, field] for field in row.translatable}


def translated(rows: Iterable[Translatable], language: str) -> Texts:
    """The translatable texts of the rows in a language, with one query for all translations.

    A text that has no translation, or whose source has changed since it was translated, comes in the source
    language. Asks the instruments for theirs only where the rows do not bring it along; nothing is asked where
    all rows are in the language already.
    """
    rows = list(rows)
    sources = _source_languages(rows)
    wanted: dict[type, set[int]] = defaultdict(set)
    for row in rows:
        if sources[type(row), row.pk] != language:
            wanted[type(row)].add(row.pk)
    found = {}
    if wanted:
        types = ContentType.objects.get_for_models(*wanted)
        chosen = Q()
        for model, keys in wanted.items():
            chosen |= Q(content_type=types[model], object_id__in=keys)
        models = {content_type.pk: model for model, content_type in types.items()}
        for translation in Translation.objects.filter(chosen, language=language).exclude(text=""):
            found[models[translation.content_type_id], translation.object_id, translation.field] = translation
    texts = {}
    for row in rows:
        for field in row.translatable:
            key = (type(row), row.pk, field)
            source = getattr(row, field)
            translation = found.get(key)
            if translation and translation.source == source:
                texts[key] = Text(translation.text, language, draft=not translation.is_reviewed)
            else:
                texts[key] = Text(source, sources[type(row), row.pk])
    return Texts(texts)


def _source_languages(rows: list[Translatable]) -> dict[tuple[type, int], str]:
    known, unknown = {}, defaultdict(list)
    for row in rows:
        if isinstance(row, SharedRow):
            known[type(row), row.pk] = row.language
            continue
        above = row
        while not isinstance(above, Instrument) and above._meta.get_field(above.parent_field).is_cached(above):
            above = getattr(above, above.parent_field)
        if isinstance(above, Instrument):
            known[type(row), row.pk] = above.language
        else:
            unknown[type(row)].append(row.pk)
    for model, keys in unknown.items():
        language = f"{model.path_to_root()}__language"
        for pk, code in model.objects.filter(pk__in=keys).values_list("pk", language):
            known[model, pk] = code
    return known


@transaction.atomic
def load_translations(folder: Path) -> int:
    """Adds the translations of the files `<language>.json` as drafts, and answers how many were new.

    What is in the table already stays as it is, edited or not (DESIGN rule 7). Raises LookupError for a model,
    and KeyError for a row, that does not exist.
    """
    before = Translation.objects.count()
    for file in sorted(folder.glob("*.json")):
        entries = defaultdict(dict)
        for entry in json.loads(file.read_text(encoding="utf-8")):
            entries[apps.get_model(entry["model"])][tuple(entry["key"])] = entry["texts"]
        for model, texts in entries.items():
            rows = _by_natural_key(model, texts)
            content_type = ContentType.objects.get_for_model(model)
            Translation.objects.bulk_create(
                [
                    Translation(
                        content_type=content_type,
                        object_id=rows[key].pk,
                        field=field,
                        language=file.stem,
                        source=getattr(rows[key], field),
                        text=text,
                    )
                    for key, fields in texts.items()
                    for field, text in fields.items()
                ],
                ignore_conflicts=True,
            )
    return Translation.objects.count() - before


def _by_natural_key(model: type[Model], keys: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Translatable]:
    if issubclass(model, SharedRow):
        return {row.natural_key(): row for row in model.objects.all()}
    path = model.path_to_root()
    roots = {key[0] for key in keys}
    rows = model.objects.filter(**{f"{path}__code__in" if path else "code__in": roots})
    if path:
        rows = rows.select_related(path)
    return {row.natural_key(): row for row in rows}


@transaction.atomic
def save_translation(
    row: Translatable, field: str, language: str, *, text: str, reviewed: bool, revision: int, by: Model
) -> bool:
    """Writes one translation, and answers whether anything changed.

    Takes the revision that the writer had read (0 where there was none). A review ends with the next change of the
    text, unless the writer ticks it again; an empty text is kept as "not translated". Raises StaleError
    where the translation has changed in the meantime.
    """
    source = getattr(row, field)
    content_type = ContentType.objects.get_for_model(row)
    found = Translation.objects.select_for_update().filter(
        content_type=content_type, object_id=row.pk, field=field, language=language
    )
    translation = found.first() or Translation(
        content_type=content_type, object_id=row.pk, field=field, language=language, revision=0, source=source
    )
    reviewed = reviewed and bool(text)
    # A review of another source text is none.
    stood = translation.is_reviewed and translation.source == source
    if text == translation.text and reviewed == stood:
        return False
    if translation.revision != revision:
        raise StaleError(translation)
    if not reviewed:
        translation.reviewed_by = translation.reviewed_at = None
    elif text != translation.text or not stood:
        translation.reviewed_by, translation.reviewed_at = by, timezone.now()
    translation.text, translation.source = text, source
    translation.revision += 1
    translation.save()
    return True
