"""A target measured: where it stands on its path, in words, and what the periods behind it lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.base.periods import Calendar, Period, between, periods_between
from samtall.base.text import Words
from samtall.figures import queries as figures
from samtall.figures.sentences import unit_words
from samtall.ledger.moments import position_of
from samtall.programmes.models import Milestone, Programme, Target
from samtall.programmes.queries import targets_of
from samtall.programmes.showing import ShownTarget, shown_target, units
from samtall.programmes.standing import (
    Forecast,
    Path,
    Status,
    forecast_of_each,
    forecast_of_whole,
    status,
    status_of_milestones,
)
from samtall.surveys.models import Question
from samtall.surveys.results import Told, results_of
from samtall.ui.paths import PathChart, Step, path_chart
from samtall.ui.writing import long_date, number, short_date


@dataclass(frozen=True)
class Measured:
    """A target and how it stands on a day. `counted` is its figure, where it has one that the reader may see.

    `asked` has what the rounds of a survey have shown, where its question measures the target.
    """

    target: Target
    day: date
    status: Status
    path: Path | None
    actual: Decimal | None
    counted: ShownTarget | None
    milestones: Sequence[Milestone]
    asked: Sequence[Told] = ()

    @property
    def text(self) -> str:
        return str(Words.from_dict(self.target.text))

    @property
    def slug(self) -> str:
        return self.target.slug

    @property
    def url(self) -> str:
        return reverse("target", args=[self.target.programme.slug, self.target.slug])

    @property
    def explanation(self) -> str:
        """Why the status is what it is, in a sentence."""
        if self.path is None:
            return self._of_milestones()
        wanted, value = self.path.on(min(self.day, self.target.deadline)), self.path.value
        if self.actual is None or self.day < self.target.since:
            if self.target.question is not None:
                return _("It is known when a round of the survey has closed after the baseline, with enough answers.")
            return _("There is nothing to measure it by yet.")
        said = {"actual": number(self.actual), "wanted": number(rounded(wanted)), "value": number(value)}
        said |= {"day": long_date(self.day), "deadline": long_date(self.target.deadline)}
        if self.status is Status.REACHED:
            return _("The target is %(value)s, and %(actual)s are counted.") % said
        if self.status is Status.NOT_REACHED:
            return _("By %(deadline)s it should be %(value)s; %(actual)s are counted.") % said
        sentence = _("By %(day)s the path is at %(wanted)s, and %(actual)s are counted.") % said
        if self.status is Status.CANNOT_TELL:
            sentence += " " + _(
                "The first year of something new is usually counted too low, so it is not called behind."
            )
        return sentence

    def _of_milestones(self) -> str:
        if not self.milestones:
            return _("It is to be described, and has no milestones to be measured by yet.")
        done = sum(one.done_on is not None and one.done_on <= self.day for one in self.milestones)
        said = {"done": number(done), "all": number(len(self.milestones))}
        return _("%(done)s of %(all)s milestones are done.") % said


def measured_targets(
    programme: Programme,
    *,
    today: date,
    as_of: date | None = None,
    position: int | None = None,
    with_people: bool,
) -> list[Measured]:
    """Every target of a programme as it stands today, or as the books stood at the end of a day, at `position`."""
    position = position_of(as_of) if position is None else position
    targets = (
        targets_of(programme).select_related("programme", "goal", "question__survey").prefetch_related("milestones")
    )
    return [
        measured(target, shown_target(target, position, as_of, with_people, today), as_of or today)
        for target in targets
    ]


def measured(target: Target, counted: ShownTarget | None, day: date) -> Measured:
    milestones = list(target.milestones.all())
    if target.question is not None:
        return _by_survey(target, target.question, day, milestones)
    path = path_of(target)
    actual = Decimal(counted.figure.result.value) if counted else None
    if path is None:
        dates = [(one.due, one.done_on) for one in milestones]
        found = status_of_milestones(dates, target.deadline, day)
    else:
        found = status(path, actual if counted and _is_whole(target, counted, day) else None, day)
    return Measured(target, day, found, path, actual, counted, milestones)


def _by_survey(target: Target, question: Question, day: date, milestones: Sequence[Milestone]) -> Measured:
    """Measured by the latest round that has closed by the day, from the baseline round on; that alone tells nothing."""
    asked = [one for one in results_of(question) if one.round.closes < day]
    shown = {one.round.number: value_of(one) for one in asked if one.estimate}
    baseline = shown.get(target.baseline_round or 0)
    path = path_of(target, baseline)
    later = [value for number, value in shown.items() if number > (target.baseline_round or 0)]
    actual = later[-1] if later else None
    found = Status.CANNOT_TELL if path is None else status(path, actual, day)
    return Measured(target, day, found, path, actual, None, milestones, asked)


def value_of(told: Told) -> Decimal:
    """A mean with one decimal, a share in whole per cent: no more exact than it is shown."""
    value = told.estimate.value if told.estimate else 0.0
    return Decimal(round(value * 100)) if told.question.sort == Question.Sort.YES_NO else Decimal(f"{value:.1f}")


def path_of(target: Target, baseline: Decimal | None = None) -> Path | None:
    """The path to a target that is counted, from its own baseline or one that is read from a survey."""
    if target.value is None:
        return None
    steps = tuple((date.fromisoformat(day), units(value)) for day, value in target.steps)
    start = units(target.baseline) if baseline is None else baseline
    return Path(target.since, start, target.deadline, units(target.value), steps)


def _is_whole(target: Target, counted: ShownTarget, day: date) -> bool:
    """Whether what is counted can be held against the path: a year must be over."""
    return target.way == Target.Way.WHOLE or counted.figure.result.period.last <= day


def rounded(value: Decimal) -> Decimal:
    """One decimal where there are any: a path between two dates is no more exact than that."""
    return Decimal(f"{round(value, 1).normalize():f}")


@dataclass(frozen=True)
class Course:
    """How a target has come along: a chart, and a forecast in words."""

    chart: PathChart
    forecast: str


def course_of(measured: Measured, *, position: int, as_of: date | None) -> Course | None:
    """How a target with a path has come along until the day; None where there is nothing to draw."""
    target, path = measured.target, measured.path
    if path is not None and measured.asked:
        return Course(_survey_chart(measured, path), "")
    if path is None or measured.counted is None or target.figure is None or measured.day < target.since:
        return None
    cuts = _cuts(target)
    past = [cut for cut in cuts if cut.last <= measured.day]
    asked = [between(target.since, cut.last) for cut in past] if target.way == Target.Way.WHOLE else past
    results = figures.series(target.figure, asked, position=position, on=as_of)
    values = [Decimal(result.value) for result in results]
    actual: list[Decimal | None] = [*values, *[None] * (len(cuts) - len(past))]
    steps = [Step(short_date(target.since), path.baseline, Decimal(0))]
    if target.way == Target.Way.YEARLY:
        steps = []
    steps += [
        Step(_label(target, cut), rounded(path.on(cut.last)), value) for cut, value in zip(cuts, actual, strict=True)
    ]
    unit = unit_words(measured.counted.figure.result.definition)
    chart = path_chart(measured.text, steps, unit=unit, planned=_("The path"), actual=_("Counted"))
    return Course(chart, _forecast(measured, path, values, len(cuts) - len(past)))


def _survey_chart(measured: Measured, path: Path) -> PathChart:
    """The rounds on their last days, and the deadline."""
    shown = {one.round.closes: value_of(one) for one in measured.asked if one.estimate}
    days = sorted({*shown, measured.target.deadline})
    steps = [Step(short_date(day), rounded(path.on(day)), shown.get(day)) for day in days]
    share = measured.asked[0].question.sort == Question.Sort.YES_NO
    unit = _("per cent") if share else _("mean, from 1 to 5")
    return path_chart(measured.text, steps, unit=unit, planned=_("The path"), actual=_("Answered"))


def _cuts(target: Target) -> list[Period]:
    """The half-years of a target's time, or the years where there are many; the last ends with it."""
    long = (target.deadline - target.since).days > 366 * 6
    if target.way == Target.Way.YEARLY or long:
        years = list(periods_between(target.since, target.deadline, Calendar.YEAR))
        return years if target.way == Target.Way.YEARLY else [_within(target, one) for one in years]
    halves, first = [], target.since
    while first <= target.deadline:
        last = date(first.year, 6, 30) if first.month < 7 else date(first.year, 12, 31)
        halves.append(between(first, min(last, target.deadline)))
        first = last + timedelta(days=1)
    return halves


def _within(target: Target, period: Period) -> Period:
    return between(max(period.first, target.since), min(period.last, target.deadline))


def _label(target: Target, cut: Period) -> str:
    return cut.label if target.way == Target.Way.YEARLY else short_date(cut.last)


def _forecast(measured: Measured, path: Path, values: Sequence[Decimal], ahead: int) -> str:
    if measured.status is Status.REACHED or ahead < 1:
        return ""
    whole = measured.target.way == Target.Way.WHOLE
    found = forecast_of_whole([Decimal(0), *values], ahead) if whole else forecast_of_each(values, ahead)
    if found is None:
        return _("There are too few periods to say where it is going: a forecast takes at least four.")
    return f"{_how(found, whole)} {_whether(found, path)}"


def _how(found: Forecast, whole: bool) -> str:
    """The forecast, and how it was made."""
    said = {
        "periods": number(found.periods),
        "rise": number(rounded(Decimal(found.rise))),
        "expected": number(round(found.expected)),
        "low": number(round(found.low)),
        "high": number(round(found.high)),
    }
    if whole:
        return (
            _(
                "If it goes on as in the last %(periods)s periods, by %(rise)s in each on average, it is %(expected)s "
                "by the deadline; with four chances in five between %(low)s and %(high)s."
            )
            % said
        )
    return (
        _(
            "A straight line through the last %(periods)s years, %(rise)s more each year, leads to %(expected)s in the "
            "last one; with four chances in five between %(low)s and %(high)s."
        )
        % said
    )


def _whether(found: Forecast, path: Path) -> str:
    low, high = Decimal(found.low), Decimal(found.high)
    if path.enough(low, path.value) and path.enough(high, path.value):
        return _("The target lies within what that leads to.")
    if path.enough(low, path.value) or path.enough(high, path.value):
        return _("It may or may not reach the target.")
    return _("That does not reach the target.")
