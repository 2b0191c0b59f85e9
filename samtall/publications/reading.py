"""A frozen figure read from the books: what was answered then, and what would be answered of any other position (R19).

A figure is told by its definition, period, periods and groupings, as they stand in the frozen document. From these, a
position and a day, its answers follow and nothing else has a say in them: that is what makes them verifiable.

An answer is {exact, pending, unidentified, lowest, highest} as texts of decimal numbers, with `activities` where
parties are counted (R3); or {withheld: true} where so few people are behind it that it is not told (R20).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samtall.base.periods import Period
from samtall.figures import queries
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition, Unit
from samtall.figures.disclosure import TOTAL, Sum, Table, hidden, one_way, rounded_table
from samtall.figures.discretion import (
    about_people,
    discreet,
    people_behind,
    people_behind_parts,
    withheld,
)
from samtall.figures.results import Breakdown, Result
from samtall.publications.models import Edition

Answer = dict[str, Any]
WITHHELD: Answer = {"withheld": True}
#: A number of a figure: ("", "") is the whole; otherwise what it is a period or part of, and its label or code.
Cell = tuple[str, str]
_WHOLE: Cell = ("", "")


@dataclass(frozen=True)
class Read:
    """A figure's exact answers, before it is decided what may be told."""

    whole: Result
    series: list[Result]
    parts: dict[str, Breakdown]


def read(figure: Mapping[str, Any], *, position: int, on: date) -> Read:
    definition = Definition.from_dict(figure["definition"])
    period, periods = period_of(figure), periods_of(figure)
    return Read(
        queries.value(definition, period, position=position, on=on),
        queries.series(definition, periods, position=position, on=on),
        {
            name: queries.breakdown(definition, period, Grouping(name), position=position, on=on)
            for name in figure["groupings"]
        },
    )


def period_of(figure: Mapping[str, Any]) -> Period:
    return _period(figure["period"])


def periods_of(figure: Mapping[str, Any]) -> list[Period]:
    return [_period(one) for one in figure["periods"]]


def _period(said: list[str]) -> Period:
    return Period(date.fromisoformat(said[0]), date.fromisoformat(said[1]), said[2])


def answers(
    figure: Mapping[str, Any],
    *,
    position: int,
    on: date,
    protection: str,
    earlier: Mapping[Cell, str] | None = None,
) -> dict[str, Any]:
    """What may be told of a figure as of a position, on a day: {whole, series, parts}.

    `earlier` has what other editions showed of the same figure in the same period: beside it, too, nobody may be seen.
    """
    exact = read(figure, position=position, on=on)
    if not about_people(exact.whole.definition):
        return _told(exact.whole, exact.series, exact.parts)
    if protection == Edition.Protection.HIDDEN and exact.whole.definition.unit is Unit.PEOPLE:
        return _hidden(exact, earlier or {})
    if exact.whole.definition.unit is not Unit.PEOPLE:
        return _hours(exact)
    return _rounded(exact)


def tells_exactly_of_people(figure: Mapping[str, Any], protection: str) -> bool:
    """Whether a frozen figure is an exact count of people, of which the small ones are hidden."""
    return protection == Edition.Protection.HIDDEN and figure["definition"]["unit"] == Unit.PEOPLE


def exact_answers(figure: Mapping[str, Any], *, position: int, on: date) -> dict[str, Any]:
    """The same without protection, for those who are trusted with exact numbers on people: never published."""
    exact = read(figure, position=position, on=on)
    return _told(exact.whole, exact.series, exact.parts)


def _told(whole: Result, series: list[Result], parts: Mapping[str, Breakdown]) -> dict[str, Any]:
    return {
        "whole": answer_of(whole),
        "series": [answer_of(one) for one in series],
        "parts": {
            name: {
                "parts": {part.code: answer_of(part.result) for part in one.parts},
                "overlap": None if one.overlap is None else _number(one.overlap),
            }
            for name, one in parts.items()
        },
    }


def answer_of(result: Result) -> Answer:
    if result.withheld:
        return dict(WITHHELD)
    said = {
        "exact": _number(result.value),
        "pending": _number(result.pending.value),
        "unidentified": str(result.unidentified),
        "lowest": _number(result.lowest.value),
        "highest": _number(result.highest.value),
    }
    return said if result.activities is None else said | {"activities": str(result.activities)}


def _number(value: int | Decimal) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def shown(figure: Mapping[str, Any]) -> dict[Cell, str]:
    """Every exact number that a frozen figure tells, by its cell."""
    told = figure["answers"]
    cells: dict[Cell, Answer] = {_WHOLE: told["whole"]}
    cells |= {("series", period[2]): one for period, one in zip(figure["periods"], told["series"], strict=True)}
    cells |= {(name, code): one for name, found in told["parts"].items() for code, one in found["parts"].items()}
    return {cell: one["exact"] for cell, one in cells.items() if "exact" in one}


def _lines(exact: Read) -> dict[str, dict[str, Result]]:
    """The periods and each division, by label or code."""
    lines = {"series": {one.period.label: one for one in exact.series}}
    return lines | {name: {part.code: part.result for part in one.parts} for name, one in exact.parts.items()}


def _hidden(exact: Read, earlier: Mapping[Cell, str]) -> dict[str, Any]:
    """Counts of people where small ones are hidden, and as few others as it takes: exact values and nothing beside."""
    table = _table(exact)
    before: dict[Any, int | None] = {cell: int(told) for cell, told in earlier.items() if cell in table.values}
    return _without(exact, hidden(table, earlier=before or None))


def _rounded(exact: Read) -> dict[str, Any]:
    """Counts of people to the nearest five, without the whole where it would narrow a small one to one number."""
    few = {cell for cell, told in rounded_table(_table(exact)).items() if told is None}
    return _kept(exact, few, discreet)


def _table(exact: Read) -> Table:
    """The whole with its periods and its divisions: in each the same person can be in several."""
    lines = _lines(exact)
    values: dict[Any, int | None] = {_WHOLE: int(exact.whole.value)}
    values |= {(line, code): int(one.value) for line, found in lines.items() for code, one in found.items()}
    sums = tuple(Sum(_WHOLE, tuple((line, code) for code in found), distinct=True) for line, found in lines.items())
    return Table(values, sums)


def _hours(exact: Read) -> dict[str, Any]:
    """Sums of people's hours, without those of a few people and what would give them away, periods as well as parts.

    What awaits approval is not told: it may be one person's.
    """
    behind = {"series": {one.period.label: people_behind(one) for one in exact.series}}
    behind |= {name: people_behind_parts(one) for name, one in exact.parts.items()}
    few = {_WHOLE} if discreet(exact.whole).withheld else set()
    for line, found in _lines(exact).items():
        people = dict.fromkeys(found, 0) | behind[line]
        table = one_way(
            {code: round(one.value) for code, one in found.items()}, round(exact.whole.value), distinct=False
        )
        away = hidden(Table(table.values, table.sums, people=people))
        few |= {_WHOLE if code == TOTAL else (line, code) for code in away}
    return _without(exact, few)


def _without(exact: Read, away: Collection[Cell]) -> dict[str, Any]:
    """Exact values and nothing beside, and what is kept away withheld."""
    return _kept(exact, away, _alone)


def _kept(exact: Read, away: Collection[Cell], told: Callable[[Result], Result]) -> dict[str, Any]:
    """Every number as it is told, but those that are kept away."""
    lines = _lines(exact)

    def shown(line: str, code: str, result: Result) -> Answer:
        return dict(WITHHELD) if (line, code) in away else answer_of(told(result))

    return {
        "whole": shown(*_WHOLE, exact.whole),
        "series": [shown("series", one.period.label, one) for one in exact.series],
        "parts": {
            name: {"parts": {code: shown(name, code, one) for code, one in lines[name].items()}, "overlap": None}
            for name in exact.parts
        },
    }


def _alone(result: Result) -> Result:
    """An answer without what awaits approval: a change of one there would tell of one person."""
    nothing = withheld(result)
    return Result(
        result.definition, result.period, result.position, result.exact, nothing.exact, 0, result.exact, result.exact
    )
