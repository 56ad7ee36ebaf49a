"""The first page of the benchmarks: what the city assesses, the library, ways of using it, the charter."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from audits.instruments import translated
from audits.permissions import Ability, get_audit

from ..charter import charter_of
from ..library import listed, ways_of_use
from ..method import KEY
from ..standing import assessments_of, counted, standings


@login_required
@require_safe
def home(request, audit):
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    language = translation.get_language()
    assessments = assessments_of(audit)
    found = standings(audit, assessments)
    benchmarks = list(listed())
    texts = translated(benchmarks, language)
    context = {
        "here": KEY,
        "assessments": counted(assessments, found),
        "benchmarks": [(benchmark, texts.of(benchmark)) for benchmark in benchmarks],
        "ways": ways_of_use(language),
        "roles": charter_of(audit, language, found=found),
    }
    return render(request, "benchmarks/home.html", context)
