"""Recognises the columns of a sheet by their headings, however they are spelled, or takes them as mapped by hand."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from samtall.imports.cells import Cell, Sheet, Workbook, column_letters
from samtall.imports.fields import (
    DETAIL,
    EDUCATION,
    EDUCATION_NUMBER,
    GENERAL,
    HEAD_COUNT,
    KIND,
    NATIONAL_IDENTITY_HEADINGS,
    ORGANISATION,
    ORGANISATION_NUMBER,
    REQUIRED,
    detail_fields,
    field_of,
    role_headings,
)
from samtall.imports.problems import Level, Problem

HEADER_ROWS = 20
FEWEST_HEADINGS = 2
COUNT_PREFIXES = ("antall", "antal", "talpå", "numberof")
IGNORED = ""
EXPLANATIONS = ("Forklaring", "Explanation")  # the sheet that our templates come with
EXAMPLES = 2
LONGEST_EXAMPLE = 40


@lru_cache(maxsize=10_000)
def heading_key(text: str) -> str:
    """A heading as it is compared: without capitals, spaces, punctuation and invisible characters."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


@dataclass
class Layout:
    """Where the rows are, and what each column holds. Columns and rows count from 1; header row 0 is none."""

    sheet: str = ""
    header_row: int = 0
    columns: dict[int, str] = field(default_factory=dict)  # column → field code; "" where it is left out
    kind: str = ""  # the kind of all rows, where no column says it
    more_sheets: list[str] = field(default_factory=list)  # with the same headings, taken in after the first
    sheet_holds: str = ""  # the field that the name of a sheet says
    unread: list[str] = field(default_factory=list)  # sheets with rows that were not taken in, once it is saved

    def to_plain(self) -> dict[str, Any]:
        return {**vars(self), "columns": {str(column): code for column, code in self.columns.items()}}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Layout":
        return cls(**{**plain, "columns": {int(column): code for column, code in plain["columns"].items()}})

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets that are taken in."""
        return [self.sheet, *self.more_sheets]

    def column_of(self, code: str) -> int:
        """The column that holds a field; 0 when none does."""
        return next((column for column, held in self.columns.items() if code and held == code), 0)


def recognise(workbook: Workbook) -> Layout:
    """The layout that the headings tell of, from the sheet and the row (of the first 10) with most known headings."""
    best, most = Layout(sheet=workbook.sheets[0].name if workbook.sheets else ""), 0
    for sheet in workbook.sheets:
        for number, row in enumerate(sheet.rows[:HEADER_ROWS], start=1):
            codes = [_code_of(cell) for cell in row if isinstance(cell, str)]
            known = len({code for code in codes if code})
            if known > most and known >= FEWEST_HEADINGS and known * 2 >= len(codes):
                best, most = Layout(sheet.name, number, _columns(row)), known
    best.more_sheets = [name for name in alike(workbook, best) if name != best.sheet]
    if not most:
        best.columns = dict.fromkeys(range(1, _width(sheet_of(workbook, best)) + 1), IGNORED)
    return best


def alike(workbook: Workbook, layout: Layout) -> dict[str, int]:
    """The sheets with the same headings as the first one, and the row where each has them."""
    wanted = _heading_keys(sheet_of(workbook, layout).rows, layout.header_row)
    if not any(wanted):
        return {layout.sheet: layout.header_row}
    found = {}
    for sheet in workbook.sheets:
        for number in range(1, min(HEADER_ROWS, len(sheet.rows)) + 1):
            if _heading_keys(sheet.rows, number) == wanted:
                found[sheet.name] = number
                break
    return found


def _heading_keys(rows: Sequence[Sequence[Cell]], number: int) -> list[str]:
    row = rows[number - 1] if 0 < number <= len(rows) else []
    return [heading_key(_visible(cell)) for cell in row]


def sheet_of(workbook: Workbook, layout: Layout) -> Sheet:
    """The sheet that a layout speaks of; an empty one when the workbook has none."""
    return next((sheet for sheet in workbook.sheets if sheet.name == layout.sheet), Sheet(layout.sheet))


def headings(sheet: Sheet, layout: Layout) -> dict[int, str]:
    """What stands over each column; "" where nothing does."""
    row = sheet.rows[layout.header_row - 1] if 0 < layout.header_row <= len(sheet.rows) else []
    found = {number: _visible(cell) for number, cell in enumerate(row, start=1)}
    return {number: found.get(number, "") for number in sorted({*found, *layout.columns})}


def examples(sheet: Sheet, layout: Layout, column: int) -> str:
    """The first values of a column, so that one sees what it holds."""
    shown: list[str] = []
    for row in sheet.rows[layout.header_row :]:
        cell = row[column - 1] if column <= len(row) else None
        if cell is not None:
            shown.append(str(cell)[:LONGEST_EXAMPLE])
        if len(shown) == EXAMPLES:
            break
    return ", ".join(shown)


def signature(sheet: Sheet, layout: Layout) -> str:
    """A fingerprint of the headings, by which a mapping made by hand is remembered."""
    keys = [heading_key(text) for text in headings(sheet, layout).values()]
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()


def problems_of(workbook: Workbook, layout: Layout) -> list[Problem]:
    """What is wrong or noteworthy about the columns (I5)."""
    sheet = sheet_of(workbook, layout)
    found = headings(sheet, layout)
    if not layout.header_row and not any(layout.columns.values()):
        return [
            Problem(
                "I5",
                Level.ERROR,
                _("No row with headings was found in the first %(rows)d rows.") % {"rows": HEADER_ROWS},
                _("Write headings over the columns as in the template, or say below what each column holds."),
            )
        ]
    return [
        *_repeated(layout, found),
        *_missing(layout, found),
        *_notices(sheet, layout, found),
        *_sheet_notices(workbook, layout),
    ]


def national_identity_columns(workbook: Workbook) -> list[Problem]:
    """Columns for national identity numbers: refused whatever they hold (I5)."""
    refused = {heading_key(text) for text in NATIONAL_IDENTITY_HEADINGS}
    return [
        Problem(
            "I5",
            Level.ERROR,
            _("The column is for national identity numbers, which are never taken in here."),
            _("Delete the column and upload the file again. Nothing of the file is kept."),
            row=number,
            column=column_letters(column),
        )
        for sheet in workbook.sheets
        for number, row in enumerate(sheet.rows[:HEADER_ROWS], start=1)
        for column, cell in enumerate(row, start=1)
        if isinstance(cell, str) and heading_key(cell) in refused
    ]


def _columns(row: Sequence[Cell]) -> dict[int, str]:
    codes = {number: _code_of(cell) for number, cell in enumerate(row, start=1) if cell is not None}
    numbers = [number for number, code in codes.items() if code == ORGANISATION_NUMBER.code]
    if len(numbers) == 2 and EDUCATION_NUMBER.code not in codes.values():
        for number in numbers:  # of two number columns, the one right after the school is the school's
            if codes.get(number - 1) == EDUCATION.code:
                codes[number] = EDUCATION_NUMBER.code
    return codes


def _code_of(cell: Cell) -> str:
    """The field that a heading means; "" when unknown."""
    if not isinstance(cell, str):
        return IGNORED
    known = _known_headings()
    for text in (cell, re.sub(r"\(.*?\)", "", cell)):
        key = heading_key(text)
        if key in known:
            return known[key]
    key = heading_key(cell)
    rest = next((key.removeprefix(prefix) for prefix in COUNT_PREFIXES if key.startswith(prefix)), "")
    counted = {heading_key(heading) for heading, code in role_headings() if code in ("person", HEAD_COUNT.code)}
    return HEAD_COUNT.code if rest and rest in counted else IGNORED


def _known_headings() -> dict[str, str]:
    """Field codes by heading key; what is general wins over what one kind or role calls it."""
    known: dict[str, str] = {}
    for one in GENERAL:
        for heading in one.all_headings():
            known.setdefault(heading_key(heading), one.code)
    for heading, code in role_headings():
        known.setdefault(heading_key(heading), code)
    for one in detail_fields():
        for heading in one.all_headings():
            known.setdefault(heading_key(heading), one.code)
    return known


def _repeated(layout: Layout, found: Mapping[int, str]) -> list[Problem]:
    problems = []
    for code in sorted({code for code in layout.columns.values() if code}):
        columns = [column for column, held in layout.columns.items() if held == code]
        if len(columns) > 1:
            problems.append(
                Problem(
                    "I5",
                    Level.ERROR,
                    _("Several columns hold “%(field)s”: %(columns)s.")
                    % {"field": name_of(code), "columns": ", ".join(_place(column, found) for column in columns)},
                    _("Say below which of them to use, or delete one in the spreadsheet."),
                    row=layout.header_row,
                    column=column_letters(columns[1]),
                    heading=found.get(columns[1], ""),
                )
            )
    return problems


def _missing(layout: Layout, found: Mapping[int, str]) -> list[Problem]:
    held = {*layout.columns.values(), layout.sheet_holds}
    lacking = [one for one in REQUIRED if one.code not in held and not (one is KIND and layout.kind)]
    if not held & {ORGANISATION.code, ORGANISATION_NUMBER.code}:
        lacking.append(ORGANISATION)
    listed = ", ".join(f"«{text}»" for text in found.values() if text) or "–"
    return [
        Problem(
            "I5",
            Level.ERROR,
            _("The sheet lacks the column “%(field)s”. Found: %(headings)s.")
            % {"field": one.words, "headings": listed},
            _("Say below which column holds it, or add it to the spreadsheet."),
            row=layout.header_row,
        )
        for one in lacking
    ]


def _notices(sheet: Sheet, layout: Layout, found: Mapping[int, str]) -> list[Problem]:
    notices = []
    if layout.header_row > 1:
        notices.append(
            Problem(
                "I5",
                Level.WARNING,
                _("The headings were found in row %(row)d.") % {"row": layout.header_row},
                _("Check that the rows above hold nothing that should be taken in."),
                row=layout.header_row,
            )
        )
    header = sheet.rows[layout.header_row - 1] if layout.header_row else []
    for column, cell in enumerate(header, start=1):
        if isinstance(cell, str) and _visible(cell) != cell.strip() and layout.columns.get(column):
            notices.append(
                Problem(
                    "I5",
                    Level.WARNING,
                    _("The heading has invisible characters; it is read as “%(field)s”.")
                    % {"field": name_of(layout.columns[column])},
                    row=layout.header_row,
                    column=column_letters(column),
                    heading=_visible(cell),
                )
            )
    left_out = [column for column, text in found.items() if text and not layout.columns.get(column)]
    if left_out:
        notices.append(
            Problem(
                "I5",
                Level.WARNING,
                _("These columns are not taken in: %(columns)s.")
                % {"columns": ", ".join(_place(column, found) for column in left_out)},
                _("Say below what they hold if they should be."),
                row=layout.header_row,
            )
        )
    return notices


def unread_sheets(workbook: Workbook, layout: Layout) -> list[str]:
    """The names of the sheets with rows that are not taken in."""
    known = (*layout.sheets, *EXPLANATIONS)
    return [sheet.name for sheet in workbook.sheets if sheet.rows and sheet.name not in known]


def _sheet_notices(workbook: Workbook, layout: Layout) -> list[Problem]:
    notices = []
    if layout.more_sheets:
        text = _("%(count)d sheets with the same headings are taken in: %(sheets)s.")
        listed = ", ".join(f"«{name}»" for name in layout.sheets)
        advice = _("Say below which of them to take in, and what their names stand for.")
        notices.append(Problem("I5", Level.WARNING, text % {"count": len(layout.sheets), "sheets": listed}, advice))
    if others := unread_sheets(workbook, layout):
        text = _("These sheets are not taken in: %(sheets)s.") % {"sheets": ", ".join(f"«{name}»" for name in others)}
        notices.append(Problem("I5", Level.WARNING, text, _("Choose the sheet below, or upload the file again later.")))
    return notices


def name_of(code: str) -> str:
    """A field's name in the reader's language."""
    known = field_of(code)
    return str(known.words) if known else code.removeprefix(DETAIL)


def _place(column: int, found: Mapping[int, str]) -> str:
    letters = column_letters(column)
    return f"{letters} «{found[column]}»" if found.get(column) else letters


def _visible(cell: Cell) -> str:
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    return " ".join("".join(letter for letter in cell if unicodedata.category(letter) not in ("Cf", "Cc")).split())


def _width(sheet: Sheet) -> int:
    return max((len(row) for row in sheet.rows[:HEADER_ROWS]), default=0)


def mapped_by_names(sheet: Sheet, layout: Layout, given: Mapping[str, str]) -> tuple[Layout, list[str]]:
    """A layout with columns said by heading or letter ({"Firmanavn": "organisation"}), and the names not found."""
    found = headings(sheet, layout)
    columns, unknown = dict(layout.columns), []
    for name, code in given.items():
        column = next(
            (
                number
                for number, text in found.items()
                if heading_key(text) == heading_key(name) or column_letters(number) == name.upper()
            ),
            0,
        )
        if not column or (code and field_of(code) is None):
            unknown.append(f"{name}={code}")
        else:
            columns[column] = code
    return replace(layout, columns=columns), unknown
