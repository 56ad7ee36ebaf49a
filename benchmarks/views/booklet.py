"""A benchmark as a booklet to print: asking for it, how far it is, the file."""

from uuid import uuid4, uuid5

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audits import printing
from audits.forms.fields import SentOnceForm
from audits.permissions import Ability, get_audit
from audits.views import files

from ..method import KEY
from ..printed.booklet import booklet_document
from .browse import get_benchmark


@login_required
@require_POST
def booklet(request, audit, code, version):
    """Begins the booklet in the language of the page; sent twice, it makes one. What no page of ours sends makes none."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    benchmark = get_benchmark(code, version)
    form = SentOnceForm(request.POST)
    if not form.is_valid():
        return redirect("benchmarks:benchmark-detail", audit.slug, code, version)
    sent = form.cleaned_data["uuid"] or uuid4()
    language = translation.get_language()
    made = printing.begin(benchmark.uuid, uuid5(sent, language), lambda: booklet_document(benchmark, language))
    return redirect("benchmarks:booklet-print", audit.slug, code, version, made.key)


@login_required
@never_cache
@require_safe
def booklet_print(request, audit, code, version, key):
    """How far a printing is; the page asks again by itself until it is over."""
    get_audit(request, audit, Ability.SEE_RESULTS)
    benchmark = get_benchmark(code, version)
    made = printing.find(benchmark.uuid, key)
    context = {
        "here": KEY,
        "benchmark": benchmark,
        **files.how_far(made),
    }
    return render(request, "benchmarks/booklet_print.html", context)


@login_required
@never_cache
@require_safe
def booklet_print_file(request, audit, code, version, key):
    get_audit(request, audit, Ability.SEE_RESULTS)
    benchmark = get_benchmark(code, version)
    made = printing.find(benchmark.uuid, key)
    return files.printed(made, files.name_of(made, timezone.localdate(), f"{benchmark.code}-{benchmark.version}"))
