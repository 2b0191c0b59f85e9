"""Who is in the demonstration: users, education parties, organisations, work sites and people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from random import Random
from typing import Any

from samtall.accounts import operations as accounts
from samtall.accounts.models import User
from samtall.base.text import search_key
from samtall.demonstration import names
from samtall.demonstration.numbers import test_series
from samtall.parties import operations as parties
from samtall.parties.industry import standard_of
from samtall.parties.models import Establishment, Organisation, OrganisationAttributes, Person
from samtall.parties.size_classes import size_class

BO, SAUHERAD, NOME = "0821", "0822", "0819"
REGION = (BO, SAUHERAD, NOME)
NEIGHBOURS = ("0807", "0828", "0806", "0829", "0817")

REGISTERED = date(2014, 1, 1)

ORGANISATIONS = 600
STUDENTS = 160

#: Role → name and address of the user who has it.
USERS = {
    "coordinator": ("Kari Solhaug", "koordinator@demonstrasjon.example"),
    "validator": ("Per Lundemo", "godkjenner@demonstrasjon.example"),
    "programme_manager": ("Turid Bakkeli", "programleder@demonstrasjon.example"),
    "reader": ("Leif Tveitan", "leser@demonstrasjon.example"),
    "administrator": ("Anne Vikmo", "administrator@demonstrasjon.example"),
    "privacy": ("Ingrid Haugmo", "personvern@demonstrasjon.example"),
}


@dataclass
class Cast:
    """Everybody who plays a part. `homes` is the municipality of each organisation at the outset."""

    users: dict[str, User]
    college: Organisation
    other_college: Organisation
    schools: list[Organisation]
    organisations: list[Organisation]
    homes: dict[int, str]
    students: list[Person]
    sites: list[Establishment] = field(default_factory=list)
    staff: dict[int, list[Person]] = field(default_factory=dict)

    def home(self, organisation: Organisation) -> str:
        return self.homes[organisation.pk]

    def within(self, *municipalities: str) -> list[Organisation]:
        return [one for one in self.organisations if self.homes[one.pk] in municipalities]


class Casting:
    """Makes the cast, in the same way every time from the same chance."""

    def __init__(self, chance: Random, at: datetime) -> None:
        self.chance, self.at = chance, at
        self.numbers = test_series()
        self.people = names.people(chance)

    def cast(self) -> Cast:
        """Everybody, recorded."""
        users = {role: self.user(role) for role in USERS}
        college = self.school("Høgskolen i Midtfylket", "6100", "85.421", BO, 320)
        other = self.school("Høgskolen på Østvidda", "6100", "85.421", "0806", 540)
        schools = [
            self.school("Bjørkedal videregående skole", "6500", "85.310", BO, 85),
            self.school("Elvestad videregående skole", "6500", "85.310", NOME, 90),
        ]
        organisations = self.businesses()
        homes = {organisation.pk: home for organisation, home in organisations.items()}
        cast = Cast(users, college, other, schools, list(organisations), homes, self.students(college))
        cast.sites = list(self.sites(cast))
        self.guests(cast)
        return cast

    def user(self, role: str) -> User:
        name, email = USERS[role]
        user = accounts.create_user(email, name, at=self.at, demonstration=True)
        accounts.grant_role(user, role, by=None, at=self.at)
        return user

    def guests(self, cast: Cast) -> None:
        """Those who see what is their own: the contact of a business, and a student who is somebody in the books."""
        contact = accounts.create_user("bedrift@demonstrasjon.example", "Tore Lidmo", at=self.at, demonstration=True)
        accounts.grant_role(contact, "partner", organisation=cast.organisations[0], by=None, at=self.at)
        one = cast.students[0]
        student = accounts.create_user("student@demonstrasjon.example", one.name, at=self.at, demonstration=True)
        student.person = one
        student.save()
        accounts.grant_role(student, "student", by=None, at=self.at)

    def school(self, name: str, sector: str, industry: str, municipality: str, employees: int) -> Organisation:
        return self.organisation(
            name, form="ORGL", sector=sector, industry=industry, municipality=municipality, employees=employees
        )

    def organisation(self, name: str, **said: Any) -> Organisation:
        """One Norwegian organisation; `said` as for `made`."""
        organisation, attributes = self.made(name, **said)
        organisation.save()
        attributes.save()
        return organisation

    def made(
        self, name: str, *, form: str, sector: str, industry: str, municipality: str, employees: int
    ) -> tuple[Organisation, OrganisationAttributes]:
        """An organisation with a number of the test series, and what a register said of it, not yet saved."""
        organisation = Organisation(
            name=name, search_name=search_key(name), number=next(self.numbers), form=form, demonstration=True
        )
        attributes = OrganisationAttributes(
            organisation=organisation,
            valid_from=REGISTERED,
            name=name,
            municipality=municipality,
            industry=industry,
            industry_standard=standard_of(industry, REGISTERED),
            sector=sector,
            employees=employees if employees >= 5 else None,  # the register tells no number below five
            size_class=size_class(employees),
            source="demonstrasjon",
        )
        return organisation, attributes

    def businesses(self) -> dict[Organisation, str]:
        """The organisations with the municipality of each."""
        kept: list[tuple[Organisation, OrganisationAttributes]] = []
        for name, trade in islice(names.organisations(self.chance), ORGANISATIONS):
            kept.append(
                self.made(
                    name,
                    form=trade.form,
                    sector=trade.sector,
                    industry=trade.industry,
                    municipality=self.municipality(),
                    employees=self.chance.randint(trade.least, trade.most),
                )
            )
        Organisation.objects.bulk_create([organisation for organisation, _attributes in kept])
        OrganisationAttributes.objects.bulk_create([attributes for _organisation, attributes in kept])
        return {organisation: attributes.municipality for organisation, attributes in kept}

    def municipality(self) -> str:
        if self.chance.random() < 0.85:
            return self.chance.choices(REGION, weights=(45, 22, 33))[0]
        return self.chance.choice(NEIGHBOURS)

    def sites(self, cast: Cast) -> Iterator[Establishment]:
        """Work sites of some of the larger organisations; every third lies in another municipality than its owner."""
        for number, organisation in enumerate(cast.within(*REGION)[:20]):
            home = self.chance.choice(NEIGHBOURS) if number % 3 == 2 else cast.home(organisation)
            yield parties.add_establishment(
                organisation,
                f"{organisation.name.removesuffix(' AS')} avd. {number + 1}",
                number=next(self.numbers),
                attributes={"valid_from": REGISTERED, "municipality": home, "source": "demonstrasjon"},
                at=self.at,
            )

    def students(self, college: Organisation) -> list[Person]:
        named = list(islice(self.people, STUDENTS))
        return Person.objects.bulk_create(
            [Person(name=name, search_name=search_key(name), organisation=college) for name in named]
        )

    def employee(self, cast: Cast, organisation: Organisation, number: int) -> Person:
        """The organisation's employee of that number, hired when first asked for."""
        staff = cast.staff.setdefault(organisation.pk, [])
        while len(staff) <= number:
            staff.append(parties.add_person(next(self.people), organisation=organisation))
        return staff[number]
