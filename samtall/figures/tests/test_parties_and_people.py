"""What people do is not what their organisation does: head-counts, drop-outs and shares (R2, R10, R21)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from samtall.base.periods import year
from samtall.figures import queries
from samtall.figures.catalogue import STANDARD
from samtall.figures.definitions import Definition, Sharing, Unit
from samtall.ledger.facts import Fact, Outcome, Side, Standing
from samtall.ledger.operations import restate

pytestmark = pytest.mark.django_db

AT = datetime(2018, 1, 15, tzinfo=UTC)
DEFINITIONS = {standard.slug: standard.definition for standard in STANDARD}
COMPANY, COLLEGE, SCHOOL = 1, 8, 9
HOST = Fact(
    kind="thesis",
    family="student",
    role="host",
    side=Side.OUTSIDE,
    organisation=COMPANY,
    starts=date(2017, 1, 10),
    ends=date(2017, 6, 20),
    standing=Standing.VALIDATED,
)
INSTITUTION = replace(HOST, role="institution", side=Side.EDUCATION, organisation=COLLEGE)


def state(number: int, *facts: Fact) -> None:
    restate(f"activity:{number}", facts, by="user:1", at=AT)


def test_people_counted_by_head_are_not_an_unidentified_organisation() -> None:
    heads = replace(HOST, role="participant", identified=False, unit="person", quantity=12_000)
    state(1, HOST, INSTITUTION, heads)
    result = queries.value(DEFINITIONS["organisations-in-any-activity"], year(2017))
    assert (result.value, result.unidentified) == (1, 0)
    people = queries.value(Definition(unit=Unit.PEOPLE), year(2017))
    assert (people.value, people.unidentified, people.highest.value) == (0, 12, 12)


def test_a_student_who_leaves_does_not_end_the_activity() -> None:
    student = replace(INSTITUTION, role="student", person=101)
    left = replace(student, person=102, outcome=Outcome.DROPPED_OUT)
    state(1, HOST, INSTITUTION, student, left)
    assert queries.value(DEFINITIONS["not-completed"], year(2017)).value == 0
    assert queries.value(DEFINITIONS["collaborations"], year(2017)).value == 1


def test_an_aborted_activity_is_started_and_not_completed() -> None:
    state(1, *(replace(fact, outcome=Outcome.DROPPED_OUT) for fact in (HOST, INSTITUTION)))
    assert queries.value(DEFINITIONS["not-completed"], year(2017)).value == 1
    assert queries.value(DEFINITIONS["collaborations"], year(2017)).value == 0


def test_shares_add_up_to_one_activity_and_each_institution_has_its_own_once() -> None:
    college = replace(INSTITUTION, share=500_000)
    came_back = replace(college, starts=date(2017, 9, 1), ends=date(2017, 12, 1))
    state(1, HOST, college, came_back, replace(college, organisation=SCHOOL))
    shared = Definition(unit=Unit.ACTIVITIES, sharing=Sharing.SHARE, sides=("education",))
    assert queries.value(shared, year(2017)).value == Decimal(1)
    assert queries.value(replace(shared, institutions=(COLLEGE,)), year(2017)).value == Decimal("0.5")
    whole = Definition(unit=Unit.ACTIVITIES, institutions=(COLLEGE,))
    assert queries.value(whole, year(2017)).value == 1


def test_what_a_partner_took_part_in_can_be_asked_for() -> None:
    state(1, HOST, INSTITUTION)
    state(2, replace(HOST, organisation=2), replace(INSTITUTION, organisation=SCHOOL))
    with_school = Definition(unit=Unit.ORGANISATIONS, sides=("outside",), partners=(SCHOOL,))
    assert [row.item for row in queries.rows(with_school, year(2017))] == [2]
