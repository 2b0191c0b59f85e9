"""Cells as the reader hands them over: text, numbers, truth values and dates, and faults where there is no value."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Fault:
    """A cell without a usable value: an error such as #N/A, or "formula" for one whose value is not stored."""

    text: str


#: (row, column), and (first row, first column, last row, last column), all counted from 1.
Place = tuple[int, int]
Area = tuple[int, int, int, int]

Cell = str | int | float | bool | date | Fault | None


@dataclass
class Sheet:
    """A sheet's cells from A1 on, rows as short as their last filled cell; `rows[0]` is row 1 of the spreadsheet."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    ragged_rows: tuple[int, ...] = ()  # rows of a text file that are cut by a line break or a stray separator
    merged: tuple[Area, ...] = ()  # cells shown as one, of which the first holds the value
    comments: dict[Place, str] = field(default_factory=dict)


@dataclass
class Workbook:
    """What was read of a file."""

    form: str
    sheets: list[Sheet]
    dates_from_1904: bool = False


#: A row of a workbook is one number: its place in the sheet, and this much more for each sheet before it.
ROWS_OF_A_SHEET = 100_000


def place_of(row: int) -> tuple[int, int]:
    """The number of the sheet, from 0, and the row in it, of a row's number in the workbook."""
    return divmod(row, ROWS_OF_A_SHEET)


def column_letters(number: int) -> str:
    """The letters of a column counted from 1: A, B … Z, AA."""
    letters = ""
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def to_plain(cell: Cell) -> Any:
    """A cell as JSON."""
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, Fault):
        return {"fault": cell.text}
    return cell


def from_plain(value: Any) -> Cell:
    """A cell from JSON."""
    if isinstance(value, dict):
        return date.fromisoformat(value["date"]) if "date" in value else Fault(value["fault"])
    return value  # type: ignore[no-any-return]


def workbook_to_plain(workbook: Workbook) -> dict[str, Any]:
    """A workbook as JSON."""
    return {
        "form": workbook.form,
        "dates_from_1904": workbook.dates_from_1904,
        "sheets": [
            {
                "name": sheet.name,
                "ragged_rows": list(sheet.ragged_rows),
                "merged": [list(area) for area in sheet.merged],
                "comments": [[row, column, text] for (row, column), text in sheet.comments.items()],
                "rows": [[to_plain(cell) for cell in row] for row in sheet.rows],
            }
            for sheet in workbook.sheets
        ],
    }


def workbook_from_plain(plain: dict[str, Any]) -> Workbook:
    """A workbook from JSON."""
    return Workbook(
        form=plain["form"],
        dates_from_1904=plain["dates_from_1904"],
        sheets=[
            Sheet(
                sheet["name"],
                [[from_plain(value) for value in row] for row in sheet["rows"]],
                tuple(sheet["ragged_rows"]),
                tuple((top, left, bottom, right) for top, left, bottom, right in sheet["merged"]),
                {(row, column): text for row, column, text in sheet["comments"]},
            )
            for sheet in plain["sheets"]
        ],
    )
