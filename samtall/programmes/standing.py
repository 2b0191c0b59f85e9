"""Where a target stands on its path, and where it is going: pure sums, worked out from days and numbers alone.

Numbers are in the figure's unit. A target may lie below its baseline: what shall fall is on the way when it is low.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from math import sqrt

from django.utils.translation import gettext_lazy as _

#: A forecast takes at least this many periods, and looks no further back than the most.
LEAST_PERIODS, MOST_PERIODS = 4, 8
#: How sure the interval of a forecast is to hold, if things go on as they have.
SURENESS = 0.8


class Status(Enum):
    """What stands on screen; the words say it, the colour only repeats it."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    BEHIND = "behind"
    NOT_REACHED = "not_reached"
    CANNOT_TELL = "cannot_tell"

    @property
    def words(self) -> str:
        return str(_WORDS[self])

    @property
    def colour(self) -> str:
        return _COLOURS[self]


_WORDS = {
    Status.REACHED: _("Reached"),
    Status.ON_THE_WAY: _("On the way"),
    Status.BEHIND: _("Behind"),
    Status.NOT_REACHED: _("Not reached by the deadline"),
    Status.CANNOT_TELL: _("Cannot tell yet"),
}
_COLOURS = {
    Status.REACHED: "success",
    Status.ON_THE_WAY: "info",
    Status.BEHIND: "warning",
    Status.NOT_REACHED: "danger",
    Status.CANNOT_TELL: "neutral",
}


@dataclass(frozen=True)
class Path:
    """From a baseline on a day to a value on another: along a straight line, or by steps that each have their day."""

    since: date
    baseline: Decimal
    deadline: date
    value: Decimal
    steps: tuple[tuple[date, Decimal], ...] = ()

    def on(self, day: date) -> Decimal:
        """What should be reached by a day."""
        if day >= self.deadline:
            return self.value
        if self.steps:
            return next((value for on, value in reversed(self.steps) if on <= day), self.baseline)
        gone = max((day - self.since).days, 0)
        return self.baseline + (self.value - self.baseline) * gone / (self.deadline - self.since).days

    def enough(self, actual: Decimal, wanted: Decimal) -> bool:
        return actual <= wanted if self.value < self.baseline else actual >= wanted


def status(path: Path, actual: Decimal | None, day: date) -> Status:
    """How a target stands on a day. In the first year nothing is called behind: what is new is counted late (R22)."""
    if actual is None or day < path.since:
        return Status.CANNOT_TELL
    if path.enough(actual, path.value):
        return Status.REACHED
    if day > path.deadline:
        return Status.NOT_REACHED
    if path.enough(actual, path.on(day)):
        return Status.ON_THE_WAY
    return Status.CANNOT_TELL if (day - path.since).days < 365 else Status.BEHIND


def status_of_milestones(dates: Sequence[tuple[date, date | None]], deadline: date, day: date) -> Status:
    """How a target of milestones stands on a day; each is when it is due and, if so, when it was done."""
    if not dates:
        return Status.CANNOT_TELL
    left = [due for due, done in dates if done is None or done > day]
    if not left:
        return Status.REACHED
    if day > deadline:
        return Status.NOT_REACHED
    return Status.BEHIND if min(left) < day else Status.ON_THE_WAY


@dataclass(frozen=True)
class Forecast:
    """What the last periods lead to by the deadline, if it goes on like that: between `low` and `high`."""

    expected: float
    low: float
    high: float
    periods: int
    rise: float


def forecast_of_whole(values: Sequence[Decimal], ahead: int) -> Forecast | None:
    """From the whole at the end of each period: its average rise goes on for `ahead` periods more.

    None with fewer than four rises. The interval is that of a sum of `ahead` new rises when the average is itself
    uncertain: t x s x sqrt(ahead + ahead² / n).
    """
    rises = [float(after - before) for before, after in pairwise(values)][-MOST_PERIODS:]
    if len(rises) < LEAST_PERIODS or ahead < 1:
        return None
    count = len(rises)
    rise = sum(rises) / count
    spread = sqrt(sum((one - rise) ** 2 for one in rises) / (count - 1))
    expected = float(values[-1]) + rise * ahead
    margin = _t(count - 1) * spread * sqrt(ahead + ahead**2 / count)
    return Forecast(expected, expected - margin, expected + margin, count, rise)


def forecast_of_each(values: Sequence[Decimal], ahead: int) -> Forecast | None:
    """From the number of each period by itself: a straight line by least squares, `ahead` periods on.

    None with fewer than four periods. The interval is that of one new period.
    """
    points = [float(value) for value in values][-MOST_PERIODS:]
    if len(points) < LEAST_PERIODS or ahead < 1:
        return None
    count = len(points)
    middle, mean = (count - 1) / 2, sum(points) / count
    across = sum((place - middle) ** 2 for place in range(count))
    rise = sum((place - middle) * (point - mean) for place, point in enumerate(points)) / across
    left = [point - mean - rise * (place - middle) for place, point in enumerate(points)]
    spread = sqrt(sum(one**2 for one in left) / (count - 2))
    away = count - 1 + ahead - middle
    expected = mean + rise * away
    margin = _t(count - 2) * spread * sqrt(1 + 1 / count + away**2 / across)
    return Forecast(expected, expected - margin, expected + margin, count, rise)


def _t(freedom: int) -> float:
    from scipy.special import stdtrit  # slow to import, so not before the first forecast

    return float(stdtrit(freedom, (1 + SURENESS) / 2))
