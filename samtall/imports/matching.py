"""Finds the organisations that a spreadsheet names: by number, by an earlier decision, by exact name, by likeness."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samtall.base.text import search_key
from samtall.identities.models import Identification
from samtall.identities.queries import written_before
from samtall.imports.problems import Level
from samtall.imports.understanding.companies import names_in
from samtall.imports.understanding.nobody import names_nobody
from samtall.imports.understanding.persons import is_persons_name
from samtall.parties.legal_forms import NAME_ENDINGS
from samtall.parties.matching import Finding, Reason, Sought, Verdict, find
from samtall.parties.models import Establishment, Organisation
from samtall.parties.numbers import InvalidNumber, check, format_number
from samtall.parties.queries import spellings_of

Item = TypeVar("Item")
Unit = TypeVar("Unit", Organisation, Establishment)

MOST_CANDIDATES = 5
AT_ONCE = 500


class How(StrEnum):
    """How an organisation was found, or what becomes of it."""

    NUMBER = "number"
    SITE = "site"  # by the number or name of a work site
    NAME = "name"  # exactly
    BEFORE = "before"  # written so before, and decided then
    LIKENESS = "likeness"  # certain enough to be tied without asking
    CHOSEN = "chosen"  # by the one who brings the spreadsheet in
    NEW = "new"  # has a number that no register loaded here has
    DOUBT = "doubt"  # unidentified, with candidates for the review
    UNIDENTIFIED = "unidentified"  # has no number (R2)
    PERSON = "person"  # a person's name: no organisation
    NOBODY = "nobody"  # a word that names nobody: unidentified in each activity (R2)


@dataclass(frozen=True)
class Asked:
    """What a row says of an organisation."""

    name: str
    number: str = ""
    municipality: str = ""
    postal_code: str = ""
    address: str = ""
    email: str = ""
    web: str = ""
    on: date | None = None

    @property
    def key(self) -> str:
        """By what an answer about it is remembered, where the name means the same wherever it is written."""
        return search_key(self.name)

    @property
    def key_here(self) -> str:
        """By what an answer is remembered where the name means others in other municipalities."""
        return f"{self.key}|{self.municipality}"

    def sought(self) -> Sought:
        said = {name: getattr(self, name) for name in ("municipality", "postal_code", "address", "email", "web", "on")}
        return Sought(name=self.name, **said)


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be meant, with why."""

    organisation: int
    name: str
    number: str
    establishment: int | None = None
    site: str = ""
    probability: float = 1.0
    reasons: tuple[Reason, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        return {**vars(self), "reasons": [one.to_plain() for one in self.reasons]}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Candidate":
        return cls(**{**plain, "reasons": tuple(Reason.from_plain(one) for one in plain["reasons"])})

    def __str__(self) -> str:
        number = f" ({format_number(self.number)})" if self.number else ""
        return f"{self.site}, {self.name}{number}" if self.site else f"{self.name}{number}"


@dataclass(frozen=True)
class Match:
    """An organisation as it will be used: one that is here by its number, a new one, or a name as it was written.

    A written name is tied to `tie` when it is recorded; `candidates` are those who may be meant where it is not.
    """

    how: How
    name: str
    number: str = ""
    organisation: Organisation | None = None
    establishment: Establishment | None = None
    asked: Asked | None = None
    tie: Candidate | None = None
    candidates: tuple[Candidate, ...] = ()
    by_municipality: bool = False  # the same name means others in other municipalities
    rows: int = 0  # how many rows an answer about it settles
    row: int = 0  # where a word that names nobody stands: it is another nobody in each row

    @property
    def key(self) -> str:
        """Equal for equal organisations, here or new."""
        if self.tie is not None:
            return f"id:{self.tie.organisation}"
        if self.organisation is not None:
            return f"id:{self.organisation.counted.pk}"
        if self.number:
            return f"number:{self.number}"
        place = self.asked.municipality if self.asked and self.by_municipality else ""
        return f"name:{search_key(self.name)}|{place}" if place else f"name:{search_key(self.name)}"

    @property
    def found(self) -> bool:
        """Whether it is known who is meant."""
        return self.how not in (How.NEW, How.DOUBT, How.UNIDENTIFIED, How.PERSON, How.NOBODY)

    @property
    def _answered_by(self) -> str:
        """By what an answer about it is given: see `Matcher`."""
        if self.asked is None:
            return ""
        return self.asked.key_here if self.by_municipality else self.asked.key

    def shown(self) -> dict[str, Any]:
        """What the list of organisations says of it."""
        found = self.tie or (self.organisation and _candidate(self.organisation.counted, self.establishment, ()))
        return {
            "name": self.asked.name if self.asked and self.asked.name else self.name,
            "key": self._answered_by,
            "rows": self.rows,
            "municipality": self.asked.municipality if self.asked and self.by_municipality else "",
            "number": self.number,
            "how": self.how.value,
            "found": found.to_plain() if found and self.found else None,
            "candidates": [one.to_plain() for one in self.candidates],
        }

    def to_plain(self) -> dict[str, Any]:
        if self.how is How.NOBODY:
            return {"key": self.key, "name": self.name, "nobody": self.row}
        if self.asked is not None and not self.asked.number:
            return {"key": self.key, "name": self.asked.name, "written": self._written(), **self._ties()}
        if self.organisation is None:
            return {"key": self.key, "name": self.name, "number": self.number}
        plain = {"key": self.key, "name": self.organisation.name, "id": self.organisation.pk}
        return plain | {"establishment": self.establishment.pk} if self.establishment else plain

    def _written(self) -> dict[str, Any]:
        asked = self.asked or Asked("")
        domain = (asked.email.rpartition("@")[2] or asked.web).casefold()
        return {
            "municipality": asked.municipality if self.by_municipality else "",
            "postal_code": asked.postal_code[:4],
            "address": asked.address,
            "domain": domain.removeprefix("https://").removeprefix("http://").removeprefix("www.").split("/")[0],
            "day": asked.on.isoformat() if asked.on else None,
        }

    def _ties(self) -> dict[str, Any]:
        return {
            "tie": self.tie.to_plain() if self.tie else None,
            "automatic": self.how is not How.CHOSEN,
            "doubts": [one.to_plain() for one in self.candidates] if self.how is How.DOUBT else [],
        }


@dataclass(frozen=True)
class Said:
    """What a match gives rise to say: `about` is the column it concerns, "number" or "name"."""

    level: Level
    about: str
    text: str
    advice: str = ""


@dataclass
class Answer:
    """Whom a row means, none where that cannot be told, and what to say about it."""

    matches: list[Match] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


class Matcher:
    """Matches what the rows of one spreadsheet ask for, asking the database and the index once for all of it.

    `asked` has what each row asks. `chosen` are the answers somebody gave: `Asked.key` or `Asked.key_here` →
    {"organisation": id, "establishment": id} or {"none": True}.
    """

    def __init__(self, asked: Collection[Asked], chosen: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self._chosen = dict(chosen or {})
        self._organisations: dict[str, Organisation] = {}
        self._establishments: dict[str, Establishment] = {}
        self._find_numbers({valid for one in asked if (valid := _valid(one.number))})
        by_name = Counter(one for one in asked if one.name and not one.number)
        self._named = _Named(by_name, self._chosen)
        rest = [one for one in by_name if not self._named.match(one).found]
        parts = [(replace(one, name=name), by_name[one]) for one in rest for name in names_in(one.name)]
        self._parts = _Named([part for part, _rows in parts], self._chosen)
        self._rows: Counter[str] = Counter()
        for one, rows in (*by_name.items(), *parts):
            self._rows.update({one.key: rows, one.key_here: rows})
        self._answers: dict[Asked, Answer] = {}

    def match(self, asked: Asked) -> Answer:
        if asked not in self._answers:
            self._answers[asked] = self._by_number(asked) if asked.number else self._by_name(asked)
        return self._answers[asked]

    def all_matches(self) -> list[Match]:
        """Every match made, also those of several work sites of one organisation."""
        return [match for answer in self._answers.values() for match in answer.matches]

    def matches(self) -> list[Match]:
        """Every name or number met and what it was found to be: what is least certain first."""
        once: dict[tuple[str, str], Match] = {}
        for one in self.all_matches():
            once.setdefault((one.key, one.asked.key if one.asked else ""), one)
        counted = [replace(one, rows=self._settled_by(one)) for one in once.values()]
        return sorted(counted, key=lambda one: (one.found, one.how is not How.DOUBT, -one.rows))

    def _settled_by(self, match: Match) -> int:
        """In how many rows a name stands; those of the same municipality where it means others in others."""
        if match.asked is None:
            return 0
        return self._rows[match.asked.key_here if match.by_municipality else match.asked.key]

    def _find_numbers(self, numbers: Iterable[str]) -> None:
        for some in in_batches(sorted(numbers), AT_ONCE):
            for one in Organisation.objects.select_related("part_of", "same_as").filter(
                country="NO", register="brreg", number__in=some
            ):
                self._organisations[one.number] = one
            for site in Establishment.objects.select_related("organisation__part_of").filter(number__in=some):
                self._establishments[site.number] = site

    def _by_number(self, asked: Asked) -> Answer:
        try:
            valid = check(asked.number)
        except InvalidNumber as refused:
            return Answer([], [Said(Level.ERROR, "number", str(refused))])
        known = self._organisations.get(valid)
        if known is not None:
            said = _other_name(asked.name, [known.name], valid)
            return Answer([Match(How.NUMBER, known.name, valid, known, asked=asked)], said)
        site = self._establishments.get(valid)
        if site is not None:
            owner = site.organisation
            said = _other_name(asked.name, [site.name, owner.name], valid)
            return Answer([Match(How.SITE, owner.name, owner.number, owner, site, asked=asked)], said)
        return self._new_by_number(asked, valid)

    @staticmethod
    def _new_by_number(asked: Asked, number: str) -> Answer:
        shown = format_number(number)
        if not asked.name:
            text = _("No organisation here has the number %(number)s, and the row gives no name.") % {"number": shown}
            return Answer([], [Said(Level.ERROR, "number", text, _("Write the name too, or load the register."))])
        text = _("%(number)s is a valid number, but no register loaded here has it.") % {"number": shown}
        advice = _("“%(name)s” is added with that number.") % {"name": asked.name}
        return Answer([Match(How.NEW, asked.name, number, asked=asked)], [Said(Level.WARNING, "number", text, advice)])

    def _by_name(self, asked: Asked) -> Answer:
        match = self._named.match(asked)
        if match.found or self._named.chosen(asked):
            return Answer([match], [] if match.found else [_unidentified(match, [])])
        parts = [self._parts.match(replace(asked, name=name)) for name in names_in(asked.name)]
        if any(one.found for one in parts) and all(one.found or one.how is How.NOBODY for one in parts):
            text = _("“%(name)s” is read as %(count)d organisations: %(names)s.")
            names = ", ".join(str(one.tie or one.name) for one in parts)
            said = Said(Level.WARNING, "name", text % {"name": asked.name, "count": len(parts), "names": names})
            return Answer(parts, [said])
        if match.how is How.NOBODY:
            text = _("“%(name)s” names nobody. It counts as one organisation that is not identified, in each activity.")
            advice = _("Write who it was if you know, or answer here.")
            return Answer([match], [Said(Level.WARNING, "name", text % {"name": asked.name}, advice)])
        if match.how is How.PERSON:
            text = _("“%(name)s” reads as the name of a person. It is kept with the row, and not as an organisation.")
            advice = _("Choose the organisation below if it is one.")
            return Answer([match], [Said(Level.WARNING, "name", text % {"name": asked.name}, advice)])
        return Answer([match], [_unidentified(match, parts)])


class _Named:
    """Names without numbers, each with what it was found to be."""

    def __init__(self, asked: Collection[Asked], chosen: Mapping[str, Mapping[str, Any]]) -> None:
        self._chosen = chosen
        once = {(one.key, one.municipality): one for one in asked}
        names = {one.name for one in once.values()}
        self._before = written_before({(one.name, place) for one in once.values() for place in ("", one.municipality)})
        self._nobody = _said_to_be_nobody(self._before.values())
        self._exact = _all_named(Organisation.objects.select_related("part_of", "same_as"), names)
        self._sites = _all_named(Establishment.objects.select_related("organisation__part_of"), names)
        left = {pair: one for pair, one in once.items() if self._known(one) is None}
        self._found = dict(zip(left, find([one.sought() for one in left.values()]), strict=True)) if left else {}
        self._places: dict[str, list[str]] = defaultdict(list)
        for key, municipality in left:
            self._places[key].append(municipality)
        self._names = _names_of(self._found.values())
        asked_by = {key for one in asked for key in (one.key, one.key_here)}
        self._picked = _picked({key: said for key, said in chosen.items() if key in asked_by})

    def chosen(self, asked: Asked) -> str:
        """The key that somebody has answered about it by; "" where nobody has."""
        return next((key for key in (asked.key_here, asked.key) if key in self._chosen), "")

    def match(self, asked: Asked) -> Match:
        if key := self.chosen(asked):
            tie, apart = self._picked.get(key), key != asked.key
            how = How.CHOSEN if tie else How.UNIDENTIFIED
            return Match(how, asked.name, asked=asked, tie=tie, by_municipality=apart)
        if known := self._known(asked):
            return known
        finding = self._found[(asked.key, asked.municipality)]
        candidates = self._candidates(finding)[:MOST_CANDIDATES]
        apart = bool(candidates) and self._differs_by_place(asked.key)
        if finding.verdict is Verdict.CERTAIN and candidates:
            return Match(How.LIKENESS, asked.name, asked=asked, tie=candidates[0], by_municipality=apart)
        if is_persons_name(asked.name):
            return Match(How.PERSON, asked.name, asked=asked, candidates=candidates)
        how = How.DOUBT if candidates else How.UNIDENTIFIED
        return Match(how, asked.name, asked=asked, candidates=candidates, by_municipality=apart)

    def _known(self, asked: Asked) -> Match | None:
        """By what was decided before, or by a name that only one has; or that it names nobody."""
        if names_nobody(asked.name):
            return Match(How.NOBODY, asked.name, asked=asked)
        for place in dict.fromkeys((asked.municipality, "")):
            written = self._before.get((asked.name, place))
            if written is not None and written.same_as_id:
                site = written.same_site
                return Match(How.BEFORE, asked.name, "", written, site, asked, by_municipality=bool(place))
            if written is not None and written.pk in self._nobody:
                return Match(How.UNIDENTIFIED, asked.name, asked=asked, by_municipality=bool(place))
        spellings = spellings_of(asked.name)
        exact = [one for spelling in spellings for one in self._exact.get(spelling, ())]
        numbered = [one for one in exact if one.identified and one.same_as_id is None]
        open_now = [one for one in numbered if one.closed_on is None] or numbered
        if len(open_now) == 1:
            tie = _candidate(open_now[0].counted, None, (Reason.of("same_name"),))
            return Match(How.NAME, asked.name, asked=asked, tie=tie)
        sites = [one for spelling in spellings for one in self._sites.get(spelling, ())]
        if not open_now and len(sites) == 1:
            tie = _candidate(sites[0].organisation.counted, sites[0], (Reason.of("same_name"),))
            return Match(How.SITE, asked.name, asked=asked, tie=tie)
        return None

    def _differs_by_place(self, key: str) -> bool:
        """Whether a name that is written in several municipalities may mean another organisation in another."""
        findings = [self._found[(key, place)] for place in self._places[key]]
        return len({one.candidates[0].organisation if one.candidates else 0 for one in findings}) > 1

    def _candidates(self, finding: Finding) -> tuple[Candidate, ...]:
        organisations, sites = self._names
        return tuple(
            Candidate(
                one.organisation,
                *organisations[one.organisation],
                one.establishment,
                sites.get(one.establishment or 0, ""),
                one.probability,
                one.reasons,
            )
            for one in finding.candidates
            if one.organisation in organisations
        )


def _said_to_be_nobody(written: Iterable[Organisation]) -> set[int]:
    """Of these written names, those of which somebody has said that no register has them (ids)."""
    pks = sorted({one.pk for one in written if one.same_as_id is None})
    standing = Identification.objects.filter(organisation=None, withdrawn_at=None)
    found: set[int] = set()
    for some in in_batches(pks, AT_ONCE):
        found |= set(standing.filter(subject__in=some).values_list("subject_id", flat=True))
    return found


def _names_of(findings: Iterable[Finding]) -> tuple[dict[int, tuple[str, str]], dict[int, str]]:
    """Names and numbers of the organisations, and names of the work sites, that were found."""
    candidates = [one for finding in findings for one in finding.candidates]
    organisations: dict[int, tuple[str, str]] = {}
    sites: dict[int, str] = {}
    for some in in_batches(sorted({one.organisation for one in candidates}), AT_ONCE):
        rows = Organisation.objects.filter(pk__in=some).values_list("pk", "name", "number")
        organisations |= {pk: (name, number) for pk, name, number in rows}
    for more in in_batches(sorted({one.establishment for one in candidates if one.establishment}), AT_ONCE):
        sites |= dict(Establishment.objects.filter(pk__in=more).values_list("pk", "name"))
    return organisations, sites


def _picked(chosen: Mapping[str, Mapping[str, Any]]) -> dict[str, Candidate]:
    """The organisations that were chosen for names."""
    said_of = chosen.values()
    organisations = Organisation.objects.in_bulk([said["organisation"] for said in said_of if "organisation" in said])
    sites = Establishment.objects.in_bulk([said["establishment"] for said in said_of if said.get("establishment")])
    return {
        key: _candidate(organisations[said["organisation"]], sites.get(said.get("establishment") or 0), ())
        for key, said in chosen.items()
        if said.get("organisation") in organisations
    }


def _candidate(organisation: Organisation, site: Establishment | None, reasons: tuple[Reason, ...]) -> Candidate:
    return Candidate(
        organisation.pk,
        organisation.name,
        organisation.number,
        site.pk if site else None,
        site.name if site else "",
        reasons=reasons,
    )


def _all_named(units: QuerySet[Unit], names: Iterable[str]) -> dict[str, list[Unit]]:
    """The units of all these names in any of their spellings, by the spelling they have."""
    spellings = sorted({spelling for name in names for spelling in spellings_of(name)})
    found: dict[str, list[Unit]] = defaultdict(list)
    for some in in_batches(spellings, AT_ONCE):
        for unit in units.filter(search_name__in=some).order_by("pk"):
            found[unit.search_name].append(unit)
    return found


def _unidentified(match: Match, parts: Sequence[Match]) -> Said:
    """What to say of a name that nobody is found for."""
    if match.candidates:
        text = _("“%(name)s” may be: %(candidates)s.") % {
            "name": match.name,
            "candidates": "; ".join(str(one) for one in match.candidates[:3]),
        }
        advice = _("Choose below, or later: until then it is unidentified, and stays out of exact figures.")
        return Said(Level.WARNING, "name", text, advice)
    text = _("No organisation here is called “%(name)s”.") % {"name": match.name}
    if any(one.found for one in parts):
        known = ", ".join(one.name for one in parts if one.found)
        text += " " + _("It may be several, of which only these are found: %(names)s.") % {"names": known}
    return Said(
        *(Level.WARNING, "name", text),
        _("It is added without a number, as unidentified, and stays out of exact figures. Write its number."),
    )


def _other_name(written: str, names: Sequence[str], number: str) -> list[Said]:
    """A warning when what is written has no word in common with what the number's unit is called."""
    if not written or any(_words(written) & _words(name) for name in names):
        return []
    text = _("The number %(number)s belongs to “%(name)s”, and the row says “%(written)s”.") % {
        "number": format_number(number),
        "name": names[0],
        "written": written,
    }
    return [Said(Level.WARNING, "number", text, _("The number decides. Check that it is right."))]


def _words(name: str) -> set[str]:
    words = set(search_key(name).replace(",", " ").replace("-", " ").split())
    return words - set(NAME_ENDINGS) or words


def _valid(number: str) -> str:
    try:
        return check(number) if number else ""
    except InvalidNumber:
        return ""


def in_batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
