"""Courses (R12), as the worked example in samtall/kinds/course/facts.py."""

from datetime import date
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.kinds.tests.conftest import AT, Record, facts
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

DAY = date(2017, 3, 3)


@pytest.fixture
def course(record: Record, organisations: dict[str, Organisation]) -> Any:
    def course(*attended: tuple[str, Any], state: str = "completed", **more: Any) -> Activity:
        people = [
            ("participant", {"person": parties.add_person("Someone", organisation=organisations[letter])} | how)
            for letter, how in attended
        ]
        provider = ("provider", {"organisation": organisations["college"]})
        return record("course", provider, *people, starts=DAY, state=state, details={"hours": "8"}, **more)

    return course


def participants(activity: Activity) -> list[tuple[str, int]]:
    return [(str(fact.outcome), fact.quantity) for fact in facts(activity) if fact.role == "participant"]


def businesses(activity: Activity) -> list[int | None]:
    return [fact.organisation for fact in facts(activity) if fact.role == "business"]


def test_a_business_took_part_when_one_of_its_people_attended_the_minimum_share(
    course: Any, organisations: dict[str, Organisation]
) -> None:
    held = course(("B", {"quantity": 8}), ("B", {"quantity": 0}), ("C", {"quantity": 3}))
    assert participants(held) == [("completed", 8000), ("no_show", 0), ("insufficient", 3000)]
    assert businesses(held) == [organisations["B"].pk]


def test_exactly_half_of_the_hours_is_enough(course: Any, organisations: dict[str, Organisation]) -> None:
    assert businesses(course(("B", {"quantity": 4}))) == [organisations["B"].pk]


def test_a_business_with_many_people_is_one(course: Any, organisations: dict[str, Organisation]) -> None:
    assert businesses(course(*[("B", {"quantity": 8})] * 3)) == [organisations["B"].pk]


def test_a_course_where_nobody_came_has_no_businesses(course: Any) -> None:
    held = course(("B", {"quantity": 0}), ("C", {"outcome": "no_show"}))
    assert (participants(held), businesses(held)) == ([("no_show", 0), ("no_show", 0)], [])


def test_who_is_said_to_have_completed_attended_all_the_hours(
    course: Any, organisations: dict[str, Organisation]
) -> None:
    held = course(("B", {"outcome": "completed"}))
    assert (participants(held), businesses(held)) == ([("completed", 8000)], [organisations["B"].pk])


def test_while_a_course_runs_nobody_is_below_the_minimum(course: Any) -> None:
    held = course(("B", {}), ("C", {"quantity": 2}), state="running")
    assert (participants(held), businesses(held)) == ([("ongoing", 0), ("ongoing", 2000)], [])


def test_who_dropped_out_is_out_of_the_count_and_so_is_the_business(course: Any, coordinator: User) -> None:
    held = course(("B", {"quantity": 6}))
    part = held.participations.get(role="participant")
    operations.drop_out(part, on=DAY, by=coordinator, at=AT)
    assert (participants(held), businesses(held)) == ([("dropped_out", 6000)], [])


def test_people_counted_by_head_are_so_many_people_and_their_hours_together(
    record: Record, organisations: dict[str, Organisation]
) -> None:
    held = record(
        "course",
        ("provider", {"organisation": organisations["college"]}),
        ("participant", {"organisation": organisations["C"], "head_count": 3, "quantity": 8}),
        starts=DAY,
        details={"hours": "8"},
    )
    told = [(fact.unit, fact.quantity, fact.identified) for fact in facts(held) if fact.role == "participant"]
    assert told == [("person", 3000, False), ("hour", 24000, True)]
    assert businesses(held) == [organisations["C"].pk]


def test_the_business_of_people_from_an_unknown_organisation_is_unidentified(
    record: Record, organisations: dict[str, Organisation]
) -> None:
    unknown = parties.add_unidentified("E", at=AT)
    held = record(
        "course",
        ("provider", {"organisation": organisations["college"]}),
        ("participant", {"organisation": unknown, "head_count": 1, "quantity": 8}),
        starts=DAY,
        details={"hours": "8"},
    )
    assert [fact.identified for fact in facts(held) if fact.role == "business"] == [False]


def test_a_course_needs_its_hours(coordinator: User, db: None) -> None:
    with pytest.raises(operations.Invalid):
        operations.record("course", title="Wood", starts=DAY, by=coordinator, at=AT)
