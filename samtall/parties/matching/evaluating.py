"""Measuring on a list of one's own: how often what is tied is right, and what the probabilities are worth."""

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, load_workbook

from samtall.base.errors import Refusal
from samtall.base.reading import read_date
from samtall.base.text import search_key
from samtall.parties.matching.asking import Finding, Sought, Verdict
from samtall.parties.matching.finding import find
from samtall.parties.models import Organisation
from samtall.parties.numbers import InvalidNumber, check
from samtall.parties.queries import establishment_by_number, organisation_by_number

#: What columns may be called.
_HEADINGS = {
    "name": ("name", "navn", "namn", "organisasjon", "organisation", "bedrift"),
    "number": ("number", "organisation number", "organisasjonsnummer", "org.nr.", "org.nr", "orgnr", "org. nr."),
    "municipality": ("municipality", "kommune", "kommunenummer", "kommunenr"),
    "postal_code": ("postal_code", "postal code", "postnummer", "postnr"),
    "address": ("address", "adresse"),
    "email": ("email", "e-mail", "e-post", "epost", "domain", "domene"),
    "web": ("web", "nettside", "nettsted", "hjemmeside", "heimeside"),
    "on": ("date", "dato", "on"),
}
_STEPS = (0, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 1.001)
_WORST = 20


class NotAList(Refusal):
    """The file cannot be read as a list of names and numbers."""


@dataclass(frozen=True, slots=True)
class Row:
    """One name of the list. `truth` is the organisation's key, or None for nobody that is in the register."""

    sought: Sought
    truth: int | None
    number: str


@dataclass(frozen=True, slots=True)
class Outcome:
    row: Row
    finding: Finding

    @property
    def likeliest(self) -> int | None:
        return self.finding.candidates[0].organisation if self.finding.candidates else None

    @property
    def probability(self) -> float:
        return self.finding.candidates[0].probability if self.finding.candidates else 0.0

    @property
    def right(self) -> bool:
        return self.likeliest is not None and self.likeliest == self.row.truth

    @property
    def tied(self) -> bool:
        return self.finding.verdict is Verdict.CERTAIN


def read(path: Path) -> list[Row]:
    """The rows of a CSV or XLSX file. Raises NotAList; rows without a name are left out."""
    table = iter(_table(path))
    columns = _columns(next(table, []))
    rows = []
    for cells in table:
        said = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        if said["name"]:
            rows.append(_row(said))
    return rows


def _table(path: Path) -> Iterable[list[str]]:
    try:
        if path.suffix.lower() in (".xlsx", ".ods"):
            rows = load_workbook(path).get_sheet_by_index(0).to_python()
            return [[_text(cell) for cell in row] for row in rows]
        text = path.read_bytes().decode("utf-8-sig")
        separator = max(";,\t", key=text.partition("\n")[0].count)
        return csv.reader(io.StringIO(text), delimiter=separator)
    except (OSError, UnicodeError, CalamineError) as error:
        raise NotAList(_("%(file)s cannot be read as CSV in UTF-8 or as XLSX.") % {"file": path.name}) from error


def _text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _columns(heading: Sequence[str]) -> dict[str, int]:
    found = {
        field: at
        for field, names in _HEADINGS.items()
        for at, cell in enumerate(heading)
        if search_key(cell).lstrip("\ufeff") in names
    }
    if "name" not in found or "number" not in found:
        raise NotAList(_("The list needs a heading with at least the columns name and number."))
    return found


def _row(said: dict[str, str]) -> Row:
    number = said.pop("number")
    day = said.pop("on", "")
    municipality, postal_code = (said.pop(name, "") for name in ("municipality", "postal_code"))
    sought = Sought(
        **said,
        municipality=municipality.zfill(4) if municipality.isdigit() else "",
        postal_code=postal_code.zfill(4) if postal_code.isdigit() else "",
        on=read_date(day) if day else None,
    )
    return Row(sought, _key(number), number)


def _key(number: str) -> int | None:
    """The legal unit with this number, or that owns the work site with it, or that it is a department of."""
    if not number:
        return None
    try:
        check(number)
    except InvalidNumber:
        return None
    if unit := organisation_by_number(number):
        return int(unit.counted.pk)
    site = establishment_by_number(number)
    return int(site.organisation.counted.pk) if site else None


def evaluate(rows: Sequence[Row]) -> list[Outcome]:
    found = find([row.sought for row in rows])
    return [Outcome(row, finding) for row, finding in zip(rows, found, strict=True)]


def account(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What came out, line by line."""
    known = [one for one in outcomes if one.row.truth is not None]
    nobody = [one for one in outcomes if one.row.truth is None]
    tied = [one for one in outcomes if one.tied]
    yield _("%(rows)s names, %(known)s of them in the register.") % {"rows": len(outcomes), "known": len(known)}
    yield _("Tied: %(count)s (%(share)s), of them right %(precision)s.") % {
        "count": len(tied), "share": _share(len(tied), len(outcomes)), "precision": _share(_right(tied), len(tied)),
    }  # fmt: skip
    yield _("Of those in the register: right at first place %(first)s, among the first ten %(ten)s, tied %(tied)s.") % {
        "first": _share(_right(known), len(known)),
        "ten": _share(sum(_among(one) for one in known), len(known)),
        "tied": _share(_right([one for one in known if one.tied]), len(known)),
    }
    yield _("Of those not in the register: wrongly tied %(share)s.") % {
        "share": _share(sum(one.tied for one in nobody), len(nobody))
    }
    yield ""
    yield _("Probability said, names, of them right:")
    for low, high in itertools.pairwise(_STEPS):
        some = [one for one in outcomes if low <= one.probability < high]
        if some:
            yield f"  {low:>5.0%}–{min(high, 1):<5.0%} {len(some):>7}  {_share(_right(some), len(some))}"
    worst = sorted((one for one in outcomes if one.likeliest and not one.right), key=lambda one: -one.probability)
    if worst:
        yield ""
        yield _("The worst mistakes:")
        yield from map(_mistake, worst[:_WORST])


def _mistake(one: Outcome) -> str:
    taken = Organisation.objects.get(pk=one.likeliest or 0)
    meant = Organisation.objects.filter(pk=one.row.truth or 0).first()
    return _("  %(probability)s  “%(name)s” was taken for %(taken)s, but is %(meant)s") % {
        "probability": f"{one.probability:.1%}", "name": one.row.sought.name, "taken": taken.name,
        "meant": meant.name if meant else one.row.number or _("nobody in the register"),
    }  # fmt: skip


def _right(outcomes: Iterable[Outcome]) -> int:
    return sum(one.right for one in outcomes)


def _among(one: Outcome) -> bool:
    return one.row.truth in [candidate.organisation for candidate in one.finding.candidates]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"
