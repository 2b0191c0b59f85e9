"""Real names: legal units of extracts in the register's own CSV, of which some are known and some are strangers."""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.match.register import Site, Unit


@dataclass(frozen=True, slots=True)
class Extracts:
    known: list[Unit]
    strangers: list[Unit]
    """Left out of the index, so that their names are nobody's."""


def read(files: Iterable[Path], first_key: int) -> Extracts:
    """Units of `…enheter.csv` with their `…underenheter.csv`; four in ten become strangers, the same every time."""
    units: dict[str, Unit] = {}
    names = sorted(files)
    for file in names:
        if not file.name.endswith("underenheter.csv"):
            for row in _rows(file):
                units[row["organisasjonsnummer"]] = _unit(row)
    for key, number in enumerate(sorted(units)):
        units[number].key = first_key + key
    site_key = 10 * first_key  # beyond those of the made-up register
    for file in names:
        if file.name.endswith("underenheter.csv"):
            for row in _rows(file):
                # owners in the demonstration extracts are drawn at random, except where the names agree
                owner = units.get(row["overordnetEnhet"])
                if owner and owner.name.split()[0] == row["navn"].split()[0]:
                    site_key += 1
                    place, code = _place(row, "beliggenhetsadresse")
                    owner.sites.append(Site(row["navn"], place, code, site_key))
    strange = {number for number in units if hashlib.sha256(number.encode()).digest()[0] < 102}
    return Extracts(
        [unit for number, unit in units.items() if number not in strange],
        [unit for number, unit in units.items() if number in strange],
    )


def _rows(file: Path) -> Iterable[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def _place(row: dict[str, str], address: str) -> tuple[int, int]:
    place, code = row[f"{address}.kommunenummer"], row[f"{address}.postnummer"]
    return int(place or 0), int(code) if code.isdigit() else 0


def _unit(row: dict[str, str]) -> Unit:
    place, code = _place(row, "forretningsadresse")
    street = row["forretningsadresse.adresse"].split("/n")[-1]
    domain = row["hjemmeside"].lower().removeprefix("www.").split("/")[0]
    return Unit(row["navn"], row["organisasjonsform.kode"], place, code, street=street, domain=domain)
