"""Why a figure is not what it was: the postings between two readings, and what each did to it.

The effect of a posting is what the figure is at its position less what it was at the one before. So effects add up to
the difference, whatever the unit and however parties are told apart (R4); which postings have to be looked at is told
by `touching`, and the rest have none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from samtall.base.periods import Period
from samtall.figures import queries
from samtall.figures.definitions import Definition, Identity
from samtall.figures.results import Result
from samtall.figures.touching import touches
from samtall.ledger.models import Entry, Posting

Number = int | Decimal


@dataclass(frozen=True)
class Moment:
    """A state of the books: a position, and the day it was asked by, which dates successions (R4)."""

    position: int
    on: date | None = None


@dataclass(frozen=True)
class Step:
    """One posting: when, by whom, why, about what, the entries in it that touch the figure, and what they did."""

    position: int
    at: datetime
    by: str
    reason: str
    source: str
    entries: Sequence[Entry]
    effect: Number
    pending: Number


@dataclass(frozen=True)
class Difference:
    """A figure at two moments. `merged` is what only the passing of days did: mergers dated between them (R4)."""

    before: Result
    after: Result
    merged: Number
    postings: Sequence[int]

    @property
    def value(self) -> Number:
        return self.after.value - self.before.value


def difference(definition: Definition, period: Period, earlier: Moment, later: Moment) -> Difference:
    """What a figure was and is, and the positions of the postings that may have changed it, in their order."""
    before, after = _at(definition, period, earlier), _at(definition, period, later)
    merged: Number = 0
    if definition.identity is Identity.TODAY and earlier.on != later.on:
        merged = _at(definition, period, Moment(earlier.position, later.on)).value - before.value
    return Difference(before, after, merged, list(_touching(definition, period, earlier.position, later.position)))


def _touching(definition: Definition, period: Period, after: int, until: int) -> Iterator[int]:
    """The positions after one, up to another, of postings with an entry that touches the figure."""
    last = after
    entries = Entry.objects.filter(posting__gt=after, posting__lte=until).order_by("posting_id", "line")
    for entry in entries.iterator(chunk_size=2_000):
        if entry.posting_id > last and touches(definition, period, entry):
            last = entry.posting_id
            yield last


def steps(definition: Definition, period: Period, positions: Sequence[int], later: Moment) -> list[Step]:
    """What each of some postings did to a figure, as parties are told apart at the later moment."""
    postings = Posting.objects.select_related("source").in_bulk(list(positions))
    lines: dict[int, list[Entry]] = {position: [] for position in positions}
    for entry in Entry.objects.filter(posting__in=positions).order_by("posting_id", "line"):
        if touches(definition, period, entry):
            lines[entry.posting_id].append(entry)
    found = []
    for position in positions:
        before = _at(definition, period, Moment(position - 1, later.on))
        after = _at(definition, period, Moment(position, later.on))
        posting = postings[position]
        found.append(
            Step(
                position=position,
                at=posting.at,
                by=posting.by,
                reason=posting.reason,
                source=posting.source.name,
                entries=lines[position],
                effect=after.value - before.value,
                pending=after.pending.value - before.pending.value,
            )
        )
    return found


def _at(definition: Definition, period: Period, moment: Moment) -> Result:
    return queries.series(definition, [period], position=moment.position, on=moment.on)[0]
