"""What hidden numbers can be, given the numbers that are shown and the sums between them: the attacker's arithmetic."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samtall.figures.programming import Programme

#: Anything that can be the key of a dictionary.
Key = Any
Bounds = tuple[float, float]
_ALMOST = 1e-6


@dataclass(frozen=True)
class Relation:
    """A total that its parts add up to, or when `distinct` at least reach, none being more than the total."""

    total: Key
    parts: tuple[Key, ...]
    distinct: bool = False

    @property
    def cells(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


def possible(
    values: Mapping[Key, int | None],
    relations: Sequence[Relation],
    unknown: set[Key],
    wanted: Iterable[Key],
    *,
    least: float,
    enough: Callable[[Key, Bounds], bool],
    within: Mapping[Key, Bounds] | None = None,
) -> dict[Key, Bounds]:
    """The lowest and highest that each wanted cell can be, in whole numbers.

    Unknown cells are at least `least`, or lie `within` what is known of them. A cell that `enough` holds for may be
    given narrower bounds than the true ones: it is not looked into further.
    """
    start = {key: (within or {}).get(key, (least, inf)) for key in unknown}
    touched = [one for one in relations if any(key in unknown for key in one.cells)]
    reached = _propagated(values, touched, start)
    sought = [key for key in wanted if enough(key, reached[key])]
    found = {key: _whole(reached[key]) for key in wanted if key not in sought}  # too narrow already, for certain
    if len(touched) == 1 and not touched[0].distinct:
        return found | {key: _whole(reached[key]) for key in sought}  # one sum: there is no more to know
    return found | _programmed(values, touched, reached, sought, enough)


def _whole(bounds: Bounds) -> Bounds:
    lowest, highest = bounds
    return (ceil(lowest - _ALMOST), highest if highest == inf else floor(highest + _ALMOST))


def _propagated(
    values: Mapping[Key, int | None], relations: Sequence[Relation], start: Mapping[Key, Bounds]
) -> dict[Key, Bounds]:
    """Bounds by looking at one sum at a time until nothing more is learned; the true ones are as narrow or narrower."""
    bounds = dict(start)

    def of(key: Key) -> Bounds:
        return bounds[key] if key in bounds else (values[key] or 0, values[key] or 0)

    for _round in range(len(bounds) + 2):
        before = dict(bounds)
        for one in relations:
            lows, highs = zip(*map(of, one.parts), strict=True) if one.parts else ((), ())
            low, high = sum(lows), sum(highs)
            if one.total in bounds:
                at_least = max(lows, default=0) if one.distinct else low
                bounds[one.total] = _narrowed(bounds[one.total], at_least, high)
            bottom, top = of(one.total)
            for part, part_low, part_high in zip(one.parts, lows, highs, strict=True):
                if part in bounds:
                    others = inf if high == inf and part_high != inf else _others(highs, part_high, high)
                    most = top if one.distinct else top - (low - part_low)
                    bounds[part] = _narrowed(bounds[part], bottom - others, most)
        if bounds == before:
            break
    return bounds


def _others(highs: Sequence[float], mine: float, total: float) -> float:
    if mine != inf:
        return total - mine
    return inf if sum(one == inf for one in highs) > 1 else sum(one for one in highs if one != inf)


def _narrowed(bounds: Bounds, at_least: float, at_most: float) -> Bounds:
    return max(bounds[0], at_least), min(bounds[1], at_most)


def _programmed(
    values: Mapping[Key, int | None],
    relations: Sequence[Relation],
    bounds: Mapping[Key, Bounds],
    sought: Sequence[Key],
    enough: Callable[[Key, Bounds], bool],
) -> dict[Key, Bounds]:
    """The true bounds by linear programming. Every solution tells something of every cell, so that few are needed."""
    if not sought:
        return {}
    programme = _programme(values, relations, bounds)
    seen: dict[Key, Bounds] = dict.fromkeys(sought, (inf, -inf))

    def look(objective: Mapping[Key, float]) -> float:
        solution = programme.least(objective)
        for key in sought:
            seen[key] = (min(seen[key][0], solution[key]), max(seen[key][1], solution[key]))
        return sum(weight * solution[key] for key, weight in objective.items())

    for objective in _first_looks(sought):
        look(objective)
        if all(enough(key, _whole(one)) for key, one in seen.items()):
            break
    for key in sought:
        if not enough(key, _whole(seen[key])):
            seen[key] = (look({key: 1.0}), -look({key: -1.0}))
    return {key: _whole(seen[key]) for key in sought}


def _programme(
    values: Mapping[Key, int | None], relations: Sequence[Relation], bounds: Mapping[Key, Bounds]
) -> "Programme":
    from samtall.figures.programming import Programme  # slow to import, so not before the first small cell

    programme = Programme(bounds)

    def difference(total: Key, parts: Iterable[Key]) -> tuple[dict[Key, float], float]:
        """What is unknown of total - parts, and what that is with the known ones on the other side."""
        signs = {total: 1.0, **dict.fromkeys(parts, -1.0)}
        known = sum(sign * (values[key] or 0) for key, sign in signs.items() if key not in bounds)
        return {key: sign for key, sign in signs.items() if key in bounds}, -known

    for one in relations:
        if one.distinct:
            programme.at_most(*difference(one.total, one.parts))  # the total is at most what the parts add up to
            for part in one.parts:  # and no part is more than it
                programme.at_most(*difference(part, [one.total]))
        else:
            programme.equal(*difference(one.total, one.parts))
    return programme


def _first_looks(sought: Sequence[Key]) -> list[dict[Key, float]]:
    """All low, all high, and some of each: chosen by place, so that the same table is always answered alike."""
    signs = [
        [1.0] * len(sought),
        [-1.0] * len(sought),
        [1.0 if place % 2 else -1.0 for place in range(len(sought))],
        [-1.0 if place % 2 else 1.0 for place in range(len(sought))],
        [1.0 if place // 2 % 2 else -1.0 for place in range(len(sought))],
        [-1.0 if place // 2 % 2 else 1.0 for place in range(len(sought))],
    ]
    return [dict(zip(sought, one, strict=True)) for one in signs]
