"""Deadlines are in working days of Norway."""

from datetime import date

import pytest

from samtall.base.working_days import is_working_day, working_days_after


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 30), True),  # Monday of Easter week
        (date(2026, 4, 2), False),  # Maundy Thursday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 5, 1), False),
        (date(2026, 5, 14), False),  # Ascension
        (date(2027, 5, 17), False),
        (date(2026, 5, 25), False),  # Whit Monday
        (date(2026, 12, 23), True),
        (date(2026, 12, 24), False),
        (date(2026, 12, 31), False),
        (date(2026, 11, 28), False),  # a Saturday
    ],
)
def test_which_days_are_worked(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_the_day_itself_is_not_counted() -> None:
    assert working_days_after(date(2026, 11, 23), 3) == date(2026, 11, 26)


def test_easter_is_counted_around() -> None:
    assert working_days_after(date(2026, 4, 1), 2) == date(2026, 4, 8)


def test_christmas_and_new_year_are_counted_around() -> None:
    assert working_days_after(date(2026, 12, 23), 3) == date(2026, 12, 30)
    assert working_days_after(date(2026, 12, 30), 1) == date(2027, 1, 4)
