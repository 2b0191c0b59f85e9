"""Names of organisations and work sites, read from the database: current ones, former ones, and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from django.db.models import Max

from samtall.parties.models import (
    Establishment,
    EstablishmentAttributes,
    Organisation,
    OrganisationAttributes,
)
from samtall.parties.numbers import format_number
from samtall.parties.size_classes import SIZE_CLASSES

_TABLES = (Organisation, OrganisationAttributes, Establishment, EstablishmentAttributes)
_AT_ONCE = 20_000
_COLUMNS = """
    unit.id, unit.name, unit.number, unit.form, unit.closed_on, unit.{owner}, said.name, said.valid_from,
    said.municipality, said.postal_code, said.size_class, said.sector, said.domain, said.street
"""


class Entry(NamedTuple):
    """A name of a unit, with what was said of it then."""

    name: str
    organisation: int
    """The unit itself, or for a work site its owner."""
    site: int
    """0 for an organisation."""
    part_of: int
    form: str
    closed: int
    """Days as ordinals, 0 for none; `since` and `until` are when the name was another before or after."""
    since: int
    until: int
    municipality: int
    postal_code: int
    size: int
    public: bool
    domain: str
    street: str


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the four tables are read: their highest primary keys."""

    organisations: int = 0
    organisation_attributes: int = 0
    sites: int = 0
    site_attributes: int = 0


def mark_now() -> Mark:
    """The highest keys that can be seen."""
    return Mark(*(model.objects.aggregate(last=Max("pk"))["last"] or 0 for model in _TABLES))


def settled_mark(patience: str = "200ms") -> Mark | None:
    """The highest keys, when nothing below them can come later or be taken back; None when that cannot be known.

    Within a transaction it cannot. PostgreSQL gives out keys before it commits: asking for a share lock waits for those
    who are writing, `patience` long ("0" is for ever), and meanwhile holds up who comes after them.
    """
    if connection.in_atomic_block:
        return None
    if connection.vendor != "postgresql":
        return mark_now()
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in _TABLES)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [patience])
            cursor.execute(f"LOCK TABLE {tables} IN SHARE MODE")
            return mark_now()
    except OperationalError:
        return None


@dataclass(frozen=True, slots=True)
class Units:
    """Which units to read: all, or those named."""

    organisations: frozenset[int] | None = None
    sites: frozenset[int] | None = None

    @property
    def count(self) -> int:
        return len(self.organisations or ()) + len(self.sites or ())

    def __or__(self, other: "Units") -> "Units":
        return Units(
            (self.organisations or frozenset()) | (other.organisations or frozenset()),
            (self.sites or frozenset()) | (other.sites or frozenset()),
        )


def touched(since: Mark, until: Mark) -> Units:
    """Units that are new, or of which something was said, after one mark and up to another."""

    def keys(model: Any, first: int, last: int, column: str = "pk") -> set[int]:
        if first == last:
            return set()
        return set(model.objects.filter(pk__gt=first, pk__lte=last).values_list(column, flat=True))

    return Units(
        frozenset(
            keys(Organisation, since.organisations, until.organisations)
            | keys(
                OrganisationAttributes,
                since.organisation_attributes,
                until.organisation_attributes,
                "organisation_id",
            )
        ),
        frozenset(
            keys(Establishment, since.sites, until.sites)
            | keys(EstablishmentAttributes, since.site_attributes, until.site_attributes, "establishment_id")
        ),
    )


def entries(units: Units = Units()) -> Iterator[list[Entry]]:
    """All names of the units, in lists of many."""
    for rows in _batches(
        _rows(Organisation, OrganisationAttributes, "organisation_id", "part_of_id", units.organisations)
    ):
        yield [entry for unit in rows for entry in _of_unit(unit, site=False)]
    for rows in _batches(
        _rows(Establishment, EstablishmentAttributes, "establishment_id", "organisation_id", units.sites)
    ):
        yield [entry for unit in rows for entry in _of_unit(unit, site=True)]


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[list[tuple[Any, ...]]]]:
    grouped = (list(group) for _key, group in groupby(rows, key=itemgetter(0)))
    while batch := list(islice(grouped, _AT_ONCE)):
        yield batch


def _rows(model: Any, said: Any, column: str, owner: str, chosen: frozenset[int] | None) -> Iterator[tuple[Any, ...]]:
    """What is known of each unit, in order of unit and day; one row also for a unit of which nothing was said."""
    query = (
        f"SELECT {_COLUMNS.format(owner=owner)} FROM {model._meta.db_table} unit "
        f"LEFT JOIN {said._meta.db_table} said ON said.{column} = unit.id WHERE unit.number <> ''"
    )
    if model is Organisation:
        query += " AND unit.same_as_id IS NULL"
    order = " ORDER BY unit.id, said.valid_from"
    if chosen is None:
        yield from _executed(query + order, ())
        return
    keys = sorted(chosen)
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        yield from _executed(f"{query} AND unit.id IN ({', '.join(['%s'] * len(some))}){order}", some)


def _executed(query: str, values: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, list(values))
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows


_SIZES = {name: number for number, name in enumerate(SIZE_CLASSES, start=1)}


def _of_unit(rows: list[tuple[Any, ...]], *, site: bool) -> Iterator[Entry]:
    """One entry for each name and place; the last is the current one."""
    key, name, number, form, closed, owner, *_said = rows[0]
    bare = format_number(number)
    organisation, unit, part_of = (owner, key, 0) if site else (key, 0, owner or 0)
    closed_on = _day(closed)
    if len(rows) == 1 and rows[0][6] in (None, name):
        if name != bare:
            yield _entry(name, organisation, unit, part_of, form, closed_on, 0, 0, rows[0])
        return
    found: dict[tuple[str, Any, Any], tuple[int, tuple[Any, ...], int]] = {}
    if rows[-1][6] != name:
        rows = [*rows, (*rows[-1][:6], name, None, *rows[-1][8:])]
    for place, row in enumerate(rows):
        which = (row[6], row[8], row[9])
        since = found[which][0] if which in found else (_day(row[7]) if place else 0)
        found[which] = (since, row, place)
    for since, row, place in found.values():
        later = next((other for other in rows[place + 1 :] if other[6] != row[6]), None) if row[6] != name else None
        until = (_day(later[7]) or _day(row[7])) if later else 0
        if row[6] != bare:
            yield _entry(row[6], organisation, unit, part_of, form, closed_on, since, until, row)


def _entry(
    name: str, organisation: int, unit: int, part_of: int, form: str, closed: int, since: int, until: int,
    row: tuple[Any, ...],
) -> Entry:  # fmt: skip
    municipality, postal_code, size, sector, domain, street = row[8:14]
    return Entry(
        name, organisation, unit, part_of, form, closed, since, until,
        int(municipality) if municipality else 0, int(postal_code) if postal_code else 0,
        _SIZES.get(size, 0), bool(sector) and sector[0] == "6", domain or "", street or "",
    )  # fmt: skip


def _day(value: Any) -> int:
    if not value:
        return 0
    return (value if isinstance(value, date) else date.fromisoformat(value)).toordinal()
