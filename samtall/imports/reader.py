"""Reads a spreadsheet in a process of its own, with little memory and time: `python -m samtall.imports.reader`.

The file comes on standard input; the answer is JSON on standard output. Knows nothing of Django, so that it starts fast
and there is nothing in it to steal.
"""

import json
import sys
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from samtall.base import confined
from samtall.imports import limits
from samtall.imports.cells import Cell, Fault, Sheet, Workbook, workbook_from_plain, workbook_to_plain
from samtall.imports.delimited import read_delimited
from samtall.imports.guard import inspect
from samtall.imports.markup import Findings
from samtall.imports.verdict import FileRefused, Verdict


def read(content: bytes) -> Workbook:
    """Read a spreadsheet in a child process. Raises FileRefused with the verdict of the guard or the reader."""
    if len(content) > limits.FILE_BYTES:
        inspect(content)
    try:
        answer = json.loads(confined.run("samtall.imports.reader", content=content, seconds=limits.CHILD_SECONDS))
    except confined.Exceeded as exceeded:
        megabytes = limits.CHILD_MEMORY_BYTES // 1_000_000
        limit = f"{limits.CHILD_SECONDS} s" if exceeded.what == "time" else f"{megabytes} MB"
        raise FileRefused("I4", exceeded.what, found=f"> {limit}", limit=limit) from None
    if "verdict" in answer:
        verdict = Verdict(**answer["verdict"])
        raise FileRefused(verdict.code, verdict.reason, found=verdict.found, limit=verdict.limit, row=verdict.row)
    return workbook_from_plain(answer)


def read_here(content: bytes) -> Workbook:
    """Inspect and read a spreadsheet in this process. Raises FileRefused."""
    findings = inspect(content)
    if findings.form == "csv":
        return read_delimited(content)
    return _read_workbook(content, findings)


def _read_workbook(content: bytes, findings: Findings) -> Workbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    sheets: list[Sheet] = []
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        for metadata in workbook.sheets_metadata:
            if metadata.typ is not SheetTypeEnum.WorkSheet or metadata.visible is not SheetVisibleEnum.Visible:
                continue
            rows = workbook.get_sheet_by_name(metadata.name).to_python(skip_empty_area=False)
            sheets.append(_sheet(metadata.name, rows, findings))
    except PasswordError as error:
        raise FileRefused("I2", "password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise FileRefused("I3", "unreadable") from error
    return Workbook(findings.form, sheets, dates_from_1904=findings.dates_from_1904)


def _sheet(name: str, rows: list[list[Any]], findings: Findings) -> Sheet:
    cells = [[_cell(value) for value in row] for row in rows]
    for row, column, fault in findings.of_sheet(name).faults:
        while len(cells) < row:
            cells.append([])
        line = cells[row - 1]
        line.extend([None] * (column - len(line)))
        line[column - 1] = Fault(fault)
    for line in cells:
        while line and line[-1] is None:
            line.pop()
    while cells and not cells[-1]:
        cells.pop()
    return Sheet(name, cells, merged=tuple(findings.of_sheet(name).merged), comments=findings.comments_of_sheet(name))


def _cell(value: Any) -> Cell:
    """A value of the parser as a cell: whole numbers without a decimal part, dates without a time."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date | int):
        return value
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return value.total_seconds() / 3600  # a length of time is hours
    return None


def main() -> None:
    """Answer for the file on standard input, within limits that the process itself cannot raise again."""
    confined.confine(memory_bytes=limits.CHILD_MEMORY_BYTES, seconds=limits.CHILD_SECONDS)
    try:
        answer = workbook_to_plain(read_here(sys.stdin.buffer.read()))
    except FileRefused as refusal:
        answer = {"verdict": asdict(refusal.verdict)}
    except MemoryError:
        sys.exit(1)
    except BaseException:  # the parser is written in Rust, and its panics are not Exceptions
        answer = {"verdict": asdict(Verdict("I3", "unreadable"))}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
