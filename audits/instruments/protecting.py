"""What uses an instrument, offering it for new work, and taking it out of choice (DESIGN rule 6)."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Instrument
from .comparing import difference

SHOWN = 20


@dataclass(frozen=True)
class Use:
    """Objects of one kind that point to an instrument.

    Those that point to the instrument itself are named, the first 20; those that point to its parts, such as
    scores, are only counted.
    """

    kind: str
    count: int
    named: tuple[Model, ...] = ()
    # "%(count)s city walk" in all plural forms, `uses_in_words` of the model; where it has none, the kind stands before
    # the number.
    words: str = ""

    @property
    def counted(self) -> str:
        """How many there are, in words: "2 city walks"."""
        return self.words % {"count": self.count} if self.words else f"{self.kind}: {self.count}"

    @property
    def more(self) -> int:
        return self.count - len(self.named) if self.named else 0


def used_by(instrument: Instrument) -> list[Use]:
    """What uses an instrument, found by every foreign key that leads from outside into its tree."""
    uses: dict[str, Use] = {}
    direct = {
        relation.related_model
        for relation in instrument._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    }
    for users in instrument.uses():
        count = users.count()
        kind = str(users.model._meta.verbose_name_plural)
        # One kind may point to several levels of the tree; the larger number holds the smaller one.
        if count and count >= uses.get(kind, Use(kind, 0)).count:
            named = users.order_by("pk")[:SHOWN] if users.model in direct else ()
            uses[kind] = Use(kind, count, tuple(named), getattr(users.model, "uses_in_words", ""))
    return sorted(uses.values(), key=lambda use: (not use.named, use.kind))


def publish(instrument: Instrument) -> None:
    """Offers a draft for new work. What is published already stays so.

    Raises ValidationError for a version that reads as the one it was made from, but for its name: two of one wording
    would be offered side by side.
    """
    if instrument.is_draft and instrument.derived_from and not _reads_otherwise(instrument.derived_from, instrument):
        raise ValidationError(
            _("No wording in this version differs from “%(title)s”, from which it was made. Change something first.")
            % {"title": instrument.derived_from},
            code="unchanged",
        )
    instrument.is_draft = False
    instrument.save(update_fields=["is_draft"])


def _reads_otherwise(old: Instrument, new: Instrument) -> bool:
    named = (name for name in new.translatable if name != "title")
    if any(getattr(old, name) != getattr(new, name) for name in named):
        return True
    changes = difference(old, new)
    parts = (change for change in changes.reworded if change.row is not new)
    return bool(changes.added or changes.removed or any(parts))


def retire(instrument: Instrument) -> None:
    """Takes an instrument out of choice for new work; what uses it keeps it."""
    instrument.retired_at = timezone.now()
    instrument.save(update_fields=["retired_at"])


def take_back(instrument: Instrument) -> None:
    """Offers a retired instrument again."""
    instrument.retired_at = None
    instrument.save(update_fields=["retired_at"])
