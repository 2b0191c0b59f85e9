"""Who is meant by what somebody wrote: a number, or a name exactly as it is (better guesses belong to the register)."""

from dataclasses import dataclass, field
from datetime import datetime

from samtall.base.text import search_key
from samtall.parties import operations as parties
from samtall.parties.models import Establishment, Organisation, Person
from samtall.parties.queries import (
    establishment_by_number,
    establishments_named,
    organisation_by_number,
    organisations_matching,
    organisations_named,
)

#: How many candidates a person is asked to choose between.
MOST = 10

Party = Organisation | Establishment


@dataclass(frozen=True)
class Found:
    """The one party that is meant, or else candidates to choose between (best first, at most MOST)."""

    party: Party | None = None
    candidates: list[Party] = field(default_factory=list)


def find_party(text: str) -> Found:
    """An organisation or a work site by its number, or by its name when only one is called exactly that."""
    by_number = organisation_by_number(text) or establishment_by_number(text)
    if by_number:
        return Found(party=by_number)
    named: list[Party] = [*organisations_named(text)[:MOST]]
    if not named:
        named = [*establishments_named(text)[:MOST]]
    if len(named) == 1:
        return Found(party=named[0])
    return Found(candidates=named or [*organisations_matching(text)[:MOST]])


def address_of(party: Party) -> str:
    """A short text that means this party, for a form."""
    return f"{'o' if isinstance(party, Organisation) else 'e'}{party.pk}"


def party_at(address: str) -> Party | None:
    """The party that `address_of` gave this text for; None when there is none."""
    letter, digits = address[:1], address[1:]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 18):
        return None
    if letter == "o":
        return Organisation.objects.filter(pk=int(digits)).first()
    return Establishment.objects.select_related("organisation").filter(pk=int(digits)).first()


def person_of(name: str, organisation: Organisation, *, email: str = "") -> Person:
    """The person of this name in an organisation, added when nobody there has it; a new address takes over."""
    known = Person.objects.filter(search_name=search_key(name), organisation=organisation).order_by("pk").first()
    if known is None:
        return parties.add_person(name, organisation=organisation, email=email)
    if email and known.email != email:
        known.email = email
        known.save(update_fields=["email"])
    return known


def unidentified(name: str, *, at: datetime) -> Organisation:
    """The organisation without an id that is called this (R2), added when there is none."""
    known = Organisation.objects.filter(number="", search_name=search_key(name)).order_by("pk").first()
    return known or parties.add_unidentified(name, at=at)
