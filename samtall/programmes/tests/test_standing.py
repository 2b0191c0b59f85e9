"""Where a target stands on its path and where it goes: worked examples."""

from datetime import date
from decimal import Decimal

import pytest
from scipy.stats import linregress, t

from samtall.programmes.standing import Path, Status, forecast_of_each, forecast_of_whole, status, status_of_milestones

D = Decimal
LINE = Path(date(2014, 1, 1), D(0), date(2018, 1, 1), D(100))
STEPS = Path(date(2014, 1, 1), D(0), date(2018, 1, 1), D(100), ((date(2015, 1, 1), D(10)), (date(2016, 1, 1), D(40))))
FALLING = Path(date(2014, 1, 1), D(50), date(2018, 1, 1), D(10))


def test_a_straight_path_is_half_way_at_half_time_and_ends_at_the_target() -> None:
    days = (date(2013, 1, 1), date(2014, 1, 1), date(2016, 1, 1), date(2018, 1, 1), date(2020, 1, 1))
    assert [round(LINE.on(day)) for day in days] == [0, 0, 50, 100, 100]


def test_a_path_of_steps_asks_for_each_step_from_its_day_on() -> None:
    days = (date(2014, 12, 31), date(2015, 1, 1), date(2015, 12, 31), date(2017, 12, 31), date(2018, 1, 1))
    assert [STEPS.on(day) for day in days] == [0, 10, 10, 40, 100]


@pytest.mark.parametrize(
    ("path", "actual", "day", "expected"),
    [
        (LINE, D(50), date(2016, 1, 1), Status.ON_THE_WAY),
        (LINE, D(49), date(2016, 1, 1), Status.BEHIND),
        (LINE, D(100), date(2016, 1, 1), Status.REACHED),
        (LINE, D(99), date(2018, 1, 1), Status.BEHIND),
        (LINE, D(99), date(2018, 1, 2), Status.NOT_REACHED),
        (LINE, D(0), date(2014, 12, 31), Status.CANNOT_TELL),
        (LINE, D(30), date(2014, 12, 31), Status.ON_THE_WAY),
        (LINE, None, date(2016, 1, 1), Status.CANNOT_TELL),
        (LINE, D(0), date(2013, 12, 31), Status.CANNOT_TELL),
        (FALLING, D(30), date(2016, 1, 1), Status.ON_THE_WAY),
        (FALLING, D(31), date(2016, 1, 1), Status.BEHIND),
        (FALLING, D(10), date(2016, 1, 1), Status.REACHED),
    ],
)
def test_the_status_is_worked_out_and_the_first_year_is_not_called_behind(
    path: Path, actual: Decimal | None, day: date, expected: Status
) -> None:
    """R22"""
    assert status(path, actual, day) is expected


def test_milestones_are_behind_when_one_is_late_and_reached_when_all_are_done() -> None:
    first, second, deadline = date(2015, 1, 1), date(2016, 1, 1), date(2017, 1, 1)
    asked: list[tuple[list[tuple[date, date | None]], date]] = [
        ([], date(2016, 6, 1)),
        ([(first, None), (second, None)], date(2014, 6, 1)),
        ([(first, None), (second, None)], date(2015, 6, 1)),
        ([(first, date(2015, 5, 1)), (second, None)], date(2015, 6, 1)),
        ([(first, date(2015, 5, 1)), (second, date(2016, 2, 1))], date(2016, 6, 1)),
        ([(first, date(2015, 5, 1)), (second, date(2017, 2, 1))], date(2017, 1, 15)),
    ]
    assert [status_of_milestones(dates, deadline, day) for dates, day in asked] == [
        Status.CANNOT_TELL,
        Status.ON_THE_WAY,
        Status.BEHIND,
        Status.ON_THE_WAY,
        Status.REACHED,
        Status.NOT_REACHED,
    ]


def test_a_forecast_is_never_made_of_too_little() -> None:
    assert forecast_of_whole([D(0), D(5), D(9), D(15)], 2) is None
    assert forecast_of_each([D(5), D(9), D(15)], 2) is None
    assert forecast_of_whole([D(0), D(5), D(9), D(15), D(20)], 0) is None


def test_what_rises_evenly_is_forecast_to_go_on_without_doubt() -> None:
    found = forecast_of_whole([D(0), D(5), D(10), D(15), D(20)], 2)
    assert found and (found.expected, found.low, found.high, found.periods) == (30, 30, 30, 4)


def test_the_average_rise_goes_on_within_an_interval_of_students_t() -> None:
    """Rises 4, 6, 5, 9: average 6, standard deviation 2.16; for 2 more the margin is t x s x sqrt(2 + 4/4)."""
    found = forecast_of_whole([D(0), D(4), D(10), D(15), D(24)], 2)
    margin = float(t.ppf(0.9, 3)) * (14 / 3) ** 0.5 * 3**0.5
    assert found and found.expected == 36
    assert (found.low, found.high) == pytest.approx((36 - margin, 36 + margin))


def test_the_line_through_years_is_the_one_of_least_squares() -> None:
    years = [D(40), D(44), D(47), D(55), D(58)]
    line = linregress(range(5), [float(one) for one in years])
    found = forecast_of_each(years, 1)
    assert found and (found.expected, found.rise) == pytest.approx((line.intercept + 5 * line.slope, line.slope))
    assert found.low < found.expected < found.high
