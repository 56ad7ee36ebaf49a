from .comments import comment_create, comment_delete
from .evidence import evidence_link, evidence_unlink
from .exports import measure_export, measure_ics, measure_pdf, measure_print, measure_print_file
from .findings import finding_create, finding_delete, finding_detail, finding_edit, finding_list, finding_move
from .measures import measure_create, measure_delete, measure_detail, measure_edit, measure_list, measure_move
from .progress import measure_progress, measure_review, measure_timeline
from .recommendations import (
    recommendation_create,
    recommendation_delete,
    recommendation_detail,
    recommendation_edit,
    recommendation_list,
    recommendation_move,
)

__all__ = [
    "comment_create",
    "comment_delete",
    "evidence_link",
    "evidence_unlink",
    "finding_create",
    "finding_delete",
    "finding_detail",
    "finding_edit",
    "finding_list",
    "finding_move",
    "measure_create",
    "measure_delete",
    "measure_detail",
    "measure_edit",
    "measure_export",
    "measure_ics",
    "measure_list",
    "measure_move",
    "measure_pdf",
    "measure_print",
    "measure_print_file",
    "measure_progress",
    "measure_review",
    "measure_timeline",
    "recommendation_create",
    "recommendation_delete",
    "recommendation_detail",
    "recommendation_edit",
    "recommendation_list",
    "recommendation_move",
]
