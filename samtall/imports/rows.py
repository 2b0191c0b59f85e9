"""Rows of a sheet read column by column into values of the right type; whatever cannot be read is told by its cell."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.activities.kind import Kind
from samtall.activities.registry import kinds
from samtall.activities.vocabulary import EVIDENCE
from samtall.base import reading
from samtall.imports import wording
from samtall.imports.answers import Answers
from samtall.imports.cells import ROWS_OF_A_SHEET, Cell, Sheet, Workbook, column_letters, place_of
from samtall.imports.columns import Layout, alike, headings, sheet_of
from samtall.imports.fields import DETAIL, EVIDENCE_DATE
from samtall.imports.listed import LeftOut, filled_merges, left_out
from samtall.imports.problems import Level, Problem
from samtall.imports.suspect import fault_of
from samtall.imports.understanding.counts import Estimate, number_in
from samtall.imports.understanding.days import stretch_of, year_in

SHORTENED_NUMBER = re.compile(r"^\s*\d+[.,]?\d*E\+?\d+\s*$", re.IGNORECASE)
MOST_PEOPLE = 10_000
MOST_HOURS = 10_000
MOST_FTE = 1_000
MOST_KEPT = 1_000


class Unusable(Exception):
    """A cell cannot be read as what its column holds; has the text and the advice."""

    def __init__(self, text: str, advice: str = "") -> None:
        self.text, self.advice = text, advice
        super().__init__(text)


@dataclass
class Row:
    """A row with the values of its columns by field code; what could not be read is left out and in `unread`.

    `kept` is what stands beside it without being counted: remarks, comments, estimates.
    """

    number: int
    year: int | None = None  # of days that are written without one
    values: dict[str, Any] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    said_kind: str = ""
    until: dict[str, date] = field(default_factory=dict)  # field code → the last day of what it says
    kept: list[dict[str, Any]] = field(default_factory=list)

    def text(self, code: str) -> str:
        return str(self.values.get(code) or "")

    def keep(self, what: str, text: str) -> None:
        """Keep what stands beside the row: `what` is remark, comment, estimate or person."""
        kept = "".join(letter for letter in text[:MOST_KEPT] if letter.isprintable() or letter == "\n")
        self.kept.append({"row": self.number, "what": what, "text": kept})


@dataclass
class Notes:
    """Gathers problems by cell, and says once what many cells have in common."""

    layout: Layout
    headings: dict[int, str]
    from_1904: bool = False
    problems: list[Problem] = field(default_factory=list)
    _gathered: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    _understood: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)

    def add(
        self, code: str, level: Level, row: int, field_code: str, text: str, advice: str = "", *, column: int = 0
    ) -> None:
        column = column or self.layout.column_of(field_code)
        letters = column_letters(column) if column else ""
        sheets = self.layout.sheets
        sheet = sheets[place_of(row)[0]] if len(sheets) > 1 and row else ""
        self.problems.append(Problem(code, level, text, advice, row, letters, self.headings.get(column, ""), sheet))

    def understood(self, row: int, field_code: str, said: str, meant: str) -> None:
        """What was written otherwise than a field would have it, and what it was taken to mean; told once for each."""
        key = (field_code, said, meant)
        first, count = self._understood.get(key, (row, 0))
        self._understood[key] = (first, count + 1)

    def tell_understood(self) -> None:
        for (field_code, said, meant), (row, count) in self._understood.items():
            text = ngettext(
                "“%(said)s” is read as %(meant)s.", "“%(said)s” is read as %(meant)s, in %(count)d rows.", count
            ) % {"said": said[:40], "meant": meant, "count": count}
            self.add("I6", Level.WARNING, row, field_code, text, _("Answer here, or correct the cell, if it is not."))
        self._understood.clear()

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


def read_rows(workbook: Workbook, layout: Layout, answers: Answers, *, at: datetime) -> tuple[list[Row], Notes]:
    """The rows under the headings of every sheet that is taken in, and what is wrong with their cells (I6)."""
    first = sheet_of(workbook, layout)
    notes = Notes(layout, headings(first, layout), workbook.dates_from_1904)
    today = timezone.localdate(at)
    rows: list[Row] = []
    header_rows = alike(workbook, layout)
    for index, name in enumerate(layout.sheets):
        here = replace(layout, sheet=name, header_row=header_rows.get(name, layout.header_row))
        rows += _rows_of(sheet_of(workbook, here), here, index * ROWS_OF_A_SHEET, notes, answers, today=today)
    _tell_ragged(first, notes)
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


def _rows_of(sheet: Sheet, layout: Layout, offset: int, notes: Notes, answers: Answers, *, today: date) -> list[Row]:
    above, below = sheet.rows[: layout.header_row], sheet.rows[layout.header_row :]
    header = above[-1] if above else []
    title = " ".join(str(cell) for line in above[:-1] for cell in line if cell is not None)
    year = year_in(sheet.name) or year_in(title)
    merged = filled_merges(sheet, layout)
    comments: dict[int, list[str]] = {}
    for (line, column), comment in sheet.comments.items():
        comments.setdefault(line, []).append(f"{column_letters(column)}{line}: {comment}")
    rows = []
    for line, cells in enumerate(below, start=layout.header_row + 1):
        number = offset + line
        if not _holds_something(cells, layout):
            continue
        if number in answers.skipped:
            notes.add("I6", Level.WARNING, number, "", _("The row is left out, as you chose."))
            continue
        reason = left_out(cells, header, layout)
        if reason is not None and number not in answers.cells:
            _tell_left_out(reason, number, notes)
            continue
        row = Row(number, year)
        _read_row(row, _with_merged(line, cells, merged), notes, answers.cells.get(number, {}), today=today)
        _read_sheet_name(row, sheet, notes, today)
        for comment in comments.get(line, ()):
            row.keep("comment", comment)
            notes.gather("comment", number, "")
        rows.append(row)
    return rows


def _with_merged(line: int, cells: list[Cell], merged: dict[tuple[int, int], Cell]) -> list[Cell]:
    shared = {column: value for (row, column), value in merged.items() if row == line} if merged else {}
    if not shared:
        return cells
    wide = [*cells, *([None] * (max(shared) - len(cells)))]
    return [shared.get(column) if cell is None else cell for column, cell in enumerate(wide, start=1)]


def _tell_left_out(reason: LeftOut, row: int, notes: Notes) -> None:
    said = {"text": reason.text[:80]}
    if reason.why == "headings":
        notes.gather("headings again", row, "")
    elif reason.why == "total":
        notes.add("I6", Level.WARNING, row, "", _("The row is a sum and is left out: %(text)s") % said)
    else:
        notes.add(
            *("I6", Level.WARNING, row, ""),
            _("The row holds nothing but “%(text)s”, and is taken for a heading within the list.") % said,
            _("Answer here if it is a row."),
        )


def _read_sheet_name(row: Row, sheet: Sheet, notes: Notes, today: date) -> None:
    """What the name of the sheet says of all its rows, where the row does not say it."""
    code = notes.layout.sheet_holds
    if code and code not in row.values and code not in row.unread:
        _read_cell(row, code, sheet.name, 0, notes, today)


def _holds_something(cells: list[Cell], layout: Layout) -> bool:
    return any(cell is not None and layout.columns.get(column) for column, cell in enumerate(cells, start=1))


def _read_row(row: Row, cells: list[Cell], notes: Notes, answered: dict[str, str], *, today: date) -> None:
    for column, cell in enumerate(cells, start=1):
        code = notes.layout.columns.get(column, "")
        if code and cell is not None and code not in answered:
            _read_cell(row, code, cell, column, notes, today)
    for code, text in answered.items():
        if text:
            _read_cell(row, code, text, 0, notes, today)
    if "starts" in row.until and "ends" not in row.values and "ends" not in row.unread:
        row.values["ends"] = row.until["starts"]
    if "ends" in row.until:
        row.values["ends"] = row.until["ends"]


def _read_cell(row: Row, code: str, cell: Cell, column: int, notes: Notes, today: date) -> None:
    fault = fault_of(cell)
    if fault:
        row.unread.add(code)
        notes.add("I6", Level.ERROR, row.number, code, *fault, column=column)
        return
    try:
        value = _value(code, cell, row, notes, today)
    except Unusable as unusable:
        row.unread.add(code)
        notes.add("I6", Level.ERROR, row.number, code, unusable.text, unusable.advice, column=column)
    except reading.Unreadable as unreadable:
        row.unread.add(code)
        notes.add("I6", Level.ERROR, row.number, code, str(unreadable), column=column)
    else:
        if value not in (None, ""):
            row.values[code] = value


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


def number_of(cell: Cell, *, least: int, most: int, code: str, row: Row, notes: Notes) -> Decimal | None:
    """A cell as a number; None where it is an estimate. Raises Unusable or Unreadable."""
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
    try:
        number = reading.read_decimal(text, least=Decimal(least), most=Decimal(most))
    except reading.Unreadable as unreadable:
        return _loose_number(text, unreadable, least=least, most=most, code=code, row=row, notes=notes)
    if not text.isdigit():
        notes.gather("number", row.number, code)
    return number


def _loose_number(
    text: str, unreadable: reading.Unreadable, *, least: int, most: int, code: str, row: Row, notes: Notes
) -> Decimal | None:
    """A number with words around it; None for an estimate, which is kept as it is written (R17)."""
    meant = number_in(text)
    if isinstance(meant, Estimate):
        row.keep("estimate", meant.text)
        notes.add(
            *("I6", Level.WARNING, row.number, code),
            _("“%(text)s” is an estimate. It is kept as text with the activity, and stays out of exact figures.")
            % {"text": meant.text[:40]},
            _("Answer here with the exact number if you know it."),
        )
        return None
    if meant is None or not least <= meant <= most:
        raise unreadable
    notes.understood(row.number, code, text, f"{meant.normalize():f}".replace(".", ","))
    return meant


def _whole(code: str) -> Callable[[Cell, Row, Notes], int | None]:
    def read(cell: Cell, row: Row, notes: Notes) -> int | None:
        number = number_of(cell, least=0, most=MOST_PEOPLE, code=code, row=row, notes=notes)
        if number is None:
            return None
        if number != number.to_integral_value():
            raise Unusable(_("People are counted in whole numbers."), _("Write a whole number, for example 12."))
        return int(number)

    return read


def _decimal(code: str, most: int) -> Callable[[Cell, Row, Notes], Decimal | None]:
    def read(cell: Cell, row: Row, notes: Notes) -> Decimal | None:
        return number_of(cell, least=0, most=most, code=code, row=row, notes=notes)

    return read


def _day(code: str) -> Callable[[Cell, Row, Notes], date]:
    def read(cell: Cell, row: Row, notes: Notes) -> date:
        if isinstance(cell, date):
            if not 1900 <= cell.year <= 2100:
                raise Unusable(_("The year must be between 1900 and 2100."))
            return cell
        if isinstance(cell, str):
            try:
                return reading.read_date(cell)
            except reading.Unreadable as unreadable:
                return _loose_day(cell, unreadable, code, row, notes)
        unusable = Unusable(
            _("The cell holds a number, not a date."),
            _("Format the cell as a date, and write it as day.month.year, for example 31.01.2017."),
        )
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            raise unusable
        return _loose_day(int(cell), unusable, code, row, notes)

    return read


def _loose_day(written: str | int, otherwise: Exception, code: str, row: Row, notes: Notes) -> date:
    """The first day of what is written in other ways than as a date; the last is in `row.until`."""
    meant = stretch_of(written, year=row.year, from_1904=notes.from_1904)
    if meant is None or (meant.first != meant.last and code not in ("starts", "ends")):
        raise otherwise
    notes.understood(row.number, code, str(written), str(meant))
    if meant.first != meant.last:
        row.until[code] = meant.last
    return meant.last if code == "ends" else meant.first


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


def _organisation(cell: Cell, _row: Row, _notes: Notes) -> str:
    """The name as written; a line break in the cell, which may part two names, becomes a stroke."""
    return text_of(cell.strip().replace("\r\n", "\n").replace("\n", " / ") if isinstance(cell, str) else cell)


def _remark(cell: Cell, row: Row, _notes: Notes) -> None:
    if not isinstance(cell, bool):
        row.keep("remark", text_of(cell, most=MOST_KEPT))


READERS: dict[str, Callable[[Cell, Row, Notes], Any]] = {
    "reference": _reference,
    "kind": _kind,
    "starts": _day("starts"),
    "ends": _day("ends"),
    "attended_on": _day("attended_on"),
    "evidence_date": _day("evidence_date"),
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
    "organisation": _organisation,
    "remark": _remark,
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
    notes.tell_understood()
    notes.say_gathered(
        "headings again",
        lambda count: (_("%(count)d rows repeat the headings and are left out.") % {"count": count}, ""),
    )
    notes.say_gathered(
        "comment",
        lambda count: (
            ngettext(
                "%(count)d comment on a cell is kept with its row, for those who may see people.",
                "%(count)d comments on cells are kept with their rows, for those who may see people.",
                count,
            )
            % {"count": count},
            "",
        ),
    )
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
