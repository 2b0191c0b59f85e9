"""What a definition would say, before it is saved: its sentences, its value and the first of its list."""

from dataclasses import dataclass

from samtall.accounts.policy import Visitor, may
from samtall.base.periods import Period
from samtall.figures import queries
from samtall.figures.definitions import Definition
from samtall.figures.results import Result
from samtall.figures.sentences import sentences, unit_words
from samtall.figures.showing import Line, bounds, lines_of

#: How many lines of the list are shown.
LINES = 5


@dataclass(frozen=True)
class Preview:
    """Nothing of it is kept. `lines` are None for those who may not open lists."""

    sentences: list[str]
    result: Result
    unit: str
    between: str
    lines: list[Line] | None
    length: int = 0


def preview(definition: Definition, period: Period, reader: Visitor) -> Preview:
    result = queries.value(definition, period)
    shown, length = None, 0
    if may(reader, "figures.list"):
        rows = queries.rows(definition, period)
        length = len(rows)
        shown = lines_of(definition, period, rows[:LINES], reader)
    unit = unit_words(definition, result.value)
    return Preview(sentences(definition), result, unit, bounds(result), shown, length)
