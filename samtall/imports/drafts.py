"""An activity as a spreadsheet says it, in plain data that can wait in the database until it is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from samtall.activities.models import Participation
from samtall.activities.operations import Part, Proof, WholeActivity
from samtall.parties.models import Establishment, Organisation, Person


@dataclass
class PlannedPart:
    """Somebody's part. `organisation` is as `Match.to_plain`; `person` has name, email and apart (not one known)."""

    role: str
    organisation: dict[str, Any] | None = None
    person: dict[str, Any] | None = None
    head_count: int | None = None
    quantity: str | None = None
    outcome: str = Participation.Outcome.TAKING_PART.value
    starts: str | None = None


def name_of_party(part: PlannedPart) -> str:
    """What the organisation of a part is called."""
    organisation = part.organisation or {}
    return str((organisation.get("tie") or organisation).get("name", ""))


@dataclass
class PlannedActivity:
    """An activity with its parts and evidence, and the rows it was gathered from. Dates are ISO text."""

    rows: list[int]
    kind: str
    title: str
    starts: str
    ends: str | None = None
    municipality: str = ""
    programme: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    state: str = ""
    submit: bool = True
    parts: list[PlannedPart] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)  # what stands beside the rows: see rows.Row.keep
    joins: int | None = None  # the activity in the books that this is the same as
    apart: dict[str, Any] | None = None  # the activity that it resembles and is not, and why: {"activity", "reason"}

    def to_plain(self) -> dict[str, Any]:
        return {**vars(self), "parts": [dict(vars(part)) for part in self.parts]}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "PlannedActivity":
        return cls(**{**plain, "parts": [PlannedPart(**part) for part in plain["parts"]]})


class Parties(Protocol):
    """Whom the parts of planned activities stand for."""

    def organisation(self, plain: Mapping[str, Any]) -> tuple[Organisation, Establishment | None]: ...

    def person(self, plain: Mapping[str, Any], organisation: Organisation | None) -> Person: ...


def whole_of(planned: PlannedActivity, parties: Parties, *, origin: str) -> WholeActivity:
    """A planned activity as the activities room records it."""
    return WholeActivity(
        kind=planned.kind,
        title=planned.title,
        starts=date.fromisoformat(planned.starts),
        ends=_date(planned.ends),
        municipality=planned.municipality,
        programme=planned.programme,
        details=planned.details,
        state=planned.state,
        origin=origin,
        parts=[_part(part, parties) for part in planned.parts],
        evidence=[
            Proof(kind=one["kind"], description=one["description"], dated=_date(one["dated"]))
            for one in planned.evidence
        ],
        submit=planned.submit,
    )


def _part(part: PlannedPart, parties: Parties) -> Part:
    organisation, establishment = parties.organisation(part.organisation) if part.organisation else (None, None)
    return Part(
        role=part.role,
        organisation=organisation,
        establishment=establishment,
        person=parties.person(part.person, organisation) if part.person else None,
        head_count=part.head_count,
        quantity=Decimal(part.quantity) if part.quantity is not None else None,
        outcome=part.outcome,
        starts=_date(part.starts),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
