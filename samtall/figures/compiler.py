"""One compiler turns a definition, periods and a position into one query; value and list read the same rows (R23).

Every query has the shape

    counted:  the entries that stood as of the position and that the definition asks for, one row for each period
              they belong to, with `item`: what the unit counts (an organisation, a person, an activity …)
    items:    counted, one row per period, group and item, `sure` when any of its facts is validated
    value:    items added up per period and group

"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection

from samtall.base.periods import Period
from samtall.figures.definitions import CHOSEN, SUMMED, Definition, Identity, Party, Rule, Sharing, Unit
from samtall.ledger.facts import INQUIRY, Side, Standing
from samtall.ledger.models import Entry

ENTRY = Entry._meta.db_table


class Grouping(StrEnum):
    """What a figure can be broken down by, beside periods: a column of the entry, or the institutions it was with."""

    NONE = ""
    KIND = "kind"
    FAMILY = "family"
    MUNICIPALITY = "municipality"
    SECTOR = "sector"
    INDUSTRY = "industry"
    SIZE_CLASS = "size_class"
    ORGANISATION = "organisation"
    CONTRIBUTION = "contribution"
    INSTITUTION = "institution"  # the education parties of the same thing


@dataclass(frozen=True)
class Query:
    """A statement with its parameters, ready for a cursor."""

    sql: str
    parameters: tuple[Any, ...]


@dataclass(frozen=True)
class Question:
    """A definition asked for each of some periods, in parts by `grouping`, as the books stood at a position.

    `on` limits successions to those dated by that day, where identity is as it is today (R4).
    """

    definition: Definition
    periods: tuple[Period, ...]
    position: int
    grouping: Grouping = Grouping.NONE
    on: date | None = None


_DISTINCT_ITEM = {
    Unit.ORGANISATIONS: "e.organisation",
    Unit.ESTABLISHMENTS: "e.establishment",
    Unit.PEOPLE: "e.person",
    Unit.ACTIVITIES: "e.source_id",
}
#: Which facts belong to a period (R8). As no fact ends before it starts, one that starts in the period ends in it or
#: later: saying so lets an index on `ends` answer all three rules.
_WITHIN = {
    Rule.NEW: "AND e.ends >= p.first AND e.starts >= p.first AND e.starts <= p.last",
    Rule.ACTIVE: "AND e.ends >= p.first AND e.starts <= p.last",
    Rule.COMPLETED: "AND e.ends >= p.first AND e.ends <= p.last AND e.outcome = 'completed'",
}
#: Filters → the index of the ledger that serves them, the most selective first.
_INDEXES = {
    ("municipalities", "kinds"): "ledger_place_kind",
    ("municipalities",): "ledger_place_family",
    ("kinds",): "ledger_kind",
    ("families",): "ledger_family",
}


class _Builder:
    """Text and parameters, grown together so that they cannot come out of step."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.parameters: list[Any] = []

    def add(self, text: str, *parameters: Any) -> None:
        self.parts.append(text)
        self.parameters.extend(parameters)

    def done(self) -> Query:
        return Query("\n".join(self.parts), tuple(self.parameters))


def values(question: Question) -> Query:
    """Per period and group: exact, pending and unidentified amounts.

    Rows (number of the period from 0, group, exact, pending, unidentified, lowest pending, highest pending); counts for
    distinct units, otherwise thousandths of the summed unit or millionths of activities (shares). A period or
    group in which nothing is counted may have no row.
    """
    builder = _begun(question)
    builder.add(_distinct_values(question) if _is_distinct(question.definition) else _summed_values(question))
    return builder.done()


def items(question: Question, *, limit: int | None = None, offset: int = 0) -> Query:
    """The list behind a value: rows (group, item, identified, sure, amount, entries, first start), in a stable order.

    For distinct units one row per item, as many `sure` and identified rows as the exact value says; for sums one row
    per entry, whose amounts add up to it.
    """
    builder = _begun(question)
    builder.add(_DISTINCT_ITEMS if _is_distinct(question.definition) else _SUMMED_ITEMS)
    if limit is not None:
        builder.add("LIMIT %s OFFSET %s", limit, offset)
    return builder.done()


def length(question: Question) -> Query:
    """How many rows the list has."""
    builder = _begun(question)
    if _is_distinct(question.definition):
        builder.add("SELECT COUNT(*) FROM (SELECT DISTINCT period, grp, item, identified FROM counted) AS items")
    else:
        builder.add("SELECT COUNT(*) FROM counted")
    return builder.done()


def counted_items(question: Question) -> Query:
    """What the exact value counts: rows (number of the period, item), for sums the entries that are added up."""
    builder = _begun(question)
    builder.add(f"SELECT DISTINCT period, item FROM counted WHERE identified = 1 AND standing = '{Standing.VALIDATED}'")
    return builder.done()


def entries(question: Question, wanted: Sequence[int], *, most: int | None = None) -> Query:
    """The entries behind some items: rows (item, entry id), oldest first; at most so many of each."""
    builder = _begun(question)
    among = f"FROM counted WHERE item IN ({_marks(wanted)})"
    if most is None:
        builder.add(f"SELECT item, id {among} ORDER BY item, starts, id", *wanted)
    else:
        nth = "ROW_NUMBER() OVER (PARTITION BY item ORDER BY starts, id) AS nth"
        builder.add(f"SELECT item, id FROM (SELECT item, id, {nth} {among}) AS numbered", *wanted)
        builder.add("WHERE nth <= %s ORDER BY item, nth", most)
    return builder.done()


def extent(question: Question) -> Query:
    """The first and last day that anything counted begins, in one row; empty when nothing is."""
    builder = _begun(question)
    builder.add("SELECT MIN(starts), MAX(starts) FROM counted")
    return builder.done()


def _begun(question: Question) -> _Builder:
    """A statement up to and with `counted`."""
    builder = _Builder()
    builder.add("WITH RECURSIVE" if question.definition.identity is Identity.TODAY else "WITH")
    _counted(builder, question)
    return builder


def _is_distinct(definition: Definition) -> bool:
    return definition.unit.distinct and definition.sharing is Sharing.WHOLE


#: An institution that left and came back, or a network with two spans, has its share once in a period (R10).
_NTH_PART = (
    ", ROW_NUMBER() OVER (PARTITION BY p.number, e.source_id, e.organisation ORDER BY e.standing DESC, e.id) AS nth"
)
_PARTY = {
    Party.ANY: "",
    Party.ORGANISATION: "AND e.person IS NULL AND e.unit <> 'person'",
    Party.PERSON: "AND (e.person IS NOT NULL OR e.unit = 'person')",
}

_SURE = f"MAX(CASE WHEN standing = '{Standing.VALIDATED}' THEN 1 ELSE 0 END)"

_DISTINCT_ITEMS = f"""
SELECT grp, item, identified, {_SURE}, MAX(heads), COUNT(*), MIN(starts)
FROM counted GROUP BY item, identified, period, grp
ORDER BY period, grp, identified DESC, {_SURE} DESC, item
"""
_SUMMED_ITEMS = f"""
SELECT grp, item, identified, CASE WHEN standing = '{Standing.VALIDATED}' THEN 1 ELSE 0 END, amount, 1, starts
FROM counted ORDER BY period, grp, standing DESC, starts, id
"""


def _distinct_values(question: Question) -> str:
    keys = _keys(question)
    groups = _selected(keys)
    return f"""
SELECT {groups},
       SUM(CASE WHEN identified = 1 AND sure = 1 THEN 1 ELSE 0 END),
       SUM(CASE WHEN identified = 1 AND sure = 0 THEN 1 ELSE 0 END),
       SUM(CASE WHEN identified = 0 THEN heads ELSE 0 END),
       0,
       SUM(CASE WHEN identified = 1 AND sure = 0 THEN 1 ELSE 0 END)
FROM (SELECT {groups}, item, identified, {_SURE} AS sure, MAX(heads) AS heads
      FROM counted {_grouped("item", "identified", *keys)}) AS items
{_grouped(*keys)}
"""


def _summed_values(question: Question) -> str:
    keys = _keys(question)
    return f"""
SELECT {_selected(keys)},
       SUM(CASE WHEN standing = '{Standing.VALIDATED}' THEN amount ELSE 0 END),
       SUM(CASE WHEN standing <> '{Standing.VALIDATED}' THEN amount ELSE 0 END),
       0,
       SUM(CASE WHEN standing <> '{Standing.VALIDATED}' AND amount < 0 THEN amount ELSE 0 END),
       SUM(CASE WHEN standing <> '{Standing.VALIDATED}' AND amount > 0 THEN amount ELSE 0 END)
FROM counted {_grouped(*keys)}
"""


def _keys(question: Question) -> list[str]:
    """What tells the rows of an answer apart: nothing, when one number is asked for."""
    return ["period"] * (len(question.periods) > 1) + ["grp"] * bool(question.grouping)


def _selected(keys: Sequence[str]) -> str:
    period = "period" if "period" in keys else "0 AS period"
    group = "grp" if "grp" in keys else "'' AS grp"
    return f"{period}, {group}"


def _grouped(*columns: str) -> str:
    return f"GROUP BY {', '.join(columns)}" if columns else ""


def _counted(builder: _Builder, question: Question) -> None:
    definition = question.definition
    if definition.identity is Identity.TODAY:
        _identity(builder, question)
    shared = definition.sharing is Sharing.SHARE
    builder.add(f"{'parts' if shared else 'counted'} AS (SELECT p.number AS period,")
    builder.add(f"{_group(question)} AS grp,")
    builder.add(
        f"{_item(definition)} AS item, {_amount(definition)} AS amount, {_identified(definition)} AS identified,"
    )
    builder.add(f"{_heads(definition)} AS heads, e.standing, e.starts, e.id")
    if shared:
        builder.add(_NTH_PART)
    _from(builder, question)
    if definition.identity is Identity.TODAY:
        builder.add("LEFT JOIN identity i ON i.origin = e.organisation")
    if _with_institutions(question):
        _institutions(builder, question)
    builder.add("WHERE e.position <= %s AND e.ended > %s", question.position, question.position)
    builder.add(_WITHIN[definition.rule])
    _filters(builder, question)
    builder.add("), counted AS (SELECT * FROM parts WHERE nth = 1)" if shared else ")")


def _with_institutions(question: Question) -> bool:
    """An institution's share is its own (R10); everything else counts for each institution that it was with."""
    return question.grouping is Grouping.INSTITUTION and question.definition.sharing is Sharing.WHOLE


def _group(question: Question) -> str:
    if _with_institutions(question):
        return "s.institution"
    if question.grouping is Grouping.INSTITUTION:
        return "e.organisation"
    return f"e.{question.grouping}" if question.grouping else "''"


def _institutions(builder: _Builder, question: Question) -> None:
    """The education parties of each thing, once each, however many parts they have in it."""
    builder.add(
        f"LEFT JOIN (SELECT DISTINCT source_id AS thing, organisation AS institution FROM {ENTRY} "
        f"WHERE side = '{Side.EDUCATION}' AND organisation IS NOT NULL AND position <= %s AND ended > %s) AS s "
        "ON s.thing = e.source_id",
        question.position,
        question.position,
    )


def _from(builder: _Builder, question: Question) -> None:
    """Entries with periods: through an index period by period, otherwise all entries once.

    SQLite, which keeps no statistics unless told to gather them, is told which index to read, and joins in the order
    that it is given.
    """
    entries, index = f"{ENTRY} e", _index(question.definition)
    if connection.vendor == "sqlite":
        entries += f" INDEXED BY {index}" if index else " NOT INDEXED"
    row = "(%s, CAST(%s AS date), CAST(%s AS date))" if connection.vendor == "postgresql" else "(%s, %s, %s)"
    rows = ", ".join([row] * len(question.periods))
    periods = f"(SELECT column1 AS number, column2 AS first, column3 AS last FROM (VALUES {rows}) AS v) AS p"
    builder.add(
        f"FROM {periods} CROSS JOIN {entries}" if index else f"FROM {entries} CROSS JOIN {periods}",
        *(value for number, period in enumerate(question.periods) for value in (number, period.first, period.last)),
    )


def _index(definition: Definition) -> str:
    """The index that leaves least of what the definition filters away; empty where none serves it."""
    if definition.municipalities and definition.unit in SUMMED:
        return "ledger_amount"
    served = (index for filters, index in _INDEXES.items() if all(getattr(definition, name) for name in filters))
    return next(served, "")


def _identity(builder: _Builder, question: Question) -> None:
    """The organisation that each predecessor has become, along the main links that stood as of the position (R4)."""
    builder.add(
        f"link(old, new) AS (SELECT organisation, successor FROM {ENTRY} "
        "WHERE kind = 'succession' AND position <= %s AND ended > %s",
        question.position,
        question.position,
    )
    if question.on is not None:
        builder.add("AND starts <= %s", question.on)
    builder.add(
        "), chain(origin, current, depth) AS (SELECT old, new, 1 FROM link UNION "
        "SELECT chain.origin, link.new, chain.depth + 1 FROM chain JOIN link ON link.old = chain.current "
        "WHERE chain.depth < 100), "
        "identity(origin, current) AS (SELECT origin, current FROM chain "
        "WHERE NOT EXISTS (SELECT 1 FROM link WHERE link.old = chain.current)),"
    )


def _item(definition: Definition) -> str:
    if definition.identity is Identity.TODAY:
        return "COALESCE(i.current, e.organisation)"
    if definition.unit is Unit.PEOPLE:
        return "COALESCE(e.person, -e.id)"  # people counted by head have no key; each such entry stands alone
    return _DISTINCT_ITEM.get(definition.unit, "e.id") if _is_distinct(definition) else "e.id"


def _amount(definition: Definition) -> str:
    return "e.share" if definition.sharing is Sharing.SHARE else "e.quantity"


def _identified(definition: Definition) -> str:
    """Who is taking part matters where parties are counted; an activity or an hour is exact whoever it was with."""
    if definition.unit in (Unit.ORGANISATIONS, Unit.ESTABLISHMENTS, Unit.PEOPLE):
        return "CASE WHEN e.identified THEN 1 ELSE 0 END"
    return "1"


def _heads(definition: Definition) -> str:
    """How many an unidentified item stands for: a head-count of people, otherwise one."""
    if definition.unit is Unit.PEOPLE:
        return "CASE WHEN e.person IS NULL AND e.unit = 'person' THEN e.quantity / 1000 ELSE 1 END"
    return "1"


def _filters(builder: _Builder, question: Question) -> None:
    definition = question.definition
    builder.add("AND e.kind <> 'succession'")
    if not (definition.families or definition.kinds):
        builder.add("AND e.kind <> %s", INQUIRY)  # counted where a definition names it, and nowhere else (R6)
    for name, column in CHOSEN.items():
        chosen = getattr(definition, name)
        if chosen:
            builder.add(f"AND e.{column} IN ({_marks(chosen)})", *map(_plain, chosen))
    if definition.unit in SUMMED:
        builder.add("AND e.unit > '' AND e.unit = %s", SUMMED[definition.unit])
    elif definition.unit is Unit.PEOPLE:
        builder.add(_PARTY[Party.PERSON])
    elif definition.unit in (Unit.ORGANISATIONS, Unit.ESTABLISHMENTS):
        builder.add(f"AND {_DISTINCT_ITEM[definition.unit]} IS NOT NULL AND e.unit <> 'person'")
    builder.add(_PARTY[definition.party])
    if definition.partners:
        _together_with(builder, question)
    if definition.unit is Unit.ACTIVITIES and definition.rule is Rule.NEW:
        _not_begun_before(builder, question)


def _together_with(builder: _Builder, question: Question) -> None:
    partners = question.definition.partners
    builder.add(
        f"AND EXISTS (SELECT 1 FROM {ENTRY} w WHERE w.source_id = e.source_id "
        f"AND w.position <= %s AND w.ended > %s AND w.organisation IN ({_marks(partners)}))",
        question.position,
        question.position,
        *partners,
    )


def _not_begun_before(builder: _Builder, question: Question) -> None:
    """A party that joins later does not make the activity new again."""
    builder.add(
        f"AND NOT EXISTS (SELECT 1 FROM {ENTRY} b WHERE b.source_id = e.source_id AND b.family = e.family "
        "AND b.position <= %s AND b.ended > %s AND b.starts < e.starts)",
        question.position,
        question.position,
    )


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
