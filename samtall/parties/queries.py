"""What can be asked of parties."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from samtall.base.text import search_key
from samtall.parties.legal_forms import NAME_ENDINGS
from samtall.parties.models import (
    Attributes,
    Establishment,
    Organisation,
    RegisterCursor,
    RegisterLoad,
)
from samtall.parties.numbers import InvalidNumber, check


def organisation_by_number(number: str) -> Organisation | None:
    """The Norwegian organisation with this number, however it is written; None when unknown or not a number."""
    try:
        return Organisation.objects.filter(country="NO", register="brreg", number=check(number)).first()
    except InvalidNumber:
        return None


def establishment_by_number(number: str) -> Establishment | None:
    """The work site with this number, with its organisation; None when unknown or not a number."""
    try:
        return Establishment.objects.select_related("organisation").filter(number=check(number)).first()
    except InvalidNumber:
        return None


def organisations_named(name: str) -> QuerySet[Organisation]:
    """Organisations of exactly this name, whatever the capitals and spaces, with or without the form at its end.

    "Bø Bygg" finds "BØ BYGG AS", and "Bø Bygg AS" finds "Bø Bygg", but not "Bø Bygg ANS".
    """
    return Organisation.objects.filter(search_name__in=spellings_of(name)).order_by("pk")


def establishments_named(name: str) -> QuerySet[Establishment]:
    """Work sites of exactly this name, as `organisations_named`."""
    found = Establishment.objects.filter(search_name__in=spellings_of(name))
    return found.select_related("organisation").order_by("pk")


def spellings_of(name: str) -> list[str]:
    """The search names that `organisations_named` takes for this one."""
    key = search_key(name)
    if key.endswith(" a/s"):
        key = key[: -len("a/s")] + "as"
    stem, _, ending = key.rpartition(" ")
    if stem and ending in NAME_ENDINGS:
        return [key, stem]
    return [key, *(f"{key} {ending}" for ending in NAME_ENDINGS)] if key else []


def attributes_on(unit: Organisation | Establishment, day: date) -> Attributes | None:
    """What a register said of a unit on a day: the latest row by then, else the earliest known; None without any.

    Reads prefetched `attributes` where they are.
    """
    rows: list[Attributes] = sorted(unit.attributes.all(), key=lambda row: row.valid_from)
    by_then = [row for row in rows if row.valid_from <= day]
    return by_then[-1] if by_then else next(iter(rows), None)


def successor_on(organisation: Organisation, day: date) -> Organisation:
    """Who an organisation had become by a day, through the main links of succession (R4); itself when nobody."""
    while link := organisation.successions_out.filter(main=True, on__lte=day).select_related("successor").first():
        organisation = link.successor
    return organisation


@dataclass(frozen=True)
class RegisterAge:
    """How old what is kept of one kind of units is: the newest extract, and since when the feed of updates is known."""

    kind: RegisterLoad.Kind
    extract: date
    complete: bool
    position: int | None
    updated_at: datetime | None

    @property
    def read_on(self) -> date:
        """The day that what is kept shows."""
        return max(self.extract, timezone.localdate(self.updated_at)) if self.updated_at else self.extract


def register_age() -> list[RegisterAge]:
    """How old the register here is, for each kind of units that is loaded; two questions to the database."""
    cursors = {cursor.kind: cursor for cursor in RegisterCursor.objects.all()}
    ages: dict[str, RegisterAge] = {}
    for load in RegisterLoad.objects.filter(finished_at__isnull=False).order_by("complete", "dated"):
        cursor = cursors.get(load.kind)
        ages[load.kind] = RegisterAge(
            RegisterLoad.Kind(load.kind),
            load.dated,
            load.complete,
            cursor.position if cursor else None,
            cursor.caught_up_at if cursor else None,
        )
    return [ages[kind] for kind in RegisterLoad.Kind.values if kind in ages]


def with_departments(organisations: set[int]) -> frozenset[int]:
    """These organisations and all that is part of them, as deep as it goes (one query for each level)."""
    found, newest = set(organisations), set(organisations)
    while newest:
        parts = set(Organisation.objects.filter(part_of__in=newest).values_list("pk", flat=True))
        newest = parts - found
        found |= newest
    return frozenset(found)
