from audits.participation.actions import NotAcceptingError, Outcome, Result

from .answers import (
    NotRecordedError,
    admit_late,
    late_changes,
    late_of,
    record,
    record_many,
    refuse_late,
    submit,
)
from .changes import AnswerChange, PersonChange, PlaceChange, SheetChange
from .comments import hide_comment, show_comment
from .discussion import make_finding, write_note
from .imports import AnswerRow, PlaceRow, SheetRow, import_sheets, number_taken
from .opening import begin_paper_sheet, find_sheet, sheet_for
from .sheets import (
    add_sheet,
    issue_forms,
    move_sheet,
    next_number,
    reissue_forms,
    renumber_sheet,
    restore_sheet,
    say_who,
    unused_forms,
    void_sheet,
)
from .walks import PlannedPlace, move_walk, plan_walk, scored_places

__all__ = [
    "AnswerChange",
    "AnswerRow",
    "NotAcceptingError",
    "NotRecordedError",
    "Outcome",
    "PersonChange",
    "PlaceChange",
    "PlaceRow",
    "PlannedPlace",
    "Result",
    "SheetChange",
    "SheetRow",
    "add_sheet",
    "admit_late",
    "begin_paper_sheet",
    "find_sheet",
    "hide_comment",
    "import_sheets",
    "issue_forms",
    "late_changes",
    "late_of",
    "make_finding",
    "move_sheet",
    "move_walk",
    "next_number",
    "number_taken",
    "plan_walk",
    "record",
    "record_many",
    "refuse_late",
    "reissue_forms",
    "renumber_sheet",
    "restore_sheet",
    "say_who",
    "scored_places",
    "sheet_for",
    "show_comment",
    "submit",
    "unused_forms",
    "void_sheet",
    "write_note",
]
