"""Taking somebody's words out of texts into which they were copied (DESIGN rule 11)."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import IntegrityError, models, transaction

from ..texts import without_passages


@transaction.atomic
def strike(rows: models.QuerySet[Any], passages: Sequence[str], columns: Collection[str] = ()) -> list[Any]:
    """Strikes the passages out of all texts of the rows, or of these `columns`, and of their history. Returns the rows
    that were changed.

    A shared text becomes a new version: a page on which it still stands whole cannot save it back. Of a row that is
    saved under the version of another one, `guarded_by` names that one. `when_struck` of a model has the values that its
    rows take then: what was decided on other words holds no more.
    """
    model = rows.model
    texts = [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and (not columns or field.attname in columns)
    ]
    struck = []
    for row in rows.select_for_update(of=("self",)):
        stands = {name: getattr(row, name) or "" for name in texts}
        struck_out = {name: without_passages(text, passages) for name, text in stands.items()}
        changed: dict[str, Any] = {name: text for name, text in struck_out.items() if text != stands[name]}
        if changed:
            struck.append(row)
            besides = {"version": models.F("version") + 1} if hasattr(row, "written") else {}
            besides |= getattr(model, "when_struck", {})
            # Not by `save`, which would write a row of history.
            own = model._base_manager.filter(pk=row.pk)
            try:
                with transaction.atomic():
                    own.update(**changed, **besides)
            except IntegrityError:
                # Names that no two rows may have, of which nothing else is left.
                own.update(**{name: f"{text} {row.pk}" for name, text in changed.items()}, **besides)
            if guard := getattr(row, getattr(model, "guarded_by", ""), None):
                type(guard)._base_manager.filter(pk=guard.pk).update(version=models.F("version") + 1)
        if hasattr(row, "history"):
            # Rows of history have no history of their own.
            strike(row.history.all(), passages, columns)
    return struck
