"""What a person is told about a spreadsheet: where, what is wrong, and what to do."""

from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.base.errors import Refusal
from samtall.imports.cells import place_of
from samtall.imports.verdict import Verdict


class Level(IntEnum):
    """How much a problem stands in the way."""

    ERROR = 0  # nothing is saved before it is put right
    QUESTION = 1  # nothing is saved before it is answered
    WARNING = 2  # saved as the message says

    @property
    def words(self) -> str:
        return str(LEVEL_WORDS[self])


LEVEL_WORDS = {
    Level.ERROR: gettext_lazy("Error"),
    Level.QUESTION: gettext_lazy("Choose"),
    Level.WARNING: gettext_lazy("Note"),
}


@dataclass(frozen=True)
class Problem:
    """One problem, with the code of the bad-input catalogue. Row 0 and an empty column mean the whole file."""

    code: str
    level: Level
    text: str
    advice: str = ""
    row: int = 0
    column: str = ""
    heading: str = ""
    sheet: str = ""  # where several are taken in

    @property
    def place(self) -> str:
        """Where it is, as the spreadsheet shows it: row 4, column C."""
        _sheet, row = place_of(self.row)
        if not row:
            return _("The whole file")
        place = _("Row %(row)d, column %(column)s") if self.column else _("Row %(row)d")
        shown = place % {"row": row, "column": self.column}
        return f"«{self.sheet}» {shown[0].lower()}{shown[1:]}" if self.sheet else shown

    def __str__(self) -> str:
        return " ".join(filter(None, (f"{self.place}: {self.text}" if self.row else self.text, self.advice)))


class ImportRefused(Refusal):
    """A file that nothing is kept of; `problems` says why, and the first of them gives the code."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    @property
    def code(self) -> str:
        return self.problems[0].code


def refusal_of(verdict: Verdict) -> ImportRefused:
    """The verdict of the guard or the reader in the words of a person."""
    text, advice = _words(verdict)
    return ImportRefused([Problem(verdict.code, Level.ERROR, text, advice, row=verdict.row, column=verdict.column)])


def _words(verdict: Verdict) -> tuple[str, str]:
    if verdict.code == "I1":
        if verdict.reason == "macro":
            return _("The spreadsheet holds macros."), _("Save it as .xlsx without macros and upload that.")
        return (
            _("The file is not a spreadsheet that can be read here."),
            _("Save it as .xlsx, .ods or .csv and upload that."),
        )
    if verdict.code == "I2":
        return (
            _("The file is password-protected or in an old format."),
            _("Save it as .xlsx without a password and upload that."),
        )
    if verdict.code == "I3":
        reason = _damage(verdict)
        return _("The file is damaged (%(reason)s).") % {"reason": reason}, _("Save it again and upload it once more.")
    if verdict.code == "I4":
        return _excess(verdict), _("Upload only the sheet with the rows, in several files if need be.")
    return _unreadable_text(verdict)


def _damage(verdict: Verdict) -> str:
    return {
        "not_whole": _("it is not whole"),
        "checksum": _("a checksum is wrong"),
        "size_untrue": _("it says another size than it has"),
        "part_twice": _("a part is there twice"),
        "part_outside": _("a part lies outside of the file"),
        "link": _("a part is a link"),
        "packing": _("it cannot be unpacked"),
        "part_missing": _("a part is missing"),
        "markup": _("a part cannot be read"),
    }.get(verdict.reason, _("it cannot be read"))


def _excess(verdict: Verdict) -> str:
    if verdict.reason in ("entities", "depth", "zip_in_zip"):
        return {
            "entities": _("The file has instructions that would make it grow while it is read."),
            "depth": _("The file has parts within parts without end."),
            "zip_in_zip": _("The file has another file packed in it."),
        }[verdict.reason]
    what = {
        "file": _("The file"),
        "unpacked": _("The file unpacked"),
        "parts": _("The number of parts"),
        "cells": _("The number of cells"),
        "rows": _("The number of rows"),
        "columns": _("The number of columns"),
        "sheets": _("The number of sheets"),
        "marks": _("The number of comments and merged cells"),
        "letters": _("The number of letters in the cells"),
        "time": _("The time it takes to read"),
        "memory": _("The memory it takes to read"),
    }[verdict.reason]
    return _("The file is too large. %(what)s: %(found)s; the limit is %(limit)s.") % {
        "what": what,
        "found": verdict.found,
        "limit": verdict.limit,
    }


def _unreadable_text(verdict: Verdict) -> tuple[str, str]:
    if verdict.reason == "quotes":
        return (
            _("A quotation mark is opened here and not closed where it should be."),
            _("Correct the quotation mark, or save the file as .xlsx."),
        )
    return (
        _("The file's letters cannot be read."),
        _("Save it as “CSV UTF-8”, or as .xlsx."),
    )
