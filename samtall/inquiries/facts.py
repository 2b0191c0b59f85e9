"""An inquiry as facts: that an organisation asked, and how far that led. Never a collaboration (R6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samtall.ledger.facts import INQUIRY, Fact, Outcome, Side, Standing
from samtall.parties.models import Attributes, Organisation

ROLES = ("asked", "answered", "matched", "agreed", "handed_over")


@dataclass(frozen=True)
class Course:
    """How far an inquiry has come: a place in ROLES, and when it was asked and ended."""

    asked_on: date
    ended_on: date | None
    stage: int


def facts_of(
    course: Course, organisation: Organisation, attributes: Attributes | None, municipality: str
) -> Iterable[Fact]:
    """One fact for each stage that was reached, all on the day the organisation asked: a cohort, followed."""
    for role in ROLES[: course.stage + 1]:
        yield Fact(
            kind=INQUIRY,
            family=INQUIRY,
            role=role,
            side=Side.OUTSIDE,
            starts=course.asked_on,
            ends=course.ended_on,
            standing=Standing.VALIDATED,
            outcome=Outcome.ONGOING if course.ended_on is None else Outcome.COMPLETED,
            organisation=organisation.pk,
            identified=organisation.identified,
            municipality=municipality or (attributes.municipality if attributes else ""),
            sector=attributes.sector if attributes else "",
            industry=attributes.industry if attributes else "",
            industry_standard=attributes.industry_standard if attributes else "",
            size_class=attributes.size_class if attributes else "",
        )
