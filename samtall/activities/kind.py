"""What a kind of activity declares. A kind is a folder in `samtall/kinds/` whose `__init__` holds one `KIND`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

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

    `party` says who can play it; a person may also be given as a head-count from an organisation, and where `named` is
    false (children), only so. `quantity_unit` is the unit of what is recorded with it ("hour", "fte", "nok"), or empty;
    with a head-count it is the quantity of each. `counted` is false for a part that no figure counts, such as that of a
    supervisor: it makes no facts. The same code has the same words in every kind.
    """

    code: str
    words: Words
    side: Side
    party: PartyType
    required: bool = False
    quantity_unit: str = ""
    named: bool = True
    counted: bool = True
    headings: tuple[str, ...] = ()  # further spreadsheet headings that mean this role


@dataclass(frozen=True)
class FactRole:
    """A role that nobody is recorded in and that the kind's facts have, such as the business that a course reached."""

    code: str
    words: Words


class FieldType(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    DATES = "dates"  # several days, separated by commas
    CHOICE = "choice"


@dataclass(frozen=True)
class Field:
    """Something more that a kind records, kept in `Activity.details[code]` as JSON (dates as ISO text).

    `own_page`: it is kept on a page of the kind's own, and is not on the form of the activity. `unique`: two activities
    of the kind never have the same, such as a reference in another system.
    """

    code: str
    words: Words
    type: FieldType
    help: Words | None = None
    required: bool = False
    choices: tuple[tuple[str, Words], ...] = ()
    headings: tuple[str, ...] = ()
    own_page: bool = False
    unique: bool = False


class When(StrEnum):
    """Where in an activity's life a stage belongs."""

    BEFORE = "before"  # while it is planned
    AFTER = "after"  # when it is completed or aborted


@dataclass(frozen=True)
class Stage:
    """Something said about an activity before it starts or after it is over: a dated record with who and why.

    `decided_by` is the code of the role whose word it is: the role must be filled, the word may be no, and what began
    as a proposal cannot start before it is yes. `links`: it may point to another activity, such as a job that followed.
    """

    code: str
    words: Words
    help: Words
    when: When
    decided_by: str = ""
    links: bool = False


@dataclass(frozen=True)
class Milestone:
    """A point that an activity of this kind passes, due when `percent` of its time has gone."""

    code: str
    words: Words
    percent: int


#: A day of any year: month and day.
MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Season:
    """When in the academic year a kind's work is done, and by when it must be prepared and accounted for (R9).

    `deadlines` are by what is lacking (activities.lacks). See activities.seasons for the years they fall in.
    """

    words: Words
    first: MonthDay
    last: MonthDay
    deadlines: Mapping[str, MonthDay]


@dataclass(frozen=True)
class Shortfall:
    """Why an activity does not have the minimum content of its kind (R6)."""

    words: Words


def no_shortfall(
    activity: "Activity",  # noqa: ARG001 (the shortfall of every kind is asked for like this)
    participations: Sequence["Participation"],  # noqa: ARG001
) -> Shortfall | None:
    return None


class FactBuilder(Protocol):
    """Makes a fact of a participation, or of the activity as a whole, with every attribute but those given."""

    def __call__(self, participation: "Participation | None", /, **values: Any) -> Fact: ...


@dataclass(frozen=True)
class Kind:
    """The declaration of a kind: its words, roles, minimum content, evidence, unit, and how it reads as facts.

    `minimum` says in a sentence what `shortfall` tests. `ends_required`: it lasts, and an end must be given when it is
    completed; a kind without it ends the day it starts unless another day is given. `together`: it is a collaboration
    of an education party and an outside party (R6); false for what is not one, such as a job (R14). `stages`,
    `milestones` and `seasons` are its life beside its states. `deed` says what took place, with the places {people},
    {education} and {outside}, so that time and title can follow: "{people} wrote a thesis together with {outside}".
    `wish` is how a business asks for it in a contact form; without it, it cannot be asked for.
    """

    code: str
    words: Words
    words_many: Words
    description: Words
    minimum: Words
    family: Family
    roles: tuple[Role, ...]
    evidence: tuple[Evidence, ...]  # any one of these is enough (R15)
    unit: str = "activity"
    fields: tuple[Field, ...] = ()
    fact_roles: tuple[FactRole, ...] = ()
    parameters: Mapping[str, int] = field(default_factory=dict)  # such as the network's 3 organisations and 2 meetings
    shortfall: "Callable[[Activity, Sequence[Participation]], Shortfall | None]" = no_shortfall
    facts: "Callable[[Activity, Sequence[Participation], FactBuilder], list[Fact]] | None" = (
        None  # None: facts.usual_facts
    )
    ends_required: bool = False
    together: bool = True
    wish: Words | None = None
    headings: tuple[str, ...] = ()  # further words that mean this kind in a spreadsheet
    stages: tuple[Stage, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    seasons: tuple[Season, ...] = ()
    deed: Words | None = None

    def role(self, code: str) -> Role:
        """The role with this code. Raises KeyError when the kind has none."""
        for role in self.roles:
            if role.code == code:
                return role
        raise KeyError(f"the kind {self.code} has no role {code}")

    def stage(self, code: str) -> Stage:
        """The stage with this code. Raises KeyError when the kind has none."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise KeyError(f"the kind {self.code} has no stage {code}")
