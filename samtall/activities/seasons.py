"""The seasons of a kind in an academic year, as days (R9).

The season begins on the first such day of the academic year, and ends on the first such day after that. What must be
prepared has its deadline on the last such day before the season begins; what must be accounted for, on the first such
day after it has ended. So a season from 1 September whose proposals are due on 15 June has them due before the summer.

Worked example, a thesis season from 8 January to 15 June, in the academic year 2017–2018: students found by 15 November
2017, begins on 8 January 2018, ends on 15 June 2018, sent in by 31 August 2018.
"""

from dataclasses import dataclass
from datetime import date

from samtall.activities.kind import Kind, MonthDay, Season
from samtall.base.periods import Calendar, Period, academic_year, period_of

#: What is accounted for when the season is over; every other deadline is of the preparations.
ACCOUNTS = ("submission",)


@dataclass(frozen=True)
class DatedSeason:
    """A season of one academic year. Activities that start within `period` belong to it."""

    season: Season
    first: date
    last: date
    period: Period
    deadlines: dict[str, date]


def seasons_in(kind: Kind, academic: int) -> list[DatedSeason]:
    """The seasons of a kind in the academic year that begins on 1 August of `academic`, in order."""
    return sorted((_dated(kind, season, academic) for season in kind.seasons), key=lambda one: one.first)


def season_of(kind: Kind, starts: date) -> DatedSeason | None:
    """The season that an activity belongs to which starts on this day; None when the kind has no seasons."""
    year = period_of(starts, Calendar.ACADEMIC_YEAR).first.year
    return next((one for one in seasons_in(kind, year) if one.period.first <= starts <= one.period.last), None)


def coming_season(kind: Kind, today: date) -> DatedSeason | None:
    """The next season to begin after today; None when the kind has no seasons."""
    year = period_of(today, Calendar.ACADEMIC_YEAR).first.year
    coming = [one for number in (year, year + 1) for one in seasons_in(kind, number) if one.first > today]
    return coming[0] if coming else None


def _dated(kind: Kind, season: Season, academic: int) -> DatedSeason:
    year = academic_year(academic)
    first = _first_from(year.first, season.first)
    last = _first_from(first, season.last)
    period = year if len(kind.seasons) == 1 else period_of(first, Calendar.SEMESTER)
    deadlines = {
        lack: _first_from(last, day) if lack in ACCOUNTS else _last_until(first, day)
        for lack, day in season.deadlines.items()
    }
    return DatedSeason(season, first, last, period, deadlines)


def _first_from(start: date, day: MonthDay) -> date:
    this_year = date(start.year, *day)
    return this_year if this_year >= start else date(start.year + 1, *day)


def _last_until(end: date, day: MonthDay) -> date:
    this_year = date(end.year, *day)
    return this_year if this_year <= end else date(end.year - 1, *day)
