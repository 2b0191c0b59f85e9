"""The parts of a target's page: milestones, how far the programme contributed, and official statistics."""

from datetime import date

from django.utils.translation import gettext as _

from samtall.base.text import Words
from samtall.figures import queries as figures
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Unit
from samtall.ledger.vocabulary import codes, words_for
from samtall.programmes.measuring import Measured
from samtall.programmes.models import Target
from samtall.programmes.showing import units
from samtall.surveys import showing as surveys
from samtall.ui.tables import Column, Table
from samtall.ui.writing import short_date


def milestone_rows(measured: Measured) -> Table | None:
    """Each milestone with its day, and who did it when on what evidence."""
    if not measured.milestones:
        return None
    columns = [
        Column(_("Milestone")),
        Column(_("Due")),
        Column(_("Status")),
        Column(_("By whom")),
        Column(_("Evidence")),
    ]
    rows = [
        (
            str(Words.from_dict(one.text)),
            short_date(one.due),
            _state(one.due, one.done_on, measured.day),
            one.done_by,
            one.evidence,
        )
        for one in measured.milestones
    ]
    return Table(_("Milestones"), columns, rows, caption_hidden=True)


def _state(due: date, done: date | None, day: date) -> str:
    if done is not None and done <= day:
        return _("Done %(day)s") % {"day": short_date(done)}
    return _("Late") if due < day else _("To come")


def asked_table(measured: Measured) -> Table | None:
    """What each round of the survey has shown, with its interval and how many of those invited answered."""
    if not measured.asked or measured.target.question is None:
        return None
    question = measured.target.question
    columns = [Column(_("Round")), Column(_("Response")), Column(_("Result")), Column(_("95 per cent interval"))]
    rows = [
        (
            surveys.round_name(one.round),
            surveys.rate(one.round),
            surveys.written(question, one.estimate.value) if one.estimate else _("kept back: too few"),
            surveys.interval(question, one.estimate) if one.estimate else "",
        )
        for one in measured.asked
    ]
    return Table(str(Words.from_dict(question.text)), columns, rows)


def grades_table(measured: Measured, *, position: int, as_of: date | None) -> Table | None:
    """For jobs: net and gross by how far the programme contributed (R14); they add up, so no part is counted twice."""
    target, counted = measured.target, measured.counted
    if counted is None or target.figure is None or counted.figure.result.definition.unit is not Unit.FTE:
        return None
    period = counted.figure.result.period
    versions = [version for version in (target.figure, target.beside) if version]
    parts = [figures.breakdown(one, period, Grouping.CONTRIBUTION, position=position, on=as_of) for one in versions]
    found = dict.fromkeys(part.code for one in parts for part in one.parts)
    order = codes("contribution")
    shown = sorted(found, key=lambda code: order.index(code) if code in order else len(order))
    columns = [Column(_("Contribution")), *(Column(str(Words.from_dict(one.name)), number=True) for one in versions)]
    rows = [
        (
            str(words_for("contribution", code)) if code else _("Not stated"),
            *(next((part.result.value for part in one.parts if part.code == code), 0) for one in parts),
        )
        for code in shown
    ]
    rows.append((_("The whole"), *(one.whole.value for one in parts)))
    return Table(_("How far the programme contributed"), columns, rows, caption_hidden=True)


def controls_table(target: Target) -> Table | None:
    """What official statistics say of the same: shown apart, and never counted with."""
    controls = list(target.controls.all())
    if not controls:
        return None
    columns = [
        Column(_("What")),
        Column(_("Date")),
        Column(_("Number"), number=True),
        Column(_("Source")),
        Column(_("Published")),
    ]
    rows = [
        (
            str(Words.from_dict(one.text)),
            short_date(one.dated),
            units(one.value),
            one.source,
            short_date(one.published),
        )
        for one in controls
    ]
    return Table(_("Official statistics"), columns, rows, caption_hidden=True)
