"""The whole list behind a figure as plain rows for files: as many as the figure says (R23), with what each is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from samtall.base.periods import FOREVER, Period
from samtall.figures import queries
from samtall.figures.definitions import Definition, Unit
from samtall.figures.showing import Line, lines_of
from samtall.ledger.vocabulary import words_for
from samtall.places import queries as places

#: How many rows are read at a time.
STEP = 500
_PARTIES = (Unit.ORGANISATIONS, Unit.ESTABLISHMENTS, Unit.PEOPLE)


class State(Enum):
    """What a row does to its figure (R2, R7)."""

    COUNTED = "counted"
    PENDING = "pending"
    UNIDENTIFIED = "unidentified"

    @property
    def words(self) -> str:
        return {
            State.COUNTED: _("counted"),
            State.PENDING: _("awaiting approval"),
            State.UNIDENTIFIED: _("not identified"),
        }[self]


@dataclass(frozen=True)
class Listed:
    """A row: who or what is counted, of which kinds, from its first day until its last (None while it goes on).

    `amount` is in the figure's unit; those that are counted add up to the figure.
    """

    name: str
    kinds: tuple[str, ...]
    starts: date
    ends: date | None
    municipalities: tuple[str, ...]
    amount: Decimal
    state: State


def listed(
    definition: Definition, period: Period, reader: Any, *, position: int, on: date | None
) -> tuple[int, Iterator[Listed]]:
    """How many rows there are, and the rows with the names that this reader may see, as they are called today."""
    rows = queries.rows(definition, period, position=position, on=on)

    def read() -> Iterator[Listed]:
        for first in range(0, len(rows), STEP):
            some = rows[first : first + STEP]
            lines = lines_of(definition, period, some, reader, position=position, on=on, most=None)
            codes = {entry.municipality for line in lines for entry in line.entries if entry.municipality}
            names = places.names_of_codes(codes)
            for row, line in zip(some, lines, strict=True):
                yield _listed(definition, row, line, names)

    return len(rows), read()


def _listed(definition: Definition, row: queries.Row, line: Line, names: dict[str, str]) -> Listed:
    last = max((entry.ends for entry in line.entries), default=FOREVER)
    codes = sorted({entry.municipality for entry in line.entries if entry.municipality})
    return Listed(
        name=line.label,
        kinds=tuple(sorted({str(words_for("kind", entry.kind)) for entry in line.entries})),
        starts=row.first,
        ends=None if last == FOREVER else last,
        municipalities=tuple(f"{code} {names.get(code, '')}".strip() for code in codes),
        amount=Decimal(row.amount.value),
        state=_state(definition, row),
    )


def _state(definition: Definition, row: queries.Row) -> State:
    if not row.identified and definition.unit in _PARTIES:
        return State.UNIDENTIFIED
    return State.COUNTED if row.sure else State.PENDING
