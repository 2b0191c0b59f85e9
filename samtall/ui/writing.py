"""How numbers and dates are written on screen, in the reader's language."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
NOTHING = "–"


def number(value: int | Decimal | float | str | None) -> str:
    """12 345,5 (with a point in English); text is given back as it stands, None is a dash."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, str):
        return value
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    grouped = f"{abs(exact):,f}".replace(",", NO_BREAK_SPACE)
    whole, point, decimals = grouped.partition(".")
    return (MINUS if exact < 0 else "") + whole + (_decimal_mark() if point else "") + decimals


def thousandths(value: int | None) -> str:
    """123500 as 123,5: no more decimals than are needed."""
    if value is None:
        return NOTHING
    whole, rest = divmod(abs(value), 1000)
    exact = Decimal(f"{whole}.{rest:03d}".rstrip("0").rstrip("."))
    return number(-exact if value < 0 else exact)


def short_date(value: date | None) -> str:
    """15.09.2016."""
    return NOTHING if value is None else f"{_local(value):%d.%m.%Y}"


def long_date(value: date | None) -> str:
    """15. september 2016, in English 15 September 2016."""
    return NOTHING if value is None else formats.date_format(_local(value), gettext("j F Y"))


def moment(value: datetime | date | None) -> str:
    """15. september 2016 kl. 14.30, Norwegian time; a date alone has no clock."""
    if not isinstance(value, datetime):
        return long_date(value)
    local = _local(value)
    return gettext("%(date)s at %(time)s") % {"date": long_date(local), "time": formats.date_format(local, "H.i")}


def span(first: date | None, last: date | None) -> str:
    """15.09.2016–31.12.2016; one date when they are equal, an open end when there is none."""
    if first is not None and first == last:
        return short_date(first)
    begins = short_date(first) if first else ""
    ends = short_date(last) if last and last.year < 9999 else ""
    return f"{begins}–{ends}"


def listed(names: Sequence[str]) -> str:
    """a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return gettext("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _decimal_mark() -> str:
    return "." if (get_language() or "nb").startswith("en") else ","


def signed(amount: int | Decimal) -> str:
    """ "+2", "−1", or nothing for nought."""
    return "" if not amount else f"+{number(amount)}" if amount > 0 else number(amount)
