from .documents import (
    document_assess,
    document_create,
    document_delete,
    document_detail,
    document_edit,
    document_file,
    document_link,
    document_list,
)
from .governance import governance
from .home import home
from .imports import document_export, document_import, document_import_preview, document_template
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
from .matrix import matrix
from .questions import question, question_list

__all__ = [
    "document_assess",
    "document_create",
    "document_delete",
    "document_detail",
    "document_edit",
    "document_export",
    "document_file",
    "document_import",
    "document_import_preview",
    "document_link",
    "document_list",
    "document_template",
    "governance",
    "home",
    "institution_create",
    "institution_delete",
    "institution_detail",
    "institution_edit",
    "institution_list",
    "institution_move",
    "matrix",
    "partnership_create",
    "partnership_delete",
    "partnership_edit",
    "question",
    "question_list",
]
