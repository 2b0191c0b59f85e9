"""What figures can be asked: their value, their parts, and the list behind them, now or as of any position."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from samtall.base.periods import Period
from samtall.figures import compiler
from samtall.figures.compiler import Grouping, Question
from samtall.figures.definitions import Definition, Identity, Unit
from samtall.figures.models import Figure, FigureVersion
from samtall.figures.results import Amount, Breakdown, Part, Result, amount_of
from samtall.ledger import queries as ledger

_PARTIES = (Unit.ORGANISATIONS, Unit.ESTABLISHMENTS, Unit.PEOPLE)


def figures_seen_by(*, people: bool, all_figures: bool) -> QuerySet[Figure]:
    """The figures a reader may see: public ones for everybody, those that count people only for some (R20)."""
    figures = Figure.objects.order_by("ordering", "slug")
    return figures if all_figures and people else figures.filter(public=True)


def current_version(slug: str) -> FigureVersion:
    """The latest version of a figure. Raises FigureVersion.DoesNotExist."""
    return FigureVersion.objects.select_related("figure").filter(figure__slug=slug).latest("number")


def definition_of(version: FigureVersion) -> Definition:
    return Definition.from_dict(version.definition)


def value(
    version: FigureVersion | Definition, period: Period, *, position: int | None = None, on: date | None = None
) -> Result:
    """A figure's answer for a period, now or as of a position; `on` dates later identities (R4)."""
    definition = version if isinstance(version, Definition) else definition_of(version)
    question = Question(definition, (period,), _position(position), on=on)
    answer = _answers(question).get("")
    activities = None
    if definition.unit in _PARTIES:
        behind = replace(definition, unit=Unit.ACTIVITIES, identity=Identity.THEN)
        counted = _answers(replace(question, definition=behind)).get("")
        activities = counted[0] if counted else 0
    return _result(question, period, answer, activities)


def series(
    version: FigureVersion | Definition,
    periods: Sequence[Period],
    *,
    position: int | None = None,
    on: date | None = None,
) -> list[Result]:
    """A figure's answer for each of several periods, in their order, from one query."""
    definition = version if isinstance(version, Definition) else definition_of(version)
    if not periods:
        return []
    question = Question(definition, tuple(periods), _position(position), Grouping.PERIOD, on)
    answers = _answers(question)
    return [_result(question, period, answers.get(period.label)) for period in periods]


def breakdown(
    version: FigureVersion | Definition,
    period: Period,
    by: Grouping,
    *,
    position: int | None = None,
    on: date | None = None,
) -> Breakdown:
    """A figure in parts by kind, municipality, sector …, with the whole and the parts' overlap (R3, R11)."""
    definition = version if isinstance(version, Definition) else definition_of(version)
    question = Question(definition, (period,), _position(position), by, on)
    parts = tuple(
        Part(str(code), _result(question, period, answer)) for code, answer in sorted(_answers(question).items())
    )
    return Breakdown(parts, value(definition, period, position=question.position, on=on))


@dataclass(frozen=True)
class Row:
    """One line of the list behind a figure: an organisation, person or activity that is counted, or an amount.

    `item` is an id of the parties room, a person's key, a ledger source or an entry, by the definition's unit.
    """

    item: int
    identified: bool
    sure: bool
    amount: Amount
    entries: int
    first: date


def rows(
    version: FigureVersion | Definition,
    period: Period,
    *,
    position: int | None = None,
    on: date | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """The list behind a figure (R23): exact ones first, then pending, then unidentified."""
    definition = version if isinstance(version, Definition) else definition_of(version)
    question = Question(definition, (period,), _position(position), on=on)
    query = compiler.items(question, limit=limit, offset=offset)
    return [
        Row(item, bool(identified), bool(sure), amount_of(definition, int(amount)), int(count), _day(first))
        for _group, item, identified, sure, amount, count, first in _fetch(query)
    ]


def entry_ids(
    version: FigureVersion | Definition,
    period: Period,
    items: Sequence[int],
    *,
    position: int | None = None,
    on: date | None = None,
) -> dict[int, list[int]]:
    """The ledger entries behind each of some items of the list."""
    definition = version if isinstance(version, Definition) else definition_of(version)
    if not items:
        return {}
    question = Question(definition, (period,), _position(position), on=on)
    found: dict[int, list[int]] = {}
    for item, entry_id in _fetch(compiler.entries(question, items)):
        found.setdefault(item, []).append(entry_id)
    return found


def _position(position: int | None) -> int:
    return ledger.position() if position is None else position


def _fetch(query: compiler.Query) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query.sql, query.parameters)
        return list(cursor.fetchall())


def _answers(question: Question) -> dict[str, tuple[int, int, int, int, int]]:
    """Group → (exact, pending, unidentified, lowest pending, highest pending)."""
    return {
        "" if row[0] is None else str(row[0]): tuple(int(number or 0) for number in row[1:6])  # type: ignore[misc]
        for row in _fetch(compiler.values(question))
    }


def _result(
    question: Question,
    period: Period,
    answer: tuple[int, int, int, int, int] | None,
    activities: int | None = None,
) -> Result:
    definition = question.definition
    exact, pending, unidentified, least, most = answer or (0, 0, 0, 0, 0)
    return Result(
        definition=definition,
        period=period,
        position=question.position,
        exact=amount_of(definition, exact),
        pending=amount_of(definition, pending),
        unidentified=unidentified,
        lowest=amount_of(definition, exact + least),
        highest=amount_of(definition, exact + most + unidentified),
        activities=activities,
        on=question.on,
    )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
