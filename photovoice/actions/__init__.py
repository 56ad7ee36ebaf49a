from .activities import delete_activity, kept_because, move_activity, plan_activity, word_themes
from .details import DetailsChange, PhotoDetails, problem_with
from .ledger import blur, hide, look_at, mark, said_by_author, show_again, state_for_author, translate_caption
from .photos import (
    MOST_PHOTOS,
    admit_late,
    correct,
    delete_photos,
    next_number,
    out_of_files,
    photos_of,
    refuse_late,
    report_owner,
    send_photo,
    state_rights,
)
from .review import add_remark, sort

__all__ = [
    "MOST_PHOTOS",
    "DetailsChange",
    "PhotoDetails",
    "add_remark",
    "admit_late",
    "blur",
    "correct",
    "delete_activity",
    "delete_photos",
    "hide",
    "kept_because",
    "look_at",
    "mark",
    "move_activity",
    "next_number",
    "out_of_files",
    "photos_of",
    "plan_activity",
    "problem_with",
    "refuse_late",
    "report_owner",
    "said_by_author",
    "send_photo",
    "show_again",
    "sort",
    "state_for_author",
    "state_rights",
    "translate_caption",
    "word_themes",
]
