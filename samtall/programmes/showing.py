"""A programme made ready for a page: its targets against exact figures, and its texts by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from samtall.base.periods import Period, between, year
from samtall.base.text import Words
from samtall.figures import queries as figures
from samtall.figures.discretion import open_to_all
from samtall.figures.models import FigureVersion
from samtall.figures.showing import ShownFigure
from samtall.ledger.moments import position_of
from samtall.programmes import queries
from samtall.programmes.models import Paragraph, Programme, Target


@dataclass(frozen=True)
class ShownTarget:
    """A target, the figure that measures it, and the figure beside it (R3). `value` is what to reach, if counted."""

    slug: str
    text: str
    since: date
    deadline: date
    baseline: Decimal
    value: Decimal | None
    figure: ShownFigure
    beside: ShownFigure | None
    reported: str
    reported_on: str

    @property
    def done(self) -> Decimal:
        """How far the exact figure has come from the baseline."""
        return Decimal(self.figure.result.value) - self.baseline

    @property
    def whole(self) -> Decimal:
        """How far there is from the baseline to what shall be reached; at least one thousandth, so that it divides."""
        return max((self.value or Decimal(0)) - self.baseline, Decimal("0.001"))

    @property
    def meter(self) -> Decimal:
        """How far along a meter that begins at nothing: losses do not take it below."""
        return max(self.done, Decimal(0))

    @property
    def percent(self) -> int:
        """How much of the way is done, in whole per cent, rounded down: 99 is not there yet."""
        return floor(self.done * 100 / self.whole)

    @property
    def reached(self) -> bool:
        return self.done >= self.whole

    @property
    def remaining(self) -> Decimal:
        return max(self.whole - self.done, Decimal(0))


@dataclass(frozen=True)
class Texts:
    """The paragraphs of one part, under a heading; `ordered` where the order says something."""

    heading: str
    paragraphs: Sequence[str]
    style: str = "list"  # or "numbered", "prose"


def shown_targets(programme: Programme, *, as_of: date | None = None, with_people: bool) -> list[ShownTarget]:
    """Every target with a figure, and its figures now or as the books stood at the end of a day (all alike).

    Figures that count people are left out unless the reader may see them.
    """
    position = position_of(as_of)
    shown = (shown_target(target, position, as_of, with_people) for target in queries.targets_of(programme))
    return [target for target in shown if target]


def shown_target(
    target: Target, position: int, as_of: date | None, with_people: bool, today: date | None = None
) -> ShownTarget | None:
    """A target with its figure; None when it has none that the reader may see."""
    if target.figure is None or not (with_people or open_to_all(target.figure)):
        return None
    period = measured_period(target, as_of or today or target.deadline)
    beside = target.beside if target.beside and (with_people or open_to_all(target.beside)) else None
    return ShownTarget(
        slug=target.slug,
        text=str(Words.from_dict(target.text)),
        since=target.since,
        deadline=target.deadline,
        baseline=units(target.baseline),
        value=None if target.value is None else units(target.value),
        figure=_figure(target.figure, period, position, as_of),
        beside=_figure(beside, period, position, as_of) if beside else None,
        reported=str(Words.from_dict(target.reported)) if target.reported else "",
        reported_on=target.reported_on,
    )


def measured_period(target: Target, day: date) -> Period:
    """What is counted for a target: all its time, or the last calendar year of it that is over (the first, before)."""
    if target.way == Target.Way.WHOLE:
        return between(target.since, target.deadline)
    last = min(day, target.deadline)
    whole = last.year if (last.month, last.day) == (12, 31) else last.year - 1
    return year(max(whole, target.since.year))


def _figure(version: FigureVersion, period: Period, position: int, as_of: date | None) -> ShownFigure:
    (result,) = figures.series(version, [period], position=position, on=as_of)  # how many activities is not shown here
    choices = {"periode": f"{period.first}..{period.last}", "versjon": str(version.number)}
    if as_of:
        choices["per"] = f"{as_of:%d.%m.%Y}"
    twice = 0 if as_of else figures.counted_twice_perhaps(version, period, position=position)
    return ShownFigure(version, result, urlencode(choices), twice)


def units(thousandths: int) -> Decimal:
    """Thousandths as a number with no more decimals than are needed."""
    return Decimal(f"{(Decimal(thousandths) / 1000).normalize():f}")


def texts_of(programme: Programme) -> list[Texts]:
    """A programme's texts, part by part in the order in which they are read; parts without text are left out."""
    by_part: dict[str, list[str]] = {}
    for paragraph in programme.paragraphs.order_by("ordering"):
        by_part.setdefault(paragraph.part, []).append(str(Words.from_dict(paragraph.text)))
    return [
        Texts(heading, by_part[part], _STYLES.get(part, "list"))
        for part, heading in headings().items()
        if part in by_part
    ]


def headings() -> dict[Paragraph.Part, str]:
    """What stands above the texts of each part, in the order in which they are read."""
    return {
        Paragraph.Part.OTHER_RESULT: _("Other results"),
        Paragraph.Part.ADVICE: _("The region's advice"),
        Paragraph.Part.CONTINUES: _("What continues"),
        Paragraph.Part.APPLICATION: _("From the application"),
        Paragraph.Part.EXAMPLE: _("Example"),
    }


_STYLES = {
    Paragraph.Part.ADVICE: "numbered",
    Paragraph.Part.APPLICATION: "prose",
    Paragraph.Part.EXAMPLE: "prose",
}


def facts_of(programme: Programme) -> list[tuple[str, str]]:
    return [(str(Words.from_dict(fact["label"])), str(Words.from_dict(fact["text"]))) for fact in programme.facts]
