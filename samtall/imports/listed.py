"""Which lines of a sheet are rows of its list, and which are headings again, sums, or headings within the list."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samtall.imports.cells import Cell, Fault, Sheet
from samtall.imports.columns import Layout, heading_key

_TOTAL = re.compile(
    r"(?:del)?sum(?:mer|mert)?\b|totalt?\b|totalsum\b|i alt\b|sammenlagt\b|til ?s[ao]m+[ae]n\b|antall totalt"
)
#: Fields of which every merged row can have the same value; a number or a person would be counted over again.
_SHARED = (
    *("kind", "title", "starts", "ends", "organisation", "organisation_number", "education", "education_number"),
    *("municipality", "programme", "status", "postal_code", "postal_place", "address", "web", "reference"),
)
FEWEST_COLUMNS = 3


@dataclass(frozen=True)
class LeftOut:
    """A line that is no row of the list: why, and what stands there."""

    why: str  # headings, total, lone
    text: str


def left_out(cells: Sequence[Cell], header: Sequence[Cell], layout: Layout) -> LeftOut | None:
    """Why a line is not taken for a row; None when it is one."""
    filled = {column: cell for column, cell in enumerate(cells, start=1) if cell is not None}
    if not filled or len(layout.columns) < FEWEST_COLUMNS:
        return None
    shown = ", ".join(str(cell)[:60] for cell in filled.values() if not isinstance(cell, Fault))
    keys = {column: heading_key(cell) for column, cell in enumerate(header, start=1) if isinstance(cell, str)}
    if len(filled) > 1 and all(
        isinstance(cell, str) and heading_key(cell) == keys.get(at) for at, cell in filled.items()
    ):
        return LeftOut("headings", shown)
    if _is_total(filled, layout):
        return LeftOut("total", shown)
    first = min(filled)
    if len(filled) == 1 and isinstance(filled[first], str) and first == min(layout.columns):
        return LeftOut("lone", shown)
    return None


def _is_total(filled: Mapping[int, Cell], layout: Layout) -> bool:
    said = {layout.columns.get(column, ""): cell for column, cell in filled.items()}
    numbers = [cell for cell in filled.values() if isinstance(cell, int | float | Fault) and not isinstance(cell, bool)]
    texts = [cell for cell in filled.values() if isinstance(cell, str)]
    if "starts" in said and not isinstance(said["starts"], str | Fault):
        return False
    if texts and _TOTAL.match(texts[0].strip().casefold()):
        return all(_TOTAL.match(text.strip().casefold()) or not text.strip(" :=-") for text in texts) or bool(numbers)
    return bool(numbers) and len(numbers) == len(filled) and "reference" not in said


def filled_merges(sheet: Sheet, layout: Layout) -> dict[tuple[int, int], Cell]:
    """The values of merged cells for the rows below their first, where all of them can share it."""
    values: dict[tuple[int, int], Cell] = {}
    for top, left, bottom, right in sheet.merged:
        if top <= layout.header_row or left != right or layout.columns.get(left, "") not in _SHARED:
            continue
        row = sheet.rows[top - 1] if top <= len(sheet.rows) else []
        value = row[left - 1] if left <= len(row) else None
        for below in range(top + 1, min(bottom, len(sheet.rows)) + 1):
            values[(below, left)] = value
    return values
