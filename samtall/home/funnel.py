"""From inquiry to collaboration: how many organisations came how far, of those who asked in a year."""

from dataclasses import dataclass
from datetime import date

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.base.periods import year
from samtall.figures import queries
from samtall.figures.models import FigureVersion
from samtall.figures.results import Result
from samtall.figures.showing import ShownFigure
from samtall.ledger.moments import NAME
from samtall.ui.charts import Bar, Chart, bar_chart
from samtall.ui.frame import Link
from samtall.ui.tables import Cell, Column, Table
from samtall.ui.writing import number

#: How far one can come, and the figure that counts those who did.
STAGES = (
    (gettext_lazy("Asked us"), "organisations-that-asked"),
    (gettext_lazy("Got an answer"), "organisations-that-got-an-answer"),
    (gettext_lazy("Were matched"), "organisations-that-were-matched"),
    (gettext_lazy("Came to an agreement"), "organisations-that-agreed"),
    (gettext_lazy("Began a collaboration"), "organisations-from-inquiry-to-collaboration"),
)
#: How many years stand beside one another.
MOST_YEARS = 8


@dataclass(frozen=True)
class Funnel:
    """The picture of the latest year that anybody asked in, and the table of the years, each number into its list."""

    chart: Chart
    table: Table


def funnel(*, into_lists: bool, position: int, as_of: date | None = None) -> Funnel | None:
    """As the books stood at a position, at the end of a day; None while nobody had asked.

    `into_lists`: the numbers lead to the lists behind them, else to the figures.
    """
    versions = _versions()
    extent = queries.extent(versions[0], position=position) if versions else None
    if extent is None:
        return None
    years = range(extent[1].year, max(extent[0].year, extent[1].year - MOST_YEARS + 1) - 1, -1)
    periods = [year(one) for one in years]
    shown = [
        [_shown(one, answer, as_of) for answer in queries.series(one, periods, position=position, on=as_of)]
        for one in versions
    ]
    bars = [Bar(str(label), row[0].result.value) for (label, _slug), row in zip(STAGES, shown, strict=True)]
    title = _("Organisations that asked in %(year)s, by how far they came") % {"year": years[0]}
    rows: list[list[Cell]] = [
        [str(label), *(_cell(one, into_lists) for one in row)]
        for (label, _slug), row in zip(STAGES, shown, strict=True)
    ]
    columns = [Column(_("How far")), *(Column(str(one), number=True) for one in years)]
    return Funnel(
        bar_chart(title, bars, heading=_("How far"), unit=_("Organisations")),
        Table(_("Organisations by the year they asked in"), columns, rows),
    )


def _versions() -> list[FigureVersion]:
    try:
        return [queries.current_version(slug) for _label, slug in STAGES]
    except FigureVersion.DoesNotExist:
        return []


def _shown(version: FigureVersion, result: Result, as_of: date | None) -> ShownFigure:
    moment = {NAME: f"{as_of:%d.%m.%Y}"} if as_of else {}
    return ShownFigure(version, result, urlencode({"periode": str(result.period)} | moment))


def _cell(figure: ShownFigure, into_lists: bool) -> Link:
    return Link(figure.list_url if into_lists else figure.url, number(figure.result.value))
