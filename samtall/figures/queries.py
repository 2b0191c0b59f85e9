"""What figures can be asked: their value, their parts, and the list behind them, now or as of any position."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, overload

from django.db import connection
from django.db.models import OuterRef, Subquery

from samtall.base.periods import FOREVER, Period
from samtall.base.text import Words
from samtall.figures import compiler, memo
from samtall.figures.compiler import Grouping, Question
from samtall.figures.definitions import Definition, Identity, Sharing, Unit
from samtall.figures.models import FigureVersion
from samtall.figures.results import Amount, Breakdown, Part, Result, amount_of
from samtall.identities.queries import suspected_twice
from samtall.ledger import queries as ledger
from samtall.ledger.facts import INQUIRY
from samtall.ledger.models import Entry

ALL_TIME = Period(date(1, 1, 1), FOREVER, "")
_PARTIES = (Unit.ORGANISATIONS, Unit.ESTABLISHMENTS, Unit.PEOPLE)


def latest_versions(*, with_people: bool, archived: bool = False) -> list[FigureVersion]:
    """The latest version of every figure a reader may see: those that count people only for some (R20).

    Those that are offered, or with `archived` those that were put away.
    """
    latest = FigureVersion.objects.filter(figure=OuterRef("figure")).order_by("-number").values("pk")[:1]
    versions = FigureVersion.objects.filter(pk=Subquery(latest)).select_related("figure")
    versions = versions.filter(figure__archived_at__isnull=not archived)
    if not with_people:
        versions = versions.filter(figure__public=True)
    return list(versions.order_by("figure__ordering", "figure__slug"))


def current_version(slug: str) -> FigureVersion:
    """The latest version of a figure. Raises FigureVersion.DoesNotExist."""
    return FigureVersion.objects.select_related("figure").filter(figure__slug=slug).latest("number")


def definition_of(version: FigureVersion) -> Definition:
    return Definition.from_dict(version.definition)


def name_of(version: FigureVersion) -> Words:
    return Words.from_dict(version.name)


def counted_items(definition: Definition, periods: Sequence[Period], *, position: int | None = None) -> list[set[int]]:
    """For each period the ids of what the exact value counts; for sums those of the entries that are added up."""
    found: list[set[int]] = [set() for _period in periods]
    if periods:
        question = Question(definition, tuple(periods), _position(position))
        for number, item in _fetch(compiler.counted_items(question)):
            found[number].add(int(item))
    return found


def value(
    version: FigureVersion | Definition, period: Period, *, position: int | None = None, on: date | None = None
) -> Result:
    """A figure's answer for a period, now or as of a position; `on` dates later identities (R4)."""
    definition = version if isinstance(version, Definition) else definition_of(version)
    question = Question(definition, (period,), _position(position), on=on)
    answer = _answers(question)[0].get("")
    activities = None
    if definition.unit in _PARTIES:
        behind = replace(definition, unit=Unit.ACTIVITIES, identity=Identity.THEN)
        counted = _answers(replace(question, definition=behind))[0].get("")
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
    question = Question(definition, tuple(periods), _position(position), on=on)
    answers = zip(periods, _answers(question), strict=True)
    return [_result(question, period, answer.get("")) for period, answer in answers]


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
        Part(code, _result(question, period, answer)) for code, answer in sorted(_answers(question)[0].items())
    )
    shared = by is Grouping.INSTITUTION and definition.sharing is Sharing.WHOLE
    return Breakdown(parts, value(definition, period, position=question.position, on=on), by, shared)


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


class Rows(Sequence[Row]):
    """The list behind a figure (R23): exact ones first, then pending, then unidentified; fetched slice by slice."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def __len__(self) -> int:
        return memo.answered("length", self._question, _length)[0]

    @overload
    def __getitem__(self, wanted: int) -> Row: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[Row]: ...
    def __getitem__(self, wanted: int | slice) -> Row | list[Row]:
        if isinstance(wanted, int):
            return self._fetched(limit=1, offset=wanted)[0]
        first = wanted.start or 0
        if wanted.stop is None:
            return self._fetched(limit=None, offset=0)[first:]
        return self._fetched(limit=max(wanted.stop - first, 0), offset=first)

    def __iter__(self) -> Iterator[Row]:
        return iter(self[:])

    def _fetched(self, *, limit: int | None, offset: int) -> list[Row]:
        def counted(question: Question) -> list[list[Row]]:
            return [_rows(question, limit, offset)]

        if limit is None or limit > _LONG_PAGE:
            return counted(self._question)[0]
        return memo.answered(f"rows {limit} {offset}", self._question, counted)[0]


#: A longer part of a list than this is read again each time.
_LONG_PAGE = 60


def _rows(question: Question, limit: int | None, offset: int) -> list[Row]:
    return [
        Row(item, bool(identified), bool(sure), amount_of(question.definition, int(amount)), int(count), _day(first))
        for _group, item, identified, sure, amount, count, first in _fetch(
            compiler.items(question, limit=limit, offset=offset)
        )
    ]


def rows(
    version: FigureVersion | Definition, period: Period, *, position: int | None = None, on: date | None = None
) -> Rows:
    """The list behind a figure's value for a period, now or as of a position."""
    definition = version if isinstance(version, Definition) else definition_of(version)
    return Rows(Question(definition, (period,), _position(position), on=on))


def entry_ids(
    version: FigureVersion | Definition,
    period: Period,
    items: Sequence[int],
    *,
    position: int | None = None,
    on: date | None = None,
    most: int | None = None,
) -> dict[int, list[int]]:
    """The ledger entries behind each of some items of the list, oldest first; at most so many of each."""
    definition = version if isinstance(version, Definition) else definition_of(version)
    if not items:
        return {}
    question = Question(definition, (period,), _position(position), on=on)
    found: dict[int, list[int]] = {}
    for item, entry_id in _fetch(compiler.entries(question, items, most=most)):
        found.setdefault(item, []).append(entry_id)
    return found


def counted_twice_perhaps(
    version: FigureVersion | Definition, period: Period, *, position: int | None = None, on: date | None = None
) -> int:
    """How many of the organisations that a figure counts may be the same as another that it counts.

    It is what is suspected now, so it says nothing of how certain the figure was at an earlier position, and leaves
    its bounds alone. One query while nobody is suspected.
    """
    definition = version if isinstance(version, Definition) else definition_of(version)
    if definition.unit is not Unit.ORGANISATIONS or not (pairs := suspected_twice()):
        return 0
    suspects = sorted({one for pair in pairs for one in pair})
    counted = entry_ids(definition, period, suspects, position=position, on=on).keys()
    return len({one for one, other in pairs if one in counted and other in counted})


def _position(position: int | None) -> int:
    return ledger.position() if position is None else position


def _fetch(query: compiler.Query) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query.sql, query.parameters)
        return list(cursor.fetchall())


#: The parts of a period's answer: group → (exact, pending, unidentified, lowest pending, highest pending).
Answer = dict[str, tuple[int, int, int, int, int]]
#: An answer in more parts than this is counted again each time.
_MANY_PARTS = 500


def _answers(question: Question) -> list[Answer]:
    """The answer for each of the periods, in their order."""
    return memo.answered("value", question, _counted, keep=lambda answer: len(answer) <= _MANY_PARTS)


def _counted(question: Question) -> list[Answer]:
    answers: list[Answer] = [{} for _period in question.periods]
    for number, group, *amounts in _fetch(compiler.values(question)):
        answers[number]["" if group is None else str(group)] = tuple(int(one or 0) for one in amounts)
    return answers


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


def latest_start(until: date) -> date:
    """The latest first day of anything in the books, no later than `until`; `until` itself while they are empty."""
    begun = Entry.objects.filter(starts__lte=until).exclude(kind__in=("succession", INQUIRY))
    return begun.order_by("-starts").values_list("starts", flat=True).first() or until


def extent(version: FigureVersion | Definition, *, position: int | None = None) -> tuple[date, date] | None:
    """The first and last start of anything a figure has ever counted; None when it has counted nothing."""
    definition = version if isinstance(version, Definition) else definition_of(version)
    question = Question(definition, (ALL_TIME,), _position(position))
    return memo.answered("extent", question, _extent)[0]


def _length(question: Question) -> list[int]:
    return [int(_fetch(compiler.length(question))[0][0])]


def _extent(question: Question) -> list[tuple[date, date] | None]:
    ((first, last),) = _fetch(compiler.extent(question))
    return [(_day(first), _day(last)) if first is not None else None]
