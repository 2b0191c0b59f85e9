"""Names as people type them, with who was meant; of every kind of difficulty, and some of nobody."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bench.match import parts
from bench.match.register import Maker, Unit
from samtall.parties.matching.asking import Sought
from samtall.parties.matching.spelling import spelt

CLASSES = [
    "as written", "no form", "other form", "typing error", "two errors", "swapped words", "æøå otherwise",
    "abbreviated", "initialism", "former name", "work site", "bokmål and nynorsk", "person", "word left out",
    "word added", "together or apart", "several at once",
]  # fmt: skip
NOBODY = "nobody"
_NEAR_KEYS = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "kø", "m": "n", "n": "bm", "o": "ip", "p": "oå", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "w": "qe", "y": "tu", "z": "xa", "ø": "læ", "æ": "ø", "å": "p",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """Something typed, and the key of the legal unit meant, or 0 for nobody that is in the register."""

    sought: Sought
    truth: int
    kind: str
    resolvable: bool
    """Whether what was typed points to one unit and no other, for somebody who knows the register by heart."""


class Typist:
    """Types names of a register; the same seed types the same."""

    def __init__(self, units: Sequence[Unit], seed: int, strangers: Sequence[Unit] = ()) -> None:
        self.units, self.strangers = units, strangers
        self.random = random.Random(seed)
        self.elsewhere = Maker(seed + 77_000)
        self.bearers: Counter[object] = Counter()
        for unit in units:
            names = {unit.name, *(name for name, _until in unit.former)}
            places = {(_key(name), place) for name in names for place in (0, unit.municipality)}
            for site in unit.sites:
                places |= {(_key(site.name), 0), (_key(site.name), site.municipality)}
            self.bearers.update(places)

    def cases(self, count: int) -> list[Case]:
        return [self._case() for _ in range(count)]

    def _case(self) -> Case:
        if self.random.random() < 0.15:
            return self._nobody()
        kind = self.random.choice(CLASSES)
        while (made := self._typed(kind)) is None:
            kind = self.random.choice(CLASSES) if self.random.random() < 0.02 else kind
        return made

    def _nobody(self) -> Case:
        while True:
            unit = self.random.choice(self.strangers) if self.strangers else self.elsewhere._usual()
            if not self.bearers[(_key(unit.name), 0)]:
                break
        typed = self._as_people_write(unit.name)
        if self.random.random() < 0.5:
            typed = _without_form(typed)
        if self.random.random() < 0.3:
            typed = self._typing_error(typed)
        sought = self._sought(typed, unit, unit.municipality, unit.postal_code, self._day())
        return Case(sought, 0, NOBODY, False)

    def _typed(self, kind: str) -> Case | None:
        public = self.random.random() < 0.15 and not self.strangers
        unit = self.random.choice(self.units[: len(self.units) // 50] if public else self.units)
        source, municipality, postal_code, on = unit.name, unit.municipality, unit.postal_code, self._day()
        if unit.closed and (on > unit.closed if on else self.random.random() < 0.7):
            return None
        if kind == "former name":
            if not unit.former:
                return None
            source, until = unit.former[0]
            on = until - timedelta(days=self.random.randint(1, 2_000)) if self.random.random() < 0.5 else None
        if kind == "work site":
            others = [site for site in unit.sites if _key(site.name) != _key(unit.name)]
            if not others:
                return None
            site = self.random.choice(others)
            source, municipality, postal_code = site.name, site.municipality, site.postal_code
        if kind == "person" and unit.form != "ENK":
            return None
        if kind == "initialism" and unit.size < 5 and not unit.public:
            return None
        typed = self._changed(kind, source)
        if typed is None or not _key(typed):
            return None
        if kind not in ("as written", "no form", "other form") and typed.casefold() == source.casefold():
            return None
        sought = self._sought(typed, unit, municipality, postal_code, on)
        resolvable = self._resolvable(source, kind, sought, municipality)
        return Case(sought, unit.key, kind, resolvable)

    def _day(self) -> date | None:
        """The day of the collaboration, where it is known: four times in ten."""
        return date(2012, 1, 1) + timedelta(days=self.random.randrange(5_000)) if self.random.random() < 0.4 else None

    def _resolvable(self, source: str, kind: str, sought: Sought, municipality: int) -> bool:
        if kind == "initialism":
            return False
        place = int(sought.municipality or 0)
        if place and place != municipality:
            place = 0
        if sought.email or sought.address:
            return True
        typed, meant = _key(sought.name), _key(source)
        return self.bearers[(meant, place)] == 1 and (typed == meant or not self.bearers[(typed, place)])

    def _sought(self, typed: str, unit: Unit, municipality: int, postal_code: int, on: date | None = None) -> Sought:
        rnd = self.random.random
        place = code = email = address = ""
        if rnd() < 0.33:
            wrong = rnd() < 0.07
            place = f"{self.elsewhere._place()[0] if wrong else municipality:04d}"
        if rnd() < 0.10:
            code = f"{postal_code:04d}"
        if unit.domain and rnd() < 0.2:
            email = f"post@{unit.domain}"
        if unit.street and rnd() < 0.05:
            address = unit.street
        return Sought(typed, place, code, address, email, "", on)

    def _changed(self, kind: str, source: str) -> str | None:
        name = self._as_people_write(source)
        if kind == "several at once":
            for one in self.random.sample(["no form", "typing error", "swapped words", "æøå otherwise", "abbreviated",
                                           "bokmål and nynorsk", "word left out"], 2):  # fmt: skip
                name = self._change(one, name) or name
            return name
        return self._change(kind, name)

    def _change(self, kind: str, name: str) -> str | None:
        changes: dict[str, Callable[[str], str | None]] = {
            "no form": _without_form,
            "other form": self._other_form,
            "typing error": lambda text: self._typing_error(self._maybe_without_form(text)),
            "two errors": lambda text: self._typing_error(self._typing_error(self._maybe_without_form(text))),
            "swapped words": self._swapped,
            "æøå otherwise": self._otherwise,
            "abbreviated": lambda text: self._replaced(self._maybe_without_form(text), self._shorter),
            "initialism": self._initials,
            "former name": self._maybe_without_form,
            "work site": lambda text: self._maybe_noise(text),
            "bokmål and nynorsk": lambda text: self._replaced(self._maybe_without_form(text), self._nynorsk),
            "person": self._person,
            "word left out": self._left_out,
            "word added": self._added,
            "together or apart": self._together,
        }
        return changes[kind](name) if kind in changes else name

    def _as_people_write(self, name: str) -> str:
        choice = self.random.random()
        if name.isupper() and choice < 0.85:  # as the real register writes them
            return name.title()
        if choice < 0.25:
            return name.upper()
        return name if choice < 0.85 else name.lower()

    def _maybe_without_form(self, name: str) -> str:
        return _without_form(name) if self.random.random() < 0.5 else name

    def _maybe_noise(self, name: str) -> str:
        choice = self.random.random()
        if choice < 0.6:
            return name
        return self._typing_error(name) if choice < 0.8 else self._left_out(name) or name

    def _other_form(self, name: str) -> str:
        stem = _without_form(name)
        had_as = name.casefold().endswith(" as")
        return f"{stem} {self.random.choice(['A/S', 'ASA', 'DA', 'ANS', 'a.s.'] if had_as else ['AS', 'A/S'])}"

    def _typing_error(self, name: str) -> str:
        places = [at for at, letter in enumerate(name) if letter.isalpha()]
        if len(places) < 4:
            return name
        at = self.random.choice(places)
        letter = name[at]
        choice = self.random.random()
        if choice < 0.25:
            return name[:at] + name[at + 1 :]
        if choice < 0.45:
            return name[:at] + letter + letter + name[at + 1 :]
        if choice < 0.70 and at + 1 < len(name) and name[at + 1].isalpha():
            return name[:at] + name[at + 1] + letter + name[at + 2 :]
        near = self.random.choice(_NEAR_KEYS.get(letter.casefold(), "e"))
        if letter.isupper():
            near = near.upper()
        return name[:at] + near + name[at + (0 if choice > 0.9 else 1) :]

    def _swapped(self, name: str) -> str | None:
        words = _without_form(name).split()
        if len(words) < 2:
            return None
        at = self.random.randrange(len(words) - 1)
        words[at], words[at + 1] = words[at + 1], words[at]
        return " ".join(words)

    def _otherwise(self, name: str) -> str | None:
        ways = [
            {"æ": "ae", "ø": "oe", "å": "aa"}, {"æ": "a", "ø": "o", "å": "a"}, {"ø": "ö", "æ": "ä", "å": "aa"},
            {"ø": "?", "æ": "?", "å": "?"}, {"aa": "å"},
        ]  # fmt: skip
        if self.random.random() < 0.25:
            try:
                broken = name.encode().decode("cp1252")
            except UnicodeError:
                broken = name.encode().decode("latin-1")
            return broken if broken != name else None
        changed = name
        for letter, written in self.random.choice(ways).items():
            changed = changed.replace(letter, written).replace(letter.upper(), written.upper())
        return changed if changed != name else None

    def _replaced(self, name: str, other: Callable[[str], str | None]) -> str | None:
        words = name.split()
        made = [(at, new) for at, word in enumerate(words) if (new := other(word.casefold()))]
        if not made:
            return None
        at, new = self.random.choice(made)
        words[at] = new
        return " ".join(words)

    def _shorter(self, word: str) -> str | None:
        if word in parts.SHORTER:
            return self.random.choice(parts.SHORTER[word])
        if len(word) > 7 and self.random.random() < 0.15:
            return word[: self.random.randint(4, 6)] + "."
        return None

    def _nynorsk(self, word: str) -> str | None:
        if word in parts.NYNORSK:
            return parts.NYNORSK[word]
        for bokmål, nynorsk in (("ingen", "inga"), ("vei", "veg"), ("hjem", "heim"), ("øst", "aust")):
            if bokmål in word:
                return word.replace(bokmål, nynorsk)
        return None

    def _initials(self, name: str) -> str | None:
        words = [word for word in _without_form(name).replace("-", " ").split() if word[0].isalnum()]
        if len(words) < 3:
            return None
        return "".join(word[0] for word in words if len(word) > 1).upper()

    def _person(self, name: str) -> str:
        words = name.split()
        choice = self.random.random()
        if choice < 0.4 and len(words) > 1:
            return " ".join([words[-1] + ",", *words[:-1]])
        if choice < 0.6 and len(words) > 2:
            return " ".join([words[0], f"{words[1][0]}.", *words[2:]])
        return name + self.random.choice([" AS", " ENK", " enkeltpersonforetak", ""])

    def _left_out(self, name: str) -> str | None:
        words = _without_form(name).split()
        if len(words) < 3:
            return None
        words.pop(self.random.randrange(1, len(words)))
        return " ".join(words)

    def _added(self, name: str) -> str:
        stem = self._maybe_without_form(name)
        place, person = self.random.choice(self.elsewhere.places), self.elsewhere.person()
        what = self.random.choice(["Norge", "leverandør", "bedrift"])
        return self.random.choice(
            [f"{stem} {place}", f"{stem} avd {place}", f"{stem} v/ {person}", f"{stem} ({what})", f"Firma {stem}"]
        )

    def _together(self, name: str) -> str | None:
        words = _without_form(name).split()
        if len(words) < 2:
            return None
        at = self.random.randrange(len(words) - 1)
        return " ".join([*words[:at], words[at] + words[at + 1].lower(), *words[at + 2 :]])


def _without_form(name: str) -> str:
    stem, _, last = name.rpartition(" ")
    return stem if stem and last.casefold() in ("as", "ans", "da", "sa", "nuf", "ks", "asa", "iks") else name


def _key(name: str) -> object:
    return frozenset(spelt(name).words)
