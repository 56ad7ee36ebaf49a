from .builds import refresh_build, run_build, start_build
from .texts import (
    add_live,
    add_text,
    confirm_text,
    move_block,
    open_report,
    remove_block,
    restore_block,
    save_text,
)

__all__ = [
    "add_live",
    "add_text",
    "confirm_text",
    "move_block",
    "open_report",
    "refresh_build",
    "remove_block",
    "restore_block",
    "run_build",
    "save_text",
    "start_build",
]
