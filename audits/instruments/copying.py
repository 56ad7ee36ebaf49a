"""A city's own version of an instrument (DESIGN rule 6)."""

import uuid
from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from ..models import Instrument, Translation
from ..models.instrument import TreeRow


def draft_own_version(instrument: Instrument) -> Instrument:
    """An unsaved copy of the root, as the own version will be before it is named."""
    own = _copy(instrument)
    own.origin, own.derived_from, own.retired_at = Instrument.Origin.OWN, instrument, None
    own.is_draft = True
    return own


@transaction.atomic
def make_own_version(instrument: Instrument, *, code: str, version: str, title: str = "") -> Instrument:
    """Copies an instrument with all its parts and translations, as a draft; the codes of the parts stay.

    Takes the code and version of the copy. Raises ValidationError where these are taken or not allowed.
    """
    own = draft_own_version(instrument)
    own.code, own.version, own.title = code, version, title or instrument.title
    own.full_clean()
    own.save()
    copies: dict[tuple[type, int], TreeRow] = {(type(instrument), instrument.pk): own}

    rows = defaultdict(list)
    for row in instrument.rows():
        if row is not instrument:
            rows[type(row)].append(row)
    for model in instrument.tree()[1:]:
        waiting = rows[model]
        above = [field for field in model._meta.concrete_fields if field.related_model in instrument.tree()]
        while waiting:
            # Rows that hang below rows of the same kind, as sub-questions do, come in a later round.
            ready = [row for row in waiting if all(_parent(row, field, copies) is not None for field in above)]
            waiting = [row for row in waiting if row not in ready]
            made = [_copy(row) for row in ready]
            for row, copy in zip(ready, made, strict=True):
                for field in above:
                    if getattr(row, field.attname):
                        setattr(copy, field.name, _parent(row, field, copies))
            for row, copy in zip(ready, model.objects.bulk_create(made), strict=True):
                copies[model, row.pk] = copy
    _copy_translations(copies)
    return own


def _copy(row: TreeRow) -> TreeRow:
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    copy = type(row)(**{field.attname: getattr(row, field.attname) for field in fields})
    copy.uuid = uuid.uuid4()
    return copy


def _parent(row: TreeRow, field, copies) -> TreeRow | bool | None:
    pk = getattr(row, field.attname)
    return copies.get((field.related_model, pk)) if pk else False


def _copy_translations(copies: dict[tuple[type, int], TreeRow]) -> None:
    types = ContentType.objects.get_for_models(*{model for model, _pk in copies})
    new = []
    for model, content_type in types.items():
        known = {pk: copy for (of, pk), copy in copies.items() if of is model}
        for translation in Translation.objects.filter(content_type=content_type, object_id__in=known):
            translation.pk = None
            translation._state.adding = True
            translation.object_id = known[translation.object_id].pk
            new.append(translation)
    Translation.objects.bulk_create(new)
