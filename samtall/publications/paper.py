"""A workbook as ours look: headings, amounts, days and sentences. Text is always text, never a formula."""

import textwrap
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

#: What a spreadsheet program takes for the name of a sheet.
LONGEST, FORBIDDEN = 31, "[]:*?/\\'"
#: The height of a line.
HIGH = 15
A4 = 9


@dataclass(frozen=True)
class Column:
    """A column with its heading. Numbers stand to the right; text after a number keeps a distance."""

    heading: str
    width: int
    number: bool = False
    after_number: bool = False


@dataclass(frozen=True)
class Formula:
    """A formula and its result, for programs that do not calculate."""

    text: str
    result: Decimal


class Paper:
    """Writes in a workbook of xlsxwriter."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook

        def look(**said: Any) -> Any:
            return workbook.add_format(said)

        dark = {"bold": True, "bg_color": "#083D47", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
        self.heading, self.heading_right = look(**dark), look(**dark, align="right")
        self.heading_after = look(**dark, align="left", indent=1)
        self.title, self.bold = look(bold=True, font_size=16), look(bold=True, valign="top")
        self.wrapped, self.after = look(text_wrap=True, valign="top"), look(align="left", indent=1)
        self.link = look(font_color="#0B5563", underline=1, valign="top")
        self.whole, self.decimal = look(num_format="#,##0"), look(num_format="#,##0.0##")
        self.percent, self.day = look(num_format="0.0 %"), look(num_format="dd.mm.yyyy")
        self.hidden = look(italic=True, font_color="#575757", align="right")

    def sheet(self, name: str, widths: Sequence[int]) -> Any:
        taken = [one.get_name() for one in self.workbook.worksheets()]
        sheet = self.workbook.add_worksheet(sheet_name(name, taken))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def headings(self, sheet: Any, line: int, columns: Sequence[Column]) -> None:
        for place, one in enumerate(columns):
            look = self.heading_right if one.number else self.heading_after if one.after_number else self.heading
            sheet.write_string(line, place, one.heading, look)
        sheet.set_row(line, 2 * HIGH)

    def amount(self, sheet: Any, line: int, column: int, amount: Decimal | Formula | None) -> None:
        """A number, or a formula with its result; None is what is not told."""
        if amount is None:
            sheet.write_string(line, column, _("hidden"), self.hidden)
        elif isinstance(amount, Formula):
            sheet.write_formula(line, column, amount.text, self._look(amount.result), plain(amount.result))
        else:
            sheet.write_number(line, column, plain(amount), self._look(amount))

    def date(self, sheet: Any, line: int, column: int, day: date) -> None:
        with suppress(ValueError):  # before 1900, where spreadsheets have no days
            sheet.write_datetime(line, column, datetime(day.year, day.month, day.day), self.day)

    def sentence(self, sheet: Any, line: int, columns: tuple[int, int], text: str, letters: int) -> None:
        """A text across columns, as high as it needs to be when so many letters stand on a line."""
        first, last = columns
        if last > first:
            sheet.merge_range(line, first, line, last, "")
        sheet.write_string(line, first, text, self.wrapped)
        sheet.set_row(line, HIGH * (1 + len(text) // letters))

    def _look(self, amount: Decimal) -> Any:
        return self.whole if amount == amount.to_integral_value() else self.decimal


def plain(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def sheet_name(text: str, taken: Sequence[str]) -> str:
    """A name that a sheet can have, and that no other has."""
    allowed = "".join(" " if letter in FORBIDDEN else letter for letter in text)
    name, again = textwrap.shorten(allowed, LONGEST, placeholder="…"), 2
    while name.lower() in (one.lower() for one in taken):
        end = f" ({again})"
        name, again = textwrap.shorten(allowed, LONGEST - len(end), placeholder="…") + end, again + 1
    return name


def quoted(sheet: Any) -> str:
    """A sheet as formulas name it; no name has an apostrophe."""
    return f"'{sheet.get_name()}'"
