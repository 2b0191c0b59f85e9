"""What a figure counts, as data (R1, R8, R9, R4, R10): a definition is stored, versioned and never code."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from samtall.base.errors import Refusal
from samtall.base.periods import Calendar
from samtall.ledger.facts import Outcome, Side


class Unit(StrEnum):
    """A figure counts exactly one unit (R1)."""

    ORGANISATIONS = "organisations"
    ESTABLISHMENTS = "establishments"
    PEOPLE = "people"
    ACTIVITIES = "activities"
    HOURS = "hours"
    LEARNER_DAYS = "learner_days"
    FTE = "fte"
    NOK = "nok"

    @property
    def distinct(self) -> bool:
        """Whether the unit is counted once each, so that its parts may not be added up."""
        return self in (Unit.ORGANISATIONS, Unit.ESTABLISHMENTS, Unit.PEOPLE, Unit.ACTIVITIES)


class Rule(StrEnum):
    """Which facts belong to a period (R8)."""

    NEW = "new"  # began in it
    ACTIVE = "active"  # touched it
    COMPLETED = "completed"  # was completed in it


class Identity(StrEnum):
    """Which organisation a fact counts for after mergers, splits and renames (R4)."""

    THEN = "then"
    TODAY = "today"


class Sharing(StrEnum):
    """How work that several institutions share counts for one of them (R10)."""

    WHOLE = "whole"
    SHARE = "share"


class Party(StrEnum):
    """Whose parts are looked at. An organisation takes part by its own part, not by those of its people."""

    ANY = "any"
    ORGANISATION = "organisation"
    PERSON = "person"


class InvalidDefinition(Refusal):
    """The definition does not say what to count."""


_COUNTED = (Outcome.ONGOING, Outcome.COMPLETED)


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What is counted, of what, with whom and where. An empty filter leaves everything in.

    `municipalities` are codes as they stand in the ledger; `institutions` and `partners` are ids of organisations:
    an entry counts when it belongs to one of `institutions`, and when one of `partners` took part in the same thing.
    """

    unit: Unit
    rule: Rule = Rule.ACTIVE
    calendar: Calendar = Calendar.YEAR
    identity: Identity = Identity.THEN
    sharing: Sharing = Sharing.WHOLE
    party: Party = Party.ANY
    families: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = _COUNTED
    sectors: tuple[str, ...] = ()
    size_classes: tuple[str, ...] = ()
    contributions: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    institutions: tuple[int, ...] = ()
    partners: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.sharing is Sharing.SHARE and self.unit is not Unit.ACTIVITIES:
            raise InvalidDefinition("only activities can be counted by share (R10)")
        if self.identity is Identity.TODAY and self.unit is not Unit.ORGANISATIONS:
            raise InvalidDefinition("only organisations have a later identity (R4)")

    def as_dict(self) -> dict[str, Any]:
        """The definition as JSON keeps it: filters that are not set are left out."""
        kept = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                kept[field.name] = list(value) if isinstance(value, tuple) else str(value)
        return kept

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Definition":
        """Read a kept definition. Raises InvalidDefinition for an unknown name or value."""
        types: dict[str, Any] = {
            "unit": Unit,
            "rule": Rule,
            "calendar": Calendar,
            "identity": Identity,
            "sharing": Sharing,
            "party": Party,
        }
        known = {field.name for field in fields(cls)}
        unknown = set(data) - known
        if unknown or "unit" not in data:
            raise InvalidDefinition(f"unknown or missing in the definition: {', '.join(sorted(unknown)) or 'unit'}")
        try:
            read: Any = {name: types.get(name, tuple)(value) for name, value in data.items()}
            return cls(**read)
        except ValueError as error:
            raise InvalidDefinition(str(error)) from error


#: The sides of an activity that organisations figures usually count.
OUTSIDE = (Side.OUTSIDE,)
EDUCATION = (Side.EDUCATION,)

#: What a definition chooses among → the attribute of the entry that it is chosen by.
CHOSEN = {
    "families": "family",
    "kinds": "kind",
    "roles": "role",
    "sides": "side",
    "outcomes": "outcome",
    "sectors": "sector",
    "size_classes": "size_class",
    "contributions": "contribution",
    "municipalities": "municipality",
    "programmes": "programme",
    "institutions": "organisation",
}
#: The unit of the entries that a sum adds up.
SUMMED = {Unit.HOURS: "hour", Unit.LEARNER_DAYS: "hour", Unit.FTE: "fte", Unit.NOK: "nok"}
