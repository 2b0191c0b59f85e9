"""What is asked of the matcher, and what it answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samtall.parties.matching.reasons import Reason


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of the organisation meant; only the name is needed."""

    name: str
    municipality: str = ""
    """Four-digit code."""
    postal_code: str = ""
    address: str = ""
    email: str = ""
    """An address, or a bare domain."""
    web: str = ""
    on: date | None = None
    """The day of the collaboration: who had closed by then is less likely, and the name of that day fits."""


class Verdict(StrEnum):
    CERTAIN = "certain"
    """Right at least 99 times in 100, as measured: may be tied without asking."""
    DOUBT = "doubt"
    """A person should choose."""
    NONE = "none"
    """Nothing in the register resembles it enough to be worth showing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    organisation: int
    """The primary key of the legal unit, the one at the top for a department (R2)."""
    establishment: int | None
    """The primary key of the work site meant, when it is one."""
    probability: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    verdict: Verdict
    candidates: tuple[Candidate, ...]
    """Best first, at most ten."""


NOTHING = Finding(Verdict.NONE, ())
