"""Hiding small counts of people so that nobody can find them out again (R20). Pure: numbers in, numbers out.

A table is cells and the sums between them. Cells that tell of 1–4 people are hidden; then as few others as it takes, so
that no hidden cell can be worked out from what is left. An attacker is taken to know how this is done, that what is
hidden is not zero (zeros are shown; they tell of nobody), and that parts of a distinct total may overlap. `exposed`
is the attacker: linear programming over all tables that look the same from outside.

What is not reported is None. It is shown as such, and is no zero.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from samtall.figures.bounding import Bounds, Relation, possible

#: Anything that can be the key of a dictionary.
Key = Any
#: Counts from 1 up to, but not including, this one are small.
THRESHOLD = 5
ROUNDING = 5
TOTAL = "total"


@dataclass(frozen=True)
class Sum:
    """A total and its parts. `distinct`: the same one can be in several parts, which may then add up to more."""

    total: Key
    parts: tuple[Key, ...]
    distinct: bool = False


@dataclass(frozen=True)
class Table:
    """Cells by key, and how they add up. `people`: how many are behind a cell that is not itself a count of them."""

    values: Mapping[Key, int | None]
    sums: tuple[Sum, ...] = ()
    people: Mapping[Key, int] = field(default_factory=dict)

    def small(self, threshold: int = THRESHOLD) -> frozenset[Key]:
        """The cells that tell of so few people that they are hidden."""
        return frozenset(key for key in self.values if 0 < (self.behind(key) or 0) < threshold)

    def behind(self, key: Key) -> int | None:
        return self.people.get(key, self.values[key])


def one_way(parts: Mapping[Key, int | None], total: int, *, distinct: bool) -> Table:
    """Parts and their total, which has the key TOTAL."""
    return Table({**parts, TOTAL: total}, (Sum(TOTAL, tuple(parts), distinct),))


def two_way(
    cells: Mapping[tuple[Key, Key], int | None],
    *,
    rows: Mapping[Key, int],
    columns: Mapping[Key, int],
    total: int,
    distinct: bool,
) -> Table:
    """Cells by (row, column) with the totals of rows, of columns, and of all: the keys have TOTAL in a place."""
    values: dict[Key, int | None] = {(row, column): cells.get((row, column)) for row in rows for column in columns}
    values |= {(row, TOTAL): value for row, value in rows.items()}
    values |= {(TOTAL, column): value for column, value in columns.items()}
    values[TOTAL, TOTAL] = total
    sums = [Sum((row, TOTAL), tuple((row, column) for column in columns), distinct) for row in rows]
    sums += [Sum((TOTAL, column), tuple((row, column) for row in rows), distinct) for column in columns]
    sums.append(Sum((TOTAL, TOTAL), tuple((row, TOTAL) for row in rows), distinct))
    sums.append(Sum((TOTAL, TOTAL), tuple((TOTAL, column) for column in columns), distinct))
    return Table(values, tuple(sums))


def hidden(
    table: Table, *, threshold: int = THRESHOLD, earlier: Mapping[Key, int | None] | None = None
) -> frozenset[Key]:
    """The cells to hide: the small ones, those that would give them away, and those that would show single people
    beside an `earlier` edition of the same table (its shown cells)."""
    sensitive = table.small(threshold)
    away = _protected(table, sensitive, threshold)
    told = _told(earlier, table, away, threshold)
    while told:
        sensitive |= told
        away = _protected(table, sensitive, threshold)
        told = _told(earlier, table, away, threshold)
    return frozenset(away)


def _told(earlier: Mapping[Key, int | None] | None, table: Table, away: set[Key], threshold: int) -> set[Key]:
    shown = {key: value for key, value in table.values.items() if key not in away}
    return set() if earlier is None else told_between(earlier, shown, table.sums, threshold=threshold)


def _protected(table: Table, sensitive: frozenset[Key], threshold: int) -> set[Key]:
    """The sensitive cells, and what else has to go for none of them to be found out."""
    away = set(sensitive)
    while found := exposed(table, away, threshold=threshold, sensitive=sensitive):
        further = _further(table, away, found)
        if not further:  # nothing is left to hide but what does not matter
            break
        away |= further
    return away - _needless(table, away, sensitive, threshold)


def exposed(
    table: Table, away: Iterable[Key], *, threshold: int = THRESHOLD, sensitive: frozenset[Key] | None = None
) -> dict[Key, Bounds]:
    """The sensitive cells (otherwise the small ones) that can be found out although hidden, and their narrow bounds.

    A cell is safe when what it can be is no narrower than what its being hidden tells ("1–4"), and when at least two
    values are left to somebody who guesses that it is one of those. Of a total nobody can guess that: totals are hidden
    for the sake of their parts too, and zeros, which are shown, tell that it is no less than the number of the others.
    """
    away, totals = set(away), {one.total for one in table.sums}
    sought = (table.small(threshold) if sensitive is None else sensitive) & away

    def safe(key: Key, bounds: Bounds) -> bool:
        lowest, highest = bounds
        counts_few = key not in table.people and key not in totals and (table.values[key] or 0) < threshold
        guessed = min(highest, threshold - 1) - max(lowest, 1) >= 1
        return highest - lowest >= threshold - 2 and (guessed or not counts_few)

    bounds = possible(table.values, _relations(table), away, sought, least=1, enough=safe) if sought else {}
    return {key: bounds[key] for key in sought if not safe(key, bounds[key])}


def _relations(table: Table) -> list[Relation]:
    """The sums without what is not reported, which adds nothing to them."""
    return [
        Relation(one.total, tuple(part for part in one.parts if table.values[part] is not None), one.distinct)
        for one in table.sums
        if table.values[one.total] is not None
    ]


def _further(table: Table, away: set[Key], found: Mapping[Key, Bounds]) -> set[Key]:
    """What more to hide for the most exposed cell: another one in each of its sums, the cheapest that fit together."""
    for key in sorted(found, key=lambda one: (found[one][1] - found[one][0], str(one))):
        rectangle = _rectangle(table, away, key)
        if rectangle:
            return rectangle
        beside = _cheapest(table, away, _beside(table, key))
        if beside is not None:
            return {beside}
    anything = _cheapest(table, away, (key for one in table.sums for key in (*one.parts, one.total)))
    return set() if anything is None else {anything}


def _beside(table: Table, key: Key) -> Iterator[Key]:
    for one in table.sums:
        if key == one.total or key in one.parts:
            yield from one.parts
    for one in table.sums:
        if key in one.parts:
            yield one.total


def _cheapest(table: Table, away: set[Key], among: Iterable[Key]) -> Key | None:
    """Parts go before totals, and small numbers before large: that is what readers miss least."""
    totals = {one.total for one in table.sums}
    can_go = {key for key in among if key not in away and table.values[key]}
    return min(can_go, key=lambda key: (key in totals, table.values[key] or 0, str(key)), default=None)


def _rectangle(table: Table, away: set[Key], key: Key) -> set[Key]:
    """In a table with rows and columns: three cells that can give and take with this one, so that no total moves."""
    across, down = _lines(table, key)
    best: tuple[int, int, str] | None = None
    chosen: set[Key] = set()
    worth = table.values[key] or 0
    for beside in across:
        for below in down:
            corner = _corner(below, beside)
            if not table.values.get(corner):
                continue
            up = min(table.values[beside] or 0, table.values[below] or 0) - 1
            room = up + min(worth, table.values[corner] or 0) - 1
            new = {beside, below, corner} - away
            if room < THRESHOLD - 2 or not new:
                continue
            cost = (len(new), sum(table.values[one] or 0 for one in new), str(sorted(map(str, new))))
            if best is None or cost < best:
                best, chosen = cost, new
    return chosen


def _lines(table: Table, key: Key) -> tuple[list[Key], list[Key]]:
    """The other cells of a cell's row and of its column that may be hidden; none outside such tables."""
    lines = [one for one in table.sums if key in one.parts and not one.distinct]
    if not (isinstance(key, tuple) and len(lines) == 2):
        return [], []
    others = [[part for part in one.parts if part != key and table.values[part]] for one in lines]
    return others[0], others[1]


def _corner(below: Key, beside: Key) -> Key:
    assert isinstance(below, tuple) and isinstance(beside, tuple)  # noqa: S101 - keys of a two-way table
    return (below[0], beside[1])


def _needless(table: Table, away: set[Key], sensitive: frozenset[Key], threshold: int) -> set[Key]:
    """Cells that were hidden on the way, and need not be: each shown again alone or with others before it."""
    back: set[Key] = set()
    for key in sorted(away - sensitive, key=lambda one: (-(table.values[one] or 0), str(one))):
        if not exposed(table, away - back - {key}, threshold=threshold, sensitive=sensitive):
            back.add(key)
    return back


def told_between(
    earlier: Mapping[Key, int | None],
    later: Mapping[Key, int | None],
    sums: Iterable[Sum] = (),
    *,
    threshold: int = THRESHOLD,
) -> set[Key]:
    """The cells whose change from one edition to the next tells of 1–4 people: shown in both, alone or by subtraction.

    Both are the cells that are shown. Rather than this, keep to one edition for each period.
    """
    change = {key: (later[key] or 0) - (earlier[key] or 0) for key in earlier.keys() & later.keys()}
    told = {key for key, moved in change.items() if 0 < abs(moved) < threshold}
    for one in sums:
        if one.distinct or one.total not in change or one.total in told:
            continue
        rest = change[one.total] - sum(change.get(part, 0) for part in one.parts)
        if 0 < abs(rest) < threshold and any(part not in change for part in one.parts):
            told.add(one.total)
    return told


def rounded(value: int) -> int:
    """To the nearest five: 1 and 2 become 0, 3 and 4 become 5."""
    return (value + ROUNDING // 2) // ROUNDING * ROUNDING


def rounded_table(table: Table) -> dict[Key, int | None]:
    """Every cell to the nearest five on its own; where that would give a small one away, totals of the rounded parts.

    A total of people who may be in several parts is left out (not reported) in that case.
    """
    shown = {key: None if value is None else rounded(value) for key, value in table.values.items()}
    if not exposed_by_rounding(table, shown):
        return shown
    for one in table.sums:
        parts = [shown[part] for part in one.parts]
        shown[one.total] = None if one.distinct else sum(part or 0 for part in parts)
    return shown


def exposed_by_rounding(table: Table, shown: Mapping[Key, int | None]) -> set[Key]:
    """The small cells that rounding leaves only one value for."""
    small = {key for key in table.small() if shown[key] is not None}
    if not small:
        return set()
    reach = ROUNDING // 2
    within = {
        key: (float(max(0, value - reach)), float(value + reach)) for key, value in shown.items() if value is not None
    }
    bounds = possible(
        table.values,
        _relations(table),
        set(within),
        small,
        least=0,
        within=within,
        enough=lambda _key, one: one[1] - one[0] >= 1,
    )
    return {key for key in small if bounds[key][1] - bounds[key][0] < 1}
