"""What can be done with spreadsheets: upload, say what columns hold, plan, save step by step, undo, discard."""

from samtall.imports.operations.answering import answer_organisation, answer_overlap, answer_row
from samtall.imports.operations.planning import current_plan, plan, plan_later, plan_now, prepared
from samtall.imports.operations.refusals import AlreadyImported, NotReady, WrongState
from samtall.imports.operations.saving import UNDER_WAY, go_on, rest, run_to_end, start, step, take_step
from samtall.imports.operations.undoing import kept, names_in_doubt, undo, undo_step
from samtall.imports.operations.uploading import answer_duplicates, discard, map_columns, upload, workbook_of

__all__ = [
    "UNDER_WAY",
    "AlreadyImported",
    "NotReady",
    "WrongState",
    "answer_duplicates",
    "answer_organisation",
    "answer_overlap",
    "answer_row",
    "current_plan",
    "discard",
    "go_on",
    "kept",
    "map_columns",
    "names_in_doubt",
    "plan",
    "plan_later",
    "plan_now",
    "prepared",
    "rest",
    "run_to_end",
    "start",
    "step",
    "take_step",
    "undo",
    "undo_step",
    "upload",
    "workbook_of",
]
