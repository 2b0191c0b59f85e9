"""What can be done with parties."""

from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.base.erasing import empty_the_log
from samtall.base.errors import Refusal
from samtall.base.reading import read_email, read_text
from samtall.parties import industry, numbers
from samtall.parties.history import observe
from samtall.parties.models import (
    Attributes,
    Erasure,
    Establishment,
    EstablishmentAttributes,
    Organisation,
    OrganisationAttributes,
    Person,
    Succession,
)
from samtall.parties.queries import attributes_on
from samtall.parties.size_classes import size_class

Kept = TypeVar("Kept", bound=models.Model)


class Unacceptable(Refusal):
    """A field holds what cannot be stored; the message names it."""


class AlreadyKnown(Refusal):
    """The number belongs to a unit that is here already."""


class SuccessionCircle(Refusal):
    """An organisation would follow itself."""


class AlreadySucceeded(Refusal):
    """The predecessor has another main successor."""


class Signed(Protocol):
    """Who does it, as the accounts write them."""

    @property
    def signature(self) -> str: ...


def add_organisation(
    name: str,
    *,
    number: str = "",
    country: str = "NO",
    register: str = "brreg",
    form: str = "",
    attributes: dict[str, Any] | None = None,
    demonstration: bool = False,
    at: datetime,
) -> Organisation:
    """A Norwegian organisation with its number, or without one an unidentified one (R2).

    `attributes` are those of `record_attributes`, valid from the day of `at` where `valid_from` is not among them.
    """
    if country == "NO" and register == "brreg" and number:
        number = numbers.check(number)
    organisation = Organisation(
        name=read_text(name),
        country=country.upper(),
        register=register if number else "",
        number=number,
        form=form,
        demonstration=demonstration,
    )
    with transaction.atomic():
        if number and (known := _with_number(organisation)):
            raise AlreadyKnown(
                _("The number %(number)s is already here: %(name)s.")
                % {"number": numbers.format_number(number), "name": known.name}
            )
        _save(organisation)
        if attributes is not None:
            record_attributes(organisation, **_from(at) | attributes)
    return organisation


def add_unidentified(name: str, *, at: datetime) -> Organisation:
    """An organisation that nobody has found the number of: shown beside a figure, never inside it (R2)."""
    return add_organisation(name, at=at)


def add_foreign(name: str, *, country: str, register: str, number: str, at: datetime) -> Organisation:
    """A foreign organisation: country (two letters), the register there, and its id in that register (R2)."""
    country = country.strip().upper()
    if not (len(country) == 2 and country.isascii() and country.isalpha()) or country == "NO":
        raise Unacceptable(_("Write another country than Norway as two letters, for example SE for Sweden."))
    if not register.strip() or not number.strip():
        raise Unacceptable(
            _(
                "A foreign organisation needs the name of its register and its number there. "
                "Leave out both to add it as unidentified."
            )
        )
    return add_organisation(
        name, country=country, register=read_text(register, most=20), number=read_text(number, most=40), at=at
    )


def add_establishment(
    organisation: Organisation,
    name: str,
    *,
    number: str,
    form: str = "BEDR",
    attributes: dict[str, Any] | None = None,
    at: datetime,
) -> Establishment:
    """A work site of an organisation, with a number of its own; `attributes` as for `add_organisation`."""
    establishment = Establishment(
        organisation=organisation, name=read_text(name), number=numbers.check(number), form=form
    )
    with transaction.atomic():
        if known := Establishment.objects.filter(number=establishment.number).first():
            raise AlreadyKnown(
                _("The number %(number)s is already here: %(name)s.")
                % {"number": numbers.format_number(known.number), "name": known.name}
            )
        _save(establishment)
        if attributes is not None:
            record_attributes(establishment, **_from(at) | attributes)
    return establishment


def record_attributes(unit: Organisation | Establishment, *, valid_from: date, **values: Any) -> Attributes:
    """Say what was true of a unit on a day; what is not mentioned stays as it was. Returns the row of that day.

    `values` are fields of Attributes. The standard of `industry` and the size class of `employees` follow by
    themselves. The same said twice changes nothing.
    """
    said = dict(values)
    if "industry" in said:
        said.setdefault("industry_standard", industry.standard_of(said["industry"], valid_from))
    if said.get("employees") is not None:
        said.setdefault("size_class", size_class(said["employees"]))
    with transaction.atomic():
        rows = list(unit.attributes.order_by("valid_from"))
        seen = {day for row in rows for day in (row.valid_from, row.last_seen)}
        if not rows:
            said.setdefault("name", unit.name)
        changes = observe(rows, valid_from, said, seen=seen, make=lambda: _empty(unit))
        for row in (*changes.confirmed, *changes.changed, *changes.new):
            _save(row)
        if "name" in said and all(row.valid_from <= valid_from for row in rows):
            unit.name = said["name"]
            _save(unit)
    row_then = attributes_on(unit, valid_from)
    if row_then is None:
        raise LookupError(unit)
    return row_then


def _empty(unit: Organisation | Establishment) -> Any:
    if isinstance(unit, Organisation):
        return OrganisationAttributes(organisation=unit)
    return EstablishmentAttributes(establishment=unit)


def record_succession(
    predecessor: Organisation,
    successor: Organisation,
    *,
    on: date,
    cause: str,
    main: bool = True,
    note: str = "",
    at: datetime,  # noqa: ARG001 (every operation is told the time)
) -> Succession:
    """Say that one organisation followed another on a day (R4). The same said twice gives the link that is there.

    Raises SuccessionCircle when the predecessor already follows the successor, and AlreadySucceeded when another
    link is the one that counting follows.
    """
    with transaction.atomic():
        known = Succession.objects.filter(predecessor=predecessor, successor=successor, on=on).first()
        if known and (known.cause, known.main) == (cause, main):
            return known
        if _leads_to(successor, predecessor):
            raise SuccessionCircle(
                _("%(successor)s cannot follow %(predecessor)s, for it came before it or is the same.")
                % {"successor": successor.name, "predecessor": predecessor.name}
            )
        other = predecessor.successions_out.filter(main=True).select_related("successor").first()
        if main and other:
            raise AlreadySucceeded(
                _("%(predecessor)s is already followed by %(successor)s. Only one can be the main successor.")
                % {"predecessor": predecessor.name, "successor": other.successor.name}
            )
        link = Succession(predecessor=predecessor, successor=successor, on=on, cause=cause, main=main, note=note)
        return _save(link)


def _leads_to(start: Organisation, goal: Organisation) -> bool:
    """Whether the links of succession lead from one organisation to another, or both are one."""
    reached = {start.pk}
    frontier = reached
    while frontier and goal.pk not in reached:
        onward = Succession.objects.filter(predecessor__in=frontier).values_list("successor_id", flat=True)
        frontier = set(onward) - reached
        reached = reached | frontier
    return goal.pk in reached


def add_person(name: str, *, email: str = "", organisation: Organisation | None = None) -> Person:
    """A person, as little as the work needs, with a random key (R5)."""
    return _save(
        Person(name=read_text(name), email=read_email(email) if email.strip() else "", organisation=organisation)
    )


def erase_person(person: Person, *, by: Signed, at: datetime) -> Erasure:
    """Delete who a key stands for. The key stays where it was counted and means nothing any more (R5)."""
    with transaction.atomic():
        erasure = _save(Erasure(key=person.key, at=at, by=by.signature))
        person.delete()
        transaction.on_commit(empty_the_log)
    return erasure


def _with_number(organisation: Organisation) -> Organisation | None:
    return Organisation.objects.filter(
        country=organisation.country, register=organisation.register, number=organisation.number
    ).first()


def _from(at: datetime) -> dict[str, Any]:
    return {"valid_from": timezone.localdate(at)}


def _save(thing: Kept) -> Kept:
    try:
        thing.full_clean()
    except ValidationError as error:
        raise Unacceptable(
            "; ".join(f"{field}: {' '.join(said)}" for field, said in error.message_dict.items())
        ) from error
    thing.save()
    return thing
