"""A frozen figure read from the books: what was answered then, and what would be answered of any other position (R19).

A figure is told by its definition, period, periods and groupings, as they stand in the frozen document. From these, a
position and a day, its answers follow and nothing else has a say in them: that is what makes them verifiable.

An answer is {exact, pending, unidentified, lowest, highest} as texts of decimal numbers, with `activities` where
parties are counted (R3); or {withheld: true} where so few people are behind it that it is not told (R20).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samtall.base.periods import Period
from samtall.figures import queries
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition, Unit
from samtall.figures.disclosure import Sum, Table, hidden
from samtall.figures.discretion import about_people, discreet, discreet_parts, withheld
from samtall.figures.results import Breakdown, Result
from samtall.publications.models import Edition

Answer = dict[str, Any]
WITHHELD: Answer = {"withheld": True}


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
    earlier: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What may be told of a figure as of a position, on a day: {whole, series, parts}.

    `earlier` has what earlier editions showed of the same figure, by the label of the period: beside it, too, nobody
    may be seen.
    """
    exact = read(figure, position=position, on=on)
    if not about_people(exact.whole.definition):
        return _told(exact.whole, exact.series, exact.parts)
    if protection == Edition.Protection.HIDDEN and exact.whole.definition.unit is Unit.PEOPLE:
        return _hidden(exact, earlier or {})
    return _told(
        discreet(exact.whole),
        [discreet(one) for one in exact.series],
        {name: discreet_parts(one) for name, one in exact.parts.items()},
    )


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


#: The key of the whole among the cells of a figure; periods and parts are (what they are of, label or code).
_WHOLE = ("", "")


def _hidden(exact: Read, earlier: Mapping[str, str]) -> dict[str, Any]:
    """Counts of people where small ones are hidden, and as few others as it takes: exact values and nothing beside."""
    lines = {"series": {one.period.label: one for one in exact.series}}
    lines |= {name: {part.code: part.result for part in one.parts} for name, one in exact.parts.items()}
    values: dict[Any, int | None] = {_WHOLE: int(exact.whole.value)}
    values |= {(line, code): int(one.value) for line, found in lines.items() for code, one in found.items()}
    sums = tuple(Sum(_WHOLE, tuple((line, code) for code in found), distinct=True) for line, found in lines.items())
    labels = {label: ("series", label) for label in lines["series"]} | {exact.whole.period.label: _WHOLE}
    before: dict[Any, int | None] = {labels[one]: int(shown) for one, shown in earlier.items() if one in labels}
    away = hidden(Table(values, sums), earlier=before or None)

    def shown(line: str, code: str, result: Result) -> Answer:
        return dict(WITHHELD) if (line, code) in away else answer_of(_alone(result))

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
