"""Keeping a batch of rows in few queries: units, their dated attributes, and the names of industries."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

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
)
from samtall.parties.numbers import format_number
from samtall.parties.register.columns import Kind
from samtall.parties.register.rows import Row
from samtall.places.queries import code_on, municipality_named

#: Rows of a batch by the number of their unit.
Batch = dict[str, Row]


class Keeper(ABC):
    """Keeps the rows of one extract, batch by batch, inside the caller's transactions."""

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
        self._codes = {"": ""}
        self._industries = set(Industry.objects.values_list("standard", "code"))

    def municipality_code(self, name: str) -> str:
        """The code of a municipality's name on the extract's day; "", and noted, when it is not known."""
        if name not in self._codes:
            municipality = municipality_named(name, self.dated)
            self._codes[name] = code_on(municipality, self.dated) if municipality else ""
            if municipality is None:
                self.unknown_places.add(name)
        return self._codes[name]

    def keep(self, rows: Iterable[Row]) -> tuple[int, int]:
        """Keep rows; how many units were new, and how many known ones have changed."""
        batch = {row.number: row for row in rows}  # the same number twice: the last one holds
        owners = _owners(batch)
        known = {unit.number: unit for unit in self.find(batch)}
        new = {number: self.make(row, owners) for number, row in batch.items() if number not in known}
        self.unit_model.objects.bulk_create(new.values())
        self._learn_industries(batch.values())

        units = known | new
        histories = self._histories([unit.pk for unit in known.values()])
        changes: Changes[Any] = Changes()
        renewed = []
        for number, row in batch.items():
            unit, history = units[number], histories[units[number].pk]
            if all(attributes.last_seen <= self.dated for attributes in history) and self._renew(unit, row, owners):
                renewed.append(unit)
            if row.said:
                changes += observe(
                    history, self.dated, self.may_keep(row, owners), seen=self._seen, make=self._maker(unit)
                )
        self._save(renewed, changes)
        touched = {unit.pk for unit in renewed}
        touched |= {getattr(row, f"{self.unit_field}_id") for row in (*changes.changed, *changes.new)}
        return len(new), len(touched - {unit.pk for unit in new.values()})

    @abstractmethod
    def find(self, batch: Batch) -> Iterable[Any]:
        """The units of the batch that are known."""

    @abstractmethod
    def make(self, row: Row, owners: dict[str, Organisation]) -> Any:
        """A new unit, not saved."""

    def may_keep(self, row: Row, _owners: dict[str, Organisation]) -> Said:
        """What a row says that may be kept."""
        return row.said

    def _histories(self, units: list[int]) -> dict[int, list[Any]]:
        """The attributes of units in order of date."""
        histories = defaultdict(list)
        if units:
            rows = self.attributes_model.objects.filter(**{f"{self.unit_field}__in": units})
            for row in rows.order_by("valid_from"):
                histories[getattr(row, f"{self.unit_field}_id")].append(row)
        return histories

    def _maker(self, unit: Any) -> Any:
        return lambda: self.attributes_model(**{self.unit_field: unit, "source": self.source})

    def _renew(self, unit: Any, row: Row, owners: dict[str, Organisation]) -> bool:
        """Give a unit what the latest extract says of it; whether that is something else."""
        before = (unit.name, unit.form, unit.closed_on, getattr(unit, f"{self.owner_field}_id"))
        if not (
            search_key(row.name) == unit.search_name and row.name.isupper()
        ):  # capitals do not replace "Bø Bygg AS"
            unit.name, unit.search_name = row.name, search_key(row.name)
        unit.form = row.form or unit.form
        unit.closed_on = row.closed_on
        if row.owner:
            setattr(unit, self.owner_field, owners[row.owner])
        return before != (unit.name, unit.form, unit.closed_on, getattr(unit, f"{self.owner_field}_id"))

    def _save(self, renewed: list[Any], changes: Changes[Any]) -> None:
        if renewed:
            fields = ["name", "search_name", "form", "closed_on", self.owner_field]
            self.unit_model.objects.bulk_update(renewed, fields)
        attributes = self.attributes_model.objects
        if changes.confirmed:
            attributes.filter(pk__in=[row.pk for row in changes.confirmed]).update(confirmed_on=self.dated)
        if changes.changed:
            attributes.bulk_update(changes.changed, [*FIELDS, "valid_from", "confirmed_on"])
        attributes.bulk_create(changes.new)

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

    def find(self, batch: Batch) -> Iterable[Organisation]:
        return _norwegian(batch)

    def make(self, row: Row, owners: dict[str, Organisation]) -> Organisation:
        return _organisation(
            row.number, row.name, form=row.form, closed_on=row.closed_on, part_of=owners.get(row.owner)
        )


class WorkSites(Keeper):
    kind = Kind.UNDERENHETER
    unit_model = Establishment
    attributes_model = EstablishmentAttributes
    unit_field = "establishment"
    owner_field = "organisation"

    def find(self, batch: Batch) -> Iterable[Establishment]:
        return Establishment.objects.filter(number__in=batch)

    def make(self, row: Row, owners: dict[str, Organisation]) -> Establishment:
        return Establishment(
            number=row.number,
            name=row.name,
            search_name=search_key(row.name),
            form=row.form,
            closed_on=row.closed_on,
            organisation=owners[row.owner],
        )

    def may_keep(self, row: Row, owners: dict[str, Organisation]) -> Said:
        """Without the address where the owner is one person, for it may be a home, or may be one for all we know."""
        form = owners[row.owner].form
        if "street" not in row.said or (form and form not in PERSONS):
            return row.said
        return {name: value for name, value in row.said.items() if name != "street"} | ({"street": ""} if form else {})


def keeper(kind: Kind, dated: date, source: str) -> Keeper:
    return {Kind.ENHETER: LegalUnits, Kind.UNDERENHETER: WorkSites}[kind](dated, source)


def _owners(batch: Batch) -> dict[str, Organisation]:
    """The owners that the rows name. One that is not known is kept as a bare number until an extract tells its name."""
    numbers = {row.owner for row in batch.values() if row.owner}
    if not numbers:
        return {}
    known = {owner.number: owner for owner in _norwegian(numbers)}
    bare = [_organisation(number, format_number(number)) for number in sorted(numbers - known.keys())]
    Organisation.objects.bulk_create(bare)
    return known | {owner.number: owner for owner in bare}


def _norwegian(numbers: Iterable[str]) -> Iterable[Organisation]:
    return Organisation.objects.filter(country="NO", register="brreg", number__in=list(numbers))


def _organisation(number: str, name: str, **more: Any) -> Organisation:
    return Organisation(number=number, name=name, search_name=search_key(name), **more)
