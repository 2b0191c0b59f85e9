"""`python -m bench.register`: load a made-up register, half legal units and half work sites, on both databases.

The files are shaped and packed as the register's own bulk files. Prints rows per second and the most memory taken, and
on SQLite how long somebody else who writes meanwhile waits.
"""

import argparse
import gzip
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

FIRST, SECOND = date(2026, 9, 1), date(2026, 11, 1)
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_WORDS = "BØ MIDT GVARV LUNDE NOME TELEMARK VEST ØST FJELL DAL ELV SKOG HAV NORDLYS SOL BERG VIK NES HAUG LI".split()
_WORK = "BYGG EIENDOM INVEST TRANSPORT RØR ELEKTRO CONSULTING HOLDING FRISØR KAFE DATA GÅRD MEK VERKSTED".split()
_FORMS = [("AS", "Aksjeselskap"), ("ENK", "Enkeltpersonforetak"), ("FLI", "Forening/lag/innretning")]
_INDUSTRIES = [
    ("43.210", "Elektrisk installasjonsarbeid"),
    ("62.100", "Programmeringstjenester"),
    ("85.100", "Barnehager"),
]


def numbers(first: int) -> Iterator[str]:
    """Organisation numbers with right check digits, in order."""
    for stem in range(first, 99_999_999):
        digit = -sum(int(figure) * weight for figure, weight in zip(f"{stem:08d}", _WEIGHTS, strict=True)) % 11
        if digit < 10:
            yield f"{stem:08d}{digit}"


def write(path: Path, units: Iterator[dict[str, Any]]) -> Path:
    """A bulk file: a gzipped list, a unit after the other."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for index, unit in enumerate(units):
            file.write(("[" if index == 0 else ",") + json.dumps(unit, ensure_ascii=False))
        file.write("]")
    return path


def legal_units(count: int, seed: int) -> Iterator[dict[str, Any]]:
    chance, changes = random.Random(1), random.Random(seed)
    for number, _index in zip(numbers(81_000_000), range(count), strict=False):
        form, form_name = chance.choice(_FORMS)
        yield _unit(number, form, form_name, "forretningsadresse", chance, changes) | {
            "registreringsdatoEnhetsregisteret": "2015-02-19",
            "registrertIMvaregisteret": True,
            "institusjonellSektorkode": {"kode": "2100", "beskrivelse": "Private aksjeselskaper mv."},
            "registrertIForetaksregisteret": True,
            "registrertIStiftelsesregisteret": False,
            "registrertIFrivillighetsregisteret": False,
            "sisteInnsendteAarsregnskap": "2025",
            "konkurs": False,
            "underAvvikling": False,
            "underTvangsavviklingEllerTvangsopplosning": False,
            "maalform": "Bokmål",
            "vedtektsdato": "2015-01-10",
            "vedtektsfestetFormaal": ["Drift av virksomhet, herunder utleie, drift, kjøp og salg, samt investeringer."],
            "aktivitet": ["Drift av virksomhet og det som står i forbindelse med dette."],
        }


def work_sites(count: int, seed: int) -> Iterator[dict[str, Any]]:
    chance, changes = random.Random(2), random.Random(seed)
    for number, owner, _index in zip(numbers(91_000_000), numbers(81_000_000), range(count), strict=False):
        yield _unit(number, "BEDR", "Underenhet til næringsdrivende", "beliggenhetsadresse", chance, changes) | {
            "overordnetEnhet": owner,
            "oppstartsdato": "2015-01-10",
        }


def _unit(
    number: str, form: str, form_name: str, place: str, chance: random.Random, changes: random.Random
) -> dict[str, Any]:
    name = f"{chance.choice(_WORDS)} {chance.choice(_WORK)} {chance.randrange(9999)} {form}"
    code, industry = chance.choice(_INDUSTRIES)
    link = {"self": {"href": f"https://data.brreg.no/enhetsregisteret/api/organisasjonsformer/{form}"}}
    return {
        "organisasjonsnummer": number,
        "navn": name + (" NORGE" if changes.random() < 0.02 else ""),
        "organisasjonsform": {"kode": form, "beskrivelse": form_name, "_links": link},
        "hjemmeside": f"www.{name.split()[1].lower()}{number[:4]}.no",
        "naeringskode1": {"kode": code, "beskrivelse": industry},
        "antallAnsatte": chance.randrange(5, 90) if chance.random() < 0.2 else 0,
        "harRegistrertAntallAnsatte": True,
        place: {
            "land": "Norge",
            "landkode": "NO",
            "postnummer": f"{chance.randrange(100, 9999):04d}",
            "poststed": "GVARV",
            "adresse": [f"Storgata {chance.randrange(200)}", None],
            "kommune": "MIDT-TELEMARK",
            "kommunenummer": chance.choice(["4020", "4018", "0301"]),
        },
        "_links": {"self": {"href": f"https://data.brreg.no/enhetsregisteret/api/enheter/{number}"}},
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.register")
    parser.add_argument("--units", type=int, default=200_000, help="how many in all (default 200,000)")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only one of the two")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        _measure(options.inside)
        return
    from bench import databases

    with tempfile.TemporaryDirectory(prefix="samtall-bench-") as name:
        folder = Path(name)
        half = options.units // 2
        for edition, day in enumerate((FIRST, SECOND)):
            write(folder / f"enheter_{day}.json.gz", legal_units(half, edition))
            write(folder / f"underenheter_{day}.json.gz", work_sites(half, edition))
        for database in (databases.sqlite, databases.postgresql):
            if options.database in (None, database.__name__):
                with database(folder) as url:
                    print(database.__name__, flush=True)
                    command = [sys.executable, "-m", "bench.register", "--inside", str(folder)]
                    subprocess.run(command, check=True, env=os.environ | {"DATABASE_URL": url, "SAMTALL_DATA": name})


def _measure(folder: Path) -> None:
    """In a process of its own, whose settings are the product's own for the database."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "samtall.config.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from samtall.parties.register.loading import load

    call_command("migrate", verbosity=0)
    others = _Others(folder / "bench.sqlite3") if connection.vendor == "sqlite" else None
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    loads = [(kind, day) for day in (FIRST, SECOND) for kind in ("enheter", "underenheter")]
    for kind, day in loads:
        path = folder / f"{kind}_{day}.json.gz"
        done = (time.perf_counter(), time.process_time())
        told = load(path, complete=True, at=datetime(2026, 11, 20, tzinfo=UTC))
        wall, work = time.perf_counter() - done[0], time.process_time() - done[1]
        print(
            f"  {path.name}: {told.rows / wall:,.0f} rows/s ({told.rows / work:,.0f} per second of its own work), "
            f"{told.new:,} new, {told.changed:,} changed",
            flush=True,
        )
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"  most memory {after / 1024:,.0f} MB, of which {before / 1024:,.0f} MB before the first row")
    if others:
        waits = [round(wait * 1000) for wait in sorted(others.stop())]
        half, most = waits[len(waits) // 2], waits[len(waits) * 95 // 100]
        print(f"  {len(waits):,} writes of others: half waited {half} ms, 95 % under {most} ms, longest {waits[-1]} ms")


class _Others:
    """Somebody who writes to the same SQLite file ten times a second, as those who fill in forms do."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._waits: list[float] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._write)
        self._thread.start()

    def _write(self) -> None:
        database = sqlite3.connect(self._file, timeout=30, isolation_level=None)
        database.execute("CREATE TABLE others (at REAL)")
        while not self._over.wait(0.1):
            began = time.perf_counter()
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO others VALUES (?)", (began,))
            database.execute("COMMIT")
            self._waits.append(time.perf_counter() - began)
        database.close()

    def stop(self) -> list[float]:
        self._over.set()
        self._thread.join()
        return self._waits


if __name__ == "__main__":
    main()
