"""What those see who may not read figures on people: rounded numbers, whole periods, and nothing of a few (R20).

Counts of people are rounded to the nearest five. Sums of people's hours are withheld where fewer than five people are
behind them. Both are told for whole periods and as the books stand now, or two readings close together would tell
of one person. Everything that shows a figure goes through here; a number on people leaves the house in no other way.
"""

from dataclasses import replace

from samtall.base.periods import Calendar, period_of
from samtall.figures import queries
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition, Party, Unit
from samtall.figures.disclosure import THRESHOLD, TOTAL, Table, hidden, one_way, rounded, rounded_table
from samtall.figures.forms import Reading
from samtall.figures.models import FigureVersion
from samtall.figures.results import Amount, Breakdown, Distinct, Part, Result, amount_of


def about_people(definition: Definition) -> bool:
    """Whether a number of this definition tells of people; hours that organisations give in kind do not."""
    if definition.unit is Unit.PEOPLE:
        return True
    return definition.unit in (Unit.HOURS, Unit.LEARNER_DAYS) and definition.party is not Party.ORGANISATION


def open_to_all(version: FigureVersion) -> bool:
    """Whether everybody may read it as exactly as anybody: it is public, and tells of no people."""
    return version.figure.public and not about_people(queries.definition_of(version))


def careful(reading: Reading, definition: Definition) -> Reading:
    """A reading by somebody who may not read figures on people: a whole period, as the books stand now."""
    if not about_people(definition):
        return reading
    whole = any(reading.period == period_of(reading.period.first, calendar) for calendar in Calendar)
    period = reading.period if whole else period_of(reading.period.first, reading.calendar)
    return replace(reading, period=period, position=None, as_of=None)


def discreet(result: Result) -> Result:
    """An answer that may be shown to anybody."""
    if not about_people(result.definition):
        return result
    if result.definition.unit is Unit.PEOPLE:
        return replace(
            result,
            exact=_rounded(result.exact),
            pending=_rounded(result.pending),
            unidentified=rounded(result.unidentified),
            lowest=_rounded(result.lowest),
            highest=_rounded(result.highest),
            activities=None,  # many have one participant each
        )
    return withheld(result) if 0 < people_behind(result) < THRESHOLD else result


def withheld(result: Result) -> Result:
    """An answer without its numbers, which is not the same as nought."""
    nothing = amount_of(result.definition, 0)
    return replace(
        result,
        exact=nothing,
        pending=nothing,
        lowest=nothing,
        highest=nothing,
        unidentified=0,
        activities=None,
        withheld=True,
    )


def discreet_parts(divided: Breakdown) -> Breakdown:
    """A division that may be shown to anybody: no part can be worked out from the others and the whole."""
    definition = divided.whole.definition
    if not about_people(definition):
        return divided
    if definition.unit is Unit.PEOPLE:
        return _rounded_parts(divided)
    parts = {part.code: part.result for part in divided.parts}
    behind = dict.fromkeys(parts, 0) | people_behind_parts(divided)
    table = one_way({code: round(one.value) for code, one in parts.items()}, round(divided.whole.value), distinct=False)
    away = hidden(Table(table.values, table.sums, people=behind))
    shown = tuple(Part(code, withheld(one) if code in away else one) for code, one in parts.items())
    return replace(divided, parts=shown, whole=discreet(divided.whole), discreet=True)


def _rounded_parts(divided: Breakdown) -> Breakdown:
    counts = {part.code: int(part.result.value) for part in divided.parts}
    table = one_way(counts, int(divided.whole.value), distinct=True)
    shown = rounded_table(table)
    parts = tuple(Part(part.code, _with(discreet(part.result), shown[part.code])) for part in divided.parts)
    return replace(divided, parts=parts, whole=_with(discreet(divided.whole), shown[TOTAL]), discreet=True)


def _with(result: Result, count: int | None) -> Result:
    return withheld(result) if count is None else replace(result, exact=Distinct(count))


def people_behind(result: Result) -> int:
    """How many people's hours are in a sum; heads where they have no names. Those who await approval are not."""
    return _heads(queries.value(_as_people(result.definition), result.period, position=result.position))


def people_behind_parts(divided: Breakdown) -> dict[str, int]:
    """How many people's hours are in each part of a division."""
    people = _as_people(divided.whole.definition)
    behind = queries.breakdown(people, divided.whole.period, Grouping(divided.by), position=divided.whole.position)
    return {part.code: _heads(part.result) for part in behind.parts}


def _as_people(definition: Definition) -> Definition:
    return replace(definition, unit=Unit.PEOPLE)


def _heads(result: Result) -> int:
    return int(result.highest.value) - int(result.pending.value)


def _rounded(amount: Amount) -> Amount:
    return Distinct(rounded(int(amount.value)))
