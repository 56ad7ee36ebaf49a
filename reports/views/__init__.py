from .builds import build, build_download, build_start
from .home import picture, preview, report_home, struck_read
from .sections import (
    block_add,
    block_move,
    block_remove,
    block_restore,
    photo_add,
    quote_add,
    section,
    text_confirm,
    text_save,
    text_versions,
)

__all__ = [
    "block_add",
    "block_move",
    "block_remove",
    "block_restore",
    "build",
    "build_download",
    "build_start",
    "photo_add",
    "picture",
    "preview",
    "quote_add",
    "report_home",
    "section",
    "struck_read",
    "text_confirm",
    "text_save",
    "text_versions",
]
