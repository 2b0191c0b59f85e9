"""Working days in Norway: Monday to Friday, less public holidays, Christmas Eve and New Year's Eve."""

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

#: Half days by custom and agreement: nobody should be counted as late for not having answered on one.
HALF_DAYS = {(12, 24), (12, 31)}
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and (day.month, day.day) not in HALF_DAYS and day not in _holidays(day.year)


def working_days_after(day: date, number: int) -> date:
    """The day that is so many working days after `day`, which itself is not counted."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("NO", years=year))
