"""The matrix of documents by points: what is rated how, and where the gaps are."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audits.permissions import Ability, get_audit

from ..enums import Level, Point, PointGroup, Rating
from ..evidence import KEY
from ..forms.documents import DocumentFilter
from ..models import DocumentRating
from ..models.documents import OWN
from .documents import PER_PAGE


@dataclass(frozen=True)
class Total:
    """How the documents that are found stand on one point: those that are rated, and those of the city that are not."""

    point: Point
    yes: int
    unrated: int
    documents: int


@login_required
@require_safe
def matrix(request, audit):
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    form = DocumentFilter(request.GET, audit=audit)
    found = form.narrow(audit.documents.all())
    page = Paginator(found.prefetch_related("ratings").in_order(), PER_PAGE).get_page(request.GET.get("page"))
    rows = []
    for document in page:
        document.audit = audit
        ratings = {rating.point: rating for rating in document.ratings.all()}
        rows.append((document, [(point, ratings.get(point)) for point in Point]))
    context = {
        "here": KEY,
        "form": form,
        "page_obj": page,
        "rows": rows,
        "found": page.paginator.count,
        "total": audit.documents.count() if form.in_use else page.paginator.count,
        "groups": [(group, Point.of(group)) for group in PointGroup],
        "points": list(Point),
        "totals": _totals(found),
        "ratings": list(Rating),
    }
    return render(request, "deskresearch/matrix.html", context)


def _totals(documents):
    """For each point, over all documents that are found, those on other pages too."""
    own = documents.filter(OWN).count()
    rated, own_rated, yes = Counter(), Counter(), Counter()
    rows = DocumentRating.objects.filter(document__in=documents.order_by().values("pk")).order_by()
    for point, value, level, number in rows.values_list("point", "value", "document__level").annotate(Count("pk")):
        rated[point] += number
        own_rated[point] += number if level == Level.CITY else 0
        yes[point] += number if value == Rating.YES else 0
    unrated = {point: own - own_rated[point] for point in Point}
    return [Total(point, yes[point], unrated[point], rated[point] + unrated[point]) for point in Point]
