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
from .imports import document_export, document_import, document_import_preview, document_template
from .matrix import matrix

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
    "matrix",
]
