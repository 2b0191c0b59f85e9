"""All the answers of an edition as flat rows, and as CSV: one row for each figure's whole, each period and each part.

The CSV is open data: UTF-8 without a mark in front, commas, a decimal point, and the same whoever reads it. A text that
a spreadsheet would take for a formula gets an apostrophe in front, as in our other files: many open it in one. Who
wants the text to the byte has the JSON.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from io import StringIO

from samtall.base.periods import Period
from samtall.figures.sheets import written
from samtall.publications.published import Answer, Figure, Published, Said

WHOLE, PERIOD = "whole", "period"


@dataclass(frozen=True)
class Row:
    """One answer. The fields are the columns, in their order; docs/open-data.md says what each holds.

    An empty amount was not told or not reported; nought is 0. Amounts are decimal numbers as they were frozen.
    """

    figure: str
    name: str
    version: int
    unit: str
    period_first: date
    period_last: date
    period_label: str
    dimension: str
    code: str
    label: str
    exact: str
    pending: str
    unidentified: str
    lowest: str
    highest: str
    activities: str
    withheld: str


COLUMNS = tuple(field.name for field in fields(Row))


def rows_of(edition: Published, language: str) -> Iterator[Row]:
    for figure in edition.figures.values():
        yield from _rows(figure, language)


def as_csv(edition: Published, language: str) -> bytes:
    """The rows with texts in one language. The columns never change; new ones would come last."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows_of(edition, language):
        writer.writerow([_cell(name, getattr(row, name)) for name in COLUMNS])
    return file.getvalue().encode()


#: Columns whose text comes from people or registers; the others are numbers, days and codes of ours.
_TEXTS = {"name", "label", "code"}


def _cell(column: str, value: object) -> str:
    return written(str(value), ".") if column in _TEXTS else str(value)


def _rows(figure: Figure, language: str) -> Iterator[Row]:
    yield _row(figure, language, figure.period, WHOLE, "", None, figure.whole)
    for period, answer in figure.series:
        yield _row(figure, language, period, PERIOD, period.label, None, answer)
    for division in figure.divisions:
        for part in division.parts:
            yield _row(figure, language, figure.period, division.by, part.code, part.label, part.answer)


def _row(
    figure: Figure, language: str, period: Period, dimension: str, code: str, label: Said | None, answer: Answer
) -> Row:
    def told(name: str) -> str:
        return str(answer.said.get(name, ""))

    return Row(
        figure=figure.key,
        name=figure.name.in_language(language),
        version=figure.version,
        unit=str(figure.definition["unit"]),
        period_first=period.first,
        period_last=period.last,
        period_label=period.label,
        dimension=dimension,
        code=code,
        label=label.in_language(language) if label else code,
        exact=told("exact"),
        pending=told("pending"),
        unidentified=told("unidentified"),
        lowest=told("lowest"),
        highest=told("highest"),
        activities=told("activities"),
        withheld="yes" if answer.withheld else "no",
    )
