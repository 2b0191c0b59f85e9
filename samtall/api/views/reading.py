"""Parameters of addresses that more than one endpoint reads."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from samtall.api.plain import day_or_none
from samtall.api.problems import Problem
from samtall.api.schemas import Asked, FigureAsked
from samtall.base import clock
from samtall.base.periods import Period, parse_period, period_of
from samtall.figures import queries as figures
from samtall.figures.definitions import Definition
from samtall.ledger import queries as ledger

#: What a number in the database can be.
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class AsOf:
    position: int | None = None
    on: date | None = None


def refuse_other_parameters(request: HttpRequest, asked: Asked) -> None:
    """What an address asks for and we do not know is refused, for ignoring it would answer another question."""
    unknown = sorted(set(request.GET) - set(type(asked).model_fields))
    if unknown:
        known = ", ".join(type(asked).model_fields)
        raise Problem("H1", _("Unknown: %(unknown)s. Known here: %(known)s.") % {"unknown": unknown[0], "known": known})


def period_asked(asked: FigureAsked, definition: Definition) -> Period:
    """The period asked for, else the latest one of the figure's calendar that anything has begun in."""
    if not asked.period:
        return period_of(figures.latest_start(clock.today()), definition.calendar)
    try:
        return parse_period(asked.period)
    except ValueError:
        raise Problem(
            "D1",
            _("“%(text)s” is not a period. Write 2017, 2016-2017, 2017V, 2017H or 2014-01-01..2018-12-31.")
            % {"text": asked.period},
            errors=[{"field": "period", "code": "D1", "detail": _("This is not a period.")}],
        ) from None


def as_of_asked(asked: FigureAsked) -> AsOf:
    if not asked.as_of:
        return AsOf()
    if asked.as_of.isdigit():
        return AsOf(position=int(asked.as_of))
    day = day_or_none(asked.as_of)
    if day is None:
        said = _("There is no such date. Write it as 2017-12-31.")
        raise Problem("D1", said, errors=[{"field": "as_of", "code": "D1", "detail": said}])
    return AsOf(position=ledger.position_on(day), on=day)


def page_of(things: Any, page: int, size: int) -> dict[str, Any]:
    """The things on a page, beside how many there are in all; beyond the last page there are none."""
    return {
        "total": things.count(),
        "page": page,
        "page_size": size,
        "items": list(things[(page - 1) * size : page * size]),
    }
