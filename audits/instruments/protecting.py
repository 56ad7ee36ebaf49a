"""What uses an instrument, and taking it out of choice (DESIGN rule 6)."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils import timezone

from ..models import Instrument

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


def retire(instrument: Instrument) -> None:
    """Takes an instrument out of choice for new work; what uses it keeps it."""
    instrument.retired_at = timezone.now()
    instrument.save(update_fields=["retired_at"])


def take_back(instrument: Instrument) -> None:
    """Offers a retired instrument again."""
    instrument.retired_at = None
    instrument.save(update_fields=["retired_at"])
