"""A fact: one line of what is true about a source, with every attribute that figures group by, as it was then."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Side(StrEnum):
    EDUCATION = "education"
    OUTSIDE = "outside"
    NONE = ""


class Standing(StrEnum):
    """How sure a fact is (R7): exact figures hold validated facts, submitted ones stand beside them as pending."""

    SUBMITTED = "submitted"
    VALIDATED = "validated"


class Outcome(StrEnum):
    """How it went for this party. Only `ongoing` and `completed` count; the others have figures of their own."""

    ONGOING = "ongoing"
    COMPLETED = "completed"
    DROPPED_OUT = "dropped_out"  # started, not completed (R21)
    NO_SHOW = "no_show"  # registered, did not attend the minimum (R12)
    INSUFFICIENT = "insufficient"  # took place, below the minimum content of its kind (R6)


#: The kind and family of inquiries. They are no collaboration (R6): only a definition that names them counts them.
INQUIRY = "inquiry"

#: Quantities are whole thousandths of their unit, so that sums are exact.
THOUSANDTHS = 1_000
#: Shares of joint work are whole millionths and add up to exactly one activity (R10).
WHOLE_SHARE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What one party's part in one source stands for.

    Organisations are ids of the parties room, people random keys (R5); no names, addresses or free text.
    `quantity` is in thousandths of `unit` (hour, fte, nok, person); `share` in millionths of the activity.
    `municipality` is the code of the work site valid on the date (R11). `identified` is false for a party without
    an id (R2) and for people counted by head. `successor` is set on facts of kind "succession" only (R4).
    """

    kind: str
    family: str
    role: str
    starts: date
    ends: date | None
    standing: Standing
    outcome: Outcome = Outcome.ONGOING
    side: Side = Side.NONE
    organisation: int | None = None
    establishment: int | None = None
    person: int | None = None
    identified: bool = True
    municipality: str = ""
    quantity: int = 0
    unit: str = ""
    share: int = WHOLE_SHARE
    evidence: str = ""
    sector: str = ""
    industry: str = ""
    industry_standard: str = ""
    size_class: str = ""
    programme: str = ""
    contribution: str = ""
    successor: int | None = None
