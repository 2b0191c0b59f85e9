"""A programme as a file tells it: TOML read into plain parts, with every text in three languages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.base.text import LANGUAGES, Words
from samtall.programmes.models import Paragraph

#: The programme that comes with Samtall.
MIDT_TELEMARK = Path(__file__).resolve().parent / "data" / "midt_telemark.toml"


class UnreadableProgramme(Refusal):
    """The file does not tell of a programme; the message says what is missing and where."""


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
    """The programme that a file tells of. Raises UnreadableProgramme."""
    try:
        with path.open("rb") as file:
            return _programme(_Table(tomllib.load(file), path.name))
    except OSError as error:
        raise UnreadableProgramme(
            _("%(file)s cannot be opened: %(why)s.") % {"file": path, "why": error.strerror}
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableProgramme(
            _("%(file)s is not readable as TOML: %(why)s.") % {"file": path.name, "why": error}
        ) from None


class _Table:
    """A table of the file that knows where it stands, so that what is missing can be named."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values, self.where = values, where

    def get(self, name: str, kind: type, default: Any = None, *, required: bool = True) -> Any:
        value = self.values.get(name, default)
        if value is None and not required:
            return None
        if not isinstance(value, kind):
            raise UnreadableProgramme(
                _("“%(name)s” is missing or of the wrong sort in %(where)s.") % {"name": name, "where": self.where}
            )
        return value

    def words(self, name: str = "") -> Words:
        table = self.table(name) if name else self
        return Words(*(str(table.get(language, str)) for language in LANGUAGES))

    def table(self, name: str) -> "_Table":
        return _Table(self.get(name, dict), f"{self.where}, {name}")

    def tables(self, name: str) -> list["_Table"]:
        rows = self.get(name, list, [])
        return [_Table(row, f"{self.where}, {name} {number}") for number, row in enumerate(rows, start=1)]


def _programme(table: _Table) -> ProgrammeText:
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


def _target(table: _Table) -> TargetText:
    value = table.get("value", int | float, required=False)  # type: ignore[arg-type]
    return TargetText(
        slug=table.get("slug", str),
        text=table.words("text"),
        figure=table.get("figure", str),
        beside=table.get("beside", str, ""),
        within_region=table.get("within_region", bool, False),
        baseline=_thousandths(table.get("baseline", int | float, 0)),  # type: ignore[arg-type]
        value=None if value is None else _thousandths(value),
        since=table.get("since", date),
        deadline=table.get("deadline", date),
        reported=table.words("reported") if "reported" in table.values else None,
        reported_on=table.get("reported_on", str, ""),
    )


def _thousandths(number: int | float) -> int:
    return int(Decimal(str(number)) * 1000)
