"""Networks (R6), as the worked example in samtall/kinds/network/facts.py."""

from datetime import date
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.kinds.tests.conftest import AT, Record, facts
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

MEETINGS = "10.02.2016, 20.09.2016, 05.03.2017, 07.11.2017, 01.12.2018"


def spans(activity: Activity, organisations: dict[str, Organisation]) -> list[tuple[str, str, str]]:
    names = {organisation.pk: name for name, organisation in organisations.items()}
    return [
        (names[fact.organisation], f"{fact.starts}", f"{fact.ends}")
        for fact in facts(activity)
        if fact.organisation is not None
    ]


@pytest.fixture
def network(record: Record, organisations: dict[str, Organisation]) -> Any:
    def network(*members: tuple[str, dict[str, Any]], meetings: str = MEETINGS, **said: Any) -> Activity:
        parts = [
            ("institution" if name == "college" else "member", {"organisation": organisations[name]} | dates)
            for name, dates in members
        ]
        values = {"state": "running", "starts": date(2016, 1, 1)} | said
        return record("network", *parts, details={"meetings": meetings}, **values)

    return network


def test_a_network_counts_from_its_first_close_meeting_to_its_last(
    network: Any, organisations: dict[str, Organisation]
) -> None:
    it = network(
        ("college", {}),
        ("A", {}),
        ("B", {"ends": date(2017, 12, 31)}),
        ("C", {"starts": date(2017, 4, 1)}),
    )
    assert spans(it, organisations) == [
        ("college", "2016-02-10", "2017-11-07"),
        ("A", "2016-02-10", "2017-11-07"),
        ("B", "2016-02-10", "2017-11-07"),
        ("C", "2017-04-01", "2017-11-07"),
    ]


def test_two_organisations_are_not_a_network(network: Any) -> None:
    with pytest.raises(operations.Incomplete):
        network(("college", {}), ("A", {}))


def test_two_meetings_more_than_twelve_months_apart_are_not_enough(network: Any) -> None:
    with pytest.raises(operations.Incomplete):
        network(("college", {}), ("A", {}), ("B", {}), meetings="10.02.2016, 10.02.2017")


def test_a_day_less_than_twelve_months_apart_is_enough(network: Any, organisations: dict[str, Organisation]) -> None:
    it = network(("college", {}), ("A", {}), ("B", {}), meetings="10.02.2016, 09.02.2017")
    assert {(starts, ends) for _, starts, ends in spans(it, organisations)} == {("2016-02-10", "2017-02-09")}


def test_meetings_from_leap_day_to_leap_day_are_judged_by_the_calendar(
    network: Any, organisations: dict[str, Organisation]
) -> None:
    it = network(("college", {}), ("A", {}), ("B", {}), meetings="29.02.2016, 28.02.2017")
    assert {(starts, ends) for _, starts, ends in spans(it, organisations)} == {("2016-02-29", "2017-02-28")}


def test_only_meetings_with_members_enough_count(network: Any, organisations: dict[str, Organisation]) -> None:
    late = {"starts": date(2016, 9, 1)}
    it = network(("college", {}), ("A", {}), ("B", late))
    assert {(starts, ends) for _, starts, ends in spans(it, organisations)} == {("2016-09-20", "2017-11-07")}


def test_a_network_that_sleeps_and_wakes_counts_in_both_its_lives(
    network: Any, organisations: dict[str, Organisation]
) -> None:
    meetings = "10.02.2014, 10.06.2014, 01.03.2017, 01.05.2017"
    it = network(("college", {}), ("A", {}), ("B", {}), meetings=meetings, starts=date(2014, 1, 1))
    windows = {(starts, ends) for _, starts, ends in spans(it, organisations)}
    assert windows == {("2014-02-10", "2014-06-10"), ("2017-03-01", "2017-05-01")}


def test_an_organisation_without_an_id_does_not_make_a_network(record: Record, organisations: Any) -> None:
    unknown = parties.add_unidentified("E", at=AT)
    with pytest.raises(operations.Incomplete):
        record(
            "network",
            ("institution", {"organisation": organisations["college"]}),
            ("member", {"organisation": organisations["A"]}),
            ("member", {"organisation": unknown}),
            starts=date(2016, 1, 1),
            state="running",
            details={"meetings": MEETINGS},
        )


def test_only_the_last_life_of_an_ended_network_is_completed(network: Any) -> None:
    meetings = "10.02.2014, 10.06.2014, 01.03.2017, 01.05.2017"
    it = network(
        ("college", {}),
        ("A", {}),
        ("B", {}),
        meetings=meetings,
        starts=date(2014, 1, 1),
        ends=date(2018, 1, 1),
        state="completed",
    )
    assert {(f"{fact.ends:%Y}", str(fact.outcome)) for fact in facts(it)} == {
        ("2014", "ongoing"),
        ("2017", "completed"),
    }


def test_a_member_may_leave_and_come_back(network: Any, organisations: Any, coordinator: User) -> None:
    it = network(("college", {}), ("A", {}), ("B", {"ends": date(2016, 12, 31)}), ("C", {}))
    operations.add_participation(
        it, role="member", organisation=organisations["B"], starts=date(2017, 6, 1), by=coordinator, at=AT
    )
    of_b = [span for span in spans(it, organisations) if span[0] == "B"]
    assert of_b == [("B", "2016-02-10", "2016-12-31"), ("B", "2017-06-01", "2017-11-07")]
