"""The document inventory of an audit (toolkit, desk research, step 1)."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.addresses import LENGTH, WEB
from audits.models import Audit, Identified, SpreadsheetUpload, Versioned
from audits.search import holding, words

from .. import completion
from ..enums import DocumentKind, Level, Point, ProvisionTopic, Published, Rating, Scope, Sector
from ..rules import name_of
from .instrument import SourceType

TEXT_LENGTH = 6000
QUOTE_LENGTH = 3000
REASON_LENGTH = 1000
PAGE_LENGTH = 40


def document_path(document: Document, filename: str) -> str:
    """Storage name: a UUID and the ending of the type that was found, so that nothing of the uploaded name remains. A new
    one for each file: one that replaces another may not take its place before that is certain."""
    return f"documents/{uuid.uuid4()}.{filename.rsplit('.', 1)[-1]}"


def _number_of(rows: models.QuerySet) -> Coalesce:
    """How many of them hang on each document, counted by itself: joined, one count would multiply the other."""
    counted = rows.order_by().values("document").annotate(number=models.Count("pk")).values("number")
    return Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0)


OWN = Q(level=Level.CITY)
HAS_GAPS = OWN & Q(points_rated__lt=len(Point))


class DocumentQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        """As lists and the report name them: the city's own first, by title."""
        order = models.Case(*(models.When(level=level, then=place) for place, level in enumerate(Level.values)))
        return self.alias(level_place=order).order_by("level_place", "title__alphabetical", "pk")

    def with_ratings(self) -> Self:
        """With the ratings, for `rating_of`, and the kind of source."""
        return self.select_related("source_type").prefetch_related("ratings")

    def with_counts(self) -> Self:
        """With `rated` (points that are rated), `provision_count`, and what is to complete: `without_reason` ratings,
        `without_page` quotations."""
        rated = DocumentRating.objects.filter(document=OuterRef("pk"))
        quoted = Provision.objects.filter(document=OuterRef("pk"))
        return self.annotate(
            rated=_number_of(rated),
            provision_count=_number_of(quoted),
            without_reason=_number_of(rated.filter(completion.WITHOUT_REASON)),
            without_page=_number_of(quoted.filter(completion.WITHOUT_PAGE)),
        )

    def with_gaps(self) -> Self:
        """Documents of the city with points that nobody has rated yet. Those of others are what they are measured by, or
        read beside them: on them no rating is missing (toolkit, step 1: documents at city level)."""
        return self._with_points_rated().filter(HAS_GAPS)

    def to_complete(self) -> Self:
        """Documents in which something is still asked for (`deskresearch.completion`)."""
        ratings = DocumentRating.objects.filter(completion.WITHOUT_REASON, document=OuterRef("pk"))
        provisions = Provision.objects.filter(completion.WITHOUT_PAGE, document=OuterRef("pk"))
        return self.filter(completion.WITHOUT_ADDRESS | Exists(ratings) | Exists(provisions))

    def counted(self) -> dict[str, int]:
        """How many there are (`all`), how many are the city's own (`own`), have gaps (`gaps`), and are said to be on the
        website without their address there (`without_address`)."""
        return self._with_points_rated().aggregate(
            all=Count("pk"),
            own=Count("pk", filter=OWN),
            gaps=Count("pk", filter=HAS_GAPS),
            without_address=Count("pk", filter=completion.WITHOUT_ADDRESS),
        )

    def _with_points_rated(self) -> Self:
        rated = DocumentRating.objects.filter(document=OuterRef("pk"))
        return self.alias(points_rated=_number_of(rated))

    def with_provisions(self) -> Self:
        return self.prefetch_related(Prefetch("provisions", Provision.objects.order_by("topic", "position", "pk")))

    def mentioning(self, text: str) -> Self:
        """Documents in which each of the words occurs, in any order and script."""
        found = self
        for word in words(text):
            found = found.filter(holding(word, ["title", "issued_by", "summary"]))
        return found


class Document(Identified, Versioned):
    """A document that the desk research has reviewed, with what it says and how it is assessed."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind of document"), max_length=16, choices=DocumentKind)
    source_type = models.ForeignKey(
        SourceType, on_delete=models.PROTECT, related_name="documents", verbose_name=_("type of source")
    )
    level = models.CharField(_("level"), max_length=14, choices=Level, default=Level.CITY)
    issued_by = models.CharField(_("issued by"), max_length=200, blank=True)
    reference = models.CharField(
        _("reference"), max_length=200, blank=True, help_text=_("For example: Council decision 112/2024")
    )
    from_year = models.PositiveSmallIntegerField(_("from the year"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("to the year"), null=True, blank=True)
    language = models.CharField(_("language of the document"), max_length=10, blank=True)
    published = models.CharField(
        _("published on the city’s website"), max_length=7, choices=Published, default=Published.UNKNOWN
    )
    published_at = models.CharField(
        _("address there"), max_length=LENGTH, blank=True, validators=[WEB, MaxLengthValidator(LENGTH)]
    )
    link = models.CharField(_("link to the document"), max_length=LENGTH, blank=True, validators=[WEB])
    link_dead_on = models.DateField(_("the link did not work any more on"), null=True, editable=False)
    scope = models.CharField(_("what it was written for"), max_length=8, choices=Scope, default=Scope.GENERAL)
    sector = models.CharField(_("which sector"), max_length=14, choices=Sector, blank=True)
    summary = models.TextField(_("what it is about"), blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)])
    file = models.FileField(_("file"), upload_to=document_path, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True, editable=False)
    file_size = models.PositiveIntegerField(_("size of the file in bytes"), null=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    written = (
        "title",
        "kind",
        "source_type_id",
        "level",
        "issued_by",
        "reference",
        "from_year",
        "to_year",
        "language",
        "published",
        "published_at",
        "link",
        "scope",
        "sector",
        "summary",
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_is_known"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="document_level_is_known"),
            models.CheckConstraint(condition=Q(published__in=Published.values), name="document_published_is_known"),
            models.CheckConstraint(
                condition=Q(scope=Scope.SECTORAL, sector__in=Sector.values) | (~Q(scope=Scope.SECTORAL) & Q(sector="")),
                name="document_sector_where_sectoral",
            ),
            models.CheckConstraint(
                condition=Q(scope__in=Scope.values),
                name="document_scope_is_known",
            ),
            models.CheckConstraint(
                condition=Q(from_year__isnull=True) | Q(to_year__isnull=True) | Q(to_year__gte=F("from_year")),
                name="document_ends_after_it_begins",
                violation_error_message=_("The last year is before the first year."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("deskresearch:document-detail", args=[self.audit.slug, self.uuid])

    @property
    def years(self) -> str:
        """The timeframe as it is read: "2024–2030", "since 2019" is the caller's word for an open one: "2019–"."""
        if not self.from_year and not self.to_year:
            return ""
        if self.from_year == self.to_year:
            return str(self.from_year)
        return f"{self.from_year or ''}–{self.to_year or ''}"

    @property
    def years_beside(self) -> str:
        """The timeframe as it stands beside the title: "" where the title says it already, with whichever dash."""
        return "" if name_of(self.years) in name_of(self.title) else self.years

    @property
    def address(self) -> str:
        """Where it can be read: its link, or where the city publishes it; "" where neither is known."""
        return self.link or self.published_at

    @property
    def lacks_address(self) -> bool:
        return completion.lacks_address(self.published, self.published_at)

    @property
    def is_measured(self) -> bool:
        """Whether a point that nobody has rated is a gap (`HAS_GAPS`)."""
        return self.level == Level.CITY

    def rating_of(self, point: Point) -> DocumentRating | None:
        """The rating on a point; None where nobody has rated it yet. Reads what `with_ratings` has loaded."""
        return next((rating for rating in self.ratings.all() if rating.point == point), None)


class DocumentRating(models.Model):
    """What a document is rated on one point, with the reason; guarded by the version of the document."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="ratings")
    point = models.CharField(_("point"), max_length=12, choices=Point)
    value = models.CharField(_("rating"), max_length=7, choices=Rating)
    reason = models.TextField(_("reason"), blank=True, validators=[MaxLengthValidator(REASON_LENGTH)])

    guarded_by = "document"

    class Meta:
        verbose_name = _("rating of a document")
        verbose_name_plural = _("ratings of documents")
        constraints = [
            models.UniqueConstraint(fields=["document", "point"], name="document_rated_once_per_point"),
            models.CheckConstraint(condition=Q(point__in=Point.values), name="document_rating_point_is_known"),
            models.CheckConstraint(condition=Q(value__in=Rating.values), name="document_rating_value_is_known"),
        ]

    def __str__(self):
        return f"{self.get_point_display()}: {self.get_value_display()}"

    @property
    def lacks_reason(self) -> bool:
        return completion.lacks_reason(self.value, self.reason)

    @property
    def mark(self) -> Rating:
        """The rating with its mark."""
        return Rating(self.value)


class Provision(Identified):
    """A provision of a document on TCN integration or on urban security, quoted with its page; guarded by the
    version of the document."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="provisions")
    topic = models.CharField(_("on what"), max_length=11, choices=ProvisionTopic)
    text = models.TextField(_("quotation"), validators=[MaxLengthValidator(QUOTE_LENGTH)])
    page = models.CharField(_("page or section"), max_length=PAGE_LENGTH, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    guarded_by = "document"

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["topic", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(topic__in=ProvisionTopic.values), name="provision_topic_is_known")
        ]

    def __str__(self):
        return self.text[:80]

    @property
    def lacks_page(self) -> bool:
        return completion.lacks_page(self.text, self.page)


class DocumentUpload(SpreadsheetUpload):
    """A spreadsheet of documents that is being brought in."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("spreadsheet of documents")
        verbose_name_plural = _("spreadsheets of documents")
