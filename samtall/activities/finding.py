"""Who is meant by what somebody wrote: a number, a name exactly as it is, or else the likely ones to choose between."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from samtall.base.text import search_key
from samtall.identities import operations as identities
from samtall.identities.operations import Hints
from samtall.parties import operations as parties
from samtall.parties.matching import Candidate, Sought, find_one, suggest
from samtall.parties.models import Establishment, Organisation, Person, RegisterLoad
from samtall.parties.numbers import format_number
from samtall.parties.queries import (
    establishment_by_number,
    establishments_named,
    organisation_by_number,
    organisations_named,
    register_age,
)
from samtall.ui.writing import short_date

#: How many candidates a person is asked to choose between.
MOST = 10

Party = Organisation | Establishment

#: A number that stands behind a name, as `label_of` writes it.
_NUMBER_BEHIND = re.compile(r"\(((?:\d\s*){9})\)\s*$")


@dataclass(frozen=True)
class Found:
    """The one party that is meant, or else candidates to choose between (best first, at most MOST)."""

    party: Party | None = None
    candidates: list[Party] = field(default_factory=list)


def find_party(text: str, *, municipality: str = "") -> Found:
    """An organisation or a work site by its number, or by its name when only one is called exactly that.

    A name that was written before stands for what it was found to be. `municipality` is the code where it was.
    """
    if by_number := party_by_number(text):
        return Found(party=by_number)
    named: list[Party] = [*_most_telling(list(organisations_named(text)[: MOST + 1]))]
    if not named:
        named = [*establishments_named(text)[:MOST]]
    if len(named) == 1:
        return Found(party=named[0])
    likely = parties_of(find_one(Sought(text, municipality=municipality)).candidates)
    return Found(candidates=list(dict.fromkeys([*named, *likely]))[:MOST])


def search(text: str, *, municipality: str = "", most: int = MOST) -> list[Party]:
    """Whom somebody may be looking for, best first: by number, or by the beginning of a name, also misspelt."""
    if by_number := party_by_number(text):
        return [by_number]
    if not any(character.isalpha() for character in text):
        return []
    return parties_of(suggest(text, municipality=municipality, most=most))


def party_by_number(text: str) -> Party | None:
    """The organisation or work site with the number that a text is, or that stands in brackets behind a name."""
    behind = _NUMBER_BEHIND.search(text)
    number = behind[1] if behind else text
    return organisation_by_number(number) or establishment_by_number(number)


def parties_of(candidates: Iterable[Candidate]) -> list[Party]:
    """What the matcher's candidates are, in the same order; two queries."""
    candidates = list(candidates)
    organisations = Organisation.objects.in_bulk([one.organisation for one in candidates])
    sites = Establishment.objects.select_related("organisation").in_bulk(
        [one.establishment for one in candidates if one.establishment]
    )
    found = [sites.get(one.establishment or 0) or organisations.get(one.organisation) for one in candidates]
    return [one for one in found if one is not None]


def label_of(party: Party) -> str:
    """A party with its number, so that it can be told from others of the same name, and found by what is written."""
    return f"{party.name} ({format_number(party.number)})" if party.number else party.name


def is_label(text: str) -> bool:
    """Whether a text says a number in brackets, as `label_of` does: then it is chosen already."""
    return _NUMBER_BEHIND.search(text) is not None


def age_of_register() -> str:
    """When the register was last read, as a sentence; the oldest day where legal units and work sites differ."""
    ages = register_age()
    if not ages:
        return _("No register is loaded.")
    day = {"day": short_date(min(age.read_on for age in ages))}
    if all(age.complete for age in ages):
        return _("The business register was read on %(day)s.") % day
    return _("A part of the business register was read on %(day)s.") % day


def register_is_open() -> bool:
    """Whether what we have of the register is all of it, so that finding somebody there tells nothing about us."""
    loads = RegisterLoad.objects.filter(kind=RegisterLoad.Kind.ENHETER, complete=True, finished_at__isnull=False)
    return settings.DEMONSTRATION or loads.exists()


def open_ones(parties: Iterable[Party]) -> list[Party]:
    """Those that the business register tells everybody of; not what only we have written down."""
    return [one for one in parties if one.number and one.closed_on is None and _is_in_register(one)]


def _is_in_register(party: Party) -> bool:
    organisation = party.organisation if isinstance(party, Establishment) else party
    if organisation.demonstration:
        return True
    norwegian = isinstance(party, Establishment) or (party.country, party.register) == ("NO", "brreg")
    return norwegian and party.attributes.exclude(source="").exists()


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


def unidentified(name: str, *, hints: Hints, at: datetime) -> Organisation:
    """The organisation without an id that is written so (R2)."""
    return identities.written(name, hints=hints, source="form", at=at)


def _most_telling(named: Sequence[Organisation]) -> list[Organisation]:
    """Those with a number; where none has, the names written before, of which what is decided says most."""
    identified = [one for one in named if one.identified and one.same_as_id is None]
    decided = [one for one in named if one.same_as_id is not None]
    return identified or decided[:1] or list(named)
