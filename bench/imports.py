"""`python -m bench.imports`: bring in a large messy spreadsheet against a made-up register, on both databases.

Prints seconds until the plan can be read, rows recorded per second, how long pages and somebody else's writes take
meanwhile, whether an import killed many times gives the same books (SQLite), and whether undoing restores every figure.
"""

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

NAMES_PER_ROW = 0.2  # a name comes back, written the same way, five times on average
HEADINGS = [
    *("Slag", "Tittel", "Dato", "Til", "Bedrift", "Kommunenr", "Lærested", "Antall studenter", "Dokumentasjon"),
    *("Status", "ALP-referanse", "Kommentar"),
]
KINDS = ["Bacheloroppgave", "Studentpraksis", "Bedriftsbesøk", "Gjesteforelesning", "Masteroppgave"]
BOTH = ("4020",)  # came in 2020 of two, so that nobody can tell which an earlier row means (I6)
NOBODY = ["Ukjent", "div. bedrifter", "?", "ikke avklart"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.imports")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--units", type=int, default=100_000, help="legal units of the register")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only one of the two")
    parser.add_argument("--do", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.do:
        import django

        django.setup()
        STEPS[options.do](options)
        return
    from bench import databases

    for database in (databases.sqlite, databases.postgresql):
        if options.database in (None, database.__name__):
            with tempfile.TemporaryDirectory(prefix="samtall-bench-") as name, database(Path(name)) as url:
                print(f"{database.__name__}: {options.rows:,} rows, {options.units:,} legal units", flush=True)
                Run(Path(name), url, options).all()


class Run:
    """The steps on one database, each in a process of its own, as the product's own worker is."""

    def __init__(self, folder: Path, url: str, options: argparse.Namespace) -> None:
        self.folder, self.url, self.options = folder, url, options

    def all(self) -> None:
        self._do("prepare")
        self._do("plan")
        before = self._do("figures", quiet=True)
        self._do("start")
        file = self.folder / "bench.sqlite3"
        if file.exists():
            shutil.copy(file, self.folder / "copy.sqlite3")
        with self._child("others") as others:
            self._do("commit")
            self._do("show")
            others.send_signal(signal.SIGTERM)
            print(others.communicate()[0], end="", flush=True)
        books = self._do("books", quiet=True)
        self._do("undo")
        after = self._do("figures", quiet=True)
        print(f"  figures as before: {'yes' if after == before else 'NO'}", flush=True)
        if file.exists():
            self.url = f"sqlite:///{self.folder / 'copy.sqlite3'}"
            self._kill()
            same = "yes" if self._do("books", quiet=True) == books else "NO"
            print(f"  killed {self.options.kills} times, then finished: the same books: {same}", flush=True)

    def _kill(self) -> None:
        chance = random.Random(1)
        for _kill in range(self.options.kills):
            with self._child("step") as child:
                if child.stdout is None or not child.stdout.readline():
                    raise SystemExit("all was recorded before it could be killed")
                time.sleep(chance.uniform(0.0, 2.0))
                child.kill()
        self._do("commit", quiet=True)

    def _do(self, step: str, *, quiet: bool = False) -> str:
        with self._child(step) as child:
            said = str(child.communicate()[0])
        if child.returncode:
            raise SystemExit(f"{step} failed")
        if not quiet:
            print(said, end="", flush=True)
        return said

    def _child(self, step: str) -> "subprocess.Popen[str]":
        words = ["--rows", str(self.options.rows), "--units", str(self.options.units), "--do", step]
        said = {"DATABASE_URL": self.url, "SAMTALL_DATA": str(self.folder), "LANG": "C.UTF-8"}
        environment = os.environ | said | {"DJANGO_SETTINGS_MODULE": "samtall.config.settings"}
        return subprocess.Popen(
            [sys.executable, "-m", "bench.imports", *words], env=environment, stdout=subprocess.PIPE, text=True
        )


# --- steps, each in a process with the product's settings


def _prepare(options: argparse.Namespace) -> None:
    from bench.loading import reset_sequences
    from bench.match import loading, noise, register
    from bench.pages import user_with
    from samtall.base import clock
    from samtall.config.upkeep import bring_up_to_date
    from samtall.parties.matching import keeping
    from samtall.parties.models import Establishment, Organisation
    from samtall.parties.operations import add_organisation

    bring_up_to_date()
    units = register.made(options.units)
    loading.load(units)
    reset_sequences(Organisation, Establishment)
    add_organisation("Målehøgskolen", number="310000000", at=clock.now())
    keeping.make(at=clock.now())
    user_with("coordinator")
    cases = noise.Typist(units, 2).cases(max(1, int(options.rows * NAMES_PER_ROW)))
    cases = [
        one for one in cases if "Ã" not in one.sought.name and "Â" not in one.sought.name
    ]  # refused as damaged (I6)
    _sheet_path().write_bytes(spreadsheet(options.rows, [(one.sought.name, one.sought.municipality) for one in cases]))


def _plan(_options: argparse.Namespace) -> None:
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from bench.pages import user_with
    from samtall.base import clock
    from samtall.imports import operations

    by = user_with("coordinator")
    began, worked = time.perf_counter(), time.process_time()
    import_ = operations.upload(_sheet_path().read_bytes(), file_name="liste.xlsx", by=by, at=clock.now())
    uploaded = time.perf_counter()
    plan = operations.plan(import_, by=by, at=clock.now())
    planned = time.perf_counter()
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0], headers={"accept-language": "nb"})
    client.force_login(by)
    client.get(reverse("imports"))
    shown = _seconds(client.get, reverse("import", args=[import_.pk]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  uploaded in {uploaded - began:.1f} s, planned in {planned - uploaded:.1f} s "
        f"({time.process_time() - worked:.0f} s of its own work), at most {memory:,.0f} MB"
    )
    print(f"  the plan's page: {shown:.2f} s; " + ", ".join(f"{number:,} {label}" for label, number in plan.summary()))
    for problem in plan.problems[:5] if plan.blocked else ():
        print(f"  {problem}")


def _start(_options: argparse.Namespace) -> None:
    from django.db import connection

    from samtall.base import clock
    from samtall.imports import operations

    import_ = _import()
    operations.start(import_, by=import_.uploaded_by, at=clock.now())
    if import_.state == "planning":
        operations.go_on(import_, at=clock.now())
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _commit(_options: argparse.Namespace) -> None:
    took, worked = _run_to_end()
    rows = _import().rows_reached
    print(f"  {rows:,} rows recorded in {took:.0f} s: {rows / took:,.0f} rows/s ({rows / worked:,.0f} of its own work)")


def _step(_options: argparse.Namespace) -> None:
    """Go on, telling after each step how many rows are recorded: to be killed."""
    from samtall.base import clock
    from samtall.imports import operations

    import_ = _import()
    operations.run_to_end(
        import_, by=import_.uploaded_by, now=clock.now, progress=lambda one: print(one.rows_reached, flush=True)
    )


def _undo(_options: argparse.Namespace) -> None:
    from samtall.base import clock
    from samtall.imports import operations

    import_ = _import()
    operations.undo(import_, by=import_.uploaded_by, at=clock.now(), reason="bench")
    took, _worked = _run_to_end()
    print(f"  undone in {took:.0f} s, {import_.items.exclude(kept_because='').count()} activities left")


def _run_to_end() -> tuple[float, float]:
    from samtall.base import clock
    from samtall.imports import operations

    import_ = _import()
    began, worked = time.perf_counter(), time.process_time()
    operations.run_to_end(import_, by=import_.uploaded_by, now=clock.now)
    return time.perf_counter() - began, time.process_time() - worked


def _others(_options: argparse.Namespace) -> None:
    """Somebody who reads pages and writes, until told to stop."""
    from django.conf import settings
    from django.test import Client

    from bench.pages import user_with
    from samtall.activities.operations import record
    from samtall.base import clock

    by = user_with("administrator")
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0], headers={"accept-language": "nb"})
    client.force_login(by)
    pages: list[tuple[float, str]] = []
    writes: list[float] = []
    over: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: over.append(number))
    record("company_visit", title="Andres", starts=date(2024, 1, 1), by=by, at=clock.now())
    addresses = ("/", "/aktiviteter/", f"/import/{_import().pk}/", "/virksomheter/")
    for address in addresses:
        client.get(address)  # what a server does once
    while not over:
        for address in addresses:
            pages.append((_seconds(client.get, address), address))
        began = time.perf_counter()
        record("company_visit", title=f"Andres {len(writes)}", starts=date(2024, 1, 1), by=by, at=clock.now())
        writes.append(time.perf_counter() - began)
        time.sleep(0.1)
    times, waits = sorted(pages), sorted(writes)
    slowest, where = times[-1]
    half, most = times[len(times) // 2][0], times[len(times) * 95 // 100][0]
    print(f"  {len(times):,} pages meanwhile: half {half:.2f} s, 95 % {most:.2f} s, slowest {slowest:.2f} s ({where})")
    print(
        f"  {len(waits):,} writes of others: half {waits[len(waits) // 2]:.2f} s, "
        f"95 % {waits[len(waits) * 95 // 100]:.2f} s, longest {waits[-1]:.2f} s"
    )


def _show(_options: argparse.Namespace) -> None:
    from samtall.figures.queries import ALL_TIME, current_version, value

    found = value(current_version("organisations-in-collaborations"), ALL_TIME)
    print(f"  organisations: {found.exact.value} exact, {found.pending.value} pending, "
          f"{found.unidentified} not identified: between {found.lowest.value} and {found.highest.value}")  # fmt: skip


def _figures(_options: argparse.Namespace) -> None:
    """Every figure, for all time and with everything that stands beside it."""
    from samtall.figures.queries import ALL_TIME, latest_versions, value

    found = [replace(value(version, ALL_TIME), position=0) for version in latest_versions(with_people=True)]
    print(json.dumps([str(one) for one in found]))


def _books(_options: argparse.Namespace) -> None:
    """A fingerprint of what the import made of activities, parties and facts; the books must be sound."""
    from samtall.imports.models import ImportedActivity
    from samtall.ledger.models import NEVER, Entry
    from samtall.ledger.verify import verify

    lines = []
    made = ImportedActivity.objects.select_related("activity").prefetch_related(
        "activity__participations__organisation__same_as"
    )
    for item in made.iterator(chunk_size=500):
        activity = item.activity
        if activity is None:
            raise AssertionError(item)
        parts = sorted(
            str((one.role, str(one.organisation), one.counted and str(one.counted), one.head_count))
            for one in activity.participations.all()
        )
        lines.append(str((activity.kind, activity.title, activity.starts, activity.state, activity.step, parts)))
    standing = Entry.objects.filter(ended=NEVER).count()
    verdict = verify()
    if not verdict.sound:
        raise AssertionError(verdict.faults[0])
    print(len(lines), standing, hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest())


STEPS: dict[str, Callable[[argparse.Namespace], None]] = {
    "prepare": _prepare,
    "plan": _plan,
    "start": _start,
    "commit": _commit,
    "step": _step,
    "others": _others,
    "show": _show,
    "figures": _figures,
    "books": _books,
    "undo": _undo,
}


def _import() -> Any:
    from samtall.imports.models import Import

    return Import.objects.defer("packed_workbook").latest("pk")


def _sheet_path() -> Path:
    return Path(os.environ["SAMTALL_DATA"]) / "liste.xlsx"


def _seconds(do: Callable[..., Any], *said: Any) -> float:
    began = time.perf_counter()
    do(*said)
    return time.perf_counter() - began


# --- the list


def spreadsheet(count: int, names: list[tuple[str, str]]) -> bytes:
    """A list as many hands have kept it: a title, loose days and numbers, remarks, words that name nobody, sums."""
    from io import BytesIO

    import xlsxwriter

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Samarbeid")
        sheet.write(0, 0, "Samarbeid mellom utdanning og arbeidsliv 2017–2024")
        sheet.write_row(2, 0, HEADINGS)
        for at, row in enumerate(_rows(count, names), start=3):
            sheet.write_row(at, 0, row)
        sheet.write_row(count + 3, 0, ["Sum", None, None, None, None, None, None, count * 2])
    return file.getvalue()


def _rows(count: int, names: list[tuple[str, str]]) -> Iterator[list[Any]]:
    chance = random.Random(3)
    for number in range(1, count + 1):
        kind = KINDS[number % len(KINDS)]
        name, municipality = chance.choice(names)
        if chance.random() < 0.01:
            name, municipality = chance.choice(NOBODY), ""
        starts = date(2017, 1, 9) + timedelta(days=chance.randrange(2_700))
        ends = starts + timedelta(days=chance.randrange(20, 150))
        yield [
            kind,
            f"{kind} nr. {number}",
            chance.choice([f"{starts:%d.%m.%Y}", f"{starts:%Y-%m-%d}", f"{starts.day}.{starts.month}.{starts:%y}"]),
            f"{ends:%d.%m.%Y}" if kind not in ("Bedriftsbesøk", "Gjesteforelesning") else None,
            name,
            municipality if chance.random() < 0.5 and municipality not in BOTH else None,
            "Målehøgskolen",
            chance.choice([1, 2, 3, 12, "to", "ca. 10", "4 stk"]),
            f"Avtale {number}" if chance.random() < 0.8 else None,
            chance.choice(["Gjennomført", "ferdig", "fullført"]),
            f"ALP-{number}" if kind == "Studentpraksis" and chance.random() < 0.5 else None,
            "ring igjen" if chance.random() < 0.1 else None,
        ]


if __name__ == "__main__":
    main()
