from .comments import comment_create, comment_delete
from .evidence import evidence_link, evidence_unlink
from .findings import finding_create, finding_delete, finding_detail, finding_edit, finding_list, finding_move
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
    "recommendation_create",
    "recommendation_delete",
    "recommendation_detail",
    "recommendation_edit",
    "recommendation_list",
    "recommendation_move",
]
