"""Rows of a sheet read column by column into values of the right type; whatever cannot be read is told by its cell."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.activities.kind import Kind
from samtall.activities.registry import kinds
from samtall.activities.vocabulary import EVIDENCE
from samtall.base import reading
from samtall.imports import wording
from samtall.imports.cells import Cell, Sheet, Workbook, column_letters
from samtall.imports.columns import Layout, headings, sheet_of
from samtall.imports.fields import DETAIL, EVIDENCE_DATE
from samtall.imports.problems import Level, Problem
from samtall.imports.suspect import fault_of

SHORTENED_NUMBER = re.compile(r"^\s*\d+[.,]?\d*E\+?\d+\s*$", re.IGNORECASE)
MOST_PEOPLE = 10_000
MOST_HOURS = 10_000
MOST_FTE = 1_000


class Unusable(Exception):
    """A cell cannot be read as what its column holds; has the text and the advice."""

    def __init__(self, text: str, advice: str = "") -> None:
        self.text, self.advice = text, advice
        super().__init__(text)


@dataclass
class Row:
    """A row with the values of its columns by field code; what could not be read is left out and in `unread`."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    said_kind: str = ""

    def text(self, code: str) -> str:
        return str(self.values.get(code) or "")


@dataclass
class Notes:
    """Gathers problems by cell, and says once what many cells have in common."""

    layout: Layout
    headings: dict[int, str]
    problems: list[Problem] = field(default_factory=list)
    _gathered: dict[str, tuple[int, str, int]] = field(default_factory=dict)

    def add(
        self, code: str, level: Level, row: int, field_code: str, text: str, advice: str = "", *, column: int = 0
    ) -> None:
        column = column or self.layout.column_of(field_code)
        self.problems.append(
            Problem(
                code, level, text, advice, row, column_letters(column) if column else "", self.headings.get(column, "")
            )
        )

    def gather(self, what: str, row: int, field_code: str) -> None:
        """Count one more cell of a column of which `what` is to be said once."""
        key = f"{what} {field_code}"
        first, _code, count = self._gathered.get(key, (row, field_code, 0))
        self._gathered[key] = (first, field_code, count + 1)

    def say_gathered(self, what: str, say: Callable[[int], tuple[str, str]]) -> None:
        """Turn what was gathered into one warning per column, at its first row; `say` is told how many there were."""
        for key, (row, field_code, count) in self._gathered.items():
            if key.startswith(f"{what} "):
                text, advice = say(count)
                self.add("I6", Level.WARNING, row, field_code, text, advice)


def read_rows(workbook: Workbook, layout: Layout, *, at: datetime) -> tuple[list[Row], Notes]:
    """The rows under the headings, and what is wrong with their cells (I6)."""
    sheet = sheet_of(workbook, layout)
    notes = Notes(layout, headings(sheet, layout))
    today = timezone.localdate(at)
    rows = [
        _read_row(number, cells, notes, today=today)
        for number, cells in enumerate(sheet.rows[layout.header_row :], start=layout.header_row + 1)
        if _holds_something(cells, layout)
    ]
    _tell_ragged(sheet, notes)
    if workbook.dates_from_1904 and any(isinstance(value, date) for row in rows for value in row.values.values()):
        notes.add(
            "I6",
            Level.WARNING,
            layout.header_row,
            "starts",
            _("The file counts its dates from 1904, as old spreadsheets on Macintosh did."),
            _("Check that the dates in the preview are right: a copied date may be four years off."),
        )
    _tell_gathered(notes)
    return rows, notes


def _holds_something(cells: list[Cell], layout: Layout) -> bool:
    return any(cell is not None and layout.columns.get(column) for column, cell in enumerate(cells, start=1))


def _read_row(number: int, cells: list[Cell], notes: Notes, *, today: date) -> Row:
    row = Row(number)
    for column, cell in enumerate(cells, start=1):
        code = notes.layout.columns.get(column, "")
        if not code or cell is None:
            continue
        fault = fault_of(cell)
        if fault:
            row.unread.add(code)
            notes.add("I6", Level.ERROR, number, code, *fault, column=column)
            continue
        try:
            value = _value(code, cell, row, notes, today)
        except Unusable as unusable:
            row.unread.add(code)
            notes.add("I6", Level.ERROR, number, code, unusable.text, unusable.advice, column=column)
        except reading.Unreadable as unreadable:
            row.unread.add(code)
            notes.add("I6", Level.ERROR, number, code, str(unreadable), column=column)
        else:
            if value not in (None, ""):
                row.values[code] = value
    return row


def _value(code: str, cell: Cell, row: Row, notes: Notes, today: date) -> Any:
    if code.startswith(DETAIL):
        return cell
    reader = READERS.get(code)
    if reader is None:
        return text_of(cell, most=300)
    value = reader(cell, row, notes)
    if code in NOT_IN_THE_FUTURE and isinstance(value, date) and value > today:
        raise Unusable(
            _("%(date)s has not come yet.") % {"date": f"{value:%d.%m.%Y}"},
            _("Write the day it happened, or leave the cell empty."),
        )
    return value


def text_of(cell: Cell, *, most: int = 300) -> str:
    """A cell as text, as it is shown in the spreadsheet. Raises Unusable or Unreadable."""
    if isinstance(cell, bool):
        raise Unusable(_("The cell holds a logical value, TRUE or FALSE."), _("Write it as text."))
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    return reading.read_text(str(cell), most=most)


def number_of(cell: Cell, *, least: int, most: int, code: str, row: Row, notes: Notes) -> Decimal:
    """A cell as a number. Raises Unusable or Unreadable."""
    if isinstance(cell, bool):
        raise Unusable(_("The cell holds a logical value, TRUE or FALSE."), _("Write a number, for example 12."))
    if isinstance(cell, date):
        raise Unusable(_("The cell holds a date."), _("Format the cell as a number and write, for example, 12."))
    if isinstance(cell, int | float):
        number = Decimal(repr(cell))
        if not least <= number <= most:
            raise Unusable(_("The number must be between %(least)d and %(most)d.") % {"least": least, "most": most})
        return number
    text = str(cell).strip()
    number = reading.read_decimal(text, least=Decimal(least), most=Decimal(most))
    if not text.isdigit():
        notes.gather("number", row.number, code)
    return number


def _whole(code: str) -> Callable[[Cell, Row, Notes], int]:
    def read(cell: Cell, row: Row, notes: Notes) -> int:
        number = number_of(cell, least=0, most=MOST_PEOPLE, code=code, row=row, notes=notes)
        if number != number.to_integral_value():
            raise Unusable(_("People are counted in whole numbers."), _("Write a whole number, for example 12."))
        return int(number)

    return read


def _decimal(code: str, most: int) -> Callable[[Cell, Row, Notes], Decimal]:
    def read(cell: Cell, row: Row, notes: Notes) -> Decimal:
        return number_of(cell, least=0, most=most, code=code, row=row, notes=notes)

    return read


def _day(cell: Cell, _row: Row, _notes: Notes) -> date:
    if isinstance(cell, date):
        if not 1900 <= cell.year <= 2100:
            raise Unusable(_("The year must be between 1900 and 2100."))
        return cell
    if isinstance(cell, bool | int | float):
        raise Unusable(
            _("The cell holds a number, not a date."),
            _("Format the cell as a date, and write it as day.month.year, for example 31.01.2017."),
        )
    return reading.read_date(str(cell))


def _kind(cell: Cell, row: Row, _notes: Notes) -> Kind:
    text = text_of(cell)
    row.said_kind = text
    kind = wording.kind_of(text)
    if kind is None:
        raise Unusable(
            _("“%(text)s” is not a kind of activity.") % {"text": text[:40]},
            _("Use one of: %(kinds)s.") % {"kinds": ", ".join(str(one.words) for one in kinds())},
        )
    return kind


def _meaning(find: Callable[[str], Any], words: dict[Any, tuple[str, ...]]) -> Callable[[Cell, Row, Notes], Any]:
    def read(cell: Cell, _row: Row, _notes: Notes) -> Any:
        text = text_of(cell)
        meaning = find(text)
        if meaning is None:
            raise Unusable(
                _("“%(text)s” is not understood here.") % {"text": text[:40]},
                _("Use one of: %(words)s.") % {"words": wording.listed(words)},
            )
        return meaning

    return read


def _evidence_kind(cell: Cell, _row: Row, _notes: Notes) -> Any:
    text = text_of(cell)
    kind = wording.evidence_kind_of(text)
    if kind is None:
        raise Unusable(
            _("“%(text)s” is not a kind of documentation.") % {"text": text[:40]},
            _("Use one of: %(kinds)s.") % {"kinds": ", ".join(str(words) for words in EVIDENCE.values())},
        )
    return kind


def _organisation_number(cell: Cell, _row: Row, _notes: Notes) -> str:
    if isinstance(cell, str) and SHORTENED_NUMBER.match(cell):
        raise Unusable(
            _("The spreadsheet has shortened the number to “%(text)s”, so the last digits are lost.")
            % {"text": cell.strip()[:20]},
            _("Format the column as text or as a whole number, and write the nine digits again."),
        )
    return text_of(cell, most=40)


def _municipality(cell: Cell, row: Row, notes: Notes) -> str:
    if isinstance(cell, int) and not isinstance(cell, bool) and 100 <= cell < 1000:
        notes.gather("zero", row.number, "municipality")
        return f"0{cell}"
    return text_of(cell)


def _reference(cell: Cell, row: Row, notes: Notes) -> str:
    text = text_of(cell)
    if isinstance(cell, int):
        notes.gather("reference number", row.number, "reference")
    elif text.startswith("0") and text.isdigit():
        notes.gather("reference text", row.number, "reference")
    return text


def _email(cell: Cell, _row: Row, _notes: Notes) -> str:
    return reading.read_email(text_of(cell, most=254))


READERS: dict[str, Callable[[Cell, Row, Notes], Any]] = {
    "reference": _reference,
    "kind": _kind,
    "starts": _day,
    "ends": _day,
    "attended_on": _day,
    "evidence_date": _day,
    "organisation_number": _organisation_number,
    "education_number": _organisation_number,
    "municipality": _municipality,
    "email": _email,
    "head_count": _whole("head_count"),
    "hours": _decimal("hours", MOST_HOURS),
    "attended_hours": _decimal("attended_hours", MOST_HOURS),
    "fte": _decimal("fte", MOST_FTE),
    "status": _meaning(wording.state_of, wording.STATUS_WORDS),
    "outcome": _meaning(wording.outcome_of, wording.OUTCOME_WORDS),
    "evidence_kind": _evidence_kind,
    "remark": lambda _cell, _row, _notes: None,
}
NOT_IN_THE_FUTURE = ("attended_on", EVIDENCE_DATE.code)


def _tell_ragged(sheet: Sheet, notes: Notes) -> None:
    for number in sheet.ragged_rows:
        if number > notes.layout.header_row:
            notes.add(
                "I6",
                Level.ERROR,
                number,
                "",
                _("The row has another number of cells than the others."),
                _("A line break or a separator may stand in a text without quotation marks. Save the file as .xlsx."),
            )


def _tell_gathered(notes: Notes) -> None:
    notes.say_gathered(
        "number",
        lambda count: (
            _("%(count)d numbers here are written with a comma, a space or a sign.") % {"count": count},
            _("They are read as Norwegian numbers: 7,5 is seven and a half, 1 000 is a thousand."),
        ),
    )
    notes.say_gathered(
        "zero",
        lambda count: (
            _("%(count)d codes here have lost the zero in front.") % {"count": count},
            _("They are read with it: 821 is 0821. Format the column as text to keep it."),
        ),
    )
    if any(key.startswith("reference text") for key in notes._gathered):
        notes.say_gathered(
            "reference number",
            lambda count: (
                _("%(count)d ids here are numbers, while others are text with zeros in front.") % {"count": count},
                _("If 7 is meant to be 007, format the column as text and write it again."),
            ),
        )
