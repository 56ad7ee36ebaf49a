"""Pages of a peer review: its plan, its home, the visit, the factors, what comes out of it, printing."""

from .factors import evidence_file, interview_create, interview_delete, interview_edit, review_factor
from .home import review_detail
from .outcome import review_conclusions, review_feedback, review_finish, review_release
from .plan import review_cancel, review_create, review_edit, review_peers, review_share, review_withdraw
from .printing import review_pdf, review_print, review_print_file
from .visit import meeting_create, meeting_delete, meeting_edit

__all__ = [
    "evidence_file",
    "interview_create",
    "interview_delete",
    "interview_edit",
    "meeting_create",
    "meeting_delete",
    "meeting_edit",
    "review_cancel",
    "review_conclusions",
    "review_create",
    "review_detail",
    "review_edit",
    "review_factor",
    "review_feedback",
    "review_finish",
    "review_pdf",
    "review_peers",
    "review_print",
    "review_print_file",
    "review_release",
    "review_share",
    "review_withdraw",
]
