"""Where an observation of a unit belongs in its dated attributes. Pure: nothing is saved here.

Each row covers the days from `valid_from` on which registers said the same, the last of them `confirmed_on`. Whatever
order extracts are loaded in, the rows become the same.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from samtall.base.text import search_key
from samtall.parties.models import Attributes

FIELDS = (
    "name",
    "municipality",
    "postal_code",
    "industry",
    "industry_standard",
    "sector",
    "employees",
    "size_class",
    "street",
    "domain",
    "owner",
    "status",
)

#: What a source tells of a unit: only the fields it speaks of.
Said = dict[str, Any]
Row = TypeVar("Row", bound=Attributes)


@dataclass
class Changes(Generic[Row]):
    """Rows to save: the changed ones first, as a new one may take a changed one's date.

    Of those in `confirmed` only `confirmed_on` is another.
    """

    confirmed: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    new: list[Row] = field(default_factory=list)

    def __iadd__(self, other: "Changes[Row]") -> "Changes[Row]":
        self.confirmed += other.confirmed
        self.changed += other.changed
        self.new += other.new
        return self


def observe(
    rows: Sequence[Row], day: date, said: Said, *, seen: Iterable[date], make: Callable[[], Row]
) -> Changes[Row]:
    """What changes when a source says this of a unit on a day.

    `rows` are the unit's rows in order of date, `seen` the days of all extracts that tell of units of its kind, and
    `make` gives an empty row of the unit. Fields that the source does not speak of are taken over from the row before.
    """
    current = next((row for row in reversed(rows) if row.valid_from <= day), None)
    following = next((row for row in rows if row.valid_from > day), None)
    if current and day <= current.last_seen:
        return Changes() if agrees(current, said) else _split(current, day, said, seen, make)
    if current and agrees(current, said):
        current.confirmed_on = day
        return Changes(confirmed=[current])
    if following and agrees(following, said):
        following.confirmed_on = following.last_seen
        following.valid_from = day
        return Changes(changed=[following])
    return Changes(new=[_row(make, day, day, current or following, said)])


def agrees(row: Attributes, said: Said) -> bool:
    """Whether a row already says this; capitals and spaces in a name make no difference."""
    return all(
        search_key(row.name) == search_key(value) if name == "name" else getattr(row, name) == value
        for name, value in said.items()
        if name in FIELDS
    )


def _split(current: Row, day: date, said: Said, seen: Iterable[date], make: Callable[[], Row]) -> Changes[Row]:
    """Something else was true on a day within a row: what the row says ends before it and begins again after it."""
    first, last = current.valid_from, current.last_seen
    if first == day == last:
        _fill(current, said)
        return Changes(changed=[current])
    before = max((other for other in seen if first <= other < day), default=first)
    after = min((other for other in seen if day < other <= last), default=last)
    new = [_row(make, day, day, current, said)]
    if first == day:
        current.valid_from = after
    else:
        current.confirmed_on = before
        if day < last:
            new.append(_row(make, after, last, current, {}))
    return Changes(changed=[current], new=new)


def _row(make: Callable[[], Row], first: date, last: date, base: Attributes | None, said: Said) -> Row:
    row = make()
    row.valid_from, row.confirmed_on = first, last
    if base:
        _fill(row, {name: getattr(base, name) for name in (*FIELDS, "source")})
    _fill(row, said)
    return row


def _fill(row: Attributes, said: Said) -> None:
    for name, value in said.items():
        setattr(row, name, value)
