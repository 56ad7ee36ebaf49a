"""Parts of instruments by whose codes one audit is compared with the next."""

from collections.abc import Iterator
from itertools import count, product
from string import ascii_lowercase
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .instrument import InstrumentPart


class ComparedPart(InstrumentPart):
    """A part by whose `key` one audit is compared with the next (DESIGN rules 4 and 6).

    One code stands for one wording (`wording_field`) in an original and everything made from it. A reworded
    part gets a new code and names the one it replaces: both are shown, they are not compared.
    """

    wording_field: ClassVar[str] = "statement"

    replaces = models.CharField(_("replaces the statement with the code"), max_length=60, blank=True)

    class Meta(InstrumentPart.Meta):
        abstract = True

    @property
    def wording(self) -> str:
        return getattr(self, self.wording_field)

    def relatives(self) -> models.QuerySet:
        """The parts of all related instruments, this one's included."""
        return type(self).objects.filter(**{f"{self.path_to_root()}__in": self.instrument.family()})

    def clean(self):
        same_code = self.relatives().filter(key=self.key).exclude(pk=self.pk)
        if not self.key:
            return
        if same_code.filter(**{self.path_to_root(): self.instrument}).exists():
            raise ValidationError({"key": _("This version has another one with this code.")})
        # Without a wording there is none to compare; that one is missing is said beside its field.
        if self.wording and same_code.exclude(**{self.wording_field: self.wording}).exists():
            raise ValidationError(
                {"key": _("In a related version this code stands for another wording. Choose another code.")}
            )

    def recode(self) -> None:
        """Settles `key` and `replaces` after the wording was changed; nothing is saved.

        A wording that a related instrument has takes its code. Any other one gets a code that nobody has: V1
        becomes V1b; a code that only this part has stays.
        """
        others = self.relatives().exclude(pk=self.pk)
        known = others.filter(**{self.wording_field: self.wording}).first()
        taken = set(others.values_list("key", flat=True))
        if known:
            self.key, self.replaces = known.key, known.replaces
        elif self.key in taken:
            stem = self.key.rstrip(ascii_lowercase)
            self.replaces, self.key = self.key, next(code for code in _codes(stem) if code not in taken)


def _codes(stem: str) -> Iterator[str]:
    """V1b, V1c, ..., V1z, V1aa, V1ab, ..."""
    yield from (stem + letter for letter in ascii_lowercase[1:])
    for length in count(2):
        yield from (stem + "".join(letters) for letters in product(ascii_lowercase, repeat=length))
