"""A figure as CSV and as a spreadsheet, with its definition beside it. Text is always text, never a formula."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtall.figures import queries
from samtall.figures.asking import Asked
from samtall.figures.results import Result
from samtall.figures.sentences import sentences, unit_words
from samtall.figures.showing import part_names, share_of

Cell = str | int | Decimal | None
SAFE: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: What a spreadsheet would take for the beginning of a formula.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def rows_of(asked: Asked, *, until: date, as_defined_then: bool) -> list[list[Cell]]:
    """A heading, the figure for each period, and its parts in the period that was chosen."""
    headings = [
        _("Period"),
        _("Part"),
        _("Exact"),
        _("Awaiting approval"),
        _("Not identified"),
        _("Lowest"),
        _("Highest"),
        _("Share of the whole"),
        _("Version"),
    ]
    rows: list[list[Cell]] = [[*headings]]
    for point in asked.series(until=until, as_defined_then=as_defined_then):
        rows.append([point.result.period.label, _("The whole"), *_amounts(point.result), "", point.version.number])
    if asked.reading.grouping:
        divided = asked.parts()
        names = part_names(asked.reading.grouping, [part.code for part in divided.parts])
        for part in divided.parts:
            share = share_of(part.result, divided.whole)
            amounts = _amounts(part.result)
            rows.append([asked.reading.period.label, names[part.code], *amounts, share, asked.version.number])
    return rows


def _amounts(result: Result) -> list[Cell]:
    """Nothing where the reader is not told: that is not nought."""
    if result.withheld:
        return [None] * 5
    return [result.value, result.pending.value, result.unidentified, result.lowest.value, result.highest.value]


def said_of(asked: Asked) -> list[tuple[str, str]]:
    """What the numbers are, for those who read the file without us."""
    result = asked.answer()
    as_of = asked.reading.as_of
    return [
        (_("Figure"), str(queries.name_of(asked.version))),
        (_("Short name"), asked.version.figure.slug),
        (_("Unit"), unit_words(asked.definition, 2)),
        (_("Version of the definition"), str(asked.version.number)),
        (_("Position in the ledger"), str(result.position)),
        (_("As of"), as_of.isoformat() if as_of else _("when it was taken out")),
        *((_("What is counted"), sentence) for sentence in sentences(asked.definition)),
    ]


def as_csv(rows: Sequence[Sequence[Cell]], said: Sequence[tuple[str, str]]) -> bytes:
    """For spreadsheets in the language read: in Norwegian semicolons and a decimal comma. The definition follows."""
    english = (get_language() or "").startswith("en")
    file = StringIO()
    writer = csv.writer(file, delimiter="," if english else ";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([written(cell, "." if english else ",") for cell in row])
    writer.writerow([])
    writer.writerows([[written(term, "."), written(text, ".")] for term, text in said])
    return file.getvalue().encode("utf-8-sig")


def written(cell: Cell, mark: str) -> str:
    """A cell of a CSV file: nothing for None, text that no spreadsheet takes for a formula, numbers with this mark."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_DANGEROUS) else cell
    return f"{cell:f}".replace(".", mark) if isinstance(cell, Decimal) else str(cell)


def as_spreadsheet(rows: Sequence[Sequence[Cell]], said: Sequence[tuple[str, str]]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, SAFE) as workbook:
        bold = workbook.add_format({"bold": True})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        sheet = workbook.add_worksheet(_("Numbers"))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, 8, 14)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell, bold if line == 0 else None)
                elif cell is not None:
                    sheet.write_number(line, column, float(cell))
        definition = workbook.add_worksheet(_("Definition"))
        definition.set_column(0, 0, 28)
        definition.set_column(1, 1, 90)
        for line, (term, text) in enumerate(said):
            definition.write_string(line, 0, term, bold)
            definition.write_string(line, 1, text, wrapped)
    return content.getvalue()
