"""The matrix of documents by points: what is rated how, and where the gaps are."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audits.permissions import Ability, get_audit

from ..enums import Point, PointGroup, Rating
from ..evidence import KEY
from ..forms.documents import DocumentFilter
from ..models import DocumentRating
from .documents import PER_PAGE


@dataclass(frozen=True)
class Total:
    """How the documents that are found stand on one point."""

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
        "totals": _totals(found, page.paginator.count),
        "ratings": list(Rating),
    }
    return render(request, "deskresearch/matrix.html", context)


def _totals(documents, number):
    """For each point, over all documents that are found, those on other pages too."""
    counted = Counter()
    rows = DocumentRating.objects.filter(document__in=documents.order_by().values("pk"))
    for point, value, rated in rows.values_list("point", "value").annotate(rated=Count("pk")).order_by():
        counted[point] += rated
        counted[point, value] += rated
    return [Total(point, counted[point, Rating.YES], number - counted[point], number) for point in Point]
