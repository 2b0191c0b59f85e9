"""A made-up register that is like Norway's: as many people, societies, chains and names that nearly are each other."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.match import parts
from samtall.parties.matching.reading import Entry

#: Municipalities, of which the first few have most.
MUNICIPALITIES = [county * 100 + number for county in (3, 11, 15, 18, 31, 32, 33, 34, 39, 40, 42, 46, 50, 55, 56)
                  for number in range(1, 25)]  # fmt: skip
_FIRST_DAY = date(1998, 1, 1)
_DAYS = 9_500


@dataclass(slots=True)
class Site:
    name: str
    municipality: int
    postal_code: int
    key: int = 0


@dataclass(slots=True)
class Unit:
    name: str
    form: str
    municipality: int
    postal_code: int
    street: str = ""
    domain: str = ""
    size: int = 1
    public: bool = False
    closed: date | None = None
    former: list[tuple[str, date]] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    part_of: int = 0
    key: int = 0


class Maker:
    """Makes units of all kinds; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        world = random.Random(2026)  # places and chains are the same for every seed
        self.places = sorted({world.choice(parts.ROOTS) + world.choice(parts.ENDINGS) for _ in range(1_400)})
        self.towns = [world.sample(self.places, 4) for _ in MUNICIPALITIES]
        self.given_up: list[str] = []
        self.chains = [self._chain_name(world) for _ in range(80)]

    def _chain_name(self, world: random.Random) -> str:
        name = (world.choice(parts.BRANDS) + world.choice(parts.BRAND_ENDINGS)).capitalize()
        return f"{name} {world.choice(['123', '1000', 'Marked', 'Sport', 'Apotek', 'Kafé', 'Bil', ''])}".strip()

    # --- names

    def person(self) -> str:
        given = self._zipf(parts.GIVEN)
        if self.random.random() < 0.25:
            given += " " + self._zipf(parts.GIVEN)
        return f"{given} {self.surname()}"

    def surname(self) -> str:
        return self._zipf(parts.SURNAMES) if self.random.random() < 0.6 else self.random.choice(self.places)

    def _zipf(self, names: list[str]) -> str:
        return names[int(len(names) * self.random.random() ** 1.8)]

    def brand(self) -> str:
        choice = self.random.random()
        pick = self.random.choice
        if choice < 0.45:
            name = pick(parts.BRANDS) + pick(parts.BRANDS + parts.BRAND_ENDINGS)
            return name.capitalize() if self.random.random() < 0.7 else name.capitalize() + pick(parts.BRAND_ENDINGS)
        if choice < 0.6:
            letters = "abcdefghijklmnoprstuv"
            return "".join(pick(letters) for _ in range(self.random.choice([2, 3, 3, 4]))).upper()
        if choice < 0.85:
            syllables = [pick("bdfghjklmnprstv") + pick("aeiouyåøæ") + pick(["", "n", "r", "l", "s", "m", "x"])
                         for _ in range(self.random.choice([2, 2, 3]))]  # fmt: skip
            return "".join(syllables).capitalize()
        return f"{pick(parts.FOREIGN)} {pick(parts.FOREIGN_THINGS)}"

    def company(self) -> str:
        choice = self.random.random()
        pick = self.random.choice
        trade = pick(parts.TRADES)
        if choice < 0.20:
            return f"{self.surname()} {trade}"
        if choice < 0.36:
            return f"{pick(self.places)} {trade}"
        if choice < 0.44:
            return f"{self.surname()} & {self.surname()} {trade if self.random.random() < 0.5 else ''}".strip()
        if choice < 0.50:
            return f"{self.surname()} {trade} og {pick(parts.TRADES)}"
        if choice < 0.56:
            return f"{self.person()} {trade}"
        if choice < 0.60:
            return f"{pick(parts.ROOTS)}{trade.lower()}"
        if choice < 0.64:
            return f"{pick(parts.STREETS)} {self.random.randint(1, 120)}"
        if choice < 0.68:
            return f"{trade}{pick(['mester', 'gruppen', 'partner', 'huset', 'spesialisten'])} {self.surname()}"
        if choice < 0.85:
            return f"{self.brand()} {trade}"
        if choice < 0.93:
            return self.brand()
        return f"{self.brand()} {pick(self.places)}"

    def society(self, town: str) -> str:
        kind = self.random.choice(parts.SOCIETIES)
        return f"{self.random.choice([town, self.random.choice(self.places)])} {kind}"

    def housing(self) -> str:
        head = self.random.choice(["Sameiet", "Borettslaget", "Boligsameiet", "Sameiet", "Eierseksjonssameiet"])
        street = f"{self.random.choice(parts.STREETS)} {self.random.randint(1, 90)}"
        name = self.random.choice([street, self.random.choice(self.places), f"{self.random.choice(self.places)} Park"])
        return f"{head} {name}" if self.random.random() < 0.7 else f"{name} {head.lower().removesuffix('et')}"

    # --- units

    def units(self, count: int) -> Iterator[Unit]:
        """Legal units; the public ones and the chains come first."""
        made = 0
        for unit in self._public(count):
            made += 1
            yield unit
        for chain in self.chains:
            made += 1
            yield self._chain(chain, count)
        while made < count:
            made += 1
            yield self._usual()

    def _place(self) -> tuple[int, str, int]:
        at = self._weighted()
        town = self.random.randrange(4)
        return MUNICIPALITIES[at], self.towns[at][town], at * 27 + 100 + town

    def _weighted(self) -> int:
        return min(int(len(MUNICIPALITIES) * self.random.random() ** 2), len(MUNICIPALITIES) - 1)

    def _public(self, count: int) -> Iterator[Unit]:
        some = max(2, min(len(MUNICIPALITIES), count // 60))
        for at in range(some):
            municipality, towns = MUNICIPALITIES[at], self.towns[at]
            unit = Unit(f"{towns[0]} kommune", "KOMM", municipality, at * 27 + 100, size=7, public=True)
            unit.domain = f"{ascii_of(towns[0])}.kommune.no"
            for town in towns:
                for kind in self.random.sample(parts.PUBLIC, 6):
                    unit.sites.append(Site(f"{town} {kind}", municipality, at * 27 + 100))
            for kind in self.random.sample(parts.DEPARTMENTS, 3):
                unit.sites.append(Site(f"{towns[0]} kommune {kind}", municipality, at * 27 + 100))
            yield unit
        for county in sorted({code // 100 for code in MUNICIPALITIES[:some]}):
            name = self.random.choice(self.places)
            unit = Unit(f"{name} fylkeskommune", "FYLK", county * 100 + 1, 100, size=7, public=True)
            for at in range(some):
                if MUNICIPALITIES[at] // 100 == county:
                    school = f"{self.towns[at][1]} videregående skole"
                    unit.sites.append(Site(school, MUNICIPALITIES[at], at * 27 + 101))
            yield unit
        labour = Unit("Arbeids- og ytelsesetaten", "ORGL", 301, 150, size=7, public=True)
        labour.sites = [Site(f"AOY {self.towns[at][0]}", MUNICIPALITIES[at], at * 27 + 100) for at in range(some)]
        yield labour
        for subject in ("teknisk-naturvitenskapelige", "samfunnsvitenskapelige", "kunst- og design"):
            town = self.random.choice(self.places)
            yield Unit(
                f"Universitetet i {town}", "ORGL", 301, 160, size=7, public=True, domain=f"ui{town[0].lower()}.no"
            )
            yield Unit(f"{town} {subject} høgskole", "ORGL", 1101, 160, size=6, public=True)

    def _chain(self, name: str, count: int) -> Unit:
        municipality, _town, postal_code = self._place()
        unit = Unit(f"{name} Norge AS", "AS", municipality, postal_code, size=7)
        unit.domain = ascii_of(name.split()[0]) + ".no"
        for _ in range(self.random.randint(5, max(6, min(500, count // 1_500)))):
            there, town, code = self._place()
            unit.sites.append(Site(f"{name} {town}", there, code))
        return unit

    def _usual(self) -> Unit:
        choice = self.random.random()
        municipality, town, postal_code = self._place()
        rnd = self.random.random
        if choice < 0.36:
            person = self.person()
            form = "ENK"
            name = person
            if rnd() < 0.2:
                name = " ".join([person.split()[-1], *person.split()[:-1]])
            elif rnd() < 0.35:
                name = f"{self.company()} {person}" if rnd() < 0.5 else self.company()
        elif choice < 0.78:
            form, name = "AS", self.company() + " AS"
        elif choice < 0.91:
            form, name = "FLI", self.society(town)
        elif choice < 0.96:
            name = self.housing()
            form = "BRL" if "orettslag" in name else "ESEK"
        else:
            form = self.random.choice(["ANS", "DA", "SA", "STI", "NUF", "KS", "ASA", "IKS"])
            name = self.company() + (f" {form}" if form != "STI" else " stiftelse")
        unit = Unit(name, form, municipality, postal_code)
        unit.size = min(7, 1 + int(6.5 * rnd() ** 4)) if form in ("AS", "ASA", "SA") else 1
        if form != "ENK":
            unit.street = f"{self.random.choice(parts.STREETS)} {self.random.randint(1, 99)}"
        if rnd() < 0.22:
            unit.domain = ascii_of(name.lower().removesuffix(" as").replace(" ", "")[:24]) + ".no"
        if rnd() < 0.12:
            unit.closed = self._day()
        if rnd() < 0.07 and form != "ENK":
            old = self.company() if rnd() < 0.6 else f"{name.split()[0]} {self.random.choice(parts.TRADES)}"
            if rnd() < 0.3 and self.given_up:  # somebody else has the name by now, or had it before
                old = self.random.choice(self.given_up)
            unit.former = [(old.removesuffix(" AS") + (" AS" if form == "AS" else ""), self._day())]
        if rnd() < 0.02:
            self.given_up = [*self.given_up[-500:], name]
        self._sites(unit)
        return unit

    def _sites(self, unit: Unit) -> None:
        rnd = self.random.random
        if unit.form in ("ESEK", "BRL") and rnd() < 0.6:
            return
        choice = rnd()
        if choice < 0.78:
            unit.sites.append(Site(unit.name, unit.municipality, unit.postal_code))
        elif choice < 0.86:
            name = self.brand() if rnd() < 0.5 else self.company()
            unit.sites.append(Site(name, unit.municipality, unit.postal_code))
        elif choice < 0.92:
            for _ in range(self.random.randint(1, 4)):
                there, town, code = self._place()
                unit.sites.append(Site(f"{unit.name} avd {town}", there, code))

    def _day(self) -> date:
        return _FIRST_DAY + timedelta(days=int(_DAYS * self.random.random()))


def ascii_of(name: str) -> str:
    return "".join({"æ": "ae", "ø": "o", "å": "a"}.get(letter, letter) for letter in name.lower() if letter.isalnum())


def made(count: int, seed: int = 1) -> list[Unit]:
    """So many legal units, with their keys."""
    units = []
    site_key = 0
    for key, unit in enumerate(Maker(seed).units(count), start=1):
        unit.key = key
        for site in unit.sites:
            site_key += 1
            site.key = site_key
        units.append(unit)
    return units


def entries(units: list[Unit]) -> Iterator[list[Entry]]:
    """What the matcher reads, without a database in between."""
    for start in range(0, len(units), 20_000):
        yield [entry for unit in units[start : start + 20_000] for entry in _entries(unit)]


def _entries(unit: Unit) -> Iterator[Entry]:
    closed = unit.closed.toordinal() if unit.closed else 0
    last = unit.former[-1][1].toordinal() if unit.former else 0
    rest = (unit.municipality, unit.postal_code, unit.size, unit.public, unit.domain, unit.street)
    yield Entry(unit.name.upper(), unit.key, 0, unit.part_of, unit.form, closed, last, 0, *rest)
    for name, until in unit.former:
        yield Entry(name.upper(), unit.key, 0, unit.part_of, unit.form, closed, 0, until.toordinal(), *rest)
    for site in unit.sites:
        yield Entry(
            site.name.upper(), unit.key, site.key, 0, "BEDR", closed, 0, 0, site.municipality, site.postal_code,
            unit.size, unit.public, "", "",
        )  # fmt: skip
