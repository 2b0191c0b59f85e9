"""A frozen edition made ready for a page: blocks in their order, with drawings, tables and remarks."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from samtall.figures.compiler import Grouping
from samtall.figures.showing import part_names
from samtall.publications.corrections import Changed
from samtall.publications.published import Answer, Block, Division, Figure, Published, Said
from samtall.ui.charts import Bar, Chart, bar_chart
from samtall.ui.tables import Column, Table
from samtall.ui.writing import number


@dataclass(frozen=True)
class ShownDivision:
    """A figure in parts as a table under a heading, with what there is to say of the sum."""

    heading: str
    table: Table
    remark: str


@dataclass(frozen=True)
class ShownFigure:
    """A figure as it was frozen: its number, what stands beside it, its drawing and its parts."""

    figure: Figure
    notes: Sequence[str]
    chart: Chart | None
    divisions: Sequence[ShownDivision]


@dataclass(frozen=True)
class ShownBlock:
    block: Block
    figure: ShownFigure | None = None


def shown(edition: Published) -> list[ShownBlock]:
    return [ShownBlock(one, shown_figure(one.figure) if one.figure else None) for one in edition.blocks]


def shown_figure(figure: Figure) -> ShownFigure:
    divisions = [shown_division(one, figure) for one in figure.divisions]
    return ShownFigure(figure, figure_notes(figure), chart(figure), divisions)


def figure_notes(figure: Figure) -> list[str]:
    """What stands beside the number of a figure."""
    said = notes(figure.whole)
    if figure.about_people and not figure.whole.withheld:
        said.append(_("numbers on people are protected, so that nobody can be seen"))
    return said


def notes(answer: Answer) -> list[str]:
    """What stands beside a number: what awaits approval, who is not identified, and its bounds (R17)."""
    if answer.withheld:
        return [withheld_words()]
    said = []
    if answer.activities is not None:
        said.append(_("activities behind it: %(number)s") % {"number": number(answer.activities)})
    if answer.pending:
        said.append(_("%(number)s more await approval") % {"number": number(answer.pending)})
    if answer.unidentified:
        said.append(_("%(number)s not identified, beside the figure") % {"number": number(answer.unidentified)})
    if answer.between:
        said.append(_("the true value lies in %(between)s") % {"between": answer.between})
    return said


def withheld_words() -> str:
    return _("Fewer than five people are behind it, or it would give such a number away, so it is not shown.")


def chart(figure: Figure) -> Chart | None:
    """The figure over the edition's years; nothing where there is one period only."""
    drawn = bars(figure)
    return bar_chart(str(figure.name), drawn, heading=_("Period"), unit=str(figure.unit)) if drawn else None


def bars(figure: Figure) -> list[Bar]:
    """What is drawn of a figure: its periods, when there are more than one."""
    if len(figure.series) < 2:
        return []
    first = _("the first period, likely too low")  # R22
    return [
        Bar(
            period.label, plain(answer.exact), plain(answer.pending) or 0, first if period.label == figure.first else ""
        )
        for period, answer in figure.series
    ]


def shown_division(division: Division, figure: Figure) -> ShownDivision:
    """A figure in parts, with the whole as the last row."""
    columns = [Column(_("Part")), Column(str(figure.unit), number=True), Column(_("Share of the whole"), number=True)]
    rows = [
        (str(part.label), _cell(part.answer), "" if part.share is None else f"{number(part.share)} %")
        for part in division.parts
    ]
    rows.append((_("The whole"), _cell(figure.whole), ""))
    remark = ""
    if division.overlap:
        remark = _(
            "The parts exceed the whole by %(overlap)s: the same one can be in several parts, and counts once in all."
        ) % {"overlap": number(division.overlap)}
    heading = grouping_words(division.by)
    return ShownDivision(heading, Table(heading, columns, rows, caption_hidden=True), remark)


def changed_table(changed: Sequence[Changed], figure: Figure) -> Table | None:
    """The numbers of periods and parts that are told differently now."""
    if not changed:
        return None
    columns = [
        Column(_("Of")),
        Column(_("As published"), number=True),
        Column(_("As the books stand now"), number=True),
    ]
    rows = [(_changed_label(one, figure), _maybe(one.before), _maybe(one.now)) for one in changed]
    return Table(_("What is told differently"), columns, rows, caption_hidden=True)


def _changed_label(changed: Changed, figure: Figure) -> str:
    if not changed.grouping:
        return changed.code
    known = figure.kept["labels"][changed.grouping].get(changed.code)
    return str(Said(known)) if known else part_names(Grouping(changed.grouping), [changed.code])[changed.code]


def _maybe(answer: Answer | None) -> str | int | Decimal:
    return 0 if answer is None else _cell(answer)


def grouping_words(by: str) -> str:
    """What stands above a division."""
    return {
        Grouping.MUNICIPALITY: _("By municipality"),
        Grouping.KIND: _("By kind of activity"),
        Grouping.SECTOR: _("By sector"),
        Grouping.INDUSTRY: _("By industry"),
        Grouping.SIZE_CLASS: _("By size"),
        Grouping.INSTITUTION: _("By institution"),
    }[Grouping(by)]


def _cell(answer: Answer) -> str | int | Decimal:
    exact = plain(answer.exact)
    return _("hidden") if exact is None else exact


def plain(value: Decimal | None) -> int | Decimal | None:
    """A whole number without its decimals."""
    return None if value is None else whole(value)


def whole(value: int | Decimal) -> int | Decimal:
    """As `plain`, of what is always there."""
    return int(value) if value == int(value) else value
