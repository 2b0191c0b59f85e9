"""Text files with a separator (.csv), as spreadsheets and other systems write them."""

import csv
from io import StringIO

from samtall.imports import limits
from samtall.imports.cells import Cell, Sheet, Workbook
from samtall.imports.verdict import FileRefused

SEPARATORS = ";\t,"
UTF_8_MARK, UTF_16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")


def read_delimited(content: bytes) -> Workbook:
    """Read a .csv in UTF-8, CP1252 or UTF-16 with its mark, separated by semicolon, tab or comma.

    Every cell is text. Raises FileRefused: I6 where quotes or letters make no sense, I4 when there is too much.
    """
    text = _decode(content)
    separator = _announced_separator(text)
    if separator:
        text = text.partition("\n")[2]
    rows = _rows(text, separator or _likely_separator(text))
    return Workbook("csv", [Sheet("", rows, _ragged(rows))])


def _decode(content: bytes) -> str:
    try:
        if content.startswith(UTF_16_MARKS):
            return content.decode("utf-16", "surrogatepass")
        return content.removeprefix(UTF_8_MARK).decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise FileRefused("I6", "letters", row=content[: error.start].count(b"\n") + 1) from error


def _announced_separator(text: str) -> str:
    """The separator that a first line such as `sep=;` names, as Excel understands it."""
    first = text.split("\n", 1)[0].strip()
    return first[4] if len(first) == 5 and first[:4].casefold() == "sep=" and first[4] in SEPARATORS else ""


def _likely_separator(text: str) -> str:
    """The separator that stands most often outside of quotes in the line that has most of any."""
    counts = dict.fromkeys(SEPARATORS, 0)
    for line in text.splitlines()[:20]:
        outside = "".join(line.split('"')[0::2])
        for separator in SEPARATORS:
            counts[separator] = max(counts[separator], outside.count(separator))
    return max(SEPARATORS, key=lambda separator: counts[separator])


def _rows(text: str, separator: str) -> list[list[Cell]]:
    csv.field_size_limit(limits.FILE_BYTES)
    rows: list[list[Cell]] = []
    cells = 0
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            cells += len(row)
            if cells > limits.CELLS:
                raise FileRefused("I4", "cells", found=f"> {limits.CELLS}", limit=str(limits.CELLS))
            if len(rows) >= limits.ROWS:
                raise FileRefused("I4", "rows", found=f"> {limits.ROWS}", limit=str(limits.ROWS))
            if len(row) > limits.COLUMNS:
                raise FileRefused("I4", "columns", found=str(len(row)), limit=str(limits.COLUMNS))
            rows.append([cell if cell.strip() else None for cell in row])
    except csv.Error as error:
        raise FileRefused("I6", "quotes", row=len(rows) + 1) from error
    return rows


def _ragged(rows: list[list[Cell]]) -> tuple[int, ...]:
    """Rows with another number of cells than most, which shows a line break or separator that is not in quotes."""
    lengths = [len(row) for row in rows if any(cell is not None for cell in row)]
    if not lengths:
        return ()
    usual = max(set(lengths), key=lengths.count)
    if lengths.count(usual) * 2 <= len(lengths):
        usual = max(lengths)
    return tuple(
        number
        for number, row in enumerate(rows, start=1)
        if len(row) != usual and any(cell is not None for cell in row)
    )
