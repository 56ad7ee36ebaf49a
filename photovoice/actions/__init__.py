from .activities import check_plan, delete_activity, kept_because, move_activity, plan_activity, word_themes
from .deletion import delete_for_author, delete_photos, out_of_files, report_owner, take_back_photos
from .details import DetailsChange, PhotoDetails, TakeBack, problem_with
from .ledger import blur, hide, look_at, mark, said_by_author, show_again, state_for_author, translate_caption
from .photos import (
    MOST_PHOTOS,
    admit_late,
    correct,
    next_number,
    photos_of,
    refuse_late,
    send_photo,
    take_back,
)
from .review import add_remark, hide_remark, may_vote, say, show_remark, sort, take_back_remarks, vote
from .statements import state_rights

__all__ = [
    "MOST_PHOTOS",
    "DetailsChange",
    "PhotoDetails",
    "TakeBack",
    "add_remark",
    "admit_late",
    "blur",
    "check_plan",
    "correct",
    "delete_activity",
    "delete_for_author",
    "delete_photos",
    "hide",
    "hide_remark",
    "kept_because",
    "look_at",
    "mark",
    "may_vote",
    "move_activity",
    "next_number",
    "out_of_files",
    "photos_of",
    "plan_activity",
    "problem_with",
    "refuse_late",
    "report_owner",
    "said_by_author",
    "say",
    "send_photo",
    "show_again",
    "show_remark",
    "sort",
    "state_for_author",
    "state_rights",
    "take_back",
    "take_back_photos",
    "take_back_remarks",
    "translate_caption",
    "vote",
    "word_themes",
]
