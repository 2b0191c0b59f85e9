"""The questions that are measured, each said twice: to Samtall as definitions, and to DuckDB as SQL.

Parties are counted in the periods their facts touch (rule ACTIVE, what a definition says unless told otherwise); hours
in the period they began (rule NEW). Each answer has exact, pending and unidentified, as a figure always has (R2, R7,
R17): DuckDB is asked for the same three.
"""

from dataclasses import dataclass, replace

from bench.generator import FIRST_YEAR, KINDS, LAST_YEAR, MUNICIPALITIES
from samtall.base.periods import Period, between, year
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition, Rule, Unit

_ALL_YEARS = tuple(year(number) for number in range(FIRST_YEAR, LAST_YEAR + 1))
_LATE = year(LAST_YEAR - 1)
_LAST_FIVE = _ALL_YEARS[-6:-1]
_REGION = MUNICIPALITIES[100:115]
_MUNICIPALITY = MUNICIPALITIES[100:101]
_KIND = KINDS[3:4]

_ORGANISATIONS = Definition(unit=Unit.ORGANISATIONS)
_PEOPLE = Definition(unit=Unit.PEOPLE)
_HOURS = Definition(unit=Unit.HOURS, rule=Rule.NEW)


#: (label of the period, group) → (exact, pending, unidentified), with "" where nothing is grouped.
Answer = dict[tuple[str, str], tuple[int, int, int]]


@dataclass(frozen=True)
class Ask:
    """One figure asked for each of some periods, in parts by `grouping`, as the books stood at a position."""

    definition: Definition
    periods: tuple[Period, ...]
    position: int
    grouping: Grouping = Grouping.NONE


@dataclass(frozen=True)
class Task:
    """A row of the table: questions that are asked one after the other and timed together.

    `narrow` ones must not be slower than the peer at a million entries.
    """

    name: str
    title: str
    asks: tuple[Ask, ...]
    narrow: bool = False


def tasks(position: int, earlier: int) -> list[Task]:
    """The work, for books that end at a position; `earlier` is where they ended two years before."""
    hours = replace(_HOURS, municipalities=_REGION)
    five_years = between(_LAST_FIVE[0].first, _LAST_FIVE[-1].last)
    sectors = replace(_ORGANISATIONS, kinds=KINDS[2:5], municipalities=MUNICIPALITIES[100:125])
    figures = [
        replace(definition, municipalities=place)
        for place in ((), _REGION, _MUNICIPALITY)
        for definition in _dashboard_definitions()
    ]
    return [
        Task(
            "Q1",
            "organisations, one kind, one year, national",
            (Ask(replace(_ORGANISATIONS, kinds=_KIND), (_LATE,), position),),
            narrow=True,
        ),
        Task(
            "Q2",
            "organisations per year, one role, national, 12 years",
            (Ask(replace(_ORGANISATIONS, roles=("host",)), _ALL_YEARS, position),),
        ),
        Task(
            "Q3",
            "people per municipality, one role, one year",
            (Ask(replace(_PEOPLE, roles=("participant",)), (_LATE,), position, Grouping.MUNICIPALITY),),
        ),
        Task(
            "Q4",
            "hours per year × kind, a region of 15 municipalities",
            (Ask(hours, _ALL_YEARS, position, Grouping.KIND),),
            narrow=True,
        ),
        Task(
            "Q5",
            "organisations per sector, 3 kinds, 25 municipalities, 5 years",
            (Ask(sectors, (five_years,), position, Grouping.SECTOR),),
            narrow=True,
        ),
        Task(
            "Q6",
            "organisations and people per year, everything, as of two years back",
            tuple(Ask(definition, _ALL_YEARS, earlier) for definition in (_ORGANISATIONS, _PEOPLE)),
        ),
        Task(
            "Q7",
            "organisations and people per year × kind, national",
            tuple(Ask(definition, _ALL_YEARS, position, Grouping.KIND) for definition in (_ORGANISATIONS, _PEOPLE)),
        ),
        Task(
            "Q8",
            "organisations, people and hours: one municipality, one kind, one year, as of two years back",
            tuple(
                Ask(replace(definition, municipalities=_MUNICIPALITY, kinds=_KIND), (year(LAST_YEAR - 3),), earlier)
                for definition in (_ORGANISATIONS, _PEOPLE, _HOURS)
            ),
            narrow=True,
        ),
        Task(
            "dash30",
            "30 figures by year over 5 years, as 30 questions",
            tuple(Ask(figure, _LAST_FIVE, position) for figure in figures),
        ),
        Task(
            "dash150",
            "the same as 150 single figures",
            tuple(Ask(figure, (period,), position) for figure in figures for period in _LAST_FIVE),
        ),
    ]


def _dashboard_definitions() -> list[Definition]:
    """Ten figures like those every installation begins with."""
    collaborations, courses = ("student", "contact"), ("course",)
    return [
        replace(_ORGANISATIONS, families=collaborations, sides=("outside",)),
        replace(_ORGANISATIONS, families=courses, roles=("business",)),
        replace(_ORGANISATIONS, families=("network",), sides=("outside",)),
        replace(_ORGANISATIONS, families=(*collaborations, "course", "network"), sides=("outside",)),
        Definition(unit=Unit.ACTIVITIES, families=collaborations, sides=("education",)),
        Definition(unit=Unit.ACTIVITIES, families=("student",), sides=("education",), rule=Rule.COMPLETED),
        Definition(unit=Unit.ACTIVITIES, families=("network",), sides=("education",)),
        replace(_PEOPLE, families=courses, roles=("participant",)),
        Definition(unit=Unit.LEARNER_DAYS, families=courses, roles=("participant",)),
        Definition(unit=Unit.FTE, rule=Rule.NEW, families=("job",), roles=("filled",)),
    ]
