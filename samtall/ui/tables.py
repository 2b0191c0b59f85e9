"""What the table and timeline components show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samtall.ui.frame import Link

Cell = str | int | Decimal | Link | None


@dataclass(frozen=True)
class Column:
    """A heading; numbers stand to the right."""

    label: str
    number: bool = False


@dataclass(frozen=True)
class Table:
    """A caption, columns, and rows with one cell for each column."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    caption_hidden: bool = False

    def body(self) -> Iterator[list[tuple[Column, Cell]]]:
        for row in self.rows:
            yield list(zip(self.columns, row, strict=True))


@dataclass(frozen=True)
class Event:
    """Something that was done: when (a moment or a day), what, by whom, and a remark."""

    when: date
    title: str
    who: str = ""
    text: str = ""
