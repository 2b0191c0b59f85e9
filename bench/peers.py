"""DuckDB, asked the same things in SQL of its own kind: one statement for each question, written without our compiler.

It holds the same rows in a native table and uses two threads. Of the ways to say it in SQL that were tried, this one
was the fastest: items first and then their number, and years by unnesting the span of years that a fact touches.
"""

from pathlib import Path
from typing import Any

import duckdb

from bench.generator import EMPTY, ENTRY_COLUMNS, Files
from bench.workload import Answer, Ask
from samtall.figures.definitions import Rule, Unit

_THREADS = 2
_LEFT_OUT = ("line", "commitment", "salt", "share", "evidence", "establishment", "industry", "industry_standard",
             "size_class", "contribution", "successor")  # fmt: skip
_NUMBERS = ("id", "position", "reverses_id", "ended", "source_id", "organisation", "person", "quantity")
_ITEM = {
    Unit.ORGANISATIONS: "organisation",
    Unit.PEOPLE: "coalesce(person, -id)",
    Unit.ACTIVITIES: "source_id",
}
_FILTERS = {"families": "family", "kinds": "kind", "roles": "role", "sides": "side", "outcomes": "outcome",
            "municipalities": "municipality"}  # fmt: skip
_SUMMED_UNIT = {Unit.HOURS: "hour", Unit.LEARNER_DAYS: "hour", Unit.FTE: "fte"}


class DuckDB:
    """The peer, with its table in a file."""

    def __init__(self, file: Path) -> None:
        self.connection = duckdb.connect(str(file))
        self.connection.execute(f"SET threads = {_THREADS}")

    def load(self, files: Files) -> None:
        types = dict.fromkeys(ENTRY_COLUMNS, "VARCHAR") | dict.fromkeys(_NUMBERS, "BIGINT")
        types |= {"starts": "DATE", "ends": "DATE", "identified": "BOOLEAN"}
        self.connection.execute(
            f"CREATE TABLE entry AS SELECT * EXCLUDE ({', '.join(_LEFT_OUT)}) "
            f"FROM read_csv('{files.path('entry')}', header = false, nullstr = '{EMPTY}', columns = {types})"
        )

    def answer(self, ask: Ask) -> Answer:
        rows: list[Any] = self.connection.execute(statement(ask)).fetchall()
        return {
            (str(period), str(group)): (int(exact or 0), int(pending or 0), int(unidentified or 0))
            for period, group, exact, pending, unidentified in rows
        }


def statement(ask: Ask) -> str:
    several = len(ask.periods) > 1
    period = "touched" if several else f"'{ask.periods[0].label}'"
    column = str(ask.grouping or "''")
    rows = f"(SELECT *, {_touched(ask)} AS touched FROM entry)" if several else "entry"
    selected = f"FROM {rows} WHERE {' AND '.join(_conditions(ask))}"
    if ask.definition.unit in _SUMMED_UNIT:
        return (
            f"SELECT {period}, {column}, sum(quantity) FILTER (standing = 'validated'), "
            f"sum(quantity) FILTER (standing <> 'validated'), 0 {selected} GROUP BY 1, 2"
        )
    parties = ask.definition.unit is not Unit.ACTIVITIES
    heads = (
        "max(CASE WHEN person IS NULL AND unit = 'person' THEN quantity // 1000 ELSE 1 END)"
        if ask.definition.unit is Unit.PEOPLE
        else "1"
    )
    return (
        f"SELECT p, g, count(*) FILTER (known AND sure), count(*) FILTER (known AND NOT sure), "
        f"sum(heads) FILTER (NOT known) "
        f"FROM (SELECT {period} AS p, {column} AS g, {_ITEM[ask.definition.unit]} AS item, "
        f"{'identified' if parties else 'true'} AS known, bool_or(standing = 'validated') AS sure, {heads} AS heads "
        f"{selected} GROUP BY 1, 2, 3, 4) GROUP BY 1, 2"
    )


def _touched(ask: Ask) -> str:
    """The years of a fact that the question asks for: one, or by rule ACTIVE each one it touches."""
    if ask.definition.rule is not Rule.ACTIVE:
        return f"year({_day(ask)})"
    first, last = ask.periods[0].first.year, ask.periods[-1].last.year
    return f"unnest(range(greatest(year(starts), {first}), least(year(ends), {last}) + 1))"


def _day(ask: Ask) -> str:
    return "ends" if ask.definition.rule is Rule.COMPLETED else "starts"


def _conditions(ask: Ask) -> list[str]:
    definition = ask.definition
    first, last = ask.periods[0].first, ask.periods[-1].last
    from_, until = ("ends", "starts") if definition.rule is Rule.ACTIVE else (_day(ask), _day(ask))
    conditions = [
        f"position <= {ask.position} AND ended > {ask.position} AND kind <> 'succession'",
        f"{from_} >= DATE '{first}' AND {until} <= DATE '{last}'",
    ]
    for name, column in _FILTERS.items():
        if chosen := getattr(definition, name):
            conditions.append(f"{column} IN ({', '.join(repr(str(value)) for value in chosen)})")
    if definition.rule is Rule.COMPLETED:
        conditions.append("outcome = 'completed'")
    if definition.unit in _SUMMED_UNIT:
        conditions.append(f"unit = '{_SUMMED_UNIT[definition.unit]}'")
    elif definition.unit is Unit.ORGANISATIONS:
        conditions.append("organisation IS NOT NULL AND unit <> 'person'")
    elif definition.unit is Unit.PEOPLE:
        conditions.append("(person IS NOT NULL OR unit = 'person')")
    return conditions
