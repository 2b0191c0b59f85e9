"""Days and stretches of time as people write them: høsten 2016, uke 37 2016, 2016/2017, 15/9-16, 42628."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from samtall.base.reading import tidy

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("januar jan january", "februar feb february", "mars mar march", "april apr", "mai may", "juni jun june"),
            *("juli jul july", "august aug", "september sept sep", "oktober okt october oct"),
            *("november nov", "desember des december dec"),
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"'?(\d{4}|\d{2})"
_DASH = r" ?(?:-|–|—|til) ?"
_WEEKDAY = re.compile(r"^(?:man|tirs|tys|ons|tors|fre|lør|laur|søn|sun)(?:dag)?(?:en)?\.?,? +")
_CLOCK = re.compile(r"[ ,]+(?:kl\.? ?)\d{1,2}(?:[:.]\d{2})?(?:" + _DASH + r"\d{1,2}(?:[:.]\d{2})?)?$")
_ABOUT = re.compile(r"^(?:ca\.?|cirka|omtrent|om lag|rundt|medio|primo|ultimo) +")
FIRST_YEAR, LAST_YEAR = 1990, 2049
#: Days counted as spreadsheets do, from 1954 to 2064: other numbers are not likely to be days.
SERIALS = range(20_000, 60_000)
SERIAL_BASE, SERIAL_BASE_1904 = date(1899, 12, 30), date(1904, 1, 1)


@dataclass(frozen=True)
class Stretch:
    """From a day to a day, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first:%d.%m.%Y}" if self.first == self.last else f"{self.first:%d.%m.%Y}–{self.last:%d.%m.%Y}"


def stretch_of(written: str | int, *, year: int | None = None, from_1904: bool = False) -> Stretch | None:
    """What is meant, in the year given where none is written; None where that cannot be told."""
    if isinstance(written, int):
        return _of_number(written, from_1904=from_1904)
    text = tidy(written).casefold().rstrip(".")
    for noise in (_WEEKDAY, _CLOCK, _ABOUT):
        text = noise.sub("", text).strip()
    if text.isascii() and text.isdigit():
        return _of_number(int(text), from_1904=from_1904)
    for pattern, meaning in _MEANINGS:
        if match := pattern.fullmatch(text):
            try:
                return meaning(match.groups(), year)
            except (ValueError, TypeError):  # no such day, or no year to put it in
                return None
    return None


def year_in(text: str) -> int | None:
    """The one year that a text such as the name of a sheet tells of."""
    found = set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text))
    return int(found.pop()) if len(found) == 1 else None


Groups = tuple[str | None, ...]


def _of_number(number: int, *, from_1904: bool) -> Stretch | None:
    if FIRST_YEAR <= number <= LAST_YEAR:
        return Stretch(date(number, 1, 1), date(number, 12, 31))
    if number in SERIALS:
        day = (SERIAL_BASE_1904 if from_1904 else SERIAL_BASE) + timedelta(days=number)
        return Stretch(day, day)
    return None


def _full(year: str | None, otherwise: int | None) -> int:
    if year is None:
        if otherwise is None:
            raise ValueError
        return otherwise
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) <= 68 else 1900)


def _number(text: str | None) -> int:
    if text is None:
        raise ValueError
    return int(text) if text.isdigit() else MONTHS[text]


def _day(groups: Groups, otherwise: int | None) -> Stretch:
    day, month, year = groups
    on = date(_full(year, otherwise), _number(month), _number(day))
    return Stretch(on, on)


def _days(groups: Groups, otherwise: int | None) -> Stretch:
    """15.–17. september 2016, 30.8.–2.9.2016."""
    day, month, year, last_day, last_month, last_year = groups
    last = date(_full(last_year, otherwise), _number(last_month), _number(last_day))
    first = date(_full(year, last.year), _number(month or last_month), _number(day))
    return _forward(first, last)


def _month(groups: Groups, otherwise: int | None) -> Stretch:
    month, last_month, year = groups
    full, last = _full(year, otherwise), _number(last_month or month)
    return _forward(date(full, _number(month), 1), date(full, last, monthrange(full, last)[1]))


def _season(groups: Groups, otherwise: int | None) -> Stretch:
    season, year = groups
    full = _full(year, otherwise)
    if season in ("s", "sommer"):
        return Stretch(date(full, 6, 1), date(full, 8, 31))
    if (season or "").startswith(("v", "spring")):
        return Stretch(date(full, 1, 1), date(full, 6, 30))
    return Stretch(date(full, 8, 1), date(full, 12, 31))


def _school_year(groups: Groups, _otherwise: int | None) -> Stretch:
    first, last = _full(groups[0], None), _full(groups[1], None)
    if last != first + 1:
        raise ValueError
    return Stretch(date(first, 8, 1), date(last, 7, 31))


def _week(groups: Groups, otherwise: int | None) -> Stretch:
    week, last_week, year = groups
    full = _full(year, otherwise)
    first = date.fromisocalendar(full, _number(week), 1)
    return _forward(first, date.fromisocalendar(full, _number(last_week or week), 7))


def _part_of_year(groups: Groups, otherwise: int | None) -> Stretch:
    """The third quarter, the first half."""
    number, what, year = groups
    months = 3 if (what or "").startswith(("k", "q")) else 6
    last, full = _number(number) * months, _full(year, otherwise)
    return Stretch(date(full, last - months + 1, 1), date(full, last, monthrange(full, last)[1]))


def _quarter(groups: Groups, otherwise: int | None) -> Stretch:
    return _part_of_year((groups[0], "q", groups[1]), otherwise)


def _forward(first: date, last: date) -> Stretch:
    if last < first:
        raise ValueError
    return Stretch(first, last)


_N = r"(\d{1,2})"
_DOT = r"[./-] ?"
_MEANINGS: tuple[tuple[re.Pattern[str], Callable[[Groups, int | None], Stretch]], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (rf"{_N}{_DOT}{_N}(?:[./ -]+{_YEAR})?", _day),  # 15/9-16, 15-09-2016, 15.9
        (rf"(?:den )?{_N}\.? ?{_MONTH}(?:,? ?{_YEAR})?", _day),  # 15. september 2016
        (rf"{_N}(?:{_DOT}{_N})?(?:[./ -]+{_YEAR})?\.?{_DASH}{_N}{_DOT}{_N}(?:[./ -]+{_YEAR})?", _days),
        (rf"{_N}\.?(?: ?{_MONTH})?(?: ?{_YEAR})?{_DASH}{_N}\.? ?{_MONTH}(?: ?{_YEAR})?", _days),
        (rf"{_MONTH}(?:{_DASH}{_MONTH})?(?:,? ?{_YEAR})?", _month),
        (
            r"(vår|våren|vårsemesteret|vårhalvåret|v|spring|høst|høsten|høstsemesteret|haust|hausten|haustsemesteret|h"
            rf"|autumn|fall|sommer|sommeren|sommaren|s)\.?[ -]?{_YEAR}",
            _season,
        ),
        (r"(?:skoleåret|skuleåret|studieåret)? ?(\d{4}) ?[/–-] ?(\d{4}|\d{2})", _school_year),
        (rf"(?:uke|uka|veke|veka|week|u)\.? ?{_N}(?:{_DASH}{_N})?(?:[ ,/–-]+(?:i )?{_YEAR})?", _week),
        (rf"([1-4])\.? ?(kvartal)(?: ?{_YEAR})?", _part_of_year),
        (rf"([12])\.? ?(halvår)(?: ?{_YEAR})?", _part_of_year),
        (rf"q([1-4])[ -]?{_YEAR}", _quarter),
    )
)
