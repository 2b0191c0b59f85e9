"""The golden example of the counting rules, number by number, from facts as the kinds state them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from samtall.base.periods import year
from samtall.figures import queries
from samtall.figures.catalogue import STANDARD
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition, Rule, Unit
from samtall.figures.results import Distinct, Total
from samtall.figures.tests.recount import recount
from samtall.ledger import queries as ledger
from samtall.ledger.facts import Fact, Outcome, Side, Standing
from samtall.ledger.operations import restate

A, B, C, D, COLLEGE = 1, 2, 3, 4, 9
KARI, OLA, NO_SHOW = 101, 102, 103
AT = datetime(2018, 1, 15, tzinfo=UTC)
YEAR = year(2017)
END_OF_YEAR = date(2017, 12, 31)
DEFINITIONS = {standard.slug: standard.definition for standard in STANDARD}


def fact(kind: str, family: str, role: str, side: Side, starts: date, ends: date, **more: object) -> Fact:
    return Fact(
        kind=kind,
        family=family,
        role=role,
        side=side,
        starts=starts,
        ends=ends,
        standing=Standing.VALIDATED,
        **more,  # type: ignore[arg-type]
    )


def collaboration(number: int, kind: str, family: str, organisation: int, starts: date, ends: date) -> None:
    outcome = Outcome.COMPLETED
    restate(
        f"activity:{number}",
        [
            fact(kind, family, "host", Side.OUTSIDE, starts, ends, organisation=organisation, outcome=outcome),
            fact(kind, family, "institution", Side.EDUCATION, starts, ends, organisation=COLLEGE, outcome=outcome),
        ],
        by="user:1",
        at=AT,
    )


@pytest.fixture
def golden(db: None) -> None:
    collaboration(1, "thesis", "student", A, date(2017, 1, 10), date(2017, 6, 20))
    collaboration(2, "innovation_project", "student", B, date(2017, 2, 6), date(2017, 5, 19))
    day = date(2017, 3, 3)
    completed = Outcome.COMPLETED
    course = [
        fact("course", "course", "institution", Side.EDUCATION, day, day, organisation=COLLEGE, outcome=completed)
    ]
    for business, person in ((B, KARI), (C, OLA)):
        course += [
            fact("course", "course", "business", Side.OUTSIDE, day, day, organisation=business, outcome=completed),
            fact(
                "course", "course", "participant", Side.OUTSIDE, day, day,
                organisation=business, person=person, quantity=8_000, unit="hour", outcome=completed,
            ),
        ]  # fmt: skip
    course.append(
        fact(
            "course", "course", "participant", Side.OUTSIDE, day, day,
            organisation=B, person=NO_SHOW, unit="hour", outcome=Outcome.NO_SHOW,
        )
    )  # fmt: skip
    restate("activity:3", course, by="user:1", at=AT)
    collaboration(5, "guest_lecture", "contact", D, date(2017, 10, 4), date(2017, 10, 4))
    collaboration(7, "thesis", "student", A, date(2016, 8, 15), date(2017, 6, 1))
    restate(
        "succession:1",
        [Fact(kind="succession", family="identity", role="predecessor", organisation=B, successor=A,
              starts=date(2017, 7, 1), ends=None, standing=Standing.VALIDATED)],
        by="user:1",
        at=AT,
    )  # fmt: skip


GOLDEN = [
    ("collaborations", Distinct(4)),
    ("collaborations-new", Distinct(3)),
    ("student-collaborations", Distinct(3)),
    ("student-collaborations-new", Distinct(2)),
    ("student-collaborations-completed", Distinct(3)),
    ("organisations-in-collaborations", Distinct(3)),
    ("organisations-in-collaborations-today", Distinct(2)),
    ("businesses-on-courses", Distinct(2)),
    ("businesses-on-courses-today", Distinct(2)),
    ("people-on-courses", Distinct(2)),
    ("learner-days", Total(Decimal(2))),
    ("no-shows", Distinct(1)),
    ("organisations-in-any-activity", Distinct(4)),
    ("organisations-in-any-activity-today", Distinct(3)),
    ("not-completed", Distinct(0)),
    ("organisations-that-asked", Distinct(0)),
    ("organisations-that-got-an-answer", Distinct(0)),
    ("organisations-that-were-matched", Distinct(0)),
    ("organisations-that-agreed", Distinct(0)),
    ("organisations-from-inquiry-to-collaboration", Distinct(0)),
]


@pytest.mark.usefixtures("golden")
@pytest.mark.parametrize(("slug", "expected"), GOLDEN)
def test_the_golden_example_in_2017(slug: str, expected: Distinct | Total) -> None:
    result = queries.value(DEFINITIONS[slug], YEAR, on=END_OF_YEAR)
    assert (result.exact, result.pending.value, result.unidentified) == (expected, 0, 0)
    assert recount(DEFINITIONS[slug], YEAR, ledger.position(), END_OF_YEAR).exact == result.value


@pytest.mark.usefixtures("golden")
def test_the_merger_counts_from_its_date_only() -> None:
    definition = DEFINITIONS["organisations-in-collaborations-today"]
    assert queries.value(definition, YEAR, on=date(2017, 6, 30)).exact == Distinct(3)
    assert queries.value(definition, YEAR, on=date(2017, 7, 1)).exact == Distinct(2)


@pytest.mark.usefixtures("golden")
def test_the_parts_may_add_up_to_more_than_the_whole_and_the_overlap_is_said() -> None:
    """B was in a collaboration and on a course: 3 + 2 against 4 (R3)."""
    whole = Definition(unit=Unit.ORGANISATIONS, sides=("outside",))
    parts = queries.breakdown(whole, YEAR, Grouping.FAMILY)
    assert {part.code: part.result.value for part in parts.parts} == {"contact": 1, "course": 2, "student": 2}
    assert (parts.whole.value, parts.sum_of_parts, parts.overlap) == (4, 5, 1)


@pytest.mark.usefixtures("golden")
def test_the_number_of_activities_stands_beside_the_organisations() -> None:
    assert queries.value(DEFINITIONS["organisations-in-collaborations"], YEAR).activities == 4


@pytest.mark.usefixtures("golden")
@pytest.mark.parametrize(("slug", "expected"), GOLDEN)
def test_the_list_is_as_long_as_the_figure_says(slug: str, expected: Distinct | Total) -> None:
    rows = queries.rows(DEFINITIONS[slug], YEAR, on=END_OF_YEAR)
    sure = [row for row in rows if row.sure and row.identified]
    if isinstance(expected, Distinct):
        assert len(sure) == expected.value
    else:
        assert sum(row.amount.value for row in sure) == expected.value


@pytest.mark.usefixtures("golden")
def test_a_series_gives_the_same_as_each_period_asked_by_itself() -> None:
    periods = [year(number) for number in range(2015, 2020)]
    for definition in DEFINITIONS.values():
        together = [result.exact for result in queries.series(definition, periods)]
        assert together == [queries.value(definition, period).exact for period in periods]


@pytest.mark.usefixtures("golden")
def test_a_completed_activity_belongs_to_the_period_it_ended_in() -> None:
    completed = Definition(unit=Unit.ACTIVITIES, rule=Rule.COMPLETED, kinds=("thesis",))
    assert [result.value for result in queries.series(completed, [year(2016), year(2017)])] == [0, 2]
