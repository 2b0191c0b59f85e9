"""The second, deliberately simple implementation (R24): recounts a figure from the raw entries, one at a time.

It reads every entry ever written into memory, nets reversals by hand, and loops. It shares no code with the compiler
and does not use the `ended` mark.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samtall.base.periods import Period
from samtall.figures.definitions import Definition
from samtall.ledger.models import Entry


@dataclass(frozen=True)
class Recount:
    exact: Decimal
    pending: Decimal
    unidentified: Decimal
    lowest: Decimal
    highest: Decimal


def standing_entries(position: int) -> list[Entry]:
    """The entries that stood as of a position: those added by then, less those reversed by then."""
    entries = [entry for entry in Entry.objects.order_by("pk") if entry.posting_id <= position]
    reversed_ids = {entry.reverses_id for entry in entries if entry.reverses_id}
    return [entry for entry in entries if entry.reverses_id is None and entry.pk not in reversed_ids]


def recount(definition: Definition, period: Period, position: int, on: date | None = None) -> Recount:
    everything = standing_entries(position)
    successors = _successors(everything, on)
    asked = [entry for entry in everything if _asked_for(entry, definition, period, everything)]
    if definition.unit in ("hours", "learner_days", "fte", "nok") or definition.sharing == "share":
        return _add_up(asked, definition)
    exact: set[Any] = set()
    possible: set[Any] = set()
    unidentified: dict[Any, int] = {}
    for entry in asked:
        item = _item(entry, definition, successors)
        if definition.unit != "activities" and not entry.identified:
            by_head = definition.unit == "people" and entry.person is None
            unidentified[item] = entry.quantity // 1000 if by_head else 1
            continue
        possible.add(item)
        if entry.standing == "validated":
            exact.add(item)
    beside = sum(unidentified.values())
    return Recount(
        Decimal(len(exact)),
        Decimal(len(possible) - len(exact)),
        Decimal(beside),
        Decimal(len(exact)),
        Decimal(len(possible) + beside),
    )


def _successors(entries: list[Entry], on: date | None) -> dict[int, int]:
    return {
        entry.organisation: entry.successor
        for entry in entries
        if entry.kind == "succession"
        and (on is None or entry.starts <= on)
        and entry.organisation is not None
        and entry.successor is not None
    }


def _asked_for(entry: Entry, definition: Definition, period: Period, everything: list[Entry]) -> bool:
    if entry.kind == "succession":
        return False
    if entry.family == "inquiry" and "inquiry" not in definition.families and "inquiry" not in definition.kinds:
        return False
    if definition.rule == "new" and not period.first <= entry.starts <= period.last:
        return False
    if definition.rule == "active" and (entry.starts > period.last or entry.ends < period.first):
        return False
    if definition.rule == "completed" and (
        entry.outcome != "completed" or not period.first <= entry.ends <= period.last
    ):
        return False
    for chosen, attribute in (
        (definition.families, entry.family),
        (definition.kinds, entry.kind),
        (definition.roles, entry.role),
        (definition.sides, entry.side),
        (definition.outcomes, entry.outcome),
        (definition.sectors, entry.sector),
        (definition.size_classes, entry.size_class),
        (definition.contributions, entry.contribution),
        (definition.municipalities, entry.municipality),
        (definition.programmes, entry.programme),
        (definition.institutions, entry.organisation),
    ):
        if chosen and attribute not in chosen:
            return False
    return _of_the_unit(entry, definition) and _company(entry, definition, everything)


def _of_the_unit(entry: Entry, definition: Definition) -> bool:
    about_people = entry.person is not None or entry.unit == "person"
    if definition.party != "any" and about_people != (definition.party == "person"):
        return False
    match definition.unit:
        case "organisations":
            return entry.organisation is not None and entry.unit != "person"
        case "establishments":
            return entry.establishment is not None and entry.unit != "person"
        case "people":
            return about_people
        case "hours" | "learner_days":
            return entry.unit == "hour"
        case "fte" | "nok":
            return entry.unit == definition.unit
    return True


def _company(entry: Entry, definition: Definition, everything: list[Entry]) -> bool:
    same_thing = [other for other in everything if other.source_id == entry.source_id]
    if definition.partners and not any(other.organisation in definition.partners for other in same_thing):
        return False
    if definition.unit == "activities" and definition.rule == "new":
        return not any(other.starts < entry.starts for other in same_thing if other.family == entry.family)
    return True


def _item(entry: Entry, definition: Definition, successors: dict[int, int]) -> Any:
    match definition.unit:
        case "organisations":
            item = entry.organisation
            while definition.identity == "today" and item in successors:
                item = successors[item]
            return item
        case "establishments":
            return entry.establishment
        case "people":
            return ("head-count", entry.pk) if entry.person is None else entry.person
    return entry.source_id


def _add_up(asked: list[Entry], definition: Definition) -> Recount:
    exact, pending, least, most = Decimal(0), Decimal(0), Decimal(0), Decimal(0)
    if definition.sharing == "share":
        asked = _one_part_each(asked)
    for entry in asked:
        amount = Decimal(entry.share) / 1_000_000 if definition.sharing == "share" else Decimal(entry.quantity) / 1_000
        if definition.unit == "learner_days":
            amount /= 8
        if entry.standing == "validated":
            exact += amount
        else:
            pending += amount
            least += min(amount, Decimal(0))
            most += max(amount, Decimal(0))
    return Recount(exact, pending, Decimal(0), exact + least, exact + most)


def _one_part_each(asked: list[Entry]) -> list[Entry]:
    """An organisation has one share of a thing, however many parts; a validated one goes before a submitted."""
    kept: dict[Any, Entry] = {}
    for entry in sorted(asked, key=lambda entry: entry.pk):
        key = (entry.source_id, entry.organisation)
        if key not in kept or (entry.standing == "validated" and kept[key].standing != "validated"):
            kept[key] = entry
    return list(kept.values())
