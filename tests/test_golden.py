"""The golden example, from what people record to the figures: the number of every row, and an independent recount."""

from datetime import date
from decimal import Decimal

import pytest

from samtall.base.periods import year
from samtall.figures import queries
from samtall.figures.catalogue import STANDARD
from samtall.figures.tests.recount import recount
from samtall.ledger import queries as ledger
from samtall.ledger.verify import verify
from tests.golden import Golden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("golden")]

GOLDEN: dict[str, int | Decimal] = {
    "collaborations": 4,
    "collaborations-new": 3,
    "student-collaborations": 3,
    "student-collaborations-new": 2,
    "student-collaborations-completed": 3,
    "organisations-in-collaborations": 3,
    "organisations-in-collaborations-today": 2,
    "businesses-on-courses": 2,
    "businesses-on-courses-today": 2,
    "people-on-courses": 2,
    "learner-days": Decimal(2),
    "no-shows": 1,
    "organisations-in-any-activity": 4,
    "organisations-in-any-activity-today": 3,
    "networks": 0,
    "network-businesses": 0,
    "competence-jobs-net": Decimal(0),
    "competence-jobs-gross": Decimal(0),
    "not-completed": 0,
    "organisations-that-asked": 0,
    "organisations-that-got-an-answer": 0,
    "organisations-that-were-matched": 0,
    "organisations-that-agreed": 0,
    "organisations-from-inquiry-to-collaboration": 0,
}
DEFINITIONS = {standard.slug: standard.definition for standard in STANDARD}
END_OF_YEAR = date(2017, 12, 31)


@pytest.mark.parametrize("slug", DEFINITIONS)
def test_a_figure_of_the_golden_example_in_2017(slug: str) -> None:
    result = queries.value(DEFINITIONS[slug], year(2017), on=END_OF_YEAR)
    assert (result.value, result.pending.value, result.unidentified) == (GOLDEN[slug], 0, 0)
    counted = recount(DEFINITIONS[slug], year(2017), ledger.position(), END_OF_YEAR)
    assert counted.exact == result.value


def test_an_inquiry_and_a_cancelled_activity_are_nowhere(golden: Golden) -> None:
    """Items 6 and 8 leave no entry at all, so they are 0 in every figure there will ever be."""
    assert ledger.history(golden.activities[8].source) == []
    assert verify().faults == []
