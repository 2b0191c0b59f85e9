"""What a kind of activity declares. A kind is a folder in `samtall/kinds/` whose `__init__` holds one `KIND`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from samtall.base.text import Words
from samtall.ledger.facts import Fact, Side

if TYPE_CHECKING:
    from samtall.activities.models import Activity, Participation


class Family(StrEnum):
    """The families that figures count over, so that a new kind joins the figures of its family by itself."""

    STUDENT = "student"  # student collaborations: theses, placements, projects
    CONTACT = "contact"  # other collaborations of education and outside parties: lectures, visits
    COURSE = "course"
    NETWORK = "network"
    JOB = "job"


class PartyType(StrEnum):
    ORGANISATION = "organisation"
    PERSON = "person"


class Evidence(StrEnum):
    """Kinds of evidence (R15)."""

    AGREEMENT = "agreement"
    ATTENDANCE_LIST = "attendance_list"
    CONFIRMATION = "confirmation"
    MINUTES = "minutes"
    REGISTER_EXTRACT = "register_extract"


@dataclass(frozen=True)
class Role:
    """A part to play in a kind of activity.

    `party` says who can play it; a person may also be given as a head-count from an organisation.
    `quantity_unit` is the unit of what is recorded with it ("hour", "fte", "nok"), or empty.
    """

    code: str
    words: Words
    side: Side
    party: PartyType
    required: bool = False
    quantity_unit: str = ""
    headings: tuple[str, ...] = ()  # further spreadsheet headings that mean this role


class FieldType(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    DATES = "dates"  # several days, separated by commas
    CHOICE = "choice"


@dataclass(frozen=True)
class Field:
    """Something more that a kind records, kept in `Activity.details[code]` as JSON (dates as ISO text)."""

    code: str
    words: Words
    type: FieldType
    help: Words | None = None
    required: bool = False
    choices: tuple[tuple[str, Words], ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shortfall:
    """Why an activity does not have the minimum content of its kind (R6)."""

    words: Words


def no_shortfall(activity: "Activity", participations: Sequence["Participation"]) -> Shortfall | None:
    return None


@dataclass(frozen=True)
class Kind:
    """The declaration of a kind: its words, roles, minimum content, evidence, unit, and how it reads as facts."""

    code: str
    words: Words
    words_many: Words
    description: Words
    family: Family
    roles: tuple[Role, ...]
    evidence: tuple[Evidence, ...]  # any one of these is enough
    unit: str = "activity"
    fields: tuple[Field, ...] = ()
    parameters: Mapping[str, int] = field(default_factory=dict)  # such as the network's 3 organisations and 2 meetings
    shortfall: "Callable[[Activity, Sequence[Participation]], Shortfall | None]" = no_shortfall
    facts: "Callable[[Activity, Sequence[Participation], FactBuilder], list[Fact]] | None" = (
        None  # None: facts.usual_facts
    )
    ends_required: bool = False
    headings: tuple[str, ...] = ()  # further words that mean this kind in a spreadsheet

    def role(self, code: str) -> Role:
        """The role with this code. Raises KeyError when the kind has none."""
        for role in self.roles:
            if role.code == code:
                return role
        raise KeyError(f"the kind {self.code} has no role {code}")


#: Makes a fact of a participation with the activity's common attributes filled in; keyword arguments override.
#: See `activities/facts.py`.
FactBuilder = Callable[..., Fact]
