"""Finds the organisations that a spreadsheet names: by number, by a work site's number, or by exact name."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samtall.base.text import search_key
from samtall.imports.problems import Level
from samtall.parties.legal_forms import NAME_ENDINGS
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
    NAME = "name"
    NEW = "new"  # has a number that no register loaded here has
    UNIDENTIFIED = "unidentified"  # has no number (R2)


@dataclass(frozen=True)
class Match:
    """An organisation as it will be used: one that is here, or a new one by name and number."""

    how: How
    name: str
    number: str = ""
    organisation: Organisation | None = None
    establishment: Establishment | None = None

    @property
    def key(self) -> str:
        """Equal for equal organisations, here or new."""
        if self.organisation is not None:
            return f"id:{self.organisation.pk}"
        return f"number:{self.number}" if self.number else f"name:{search_key(self.name)}"

    def shown(self) -> dict[str, Any]:
        """What the list of organisations says of it."""
        return {"name": self.name, "number": self.number, "how": self.how.value}

    def to_plain(self) -> dict[str, Any]:
        if self.organisation is None:
            return {"name": self.name, "number": self.number}
        plain = {"id": self.organisation.pk}
        return plain | {"establishment": self.establishment.pk} if self.establishment else plain


@dataclass(frozen=True)
class Said:
    """What a match gives rise to say: `about` is the column it concerns, "number" or "name"."""

    level: Level
    about: str
    text: str
    advice: str = ""


class Matcher:
    """Matches (name, number) pairs of one spreadsheet, asking the database once for all of them."""

    def __init__(self, pairs: Collection[tuple[str, str]]) -> None:
        numbers = {valid for _name, number in pairs if (valid := _valid(number))}
        self._organisations: dict[str, Organisation] = {}
        self._establishments: dict[str, Establishment] = {}
        for some in in_batches(sorted(numbers), AT_ONCE):
            for one in Organisation.objects.filter(country="NO", register="brreg", number__in=some):
                self._organisations[one.number] = one
            for site in Establishment.objects.select_related("organisation").filter(number__in=some):
                self._establishments[site.number] = site
        self._named = _all_named(Organisation.objects.all(), (name for name, number in pairs if name and not number))
        self._sites_named = _all_named(
            Establishment.objects.select_related("organisation"),
            (name for name, number in pairs if name and not number and not self._found(self._named, name)),
        )
        self._matched: dict[tuple[str, str], tuple[Match | None, list[Said]]] = {}

    def match(self, name: str, number: str) -> tuple[Match | None, list[Said]]:
        """The organisation meant, or None when that cannot be told, and what to say about it."""
        pair = (name, number)
        if pair not in self._matched:
            self._matched[pair] = self._by_number(name, number) if number else self._by_name(name)
        return self._matched[pair]

    def all_matches(self) -> list[Match]:
        """Every match made, also those of several work sites of one organisation."""
        return [match for match, _said in self._matched.values() if match is not None]

    def matches(self) -> list[Match]:
        """Every organisation that was found or will be new, in the order first met."""
        found = self.all_matches()
        return list({match.key: match for match in reversed(found)}.values())[::-1]

    def _by_number(self, name: str, number: str) -> tuple[Match | None, list[Said]]:
        try:
            valid = check(number)
        except InvalidNumber as refused:
            return None, [Said(Level.ERROR, "number", str(refused))]
        known = self._organisations.get(valid)
        if known is not None:
            return Match(How.NUMBER, known.name, valid, known), _other_name(name, [known.name], valid)
        site = self._establishments.get(valid)
        if site is not None:
            owner = site.organisation
            said = _other_name(name, [site.name, owner.name], valid)
            return Match(How.SITE, owner.name, owner.number, owner, site), said
        return self._new_by_number(name, valid)

    @staticmethod
    def _new_by_number(name: str, number: str) -> tuple[Match | None, list[Said]]:
        shown = format_number(number)
        if not name:
            text = _("No organisation here has the number %(number)s, and the row gives no name.") % {"number": shown}
            return None, [Said(Level.ERROR, "number", text, _("Write the name too, or load the register."))]
        text = _("%(number)s is a valid number, but no register loaded here has it.") % {"number": shown}
        advice = _("“%(name)s” is added with that number.") % {"name": name}
        return Match(How.NEW, name, number), [Said(Level.WARNING, "number", text, advice)]

    @staticmethod
    def _found(named: dict[str, list[Unit]], name: str) -> list[Unit]:
        return [one for spelling in spellings_of(name) for one in named.get(spelling, ())]

    def _by_name(self, name: str) -> tuple[Match | None, list[Said]]:
        found = self._found(self._named, name)
        open_now = [one for one in found if one.closed_on is None and one.identified] or found
        if len(open_now) == 1:
            return Match(How.NAME, open_now[0].name, open_now[0].number, open_now[0]), []
        if open_now:
            return None, [_ambiguous(name, [(one.name, one.number) for one in open_now])]
        sites = self._found(self._sites_named, name)
        if len(sites) == 1:
            owner = sites[0].organisation
            return Match(How.SITE, owner.name, owner.number, owner, sites[0]), []
        if sites:
            return None, [_ambiguous(name, [(site.name, site.number) for site in sites])]
        text = _("No organisation here is called “%(name)s”.") % {"name": name}
        advice = _("It is added without a number, as unidentified, and stays out of exact figures. Write its number.")
        return Match(How.UNIDENTIFIED, name), [Said(Level.WARNING, "name", text, advice)]


def _all_named(units: QuerySet[Unit], names: Iterable[str]) -> dict[str, list[Unit]]:
    """The units of all these names in any of their spellings, by the spelling they have."""
    spellings = sorted({spelling for name in set(names) for spelling in spellings_of(name)})
    found: dict[str, list[Unit]] = defaultdict(list)
    for some in in_batches(spellings, AT_ONCE):
        for unit in units.filter(search_name__in=some).order_by("pk"):
            found[unit.search_name].append(unit)
    return found


def _ambiguous(name: str, candidates: Sequence[tuple[str, str]]) -> Said:
    listed = ", ".join(
        f"{candidate} ({format_number(number) or '–'})" for candidate, number in candidates[:MOST_CANDIDATES]
    )
    text = _("Several organisations are called “%(name)s”: %(candidates)s.") % {"name": name, "candidates": listed}
    return Said(Level.ERROR, "name", text, _("Write the organisation number in the row."))


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


def in_batches(items: Sequence[Item], size: int) -> Iterable[Sequence[Item]]:
    """The items in pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
