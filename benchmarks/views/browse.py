"""Reading a benchmark."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from audits.permissions import Ability, get_audit

from .. import library
from ..method import KEY
from ..models import Benchmark
from ..standing import assessments_of


def get_benchmark(code: str, version: str) -> Benchmark:
    """The benchmark of the address; one that is retired can still be read. Raises Http404."""
    return get_object_or_404(Benchmark.objects.select_related("derived_from"), code=code, version=version)


@login_required
@require_safe
def benchmark_detail(request, audit, code, version):
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    benchmark = get_benchmark(code, version)
    context = {
        "here": KEY,
        "benchmark": benchmark,
        "reading": library.reading(benchmark, translation.get_language()),
        "assessments": [one for one in assessments_of(audit) if one.benchmark_id == benchmark.pk],
        "print_key": uuid4(),
    }
    return render(request, "benchmarks/benchmark_detail.html", context)
