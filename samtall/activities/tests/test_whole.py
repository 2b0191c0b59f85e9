"""Whole activities in one go, as imports record them."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.activities.operations import Part, Proof, WholeActivity
from samtall.activities.operations.whole import check_whole
from samtall.activities.tests.conftest import MakeThesis
from samtall.ledger import queries as ledger
from samtall.parties.models import Organisation
from samtall.places.gazetteer import Gazetteer


@pytest.fixture
def whole(company: Organisation, college: Organisation) -> WholeActivity:
    return WholeActivity(
        kind="thesis",
        title="Tre som byggjer",
        starts=date(2017, 1, 10),
        ends=date(2017, 6, 20),
        state="completed",
        details={"level": "bachelor"},
        origin="import:12",
        parts=[Part(role="host", organisation=company), Part(role="institution", organisation=college)],
        evidence=[Proof(kind="agreement", description="17/204")],
    )


def test_a_whole_activity_stands_for_the_same_as_one_recorded_step_by_step(
    whole: WholeActivity, submitted: Activity, coordinator: User, at: datetime
) -> None:
    activity = operations.record_whole(whole, by=coordinator, at=at)
    assert ledger.standing(activity.source) == ledger.standing(submitted.source)
    assert list(activity.steps.values_list("action", flat=True)) == ["recorded", "submitted"]
    assert list(activity.states.values_list("state", flat=True)) == ["running", "completed"]


def test_many_are_restated_with_a_constant_number_of_reads(
    whole: WholeActivity, coordinator: User, at: datetime, django_assert_max_num_queries: Any
) -> None:
    activities = [operations.record_whole(whole, by=coordinator, at=at, restate=False) for _ in range(12)]
    assert ledger.position() == 0
    with django_assert_max_num_queries(20):
        changed = operations.restate_activities(activities, by=coordinator, at=at, reason="imported")
    assert changed == 12


def test_a_whole_activity_that_falls_short_is_refused_and_nothing_is_saved(
    whole: WholeActivity, coordinator: User, at: datetime
) -> None:
    with pytest.raises(operations.Incomplete):
        operations.record_whole(replace(whole, parts=whole.parts[:1]), by=coordinator, at=at)
    assert Activity.objects.count() == 0


def test_a_preview_refuses_the_same_and_saves_nothing(whole: WholeActivity, coordinator: User, at: datetime) -> None:
    check_whole(whole, by=coordinator, at=at, places=Gazetteer.whole())
    with pytest.raises(operations.Incomplete):
        check_whole(replace(whole, parts=whole.parts[1:]), by=coordinator, at=at, places=Gazetteer.whole())
    assert Activity.objects.count() == 0


def test_what_is_planned_is_recorded_as_a_draft(whole: WholeActivity, coordinator: User, at: datetime) -> None:
    planned = replace(whole, state="planned", starts=date(2018, 2, 1), ends=None)
    assert operations.record_whole(planned, by=coordinator, at=at).step == "draft"


def test_a_succession_is_told_to_the_ledger(
    company: Organisation, other_company: Organisation, coordinator: User, at: datetime
) -> None:
    succession = operations.record_succession(
        company, other_company, on=date(2017, 7, 1), cause="merger", by=coordinator, at=at
    )
    (fact,) = ledger.standing(f"succession:{succession.pk}")
    said = (fact.kind, fact.organisation, fact.successor, fact.starts)
    assert said == ("succession", company.pk, other_company.pk, date(2017, 7, 1))


def test_two_at_once_leave_one_whole_story(make_thesis: MakeThesis, coordinator: User, at: datetime) -> None:
    """Someone who holds an old copy of an activity is told what has happened since."""
    thesis = make_thesis()
    stale = Activity.objects.get(pk=thesis.pk)
    operations.withdraw(thesis, reason="wrong", by=coordinator, at=at)
    with pytest.raises(operations.WrongStep):
        operations.submit(stale, by=coordinator, at=at)
