from .governance import governance
from .home import home
from .institutions import (
    institution_create,
    institution_delete,
    institution_detail,
    institution_edit,
    institution_list,
    institution_move,
    partnership_create,
    partnership_delete,
    partnership_edit,
)
from .questions import question, question_list

__all__ = [
    "governance",
    "home",
    "institution_create",
    "institution_delete",
    "institution_detail",
    "institution_edit",
    "institution_list",
    "institution_move",
    "partnership_create",
    "partnership_delete",
    "partnership_edit",
    "question",
    "question_list",
]
