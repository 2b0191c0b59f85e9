"""A figure read by somebody: every number that a page, a file or the API shows is asked for here (R18, R20, R22)."""

from dataclasses import dataclass, replace
from datetime import date

from samtall.base.periods import Period, periods_between
from samtall.figures import queries
from samtall.figures.definitions import Definition
from samtall.figures.discretion import careful, discreet, discreet_parts
from samtall.figures.forms import Reading
from samtall.figures.models import FigureVersion
from samtall.figures.results import Breakdown, Result

#: How many periods a series has at most: the latest.
LONGEST = 30


@dataclass(frozen=True)
class Point:
    """One period of a series, the version it is counted by, and whether it is the first, or the first by a version."""

    result: Result
    version: FigureVersion
    first_ever: bool = False
    breaks: bool = False


@dataclass(frozen=True)
class Asked:
    """A version of a figure, how it is to be read, and whether the reader may read figures on people."""

    version: FigureVersion
    reading: Reading
    with_people: bool

    @classmethod
    def by(cls, version: FigureVersion, reading: Reading, *, with_people: bool) -> "Asked":
        """Who may not read figures on people reads them with care: whole periods, as they are now."""
        definition = queries.definition_of(version)
        return cls(version, reading if with_people else careful(reading, definition), with_people)

    @property
    def definition(self) -> Definition:
        return queries.definition_of(self.version)

    def answer(self) -> Result:
        reading = self.reading
        result = queries.value(self.version, reading.period, position=reading.position, on=reading.as_of)
        return result if self.with_people else discreet(result)

    def parts(self) -> Breakdown:
        reading = self.reading
        divided = queries.breakdown(
            self.version, reading.period, reading.grouping, position=reading.position, on=reading.as_of
        )
        return divided if self.with_people else discreet_parts(divided)

    def series(self, *, until: date, as_defined_then: bool = False) -> list[Point]:
        """The figure for each period of the calendar since it first counted anything.

        By this version throughout, or for each period by the version that held when the period ended (R18).
        """
        reading = self.reading
        extent = queries.extent(self.definition, position=reading.position)
        if extent is None:
            return []
        first, last = extent[0], max(extent[0], min(extent[1], until))
        every = list(periods_between(first, last, reading.calendar))
        periods = every[-LONGEST:]
        versions = self._versions(periods) if as_defined_then else [self.version] * len(periods)
        results = self._results(periods, versions)
        return [
            Point(
                result,
                version,
                first_ever=period == every[0],
                breaks=number > 0 and version != versions[number - 1],
            )
            for number, (period, version, result) in enumerate(zip(periods, versions, results, strict=True))
        ]

    def _versions(self, periods: list[Period]) -> list[FigureVersion]:
        """The version that held when each period ended; the first one for what is older than it."""
        versions = list(self.version.figure.versions.order_by("number"))
        return [
            next((one for one in reversed(versions) if one.made_at.date() <= period.last), versions[0])
            for period in periods
        ]

    def _results(self, periods: list[Period], versions: list[FigureVersion]) -> list[Result]:
        found: dict[Period, Result] = {}
        for version in dict.fromkeys(versions):
            some = [period for period, by in zip(periods, versions, strict=True) if by == version]
            results = queries.series(version, some, position=self.reading.position, on=self.reading.as_of)
            found |= zip(some, results, strict=True)
        answers = [found[period] for period in periods]
        return answers if self.with_people else [discreet(one) for one in answers]

    def now(self) -> "Asked":
        """The same, as the books stand now."""
        return replace(self, reading=replace(self.reading, position=None, as_of=None))
