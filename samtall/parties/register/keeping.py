"""Keeping rows in few queries: units, their dated attributes, and the names of industries.

Most rows are of units never seen, or say what is known: those are found out before the transaction, so that it is
short. The others are compared with their history inside it.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError

from samtall.base.text import search_key
from samtall.parties.history import FIELDS, Changes, Said, observe
from samtall.parties.legal_forms import PERSONS
from samtall.parties.models import (
    Establishment,
    EstablishmentAttributes,
    Industry,
    Organisation,
    OrganisationAttributes,
    RegisterLoad,
    RemovedUnit,
)
from samtall.parties.numbers import format_number
from samtall.parties.register.columns import Kind
from samtall.parties.register.rows import Row
from samtall.parties.register.writing import Insertion, Values
from samtall.places.queries import code_on, municipality_named

#: Rows of a batch by the number of their unit.
Batch = dict[str, Row]


class OvertakenByOthers(Exception):
    """Somebody else changed a unit between looking and keeping."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The unit that another belongs to. `form` is empty where no register has told it yet."""

    pk: int
    form: str


@dataclass(frozen=True, slots=True)
class Unit:
    """What is kept of a unit now, and the latest of its attributes."""

    name: str
    search_name: str
    form: str
    closed_on: date | None
    owner: str
    latest: dict[str, Any] | None

    def becomes(self, row: Row, dated: date) -> tuple[str, str, date | None, str]:
        """Name, form, closing day and owner's number after a row of the latest extract."""
        tidier = row.name.isupper() and search_key(row.name) == self.search_name  # "Bø Bygg AS" stays
        return (
            self.name if tidier else row.name,
            row.form or self.form,
            closing_day(self.closed_on, row.closed_on, dated),
            row.owner or self.owner,
        )

    def would_change(self, row: Row, dated: date) -> bool:
        return self.becomes(row, dated) != (self.name, self.form, self.closed_on, self.owner)


def closing_day(known: date | None, said: date | None, dated: date) -> date | None:
    """When a unit closed, by an extract: one from before that day cannot know of it."""
    return known if said is None and known and known > dated else said


@dataclass(frozen=True, slots=True)
class Beginning:
    """A unit never seen and its first attributes, ready to be inserted; the first value of each is a key to come."""

    row: Row
    unit: Values
    attributes: Values | None


@dataclass
class Sorted:
    """Rows by what is to be done: units never seen, attributes to confirm, and what needs a closer look."""

    new: list["Beginning"] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    others: list[Row] = field(default_factory=list)
    owners: dict[str, Owner] = field(default_factory=dict)


class Keeper(ABC):
    """Keeps the rows of one extract, batch by batch: `sort` before the caller's transaction, `keep` inside it."""

    kind: Kind
    unit_model: Any
    attributes_model: Any
    unit_field: str
    owner_field: str

    def __init__(self, dated: date, source: str) -> None:
        self.dated = dated
        self.source = source
        self.unknown_places: set[str] = set()
        self._seen = set(RegisterLoad.objects.filter(kind=self.kind).values_list("dated", flat=True))
        self._removed = set(RemovedUnit.objects.values_list("number", flat=True))
        self._codes = {"": ""}
        self._industries = set(Industry.objects.values_list("standard", "code"))
        self._units = Insertion(
            self.unit_model, (f"{self.owner_field}_id", "number", "name", "search_name", "form", "closed_on")
        )
        self._columns = (f"{self.unit_field}_id", "valid_from", "confirmed_on", "source", *FIELDS)
        self._attributes = Insertion(self.attributes_model, self._columns)
        self._blank = {name: self.attributes_model._meta.get_field(name).get_default() for name in FIELDS}

    def municipality_code(self, name: str) -> str:
        """The code of a municipality's name on the extract's day; "", and noted, when it is not known."""
        if name not in self._codes:
            municipality = municipality_named(name, self.dated)
            self._codes[name] = code_on(municipality, self.dated) if municipality else ""
            if municipality is None:
                self.unknown_places.add(name)
        return self._codes[name]

    def sort(self, rows: Iterable[Row]) -> Sorted:
        """Find out what is to be done with rows. Those of removed units are left out."""
        batch = {row.number: row for row in rows if row.number not in self._removed}  # the last of a number holds
        owners = _owners({row.owner for row in batch.values() if row.owner})
        known = self._known(batch)
        found = Sorted(owners=owners)
        for number, row in batch.items():
            unit = known.get(number)
            if unit is None and number in owners:  # kept as another's owner first
                found.others.append(row)
            elif unit is None:
                if self.can_begin(row):
                    found.new.append(self._beginning(row, owners))
            elif (confirms := self._confirms(unit, row, owners)) is None:
                found.others.append(row)
            else:
                found.confirmed += confirms
        return found

    def keep(self, found: Sorted) -> tuple[int, int]:
        """Keep rows; how many units were new, and how many known ones have changed.

        Raises OvertakenByOthers when what was found no longer holds; `keep_closely` then does.
        """
        owners = _with_bare(found.owners, [*(one.row for one in found.new), *found.others])
        try:
            self._begin(found.new, owners)
        except IntegrityError as error:
            raise OvertakenByOthers from error
        if found.confirmed:
            still = self.attributes_model.objects.filter(pk__in=found.confirmed, valid_from__lte=self.dated)
            if still.update(confirmed_on=self.dated) != len(found.confirmed):
                raise OvertakenByOthers
        return len(found.new), self._compare(found.others, owners)

    def keep_closely(self, rows: Iterable[Row]) -> tuple[int, int]:
        """Sort and keep inside the caller's transaction: slower, and nobody comes between."""
        self._industries = set(Industry.objects.values_list("standard", "code"))  # what was rolled back is unknown
        return self.keep(self.sort(rows))

    def _confirms(self, unit: Unit, row: Row, owners: Mapping[str, Owner]) -> list[int] | None:
        """The attributes to confirm when a row says what is known, at most one; None when it says something else."""
        latest = unit.latest
        if not row.said:
            return None if unit.would_change(row, self.dated) else []
        if latest is None or latest["valid_from"] > self.dated:
            return None
        for name, value in self.may_keep(row, owners).items():
            if latest[name] != value and not (name == "name" and search_key(latest[name]) == search_key(value)):
                return None
        last_seen = latest["confirmed_on"] or latest["valid_from"]
        if last_seen <= self.dated and unit.would_change(row, self.dated):
            return None
        return [latest["pk"]] if last_seen < self.dated else []

    def _known(self, numbers: Iterable[str]) -> dict[str, Unit]:
        """The units of these numbers that are kept already."""
        unit = self.unit_field
        latest: dict[int, dict[str, Any]] = {}
        units = list(
            self.find(numbers).values_list(
                "pk", "number", "name", "search_name", "form", "closed_on", f"{self.owner_field}__number"
            )
        )
        if units:
            attributes = self.attributes_model.objects.filter(**{f"{unit}__in": [one[0] for one in units]})
            columns = ("pk", f"{unit}_id", "valid_from", "confirmed_on", *FIELDS)
            for values in attributes.order_by("valid_from").values_list(*columns):
                latest[values[1]] = dict(zip(columns, values, strict=True))
        return {
            number: Unit(name, search_name, form, closed_on, owner or "", latest.get(pk))
            for pk, number, name, search_name, form, closed_on, owner in units
        }

    def _beginning(self, row: Row, owners: Mapping[str, Owner]) -> Beginning:
        unit = self._units.values(None, row.number, row.name, search_key(row.name), row.form, row.closed_on)
        if not row.said:
            return Beginning(row, unit, None)
        said = self._blank | self.may_keep(row, owners)
        return Beginning(row, unit, self._attributes.values(None, self.dated, self.dated, self.source, *said.values()))

    def _begin(self, beginnings: list[Beginning], owners: Mapping[str, Owner]) -> None:
        """Insert units never seen, with their first attributes."""
        if not beginnings:
            return
        for one in beginnings:
            if one.row.owner:
                one.unit[0] = owners[one.row.owner].pk
        self._units.insert(one.unit for one in beginnings)
        self._learn_industries(one.row for one in beginnings)
        pks = dict(self.find([one.row.number for one in beginnings]).values_list("number", "pk"))
        firsts = []
        for one in beginnings:
            if one.attributes is not None:
                one.attributes[0] = pks[one.row.number]
                firsts.append(one.attributes)
        self._attributes.insert(firsts)

    def _compare(self, rows: list[Row], owners: Mapping[str, Owner]) -> int:
        """Keep rows of known units beside their history; how many units changed."""
        if not rows:
            return 0
        batch = {row.number: row for row in rows}
        units = list(self.find(batch).select_related(self.owner_field))
        self._learn_industries(rows)
        histories = self._histories([unit.pk for unit in units])
        changes: Changes[Any] = Changes()
        renewed = []
        for unit in units:
            row, history = batch[unit.number], histories[unit.pk]
            if all(attributes.last_seen <= self.dated for attributes in history) and self._renew(unit, row, owners):
                renewed.append(unit)
            if row.said:
                said = self.may_keep(row, owners)
                changes += observe(history, self.dated, said, seen=self._seen, make=self._maker(unit))
        self._save(renewed, changes)
        touched = {unit.pk for unit in renewed}
        touched |= {getattr(row, f"{self.unit_field}_id") for row in (*changes.changed, *changes.new)}
        return len(touched)

    @abstractmethod
    def find(self, numbers: Iterable[str]) -> Any:
        """The units of these numbers, as a query."""

    def can_begin(self, _row: Row) -> bool:
        """Whether a row tells enough to keep a unit never seen."""
        return True

    def may_keep(self, row: Row, _owners: Mapping[str, Owner]) -> Said:
        """What a row says that may be kept."""
        return row.said

    def _histories(self, units: list[int]) -> dict[int, list[Any]]:
        """The attributes of units in order of date."""
        histories = defaultdict(list)
        rows = self.attributes_model.objects.filter(**{f"{self.unit_field}__in": units})
        for row in rows.order_by("valid_from"):
            histories[getattr(row, f"{self.unit_field}_id")].append(row)
        return histories

    def _maker(self, unit: Any) -> Any:
        return lambda: self.attributes_model(**{self.unit_field: unit, "source": self.source})

    def _renew(self, unit: Any, row: Row, owners: Mapping[str, Owner]) -> bool:
        """Give a unit what the latest extract says of it; whether that is something else."""
        owner = getattr(unit, self.owner_field)
        kept = Unit(unit.name, unit.search_name, unit.form, unit.closed_on, owner.number if owner else "", None)
        if not kept.would_change(row, self.dated):
            return False
        unit.name, unit.form, unit.closed_on, _owner = kept.becomes(row, self.dated)
        unit.search_name = search_key(unit.name)
        if row.owner:
            setattr(unit, f"{self.owner_field}_id", owners[row.owner].pk)
        return True

    def _save(self, renewed: list[Any], changes: Changes[Any]) -> None:
        if renewed:
            fields = ["name", "search_name", "form", "closed_on", self.owner_field]
            self.unit_model.objects.bulk_update(renewed, fields)
        attributes = self.attributes_model.objects
        if changes.confirmed:
            attributes.filter(pk__in=[row.pk for row in changes.confirmed]).update(confirmed_on=self.dated)
        if changes.changed:
            attributes.bulk_update(changes.changed, [*FIELDS, "valid_from", "confirmed_on"])
        if changes.new:
            values = ([getattr(row, name) for name in self._columns] for row in changes.new)
            self._attributes.insert(self._attributes.values(*row) for row in values)

    def _learn_industries(self, rows: Iterable[Row]) -> None:
        names = {
            (row.said["industry_standard"], row.said["industry"]): row.industry_name
            for row in rows
            if row.said.get("industry") and row.industry_name
        }
        new = [Industry(standard=key[0], code=key[1], name=names[key]) for key in names.keys() - self._industries]
        if new:
            Industry.objects.bulk_create(new, ignore_conflicts=True)
            self._industries |= names.keys()


class LegalUnits(Keeper):
    kind = Kind.ENHETER
    unit_model = Organisation
    attributes_model = OrganisationAttributes
    unit_field = "organisation"
    owner_field = "part_of"

    def find(self, numbers: Iterable[str]) -> Any:
        return _norwegian(numbers)


class WorkSites(Keeper):
    kind = Kind.UNDERENHETER
    unit_model = Establishment
    attributes_model = EstablishmentAttributes
    unit_field = "establishment"
    owner_field = "organisation"

    def find(self, numbers: Iterable[str]) -> Any:
        return Establishment.objects.filter(number__in=list(numbers))

    def can_begin(self, row: Row) -> bool:
        """The register no longer tells who owned a work site that is gone."""
        return bool(row.owner)

    def may_keep(self, row: Row, owners: Mapping[str, Owner]) -> Said:
        """Without the address where the owner is one person, for it may be a home, or may be one for all we know."""
        form = owners[row.owner].form if row.owner else ""
        if "street" not in row.said or (form and form not in PERSONS):
            return row.said
        return {name: value for name, value in row.said.items() if name != "street"} | ({"street": ""} if form else {})


def keeper(kind: Kind, dated: date, source: str) -> Keeper:
    return {Kind.ENHETER: LegalUnits, Kind.UNDERENHETER: WorkSites}[kind](dated, source)


def _owners(numbers: set[str]) -> dict[str, Owner]:
    """The owners of these numbers; those that are not known have no key yet."""
    known = {number: Owner(0, "") for number in numbers}
    if numbers:
        known |= {
            number: Owner(pk, form) for number, pk, form in _norwegian(numbers).values_list("number", "pk", "form")
        }
    return known


def _with_bare(owners: Mapping[str, Owner], rows: Iterable[Row]) -> dict[str, Owner]:
    """The owners, with those that were not known as bare numbers until an extract tells their names."""
    wanted = {row.owner for row in rows if row.owner and not owners[row.owner].pk}
    if not wanted:
        return dict(owners)
    missing = sorted(wanted - set(_norwegian(wanted).values_list("number", flat=True)))
    bare = Insertion(Organisation, ("number", "name", "search_name"))
    names = [(number, format_number(number)) for number in missing]
    bare.insert(bare.values(number, name, search_key(name)) for number, name in names)
    return {**owners, **_owners(wanted)}


def _norwegian(numbers: Iterable[str]) -> Any:
    return Organisation.objects.filter(country="NO", register="brreg", number__in=list(numbers))
