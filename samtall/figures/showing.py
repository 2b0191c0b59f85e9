"""Figures made ready for a page: names, units, bounds, the list behind with names, chart and history."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.base.periods import Period
from samtall.base.text import Words
from samtall.figures import queries
from samtall.figures.asking import Asked, Point
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition, Unit
from samtall.figures.discretion import about_people
from samtall.figures.forms import Reading
from samtall.figures.models import Figure, FigureVersion
from samtall.figures.results import Breakdown, Distinct, Result
from samtall.figures.sentences import unit_words
from samtall.ledger.facts import Standing
from samtall.ledger.models import Entry
from samtall.ledger.moments import NAME
from samtall.ledger.sources import Described, describe
from samtall.ledger.vocabulary import words_for
from samtall.parties.models import Establishment, Organisation
from samtall.places import queries as places
from samtall.ui.charts import Bar, Chart, bar_chart
from samtall.ui.frame import Link
from samtall.ui.paging import PAGE_SIZE
from samtall.ui.tables import Column, Event, Table
from samtall.ui.writing import number, thousandths


@dataclass(frozen=True)
class ShownFigure:
    """A figure with its answer, as a page shows it.

    `query` holds the reader's choices for links onwards, `twice` how many that it counts may be the same as another,
    and `note` what else to say beside it.
    """

    version: FigureVersion
    result: Result
    query: str = ""
    twice: int = 0
    note: str = ""

    @property
    def name(self) -> str:
        return str(Words.from_dict(self.version.name))

    @property
    def unit(self) -> str:
        return unit_words(self.result.definition, self.result.value)

    @property
    def value(self) -> int | Decimal | None:
        """The number, or nothing when this reader is not told (R20)."""
        return None if self.result.withheld else self.result.value

    @property
    def about_people(self) -> bool:
        return about_people(self.result.definition)

    @property
    def url(self) -> str:
        return self._address("figure")

    @property
    def list_url(self) -> str:
        return self._address("figure-list")

    @property
    def changes_url(self) -> str:
        """Where each posting since the moment that is read is explained, for the same period and version."""
        chosen = QueryDict(self.query, mutable=True)
        chosen["fra"] = chosen.pop(NAME, [""])[-1]
        return f"{reverse('figure-changes', args=[self.version.figure.slug])}?{chosen.urlencode()}"

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


def series_chart(asked: Asked, points: Sequence[Point]) -> Chart | None:
    """A series as a drawing and a table; None while the figure has not counted anything."""
    if not points:
        return None
    bars = [
        Bar(
            point.result.period.label,
            None if point.result.withheld else point.result.value,
            pending=point.result.pending.value,
            note=_remark(point),
        )
        for point in points
    ]
    return bar_chart(str(queries.name_of(asked.version)), bars, heading=_("Period"), unit=unit_words(asked.definition))


def _remark(point: Point) -> str:
    said = []
    if point.first_ever:
        said.append(_("the first period, likely too low"))  # R22
    if point.breaks:
        said.append(_("counted by version %(number)s from here") % {"number": point.version.number})  # R18
    return ", ".join(said)


@dataclass(frozen=True)
class Divided:
    """A figure's parts as a table and a drawing, and what to say of their sum (R3)."""

    table: Table
    chart: Chart | None
    remarks: list[str]


_DIMENSIONS = {Grouping.KIND: "kind_many", Grouping.FAMILY: "family", Grouping.SECTOR: "sector"}
#: How many parts are drawn; the table has them all.
DRAWN = 15


def divided(asked: Asked) -> Divided:
    answer = asked.parts()
    names = part_names(asked.reading.grouping, [part.code for part in answer.parts])
    parts = list(answer.parts)
    if asked.reading.grouping is not Grouping.MUNICIPALITY:
        parts.sort(key=lambda part: (-part.result.value, names[part.code]))
    whole = answer.whole
    rows: list[Sequence[Any]] = [
        (names[part.code], _told(part.result), share_of(part.result, whole), part.result.pending.value)
        for part in parts
    ]
    rows.append((_("The whole"), _told(whole), share_of(whole, whole), whole.pending.value))
    columns = [
        Column(_("Part")),
        Column(_("Exact"), number=True),
        Column(_("Share of the whole"), number=True),
        Column(_("Awaiting approval"), number=True),
    ]
    bars = [Bar(names[part.code], part.result.value, part.result.pending.value) for part in parts if part.result.value]
    title = _("%(name)s, divided") % {"name": queries.name_of(asked.version)}
    chart = bar_chart(title, bars[:DRAWN], heading=_("Part"), unit=unit_words(asked.definition), across=True)
    table = Table(_("Divided"), columns, rows, caption_hidden=True)
    return Divided(table, chart if len(bars) > 1 else None, _remarks(answer, asked.definition))


def _told(result: Result) -> int | Decimal | str:
    return _("fewer than five people, or hidden for their sake") if result.withheld else result.value


def share_of(part: Result, whole: Result) -> str:
    """A part's share of the whole in per cent, with one decimal; nothing where there is none to tell."""
    if part.withheld or whole.withheld or not whole.value:
        return ""
    return f"{number(round(Decimal(part.value) * 100 / Decimal(whole.value), 1))} %"


def _remarks(answer: Breakdown, definition: Definition) -> list[str]:
    said = []
    if answer.overlap:
        said.append(
            _(
                "The parts add up to %(sum)s, %(overlap)s more than the whole: the same one can be in several parts, "
                "and counts once in the whole."
            )
            % {"sum": number(answer.sum_of_parts), "overlap": number(answer.overlap)}
        )
    if answer.whole.value and not answer.whole.withheld:
        of = {"number": number(answer.whole.value), "unit": unit_words(definition, answer.whole.value)}
        said.append(_("Shares are of the whole: %(number)s %(unit)s.") % of)
    if answer.discreet:
        said.append(_("Numbers that tell of a few people are rounded or hidden, so that nobody can be seen."))
    return said


def part_names(grouping: Grouping, codes: Sequence[str]) -> dict[str, str]:
    """What parts are called, by code; with at most one query."""
    names: dict[str, str] = {}
    if grouping is Grouping.MUNICIPALITY:
        names = places.names_of_codes(codes)
    elif grouping in (Grouping.INSTITUTION, Grouping.ORGANISATION):
        ids = [int(code) for code in codes if code]
        names = {str(one.pk): one.name for one in Organisation.objects.filter(pk__in=ids)}
    return {code: _part_name(grouping, code, names) for code in codes}


def _part_name(grouping: Grouping, code: str, names: dict[str, str]) -> str:
    if not code:
        return _("Not stated")
    if grouping is Grouping.MUNICIPALITY:
        return f"{code} {names.get(code, '')}".strip()
    if grouping in (Grouping.INSTITUTION, Grouping.ORGANISATION):
        return names.get(code, _("An organisation that is no longer known"))
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


#: Of how many of its entries a line tells; the busiest organisation of a country has thousands.
ENTRIES = 20


@dataclass
class Line:
    """One line of the list behind a figure: who or what is counted, the things it took part in, and their entries."""

    label: str
    url: str = ""
    status: str = ""
    color: str = "success"
    amount: str = ""
    things: list[Link] = field(default_factory=list)
    untold: int = 0
    entries: list[Entry] = field(default_factory=list)


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
    most: int | None = ENTRIES,
) -> list[Line]:
    """Some rows of the list behind a figure as lines, with the names this reader may see.

    Each tells of its first entries, at most so many; with None of all.
    """
    ids = queries.entry_ids(definition, period, [row.item for row in rows], position=position, on=on, most=most)
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
    line.things, line.entries = things, entries
    line.untold = max(row.entries - len(entries), 0)
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


def entry_words(entry: Entry) -> str:
    """An entry of the ledger in words without names: "Added: host in thesis, validated"."""
    part = _("%(role)s in %(kind)s, %(standing)s") % {
        "role": words_for("role", entry.role),
        "kind": str(words_for("kind", entry.kind)).lower(),
        "standing": _("approved") if entry.standing == Standing.VALIDATED else _("awaiting approval"),
    }
    if entry.quantity:
        part += f", {thousandths(entry.quantity)} {words_for('unit', entry.unit)}".rstrip()
    return (_("Taken back: %(part)s") if entry.reverses_id else _("Added: %(part)s")) % {"part": part}


def reason_words(reason: str) -> str:
    """Why something was posted, where a room said it by a code; a sentence stands as it is."""
    return {
        "recorded": _("recorded"),
        "revised": _("changed"),
        "participation": _("a part in it was changed"),
        "evidence": _("its documentation was changed"),
        "submitted": _("sent in"),
        "returned": _("sent back"),
        "validated": _("approved"),
        "withdrawn": _("withdrawn"),
        "stage": _("came a step further"),
        "imported": _("imported from a list"),
        "import undone": _("an import was undone"),
        "identified": _("found out who it was"),
        "identification_withdrawn": _("took back who it was"),
        "succession": _("a merger, split or new number"),
        "register": _("the register told more"),
        "forgotten": _("was forgotten"),
    }.get(reason, reason)


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
