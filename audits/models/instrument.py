"""Bases of the instruments: checklists, guides and benchmarks that a method works with.

An instrument is a tree: the `Instrument` row is its root, `InstrumentPart` rows hang below it, each by the
foreign key that `parent_field` names. What copying, comparing, protecting and translating need to know stands
in these class attributes alone, so that a new instrument gets all of it by declaring its models.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalChanges

from .base import Identified
from .translation import Translation


class InstrumentLockedError(Exception):
    """Somebody tried to change or delete an original, or an instrument that is in use (DESIGN rule 6)."""


class Sourced(models.Model):
    """Where an instrument's wording comes from; every publication asks that title and authors are named."""

    source_title = models.CharField(_("source"), max_length=300)
    authoring = models.CharField(_("authoring organisations"), max_length=500)
    source_date = models.CharField(_("date of the source"), max_length=120, blank=True)

    class Meta:
        abstract = True


def opening(text: str) -> str:
    """The first words of a text, by which a row without a title is called; cut at a word, and seen to be cut."""
    return Truncator(text).words(12)


class CalledByText:
    """A row without a title: it is called by the first words of its text."""

    text: str

    @property
    def full_name(self) -> str:
        return self.text

    def __str__(self) -> str:
        return opening(self.full_name)


class InstrumentQuerySet(models.QuerySet):
    def originals(self):
        return self.filter(origin=Instrument.Origin.ORIGINAL)

    def current(self):
        """Published and not retired: what may be chosen for new work."""
        return self.filter(retired_at__isnull=True, is_draft=False)

    def for_new(self):
        """What new work follows where nobody chooses: the newest original that is not retired, else the newest own
        version. An administrator who wants an own version used retires the original. None where none is loaded.
        """
        order = models.Case(models.When(origin=Instrument.Origin.ORIGINAL, then=0), default=1)
        return self.current().order_by(order, "-pk").first()


class InstrumentManager(models.Manager.from_queryset(InstrumentQuerySet)):
    def get_by_natural_key(self, code, version):
        return self.get(code=code, version=version)


class Translatable(models.Model):
    """A row whose texts stand in the language of their source, with translations beside them."""

    # Fields whose texts can be translated.
    translatable: ClassVar[tuple[str, ...]] = ()

    # So that translations go with the row that they translate.
    translations = GenericRelation(Translation)

    class Meta:
        abstract = True


class SharedRow(Translatable, Sourced):
    """A seeded row that all instruments of a kind share, known by its `key`; its source is English."""

    language: ClassVar[str] = "en"

    key = models.CharField(_("code"), max_length=60, unique=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position"]

    def natural_key(self):
        return (self.key,)


class TreeRow(Translatable):
    """A row of an instrument's tree: the root or a part."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Raises InstrumentLockedError. Publishing, retiring and taking back are allowed at any time.

        Fixtures are loaded past this method, which is how an original changes with a new release.
        """
        if self.pk and set(kwargs.get("update_fields") or ()) not in ({"retired_at"}, {"is_draft"}) and self.is_locked:
            raise InstrumentLockedError(str(self))
        if not self.pk and isinstance(self, InstrumentPart) and self.is_locked:
            raise InstrumentLockedError(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Raises InstrumentLockedError."""
        if self.is_locked:
            raise InstrumentLockedError(str(self))
        return super().delete(*args, **kwargs)

    @classmethod
    def children(cls) -> list[type["InstrumentPart"]]:
        """The models directly below this one, in the order in which they were declared."""
        return [
            relation.related_model
            for relation in cls._meta.related_objects
            if issubclass(relation.related_model, InstrumentPart)
            and relation.field.name == relation.related_model.parent_field
        ]

    @classmethod
    def path_to_root(cls) -> str:
        """The lookup from this model to its root, empty for the root: `section__checklist`."""
        return ""

    @property
    def is_locked(self) -> bool:
        """Whether the row may not be changed: it is an original's, or its instrument is in use (rule 6)."""
        return self.instrument.is_original or self.instrument.is_in_use()


class Instrument(TreeRow, Identified, Sourced):
    """The root row of an instrument: a seeded original, or a city's own version of one (DESIGN rules 6 and 7)."""

    class Origin(models.TextChoices):
        ORIGINAL = "original", _("original")
        OWN = "own", _("own version")

    translatable: ClassVar[tuple[str, ...]] = ("title", "purpose", "instructions")
    kept_when_loaded: ClassVar[tuple[str, ...]] = ("retired_at",)

    code = models.SlugField(_("code"), max_length=60)
    version = models.CharField(_("version"), max_length=20, default="1")
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("source language"), max_length=10, default="en")
    origin = models.CharField(_("origin"), max_length=8, choices=Origin, default=Origin.OWN, editable=False)
    derived_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="own_versions",
        verbose_name=_("made from"),
    )
    purpose = models.TextField(_("purpose"), blank=True)
    instructions = models.TextField(_("instructions"), blank=True)
    # A version that was made in the administration is a draft until it is published there.
    is_draft = models.BooleanField(_("draft"), default=False, editable=False)
    retired_at = models.DateTimeField(_("retired on"), null=True, blank=True, editable=False)

    objects = InstrumentManager()

    class Meta:
        abstract = True
        ordering = ["title", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="%(class)s_code_version_unique",
                violation_error_message=_("There is a version of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(origin="own") | Q(derived_from__isnull=True),
                name="%(class)s_original_has_no_parent",
            ),
        ]

    def __str__(self):
        return self.title if self.is_original else f"{self.title} ({self.version})"

    def clean(self):
        # A release may bring version 2 of an original at any time; loading it must not meet an own version.
        if not self.is_original and self.version.isdigit():
            raise ValidationError(
                {"version": _("Plain numbers are kept for originals. Choose a name, for example: sofia-2026")}
            )

    def natural_key(self):
        return (self.code, self.version)

    @property
    def is_original(self) -> bool:
        return self.origin == self.Origin.ORIGINAL

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    @property
    def instrument(self) -> "Instrument":
        """The root of the tree: itself. Parts answer with theirs."""
        return self

    @classmethod
    def tree(cls) -> list[type[TreeRow]]:
        """All models of the tree, the root first, each after its parent."""
        models_, waiting = [], [cls]
        while waiting:
            model = waiting.pop(0)
            models_.append(model)
            waiting += model.children()
        return models_

    def rows(self) -> Iterator[TreeRow]:
        """All rows of the tree, one query a model, each after its parent and with it at hand."""
        known: dict[tuple[type, int], TreeRow] = {(type(self), self.pk): self}
        yield self
        for model in self.tree()[1:]:
            above = model._meta.get_field(model.parent_field)
            for row in model._default_manager.filter(**{model.path_to_root(): self}):
                setattr(row, model.parent_field, known[above.related_model, getattr(row, above.attname)])
                known[model, row.pk] = row
                yield row

    def in_reading_order(self) -> list[tuple[int, TreeRow]]:
        """All rows of the tree as somebody reads them, each with its depth: the root has 0, its parts 1."""
        below: dict[tuple[type, int], list[TreeRow]] = defaultdict(list)
        for row in self.rows():
            if row is not self:
                above = getattr(row, row.parent_field)
                below[type(above), above.pk].append(row)

        def walk(row: TreeRow, depth: int):
            yield depth, row
            for part in below[type(row), row.pk]:
                yield from walk(part, depth + 1)

        return list(walk(self, 0))

    def uses(self) -> Iterator[models.QuerySet]:
        """For each kind of object outside the tree that points into it: those that point into this tree."""
        tree = self.tree()
        for model in tree:
            path = model.path_to_root()
            for relation in model._meta.get_fields(include_hidden=True):
                if not relation.auto_created or relation.concrete:
                    continue
                user = relation.related_model
                if user in tree or user._meta.auto_created or issubclass(user, HistoricalChanges):
                    continue
                lookup = "__".join(filter(None, (relation.field.name, path)))
                yield user._default_manager.filter(**{lookup: self}).distinct()

    def is_in_use(self) -> bool:
        """Whether anything outside the tree points into it: a walk, a score, an assessment."""
        return any(users.exists() for users in self.uses())

    def family(self) -> list[int]:
        """Primary keys of all instruments that come from the same original, this one included."""
        top = self
        while top.derived_from:
            top = top.derived_from
        found, generation = [top.pk], [top.pk]
        while generation:
            generation = list(type(self).objects.filter(derived_from__in=generation).values_list("pk", flat=True))
            found += generation
        return found


class InstrumentPartManager(models.Manager):
    """Natural keys: the root's code and version, then the `key` of each part down to this one."""

    def get_by_natural_key(self, code, version, *keys):
        lookup, path, model = {}, "", self.model
        for key in reversed(keys):
            lookup[f"{path}key"] = key
            path += f"{model.parent_field}__"
            model = model._meta.get_field(model.parent_field).related_model
        return self.get(**lookup, **{f"{path}code": code, f"{path}version": version})


class InstrumentPart(TreeRow, Identified):
    """A row below an instrument's root. `parent_field` names the foreign key that leads upward."""

    parent_field: ClassVar[str]

    key = models.CharField(_("code"), max_length=60)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = InstrumentPartManager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    @property
    def full_name(self) -> str:
        """What the row is called, uncut; rows that are called by their text say here how."""
        return str(self)

    def natural_key(self):
        return (*getattr(self, self.parent_field).natural_key(), self.key)

    @classmethod
    def path_to_root(cls) -> str:
        above = cls._meta.get_field(cls.parent_field).related_model
        return "__".join(filter(None, (cls.parent_field, above.path_to_root())))

    @property
    def instrument(self) -> Instrument:
        """The instrument to which this row belongs."""
        return getattr(self, self.parent_field).instrument


@receiver(pre_save)
def keep_when_loaded(sender, instance, raw, using, **kwargs):
    """Loading a fixture again leaves what an administrator has switched off: the columns that a model names in
    `kept_when_loaded`. Loading tells a model in no other way (rule 7).
    """
    fields = getattr(instance, "kept_when_loaded", ())
    if raw and fields and instance.pk:
        known = sender._default_manager.using(using).filter(pk=instance.pk).values(*fields).first() or {}
        for name, value in known.items():
            setattr(instance, name, value)
