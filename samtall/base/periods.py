"""Periods and calendars (R8, R9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: How an activity that has not ended is written where an end date is needed.
FOREVER = date(9999, 12, 31)


class Calendar(StrEnum):
    """How time is cut into periods (R9)."""

    YEAR = "year"  # 1 January – 31 December
    ACADEMIC_YEAR = "academic_year"  # 1 August – 31 July
    SEMESTER = "semester"  # spring 1 January – 31 July, autumn 1 August – 31 December


@dataclass(frozen=True, order=True)
class Period:
    """The days from `first` to `last`, both included, under a label such as 2017, 2016–2017 or 2017H."""

    first: date
    last: date
    label: str

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period ends ({self.last}) before it begins ({self.first})")

    def __str__(self) -> str:
        return self.label


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31), str(number))


def academic_year(number: int) -> Period:
    """The academic year that begins on 1 August of `number`."""
    return Period(date(number, 8, 1), date(number + 1, 7, 31), f"{number}–{number + 1}")


def semester(number: int, *, autumn: bool) -> Period:
    """Spring ("2017V") or autumn ("2017H") of a year."""
    if autumn:
        return Period(date(number, 8, 1), date(number, 12, 31), f"{number}H")
    return Period(date(number, 1, 1), date(number, 7, 31), f"{number}V")


def between(first: date, last: date) -> Period:
    """Any span of days, labelled with its dates."""
    return Period(first, last, f"{first:%d.%m.%Y}–{last:%d.%m.%Y}")


def parse_period(text: str) -> Period:
    """Read "2017", "2016-2017" (academic year), "2017V", "2017H" or "2014-01-01..2018-12-31".

    Raises ValueError when the text is none of these.
    """
    text = text.strip().replace("–", "-")
    if ".." in text:
        first, last = text.split("..", 1)
        return between(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
    if len(text) == 5 and text[:4].isdigit() and text[4].upper() in "VH":
        return semester(int(text[:4]), autumn=text[4].upper() == "H")
    if len(text) == 9 and text[4] == "-" and (text[:4] + text[5:]).isdigit() and int(text[5:]) == int(text[:4]) + 1:
        return academic_year(int(text[:4]))
    if len(text) == 4 and text.isascii() and text.isdigit():
        return year(int(text))
    raise ValueError(text)


def period_of(day: date, calendar: Calendar) -> Period:
    """The period of a calendar that a day falls in."""
    if calendar is Calendar.YEAR:
        return year(day.year)
    if calendar is Calendar.ACADEMIC_YEAR:
        return academic_year(day.year if day.month >= 8 else day.year - 1)
    return semester(day.year, autumn=day.month >= 8)


def periods_between(first: date, last: date, calendar: Calendar) -> Iterator[Period]:
    """The periods of a calendar that touch the days from `first` to `last`, in order."""
    period = period_of(first, calendar)
    while period.first <= last:
        yield period
        period = period_of(period.last + timedelta(days=1), calendar)
