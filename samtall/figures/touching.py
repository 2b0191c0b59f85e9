"""Whether a new entry can change what a definition has answered. Pure: it looks at the entry alone.

An answer is carried on past entries that do not touch it, and a change is explained by the postings that do. So it may
say yes too often, never no too often: `tests/test_laws.py` holds that against the compiler.
"""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from samtall.base.periods import Period
from samtall.figures.definitions import CHOSEN, SUMMED, Definition, Identity, Party, Rule, Unit
from samtall.ledger.facts import INQUIRY, Outcome, Side


class Line(Protocol):
    """What is looked at of an entry, or of the reversal of one, which repeats it."""

    kind: str
    family: str
    side: str
    starts: date
    ends: date
    outcome: str
    organisation: int | None
    establishment: int | None
    person: int | None
    unit: str


def touches(definition: Definition, period: Period, line: Line, *, by_institution: bool = False) -> bool:
    """Whether adding or reversing this line can change the answer, or its parts, for the period."""
    if line.kind == "succession":
        return definition.identity is Identity.TODAY
    if definition.partners and line.organisation in definition.partners:
        return True  # others in the same thing are counted because of it
    if by_institution and line.side == Side.EDUCATION:
        return True  # others in the same thing are counted under it
    if definition.unit is Unit.ACTIVITIES and definition.rule is Rule.NEW and _may_begin_before(definition, line):
        return line.starts <= period.last
    return _within(definition.rule, period, line) and _chosen(definition, line) and _of_the_unit(definition, line)


def _may_begin_before(definition: Definition, line: Line) -> bool:
    """An earlier part, though not counted itself, tells that a thing is not new (R8)."""
    return not definition.families or line.family in definition.families


def _within(rule: Rule, period: Period, line: Line) -> bool:
    if line.ends < period.first or line.starts > period.last:
        return False
    if rule is Rule.NEW:
        return line.starts >= period.first
    if rule is Rule.COMPLETED:
        return line.ends <= period.last and line.outcome == Outcome.COMPLETED
    return True


def _chosen(definition: Definition, line: Line) -> bool:
    if line.kind == INQUIRY and not (definition.families or definition.kinds):
        return False
    return all(
        not getattr(definition, choice) or getattr(line, attribute) in getattr(definition, choice)
        for choice, attribute in CHOSEN.items()
    )


_PARTY: dict[Party, Callable[[Line], bool]] = {
    Party.ANY: lambda _line: True,
    Party.ORGANISATION: lambda line: line.person is None and line.unit != "person",
    Party.PERSON: lambda line: line.person is not None or line.unit == "person",
}


def _of_the_unit(definition: Definition, line: Line) -> bool:
    if not _PARTY[definition.party](line):
        return False
    if definition.unit in SUMMED:
        return line.unit == SUMMED[definition.unit]
    if definition.unit is Unit.PEOPLE:
        return _PARTY[Party.PERSON](line)
    if definition.unit is Unit.ORGANISATIONS:
        return line.organisation is not None and line.unit != "person"
    if definition.unit is Unit.ESTABLISHMENTS:
        return line.establishment is not None and line.unit != "person"
    return True
