"""The same figure of a target for each municipality and each institution, and of regions beside what they are like."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from samtall.base.periods import Period
from samtall.base.text import Words
from samtall.figures import queries as figures
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition
from samtall.figures.models import FigureVersion
from samtall.figures.results import Distinct, Result
from samtall.figures.sentences import unit_words
from samtall.parties.models import Organisation
from samtall.places import queries as places
from samtall.programmes.models import Context, Programme
from samtall.programmes.queries import name_of
from samtall.programmes.showing import units
from samtall.ui.tables import Cell, Column, Table
from samtall.ui.writing import number, short_date


@dataclass(frozen=True)
class Compared:
    """A table, and what to say of its sum (R3)."""

    table: Table
    remark: str


def by_municipality(
    version: FigureVersion, period: Period, programme: Programme, *, position: int, on: date | None, today: date
) -> Compared:
    """The figure for each municipality of the region, under the code that it has now (R11)."""
    definition = figures.definition_of(version)
    codes: dict[str, list[str]] = {}
    for code in sorted(places.codes_of(programme.region)):
        codes.setdefault(places.current_code(code, today), []).append(code)
    parts = [
        (places.name_of_code(current) or current, _value(definition, period, position, on, municipalities=tuple(group)))
        for current, group in codes.items()
    ]
    whole = _value(definition, period, position, on, municipalities=tuple(sorted(places.codes_of(programme.region))))
    return _compared(_("Municipality"), sorted(parts, key=lambda part: part[0]), whole, _("The region"))


def by_institution(version: FigureVersion, period: Period, *, position: int, on: date | None) -> Compared | None:
    """The figure for each institution that took part; None where what is counted has none."""
    divided = figures.breakdown(version, period, Grouping.INSTITUTION, position=position, on=on)
    found = [part for part in divided.parts if part.code.isdigit()]
    if not found:
        return None
    names = {one.pk: str(one) for one in Organisation.objects.filter(pk__in=[int(part.code) for part in found])}
    parts = [(names.get(int(part.code), part.code), part.result) for part in found]
    return _compared(_("Institution"), sorted(parts, key=lambda part: part[0]), divided.whole, _("All together"))


def _value(
    definition: Definition, period: Period, position: int, on: date | None, **narrowed: tuple[int | str, ...]
) -> Result:
    asked = replace(definition, **narrowed)  # type: ignore[arg-type]
    return figures.value(asked, period, position=position, on=on)


def _compared(heading: str, parts: Sequence[tuple[str, Result]], whole: Result, together: str) -> Compared:
    columns = [Column(heading), Column(_("Exact"), number=True), Column(_("Awaiting approval"), number=True)]
    rows = [(name, result.value, result.pending.value) for name, result in parts]
    rows.append((together, whole.value, whole.pending.value))
    total = sum(result.value for _name, result in parts)
    remark = ""
    if isinstance(whole.exact, Distinct) and total > whole.value:
        remark = _(
            "The parts add up to %(sum)s, %(overlap)s more than the whole: the same one can be in several parts, "
            "and counts once in the whole."
        ) % {"sum": number(total), "overlap": number(total - whole.value)}
    return Compared(Table(heading, columns, rows, caption_hidden=True), remark)


def regions_table(
    version: FigureVersion, period: Period, programmes: Sequence[Programme], *, position: int, on: date | None
) -> Table:
    """A figure of each region beside its population and its businesses; without those it is not told.

    Regions differ in size and in what they had to begin with, so the bare number says nothing about who did well.
    """
    definition = figures.definition_of(version)
    columns = [
        Column(_("Region")),
        Column(unit_words(definition), number=True),
        Column(_("Per 1000 inhabitants"), number=True),
        Column(_("Per 100 businesses"), number=True),
        Column(_("Seen against")),
    ]
    rows: list[Sequence[Cell]] = []
    for programme in {one.region_id: one for one in reversed(programmes)}.values():
        seen = _seen_against(programme, period.last)
        if not seen:
            nothing = _("Neither population nor businesses are noted, so it is not compared.")
            rows.append((str(name_of(programme.region)), None, None, None, nothing))
            continue
        codes = tuple(sorted(places.codes_of(programme.region)))
        value = Decimal(_value(definition, period, position, on, municipalities=codes).value)
        rows.append(
            (
                str(name_of(programme.region)),
                value,
                _per(1000, value, seen.get(Context.Sort.POPULATION)),
                _per(100, value, seen.get(Context.Sort.BUSINESSES)),
                "; ".join(_told(one) for one in seen.values()),
            )
        )
    return Table(str(Words.from_dict(version.name)), columns, rows)


def _seen_against(programme: Programme, day: date) -> dict[str, Context]:
    """For each sort the number whose date is nearest the day."""
    numbers = programme.contexts.exclude(sort=Context.Sort.CONTROL)
    nearest = sorted(numbers, key=lambda one: -abs((one.dated - day).days))
    return {one.sort: one for one in nearest}


def _per(many: int, value: Decimal, context: Context | None) -> Decimal | None:
    if context is None or not context.value:
        return None
    return Decimal(f"{round(value * many / units(context.value), 1):f}")


def _told(context: Context) -> str:
    return _("%(what)s %(number)s, %(date)s (%(source)s)") % {
        "what": Words.from_dict(context.text),
        "number": number(units(context.value)),
        "date": short_date(context.dated),
        "source": context.source,
    }
