"""The results of a survey made ready for a page: table, chart, and what has changed in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from samtall.base.text import Words
from samtall.surveys.forms import answers_of
from samtall.surveys.models import Answer, Question, Round, Survey
from samtall.surveys.results import LEAST, Told, difference, results
from samtall.surveys.statistics import Estimate
from samtall.ui.charts import Bar, Chart, bar_chart
from samtall.ui.tables import Cell, Column, Table
from samtall.ui.writing import NOTHING, number, short_date


@dataclass(frozen=True)
class ShownQuestion:
    """A question with its rounds; `change` says how the last differs from the first."""

    text: str
    table: Table
    chart: Chart | None
    cells: Table | None
    change: str


def shown_results(survey: Survey) -> list[ShownQuestion]:
    found = results(survey)
    return [_shown(one, found[one.pk]) for one in survey.questions.all() if found.get(one.pk)]


def _shown(question: Question, told: Sequence[Told]) -> ShownQuestion:
    text = str(Words.from_dict(question.text))
    return ShownQuestion(
        text, _table(question, told), _chart(question, text, told), _cells(question, told), _change(told)
    )


def round_name(round_: Round) -> str:
    return _("Round %(number)s, %(day)s") % {"number": round_.number, "day": short_date(round_.closes)}


def rate(round_: Round) -> str:
    """How many of those who were invited have answered; told of an open round too, for it says nothing of what."""
    share = number(round(Decimal(100) * round_.answered / round_.invited)) if round_.invited else NOTHING
    return _("%(answered)s of %(invited)s answered (%(share)s per cent)") % {
        "answered": number(round_.answered),
        "invited": number(round_.invited),
        "share": share,
    }


def _table(question: Question, told: Sequence[Told]) -> Table:
    columns = [
        Column(_("Round")),
        Column(_("Answers"), number=True),
        Column(_measure(question)),
        Column(_("95 per cent interval")),
    ]
    rows: list[Sequence[Cell]] = [
        (
            round_name(one.round),
            one.count if one.enough else _("fewer than %(least)s") % {"least": LEAST},
            written(question, one.estimate.value) if one.estimate else _withheld(question, one),
            interval(question, one.estimate) if one.estimate else NOTHING,
        )
        for one in told
    ]
    return Table(str(Words.from_dict(question.text)), columns, rows, caption_hidden=True)


def _measure(question: Question) -> str:
    if question.sort == Question.Sort.SCALE:
        return _("Mean, from 1 to 5")
    return _("Share that says yes") if question.sort == Question.Sort.YES_NO else _("Result")


def _withheld(question: Question, told: Told) -> str:
    if question.sort == Question.Sort.CHOICE and told.enough:
        return _("see below")
    return _("kept back, so that nobody can be recognised")


def written(question: Question, value: float) -> str:
    """A mean with one decimal, a share in per cent."""
    if question.sort == Question.Sort.YES_NO:
        return f"{number(round(value * 100))} %"
    return number(Decimal(f"{value:.1f}"))


def interval(question: Question, estimate: Estimate) -> str:
    return _("%(low)s to %(high)s") % {
        "low": written(question, estimate.low),
        "high": written(question, estimate.high),
    }


def _chart(question: Question, text: str, told: Sequence[Told]) -> Chart | None:
    shown = [one for one in told if one.estimate]
    if len(shown) < 2:
        return None
    share = question.sort == Question.Sort.YES_NO
    bars = [
        Bar(
            short_date(one.round.closes),
            Decimal(round(one.estimate.value * 100)) if share else Decimal(f"{one.estimate.value:.1f}"),
        )
        for one in shown
        if one.estimate
    ]
    return bar_chart(text, bars, heading=_("Round"), unit=_("per cent") if share else _("mean"))


def _cells(question: Question, told: Sequence[Told]) -> Table | None:
    """How many gave each answer; what is kept back is told to be so, which is not the same as none (R20)."""
    shown = [one for one in told if one.cells]
    if not shown or question.sort == Question.Sort.YES_NO:
        return None
    columns = [Column(_("Answer")), *(Column(round_name(one.round), number=True) for one in shown)]
    rows: list[Sequence[Cell]] = [
        (words, *(_("kept back") if one.cells[place] is None else one.cells[place] for one in shown))
        for place, (_value, words) in enumerate(answers_of(question))
    ]
    return Table(_("How many gave each answer"), columns, rows)


def _change(told: Sequence[Told]) -> str:
    shown = [one for one in told if one.estimate]
    if len(shown) < 2 or (found := difference(shown[0], shown[-1])) is None:
        return ""
    question = shown[0].question
    said = {
        "change": _signed(question, found.value),
        "low": _signed(question, found.low),
        "high": _signed(question, found.high),
    }
    sentence = (
        _("From the first round to the last: %(change)s, with 95 per cent certainty between %(low)s and %(high)s.")
        % said
    )
    if found.low > 0 or found.high < 0:
        return sentence + " " + _("That is more than chance alone is likely to give.")
    return sentence + " " + _("That can be chance alone.")


def _signed(question: Question, value: float) -> str:
    sign = "+" if value > 0 else ""
    if question.sort == Question.Sort.YES_NO:
        return sign + _("%(points)s percentage points") % {"points": number(round(value * 100))}
    return sign + number(Decimal(f"{value:.1f}"))


def texts_of(survey: Survey) -> list[tuple[str, list[str]]]:
    """What was written, by question and round, for those who run the survey; only where five or more wrote."""
    given: dict[tuple[int, int], list[str]] = {}
    answers = Answer.objects.filter(round__survey=survey).exclude(text="").exclude(round__closed_at=None)
    for question, round_, text in answers.order_by("key").values_list("question_id", "round__number", "text"):
        given.setdefault((question, round_), []).append(text)
    names = {one.pk: str(Words.from_dict(one.text)) for one in survey.questions.all()}
    return [
        (_("%(question)s (round %(number)s)") % {"question": names[question], "number": round_}, texts)
        for (question, round_), texts in sorted(given.items())
        if len(texts) >= LEAST
    ]
