"""How an activity goes, and what its facts say of it (R6, R21)."""

from datetime import date, datetime

import pytest

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.activities.tests.conftest import MakeThesis
from samtall.ledger import queries as ledger
from samtall.parties import operations as parties
from samtall.parties.models import Organisation


def outcomes(activity: Activity) -> dict[str, str]:
    return {fact.role: str(fact.outcome) for fact in ledger.standing(activity.source)}


@pytest.fixture
def running(make_thesis: MakeThesis, coordinator: User, at: datetime) -> Activity:
    return operations.submit(make_thesis(state="running", ends=None), by=coordinator, at=at)


def test_what_runs_is_ongoing_with_an_open_end(running: Activity) -> None:
    assert outcomes(running) == {"host": "ongoing", "institution": "ongoing"}
    assert {fact.ends for fact in ledger.standing(running.source)} == {None}


def test_what_has_a_known_end_is_not_said_to_go_on_after_it(
    make_thesis: MakeThesis, coordinator: User, at: datetime
) -> None:
    thesis = operations.submit(make_thesis(state="running", ends=date(2018, 6, 1)), by=coordinator, at=at)
    assert {fact.ends for fact in ledger.standing(thesis.source)} == {date(2018, 6, 1)}


def test_what_is_completed_ends_that_day(running: Activity, coordinator: User, at: datetime) -> None:
    operations.complete(running, on=date(2017, 12, 20), by=coordinator, at=at)
    assert outcomes(running) == {"host": "completed", "institution": "completed"}
    assert {fact.ends for fact in ledger.standing(running.source)} == {date(2017, 12, 20)}


def test_what_is_aborted_is_started_and_not_completed(running: Activity, coordinator: User, at: datetime) -> None:
    operations.abort(running, on=date(2017, 3, 1), reason="company closed", by=coordinator, at=at)
    assert outcomes(running) == {"host": "dropped_out", "institution": "dropped_out"}


def test_what_is_cancelled_before_it_started_counts_nowhere(
    make_thesis: MakeThesis, coordinator: User, at: datetime
) -> None:
    thesis = operations.cancel(make_thesis(state="planned"), on=date(2017, 1, 5), by=coordinator, at=at)
    with pytest.raises(operations.NotStarted):
        operations.submit(thesis, by=coordinator, at=at)
    assert ledger.standing(thesis.source) == []


def test_what_has_started_cannot_be_cancelled(running: Activity, coordinator: User, at: datetime) -> None:
    with pytest.raises(operations.WrongState):
        operations.cancel(running, on=date(2017, 3, 1), by=coordinator, at=at)


def test_starting_moves_the_first_day_to_the_day_it_began(
    make_thesis: MakeThesis, coordinator: User, at: datetime
) -> None:
    thesis = operations.start(make_thesis(state="planned"), on=date(2017, 1, 16), by=coordinator, at=at)
    assert (thesis.state, thesis.starts) == ("running", date(2017, 1, 16))


def test_a_planned_activity_that_is_completed_has_also_started(
    make_thesis: MakeThesis, coordinator: User, at: datetime
) -> None:
    thesis = operations.complete(make_thesis(state="planned"), on=date(2017, 6, 20), by=coordinator, at=at)
    states = list(thesis.states.order_by("pk").values_list("state", "on"))
    assert states[1:] == [("running", date(2017, 1, 10)), ("completed", date(2017, 6, 20))]


def test_nothing_happens_in_the_future(running: Activity, coordinator: User, at: datetime) -> None:
    with pytest.raises(operations.NotStarted):
        operations.complete(running, on=date(2018, 1, 9), by=coordinator, at=at)


def test_nothing_ends_before_it_starts(running: Activity, coordinator: User, at: datetime) -> None:
    with pytest.raises(operations.Invalid):
        operations.complete(running, on=date(2017, 1, 9), by=coordinator, at=at)


def test_what_is_completed_by_mistake_is_reopened(running: Activity, coordinator: User, at: datetime) -> None:
    operations.complete(running, on=date(2017, 12, 20), by=coordinator, at=at)
    operations.reopen(running, on=date(2018, 1, 8), reason="not handed in", by=coordinator, at=at)
    assert outcomes(running) == {"host": "ongoing", "institution": "ongoing"}


def test_completing_what_is_validated_is_pending_until_someone_else_validates(
    running: Activity, coordinator: User, validator: User, at: datetime
) -> None:
    operations.validate(running, by=validator, at=at)
    operations.complete(running, on=date(2017, 12, 20), by=coordinator, at=at)
    assert running.step == "submitted"


def test_something_that_lasts_needs_an_end_when_it_is_over(make_thesis: MakeThesis) -> None:
    with pytest.raises(operations.Invalid) as refused:
        make_thesis(ends=None)
    assert list(refused.value.errors) == ["ends"]


def test_what_does_not_last_ends_the_day_it_starts(coordinator: User, at: datetime) -> None:
    lecture = operations.record("guest_lecture", title="On wood", starts=date(2017, 10, 4), by=coordinator, at=at)
    assert lecture.ends == date(2017, 10, 4)


def test_one_student_who_leaves_is_out_of_the_count_and_the_others_stay(
    running: Activity, college: Organisation, coordinator: User, at: datetime
) -> None:
    student = parties.add_person("Kari", organisation=college)
    leaver = parties.add_person("Ola", organisation=college)
    operations.add_participation(running, role="student", person=student, by=coordinator, at=at)
    left = operations.add_participation(running, role="student", person=leaver, by=coordinator, at=at)
    operations.drop_out(left, on=date(2017, 2, 1), by=coordinator, at=at)
    facts = {fact.person: (str(fact.outcome), fact.ends) for fact in ledger.standing(running.source)}
    assert facts == {
        None: ("ongoing", None),
        student.key: ("ongoing", None),
        leaver.key: ("dropped_out", date(2017, 2, 1)),
    }


@pytest.mark.parametrize("act", ["revise", "start"])
def test_nobody_can_have_left_before_the_first_day(
    make_thesis: MakeThesis, college: Organisation, coordinator: User, at: datetime, act: str
) -> None:
    thesis = make_thesis(state="planned", ends=None)
    leaver = parties.add_person("Ola", organisation=college)
    left = operations.add_participation(thesis, role="student", person=leaver, by=coordinator, at=at)
    operations.drop_out(left, on=date(2017, 2, 1), by=coordinator, at=at)
    with pytest.raises(operations.Invalid) as refused:
        if act == "revise":
            operations.revise(thesis, starts=date(2017, 2, 2), by=coordinator, at=at)
        else:
            operations.start(thesis, on=date(2017, 2, 2), by=coordinator, at=at)
    field = "starts" if act == "revise" else "on"
    said = "Noen gikk ut 01.02.2017, før denne dagen. Rett først dagen de gikk ut."
    assert refused.value.errors == {field: said}
    thesis.refresh_from_db()
    assert thesis.starts == date(2017, 1, 10)


def test_when_all_the_students_have_left_it_is_below_the_minimum_content(
    running: Activity, college: Organisation, coordinator: User, at: datetime
) -> None:
    student = parties.add_person("Kari", organisation=college)
    part = operations.add_participation(running, role="student", person=student, by=coordinator, at=at)
    operations.drop_out(part, on=date(2017, 2, 1), by=coordinator, at=at)
    assert outcomes(running) == {"host": "insufficient", "institution": "insufficient", "student": "dropped_out"}


def test_details_stay_as_they_were_said_when_it_is_completed(coordinator: User, at: datetime) -> None:
    placement = operations.record(
        "placement",
        title="Praksis",
        starts=date(2017, 1, 10),
        state="running",
        details={"credits": "7,5", "hours": "1,125"},
        by=coordinator,
        at=at,
    )
    operations.complete(placement, on=date(2017, 3, 1), by=coordinator, at=at)
    assert placement.details == {"credits": "7.5", "hours": "1.125"}
    operations.revise(placement, title="Praksis i regnskap", by=coordinator, at=at)
    assert placement.details == {"credits": "7.5", "hours": "1.125"}
