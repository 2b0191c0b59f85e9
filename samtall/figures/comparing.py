"""Two definitions side by side: what a new version would change, year by year, and what came in and went out (R18)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samtall.base.periods import Period, between, periods_between
from samtall.figures import queries
from samtall.figures.definitions import Definition
from samtall.figures.results import amount_of
from samtall.figures.showing import Line, lines_of

#: How many periods are compared, and how many that came in or went out are named in each.
PERIODS, NAMED = 12, 5


@dataclass(frozen=True)
class Moved:
    """Some that came in or went out: how many, and the first of them with names, as far as the reader may see them."""

    number: int
    lines: Sequence[Line] = ()

    @property
    def unnamed(self) -> int:
        return self.number - len(self.lines)


@dataclass(frozen=True)
class Compared:
    """One period under both definitions. What moved is known only where both count the same unit."""

    period: Period
    old: int | Decimal
    new: int | Decimal
    came: Moved | None = None
    went: Moved | None = None

    @property
    def difference(self) -> int | Decimal:
        return self.new - self.old


def compared(old: Definition, new: Definition, reader: Any, *, until: date, names: bool) -> list[Compared]:
    """Both definitions for each of the latest periods of the new one's calendar in which either counts anything."""
    periods = _periods(old, new, until)
    before, after = queries.series(old, periods), queries.series(new, periods)
    pairs = zip(periods, before, after, strict=True)
    if old.unit is not new.unit or old.sharing is not new.sharing:
        return [Compared(period, one.value, other.value) for period, one, other in pairs]
    had, has = queries.counted_items(old, periods), queries.counted_items(new, periods)
    came = [sorted(has[number] - had[number]) for number in range(len(periods))]
    went = [sorted(had[number] - has[number]) for number in range(len(periods))]
    named_new = _named(new, periods, came, reader) if names else {}
    named_old = _named(old, periods, went, reader) if names else {}
    return [
        Compared(period, one.value, other.value, _moved(came[number], named_new), _moved(went[number], named_old))
        for number, (period, one, other) in enumerate(pairs)
    ]


def _periods(old: Definition, new: Definition, until: date) -> list[Period]:
    extents = [extent for extent in (queries.extent(old), queries.extent(new)) if extent]
    if not extents:
        return []
    first = min(extent[0] for extent in extents)
    last = max(first, min(max(extent[1] for extent in extents), until))
    return list(periods_between(first, last, new.calendar))[-PERIODS:]


def _named(
    definition: Definition, periods: Sequence[Period], items: Iterable[Sequence[int]], reader: Any
) -> dict[int, Line]:
    """The lines of the first few of every period, from one reading of all of them."""
    wanted = list(dict.fromkeys(item for some in items for item in some[:NAMED]))
    if not wanted:
        return {}
    whole = between(periods[0].first, periods[-1].last)
    rows = [queries.Row(item, True, True, amount_of(definition, 0), 1, whole.first) for item in wanted]
    return dict(zip(wanted, lines_of(definition, whole, rows, reader), strict=True))


def _moved(items: Sequence[int], named: dict[int, Line]) -> Moved:
    return Moved(len(items), [named[item] for item in items[:NAMED] if item in named])
