"""Cells that must not be taken in whatever their column: identity numbers, errors, damaged text."""

import unicodedata

from django.utils.translation import gettext as _
from stdnum.no import fodselsnummer

from samtall.base import reading
from samtall.imports import limits
from samtall.imports.cells import Cell, Fault, Workbook, column_letters
from samtall.imports.problems import Level, Problem

ERRORS = ("#N/A", "#I/T", "#VALUE!", "#VERDI!", "#REF!", "#NAME?", "#NAVN?", "#NAMN?", "#DIV/0!", "#NUM!", "#NULL!")
DAMAGE_MARKS = ("Ã", "Â", "â€", "\ufffd")
MOST_SHOWN = 50


def national_identity_cells(workbook: Workbook) -> list[Problem]:
    """Cells, comments and names of sheets that hold a national identity number (I6); it is not repeated."""
    found: list[Problem] = []
    for sheet in workbook.sheets:
        if holds_identity_number(sheet.name):
            found.append(_identity(_("The name of a sheet holds a national identity number."), 0, 0))
        for (row, column), comment in sheet.comments.items():
            if holds_identity_number(comment):
                text = _("The comment on the cell holds a national identity number, which is never taken in here.")
                found.append(_identity(text, row, column))
        for number, cells in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                if holds_identity_number(cell):
                    text = _("The cell holds a national identity number, which is never taken in here.")
                    found.append(_identity(text, number, column))
    return found[:MOST_SHOWN]


def _identity(text: str, row: int, column: int) -> Problem:
    advice = _("Delete it and upload the file again. Nothing of the file is kept.")
    return Problem("I6", Level.ERROR, text, advice, row=row, column=column_letters(column) if column else "")


def holds_identity_number(cell: Cell) -> bool:
    """Whether a national identity number stands in it, whatever stands around."""
    if isinstance(cell, str):
        return reading.holds_identity_number(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return 9_999_999 < cell < 10**11 and len(str(cell)) > 9 and fodselsnummer.is_valid(f"{cell:011d}")
    return False


def fault_of(cell: Cell) -> tuple[str, str] | None:
    """Why a cell cannot be used in any column, and what to do; None when it can."""
    if isinstance(cell, Fault):
        if cell.text == "formula":
            return (
                _("The formula here has no stored value."),
                _("Open the file in a spreadsheet program, save it, and upload it again."),
            )
        return _error(cell.text)
    if not isinstance(cell, str):
        return None
    if cell.strip().upper() in ERRORS:
        return _error(cell.strip())
    if len(cell) > limits.CELL_CHARACTERS:
        return (
            _("The cell has %(count)d characters; a cell can hold %(most)d.")
            % {"count": len(cell), "most": limits.CELL_CHARACTERS},
            _("A quotation mark may be missing above. Shorten the text."),
        )
    return _unusable_letters(cell)


def _error(text: str) -> tuple[str, str]:
    return (
        _("The formula here gives the error %(error)s.") % {"error": text},
        _("Correct the formula, or write the value itself."),
    )


def _unusable_letters(text: str) -> tuple[str, str] | None:
    if text.isascii() and text.isprintable():
        return None
    for position, letter in enumerate(text, start=1):
        if (letter < " " and letter not in "\t\n\r") or unicodedata.category(letter) in ("Cs", "Cn"):
            return (
                _("Character number %(position)d cannot be kept (U+%(code)04X).")
                % {"position": position, "code": ord(letter)},
                _("Delete it and write the text again."),
            )
    if any(mark in text for mark in DAMAGE_MARKS):
        return _damaged(text)
    return None


def _damaged(text: str) -> tuple[str, str] | None:
    advice = _("Save the file as “CSV UTF-8”, or as .xlsx, from where the letters are right.")
    if "\ufffd" in text:
        return _("Letters were lost when the file was saved."), advice
    try:
        meant = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return _("The letters are damaged: “%(read)s” is probably “%(meant)s”.") % {
        "read": text[:40],
        "meant": meant[:40],
    }, advice
