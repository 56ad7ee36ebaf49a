"""Pages of the benchmarks; those of peer reviews stand in `reviews`."""

from .assessments import (
    assessment_close,
    assessment_create,
    assessment_delete,
    assessment_detail,
    assessment_edit,
    assessment_repeat,
)
from .booklet import booklet, booklet_print, booklet_print_file
from .browse import benchmark_detail
from .charter import charter, commitment
from .evidence import evidence_create, evidence_delete, evidence_edit
from .home import home
from .judging import factor
from .plan import assessment_plan, plan_pdf, plan_print, plan_print_file
from .planning import assessment_move, assessment_schemes, assessment_scope
from .results import (
    assessment_pdf,
    assessment_print,
    assessment_print_file,
    assessment_result,
    assessment_table,
)

__all__ = [
    "assessment_close",
    "assessment_create",
    "assessment_delete",
    "assessment_detail",
    "assessment_edit",
    "assessment_move",
    "assessment_pdf",
    "assessment_plan",
    "assessment_print",
    "assessment_print_file",
    "assessment_repeat",
    "assessment_result",
    "assessment_schemes",
    "assessment_scope",
    "assessment_table",
    "benchmark_detail",
    "booklet",
    "booklet_print",
    "booklet_print_file",
    "charter",
    "commitment",
    "evidence_create",
    "evidence_delete",
    "evidence_edit",
    "factor",
    "home",
    "plan_pdf",
    "plan_print",
    "plan_print_file",
]
