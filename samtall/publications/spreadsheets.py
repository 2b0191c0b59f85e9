"""An edition as a spreadsheet: what it is, a sheet for each figure, and for those who may read it the list behind each.

Each figure is worked out again in the sheet: from its list where there is one, and from its parts where these add up.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.base.periods import Period
from samtall.figures.definitions import Definition, Sharing
from samtall.figures.listing import Listed, State, listed
from samtall.figures.sheets import SAFE
from samtall.publications import showing
from samtall.publications.models import Edition
from samtall.publications.paper import Column, Formula, Paper, quoted
from samtall.publications.published import Answer, Division, Figure, Published
from samtall.ui.writing import long_date, moment, number, short_date, span

#: A longer list than this is left on its page: a file is made while somebody waits.
MOST_ROWS = 5_000
#: The table of answers: under which line its headings stand, and how many columns stay in sight.
_TOP, _FIXED = 3, 2
#: About as many letters as stand on a line: on the first sheet, and across a figure's.
_FRONT, _ACROSS = 85, 150

Permitted = Callable[[str], bool]


def as_spreadsheet(edition: Published, *, checksum: str, address: str, reader: Any, permitted: Permitted) -> bytes:
    """The file for a reader with these permissions, in the language of now."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, SAFE) as workbook:
        frozen = timezone.make_naive(edition.frozen_at)
        workbook.set_properties({"title": str(edition.title), "created": frozen, "author": "Samtall"})
        paper = Paper(workbook)
        front = paper.sheet(_("Read me"), (30, 90, 14, 24, 26))
        line = _read_me(paper, front, edition, checksum, address)
        sheets = []
        for place, figure in enumerate(edition.figures.values(), start=1):
            sheet = paper.sheet(f"{place} {figure.name}", [column.width for column in _answer_columns()])
            sheets.append(sheet)
            behind = None
            if may_list(figure, permitted):
                behind = _list_behind(paper, place, figure, edition, reader)
            _FigureSheet(paper, sheet, figure).write(behind, _why_no_list(figure, permitted))
        _contents(paper, front, line, list(edition.figures.values()), sheets)
    return content.getvalue()


def may_list(figure: Figure, permitted: Permitted) -> bool:
    """Whether somebody with these permissions reads the list behind a figure."""
    return permitted("figures.list") and (not figure.about_people or permitted("figures.people"))


# The first sheet


def _read_me(paper: Paper, front: Any, edition: Published, checksum: str, address: str) -> int:
    """What the file is, and how it can be verified; the next free line."""
    front.write_string(0, 0, str(edition.title), paper.title)
    said = [
        (_("Programme"), str(edition.programme)),
        (_("Region"), str(edition.region)),
        (_("Period"), span(edition.period.first, edition.period.last)),
        (_("Edition"), str(edition.number)),
        (_("Counted"), moment(edition.frozen_at)),
        (_("Position in the books"), number(edition.position)),
        (_("Mergers as of"), long_date(edition.on)),
        (_("Numbers on people"), str(Edition.Protection(edition.protection).label)),
        (_("Permanent address"), address),
        (_("Checksum (SHA-256)"), checksum),
        (
            _("How it can be verified"),
            _(
                "Fetch %(address)spublikasjon.json and work out its SHA-256 (sha256sum on Linux, Get-FileHash on "
                "Windows, shasum -a 256 on macOS). It is the checksum above, to the last letter. All numbers in these "
                "sheets stand in that file; who keeps the books counts them again by `samtall publications --verify`."
            )
            % {"address": address},
        ),
        (
            _("What stands in the cells"),
            _(
                "0 is nought. An empty cell was not reported. “%(hidden)s”: so few people are behind it, or it would "
                "give such a number away, that it is not told."
            )
            % {"hidden": _("hidden")},
        ),
        (
            _("The lists behind the figures"),
            _(
                "Who may read them gets a sheet with the list behind each figure, as many rows as the figure says, as "
                "of the position above and with today's names. They are for work, and not for publishing."
            ),
        ),
    ]
    for line, (term, text) in enumerate(said, start=2):
        front.write_string(line, 0, term, paper.bold)
        paper.sentence(front, line, (1, 1), text, _FRONT)
    return len(said) + 3


def _contents(paper: Paper, front: Any, line: int, figures: Sequence[Figure], sheets: Sequence[Any]) -> None:
    """The figures with their numbers, each a link to its sheet."""
    columns = [
        Column(_("Sheet"), 0),
        Column(_("Figure"), 0),
        Column(_("Number"), 0, number=True),
        Column(_("Unit"), 0, after_number=True),
        Column(_("Period"), 0),
    ]
    paper.headings(front, line, columns)
    for at, (figure, sheet) in enumerate(zip(figures, sheets, strict=True), start=line + 1):
        front.write_url(at, 0, f"internal:{quoted(sheet)}!A1", paper.link, sheet.get_name())
        front.write_string(at, 1, str(figure.name))
        paper.amount(front, at, 2, figure.whole.exact)
        front.write_string(at, 3, str(figure.unit), paper.after)
        front.write_string(at, 4, span(figure.period.first, figure.period.last))


# A figure


def _answer_columns() -> list[Column]:
    return [
        Column(_("Divided by"), 28),
        Column(_("Part"), 44),
        Column(_("Exact"), 14, number=True),
        Column(_("Awaiting approval"), 14, number=True),
        Column(_("Not identified"), 14, number=True),
        Column(_("Lowest"), 14, number=True),
        Column(_("Highest"), 14, number=True),
        Column(_("Share of the whole"), 14, number=True),
        Column(_("Activities behind it"), 14, number=True),
    ]


class _FigureSheet:
    """The sheet of a figure, written from above: all answers, what formulas make of them, and what is counted."""

    def __init__(self, paper: Paper, sheet: Any, figure: Figure) -> None:
        self.paper, self.sheet, self.figure = paper, sheet, figure
        self.columns = _answer_columns()
        self.line = _TOP + 1
        self.divisions: list[tuple[Division, int, int]] = []

    def write(self, behind: "_Behind | None", why_no_list: str) -> None:
        self._top()
        self._answers()
        self._worked_out(behind)
        self._definition()
        if behind is None:
            self.line += 1
            self._said(_("The list"), why_no_list)

    def _top(self) -> None:
        figure = self.figure
        self.sheet.write_string(0, 0, str(figure.name), self.paper.title)
        said = _("%(unit)s, %(period)s. Version %(number)s of the definition, of %(day)s.") % {
            "unit": str(figure.unit).capitalize(),
            "period": span(figure.period.first, figure.period.last),
            "number": figure.version,
            "day": short_date(figure.made_at),
        }
        self.sheet.write_string(1, 0, said)
        self.paper.headings(self.sheet, _TOP, self.columns)
        self.sheet.freeze_panes(_TOP + 1, _FIXED)
        self.sheet.repeat_rows(_TOP)

    def _answers(self) -> None:
        figure = self.figure
        self._answer(_("The whole"), span(figure.period.first, figure.period.last), figure.whole)
        for period, answer in figure.series:
            self._answer(_("Period"), _period_words(period, figure), answer)
        for division in figure.divisions:
            first = self.line
            for part in division.parts:
                self._answer(showing.grouping_words(division.by), str(part.label), part.answer, part.share)
            self.divisions.append((division, first, self.line - 1))
        self.sheet.autofilter(_TOP, 0, self.line - 1, len(self.columns) - 1)
        self.line += 1

    def _answer(self, dimension: str, label: str, answer: Answer, share: Decimal | None = None) -> None:
        self.sheet.write_string(self.line, 0, dimension)
        self.sheet.write_string(self.line, 1, label)
        amounts: list[Decimal | None] = [None] * 5
        if not answer.withheld:
            amounts = [answer.exact, answer.pending, answer.unidentified, answer.lowest, answer.highest]
        for column, amount in enumerate(amounts, start=_FIXED):
            self.paper.amount(self.sheet, self.line, column, amount)
        if share is not None:
            self.sheet.write_number(self.line, 7, float(share) / 100, self.paper.percent)
        if answer.activities is not None:
            self.sheet.write_number(self.line, 8, answer.activities, self.paper.whole)
        self.line += 1

    def _worked_out(self, behind: "_Behind | None") -> None:
        """The figure once more by formulas, beside what was published."""
        sums = [one for one in self.divisions if _adds_up(one[0], self.figure)]
        if not (behind or sums):
            return
        columns = [
            Column(_("Worked out here"), 0),
            Column("", 0),
            Column(_("By formula"), 0, number=True),
            Column(_("Published"), 0, number=True),
            Column(_("Difference"), 0, number=True),
        ]
        self.paper.headings(self.sheet, self.line, columns)
        self.line += 1
        if behind:
            whole = self.figure.whole
            for state, cell, published in (
                (State.COUNTED, "C", whole.exact),
                (State.PENDING, "D", whole.pending),
                (State.UNIDENTIFIED, "E", whole.unidentified),
            ):
                formula = behind.formula(state, f"B{self.line + 1}")
                self._compared(_("From the list"), state.words, formula, cell, published)
            if self.figure.about_people:
                self._said("", _("What is published of people is rounded or hidden; the list is exact."))
        for division, first, last in sums:
            total = sum((part.answer.exact or Decimal(0) for part in division.parts), Decimal(0))
            formula = Formula(f"=ROUND(SUM(C{first + 1}:C{last + 1}),6)", total)
            words = showing.grouping_words(division.by)
            self._compared(_("Sum of the parts"), words, formula, "C", self.figure.whole.exact)
        self.line += 1

    def _compared(self, said: str, of: str, formula: Formula, column: str, published: Decimal | None) -> None:
        self.sheet.write_string(self.line, 0, said)
        self.sheet.write_string(self.line, 1, of)
        self.paper.amount(self.sheet, self.line, 2, formula)
        if published is None or self.figure.whole.withheld:
            self.paper.amount(self.sheet, self.line, 3, None)
        else:
            at = self.line + 1
            self.paper.amount(self.sheet, self.line, 3, Formula(f"={column}{_TOP + 2}", published))
            self.paper.amount(self.sheet, self.line, 4, Formula(f"=C{at}-D{at}", formula.result - published))
        self.line += 1

    def _definition(self) -> None:
        for place, sentence in enumerate(self.figure.sentences):
            self._said("" if place else _("What is counted"), str(sentence))
        for division in self.figure.divisions:
            if division.overlap:
                remark = _("%(division)s: the parts exceed the whole by %(overlap)s: the same one can be in several.")
                said = {"division": showing.grouping_words(division.by), "overlap": number(division.overlap)}
                self._said("", remark % said)

    def _said(self, term: str, text: str) -> None:
        self.sheet.write_string(self.line, 0, term, self.paper.bold)
        self.paper.sentence(self.sheet, self.line, (1, len(self.columns) - 1), text, _ACROSS)
        self.line += 1


def _adds_up(division: Division, figure: Figure) -> bool:
    """Whether the parts are exactly the whole: rounded, hidden and overlapping ones are not."""
    exact = [part.answer.exact for part in division.parts]
    if figure.about_people or figure.whole.exact is None or None in exact:
        return False
    return sum((one for one in exact if one is not None), Decimal(0)) == figure.whole.exact


def _period_words(period: Period, figure: Figure) -> str:
    first = _("the first period, likely too low")  # R22
    return f"{period.label} ({first})" if period.label == figure.first else period.label


# The list behind it


class _Behind:
    """A list that was written: where, and what its rows in each state come to."""

    def __init__(self, sheet: Any, definition: Definition) -> None:
        self.sheet, self.rows = sheet, 0
        self.distinct = definition.unit.distinct and definition.sharing is Sharing.WHOLE
        self.sums: dict[State, Decimal] = dict.fromkeys(State, Decimal(0))

    def add(self, row: Listed) -> None:
        self.rows += 1
        self.sums[row.state] += 1 if self._counts(row.state) else row.amount

    def formula(self, state: State, word: str) -> Formula:
        """What gives the amount in a state; `word` is the cell that has the word for the state."""
        sheet, last = quoted(self.sheet), max(self.rows, 1) + 1
        states = f"{sheet}!$G$2:$G${last}"
        if self._counts(state):
            return Formula(f"=COUNTIFS({states},{word})", self.sums[state])
        sums = f"=ROUND(SUMIFS({sheet}!$F$2:$F${last},{states},{word}),6)"
        return Formula(sums, round(self.sums[state], 6))

    def _counts(self, state: State) -> bool:
        """Distinct ones are a row each; people who were counted without names are as many as their row says."""
        return self.distinct and state is not State.UNIDENTIFIED


def _list_behind(paper: Paper, place: int, figure: Figure, edition: Published, reader: Any) -> _Behind | None:
    """The list on a sheet of its own, as of the edition's position; None where it is too long."""
    definition = Definition.from_dict(figure.definition)
    length, rows = listed(definition, figure.period, reader, position=edition.position, on=edition.on)
    if length > MOST_ROWS:
        return None
    columns = [
        Column(_("Name"), 44),
        Column(_("Kind"), 30),
        Column(_("From"), 12, number=True),
        Column(_("Until"), 12, number=True),
        Column(_("Municipality"), 30, after_number=True),
        Column(str(figure.unit), 14, number=True),
        Column(_("State"), 20, after_number=True),
    ]
    sheet = paper.sheet(_("%(number)s list") % {"number": place}, [column.width for column in columns])
    paper.headings(sheet, 0, columns)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    behind = _Behind(sheet, definition)
    for row in rows:
        behind.add(row)
        _row(paper, sheet, behind.rows, row)
    sheet.autofilter(0, 0, max(1, behind.rows), len(columns) - 1)
    return behind


def _row(paper: Paper, sheet: Any, line: int, row: Listed) -> None:
    sheet.write_string(line, 0, row.name)
    sheet.write_string(line, 1, ", ".join(row.kinds))
    paper.date(sheet, line, 2, row.starts)
    if row.ends is not None:
        paper.date(sheet, line, 3, row.ends)
    sheet.write_string(line, 4, ", ".join(row.municipalities), paper.after)
    paper.amount(sheet, line, 5, row.amount)
    sheet.write_string(line, 6, row.state.words, paper.after)


def _why_no_list(figure: Figure, permitted: Permitted) -> str:
    if may_list(figure, permitted):
        most = {"rows": number(MOST_ROWS)}
        return _("It has more than %(rows)s rows, too many for a file. It is read on the page of the figure.") % most
    if figure.about_people:
        return _("It is about people, and is read by those who may see numbers on people, when they have signed in.")
    return _("It is read by those who may see it, when they have signed in.")
