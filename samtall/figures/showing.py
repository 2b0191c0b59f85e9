"""Figures made ready for a page: names, units, bounds, the list behind with names, chart and history."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.base.periods import Period, periods_between
from samtall.base.text import Words
from samtall.figures import queries
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition, Unit
from samtall.figures.forms import Reading
from samtall.figures.models import Figure, FigureVersion
from samtall.figures.results import Distinct, Result
from samtall.figures.sentences import unit_words
from samtall.ledger.models import Entry
from samtall.ledger.sources import Described, describe
from samtall.ledger.vocabulary import words_for
from samtall.parties.models import Establishment, Organisation
from samtall.places import queries as places
from samtall.ui.charts import Bar, Chart, bar_chart
from samtall.ui.frame import Link
from samtall.ui.paging import PAGE_SIZE
from samtall.ui.tables import Column, Event, Table
from samtall.ui.writing import number


@dataclass(frozen=True)
class ShownFigure:
    """A figure with its answer, as a page shows it.

    `query` holds the reader's choices for links onwards, `twice` how many that it counts may be the same as another.
    """

    version: FigureVersion
    result: Result
    query: str = ""
    twice: int = 0

    @property
    def name(self) -> str:
        return str(Words.from_dict(self.version.name))

    @property
    def unit(self) -> str:
        return unit_words(self.result.definition, self.result.value)

    @property
    def url(self) -> str:
        return self._address("figure")

    @property
    def list_url(self) -> str:
        return self._address("figure-list")

    @property
    def pending(self) -> int | Decimal:
        return self.result.pending.value

    @property
    def between(self) -> str:
        return bounds(self.result)

    @property
    def doubt(self) -> str:
        """That some that are counted may be the same as another; nothing when nobody is suspected."""
        said = ngettext(
            "%(number)s of these may be the same as another",
            "%(number)s of these may be the same as another",
            self.twice,
        )
        return said % {"number": number(self.twice)} if self.twice else ""

    def _address(self, name: str) -> str:
        address = reverse(name, args=[self.version.figure.slug])
        return f"{address}?{self.query}" if self.query else address


def bounds(result: Result) -> str:
    """ "20–23", or nothing when the figure is certain (R17)."""
    return "" if result.certain else f"{number(result.lowest.value)}–{number(result.highest.value)}"


def history_chart(version: FigureVersion, reading: Reading, *, until: date) -> Chart | None:
    """The figure for each period of its calendar since it first counted anything; None while it has not."""
    definition = queries.definition_of(version)
    extent = queries.extent(definition, position=reading.position)
    if extent is None:
        return None
    first, last = extent[0], max(extent[0], min(extent[1], until))
    periods = list(periods_between(first, last, reading.calendar))[-30:]
    results = queries.series(definition, periods, position=reading.position, on=reading.as_of)
    bars = [Bar(result.period.label, result.value, pending=result.pending.value) for result in results]
    return bar_chart(str(Words.from_dict(version.name)), bars, heading=_("Period"), unit=unit_words(definition))


_DIMENSIONS = {Grouping.KIND: "kind_many", Grouping.FAMILY: "family", Grouping.SECTOR: "sector"}


def breakdown_table(version: FigureVersion, reading: Reading) -> tuple[Table, str]:
    """The figure's parts as a table, and what to say of their sum (R3)."""
    divided = queries.breakdown(version, reading.period, reading.grouping, position=reading.position, on=reading.as_of)
    names = places.names_of_codes() if reading.grouping is Grouping.MUNICIPALITY else {}
    rows: list[Sequence[Any]] = [
        (_part_name(reading.grouping, part.code, names), part.result.value, part.result.pending.value)
        for part in divided.parts
    ]
    rows.append((_("The whole"), divided.whole.value, divided.whole.pending.value))
    columns = [Column(_("Part")), Column(_("Exact"), number=True), Column(_("Awaiting approval"), number=True)]
    remark = ""
    if divided.overlap:
        remark = _(
            "The parts add up to %(sum)s, %(overlap)s more than the whole: the same one can be in several parts, "
            "and counts once in the whole."
        ) % {"sum": number(divided.sum_of_parts), "overlap": number(divided.overlap)}
    return Table(_("Divided"), columns, rows, caption_hidden=True), remark


def _part_name(grouping: Grouping, code: str, names: dict[str, str]) -> str:
    if not code:
        return _("Not stated")
    if grouping is Grouping.MUNICIPALITY:
        return f"{code} {names.get(code, '')}".strip()
    if grouping in _DIMENSIONS:
        return str(words_for(_DIMENSIONS[grouping], code))
    return code


def version_events(figure: Figure) -> list[Event]:
    """A figure's versions as a timeline, newest first (R18)."""
    return [
        Event(
            version.made_at,
            _("Version %(number)s: %(name)s") % {"number": version.number, "name": Words.from_dict(version.name)},
            text=version.reason,
        )
        for version in figure.versions.order_by("-number")
    ]


@dataclass
class Line:
    """One line of the list behind a figure: who or what is counted, and the things it took part in."""

    label: str
    url: str = ""
    status: str = ""
    color: str = "success"
    amount: str = ""
    things: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class Behind:
    """A page of the list behind a figure, and its lines ready to be read."""

    page: Page[queries.Row]
    lines: list[Line]


def list_behind(
    version: FigureVersion, reading: Reading, reader: Any, *, page: str = "1", size: int = PAGE_SIZE
) -> Behind:
    """A page of the list behind a figure, with the names this reader may see."""
    definition = queries.definition_of(version)
    rows = queries.rows(definition, reading.period, position=reading.position, on=reading.as_of)
    shown = Paginator(rows, size).get_page(page)
    lines = lines_of(
        definition, reading.period, list(shown.object_list), reader, position=reading.position, on=reading.as_of
    )
    return Behind(shown, lines)


def lines_of(
    definition: Definition,
    period: Period,
    rows: list[queries.Row],
    reader: Any,
    *,
    position: int | None = None,
    on: date | None = None,
) -> list[Line]:
    """Some rows of the list behind a figure as lines, with the names this reader may see."""
    ids = queries.entry_ids(definition, period, [row.item for row in rows], position=position, on=on)
    entries = {
        entry.pk: entry
        for entry in Entry.objects.filter(pk__in=[pk for group in ids.values() for pk in group]).select_related(
            "source"
        )
    }
    described = describe({entry.source.name for entry in entries.values()}, reader)
    names = _Names(definition, rows, entries.values())
    return [_line(definition, row, [entries[pk] for pk in ids.get(row.item, [])], described, names) for row in rows]


def _line(
    definition: Definition, row: queries.Row, entries: list[Entry], described: dict[str, Described], names: "_Names"
) -> Line:
    things = [Link(thing.url, thing.title) for thing in (described.get(name) for name in _sources(entries)) if thing]
    line = names.line(row, entries)
    if definition.unit is Unit.ACTIVITIES and things:
        line = Line(things[0].label, things[0].url)
        things = []
    line.things = things
    line.status, line.color = _status(definition, row)
    if not isinstance(row.amount, Distinct) or (definition.unit is Unit.PEOPLE and not row.identified):
        line.amount = number(row.amount.value)
    return line


def _sources(entries: list[Entry]) -> list[str]:
    return list(dict.fromkeys(entry.source.name for entry in entries))


def _status(definition: Definition, row: queries.Row) -> tuple[str, str]:
    if not row.identified and definition.unit in (Unit.ORGANISATIONS, Unit.ESTABLISHMENTS, Unit.PEOPLE):
        return _("not identified"), "warning"
    return (_("counted"), "success") if row.sure else (_("awaiting approval"), "info")


class _Names:
    """The names of what a page of the list shows, fetched once."""

    def __init__(self, definition: Definition, rows: list[queries.Row], entries: Any) -> None:
        self.definition = definition
        wanted = {entry.organisation for entry in entries if entry.organisation}
        if definition.unit is Unit.ORGANISATIONS:
            wanted |= {row.item for row in rows}
        self.organisations = Organisation.objects.in_bulk(wanted)
        self.establishments = (
            Establishment.objects.in_bulk([row.item for row in rows]) if definition.unit is Unit.ESTABLISHMENTS else {}
        )

    def line(self, row: queries.Row, entries: list[Entry]) -> Line:
        unit = self.definition.unit
        if unit is Unit.ORGANISATIONS:
            return self._organisation(row.item)
        if unit is Unit.ESTABLISHMENTS:
            site = self.establishments.get(row.item)
            return Line(site.name if site else _("A work site that is no longer known"))
        employer = self._organisation(entries[0].organisation) if entries and entries[0].organisation else Line("")
        if unit is Unit.PEOPLE:
            who = _("A person") if row.identified else _("People counted without names")
            return Line(f"{who} – {employer.label}" if employer.label else who, employer.url)
        if unit is Unit.ACTIVITIES:
            return Line(_("An activity"))
        return Line(employer.label or _("Not stated"), employer.url)

    def _organisation(self, pk: int | None) -> Line:
        organisation = self.organisations.get(pk or 0)
        if organisation is None:
            return Line(_("An organisation that is no longer known"))
        return Line(organisation.name, reverse("organisation", args=[organisation.number or organisation.pk]))
