"""A programme as a file tells it: TOML read into plain parts, with every text in three languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from samtall.base.declarations import Table, read_file
from samtall.base.text import Words
from samtall.programmes.models import Paragraph

#: The programme that comes with Samtall.
MIDT_TELEMARK = Path(__file__).resolve().parent / "data" / "midt_telemark.toml"


@dataclass(frozen=True)
class PhaseText:
    name: Words
    starts: date
    ends: date


@dataclass(frozen=True)
class FactText:
    label: Words
    text: Words


@dataclass(frozen=True)
class TargetText:
    """`value` and `baseline` are in thousandths of the figure's unit; no value: to be described, not counted."""

    slug: str
    text: Words
    figure: str
    beside: str
    within_region: bool
    baseline: int
    value: int | None
    since: date
    deadline: date
    reported: Words | None
    reported_on: str


@dataclass(frozen=True)
class ProgrammeText:
    slug: str
    region: str
    name: Words
    lead: Words
    starts: date
    ends: date
    phases: tuple[PhaseText, ...]
    facts: tuple[FactText, ...]
    targets: tuple[TargetText, ...]
    paragraphs: Mapping[Paragraph.Part, tuple[Words, ...]]


def read(path: Path) -> ProgrammeText:
    """The programme that a file tells of. Raises UnreadableDeclaration."""
    return _programme(read_file(path))


def _programme(table: Table) -> ProgrammeText:
    return ProgrammeText(
        slug=table.get("slug", str),
        region=table.get("region", str),
        name=table.words("name"),
        lead=table.words("lead"),
        starts=table.get("starts", date),
        ends=table.get("ends", date),
        phases=tuple(
            PhaseText(row.words("name"), row.get("starts", date), row.get("ends", date))
            for row in table.tables("phases")
        ),
        facts=tuple(FactText(row.words("label"), row.words("text")) for row in table.tables("facts")),
        targets=tuple(map(_target, table.tables("targets"))),
        paragraphs={part: tuple(row.words() for row in table.tables(part.value)) for part in Paragraph.Part},
    )


def _target(table: Table) -> TargetText:
    value = table.get("value", int | float, required=False)
    return TargetText(
        slug=table.get("slug", str),
        text=table.words("text"),
        figure=table.get("figure", str),
        beside=table.get("beside", str, ""),
        within_region=table.get("within_region", bool, False),
        baseline=_thousandths(table.get("baseline", int | float, 0)),
        value=None if value is None else _thousandths(value),
        since=table.get("since", date),
        deadline=table.get("deadline", date),
        reported=table.words("reported") if "reported" in table.values else None,
        reported_on=table.get("reported_on", str, ""),
    )


def _thousandths(number: int | float) -> int:
    return int(Decimal(str(number)) * 1000)
