"""`python -m bench`: generate a ledger, load it everywhere, ask the same of all, report.

Exits with an error when Samtall and DuckDB do not answer the same.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.measuring import Measured

SMALL, USUAL, LARGE = 10_000, 1_000_000, 10_000_000


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="samtall-bench-") as name:
        folder = Path(name)
        _set_up(folder)
        return _run(options, folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Samtall beside DuckDB.")
    parser.add_argument("--entries", type=int, default=USUAL, help=f"how many entries (default {USUAL:,})")
    parser.add_argument("--large", dest="entries", action="store_const", const=LARGE, help=f"{LARGE:,} entries")
    parser.add_argument("--runs", type=int, default=5, help="medians of so many runs (default 5)")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only one of the two")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    return parser.parse_args()


def _set_up(folder: Path) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "samtall.config.settings"
    os.environ["SAMTALL_DATA"] = str(folder)
    django.setup()


def _run(options: argparse.Namespace, folder: Path) -> int:
    from bench import databases, generator, report
    from bench.peers import DuckDB

    books = {name: folder / name for name in ("small", "large")}
    for name, entries in (("small", SMALL), ("large", options.entries)):
        _say(f"generating {entries:,} entries")
        books[name].mkdir()
        files = generator.write(books[name], entries)
    peer = folder / "bench.duckdb"
    DuckDB(peer).load(files)
    large, small = [], []
    for database in (databases.sqlite, databases.postgresql):
        if options.database in (None, database.__name__):
            try:
                small.append(_measure(database, folder, books["small"], options.runs))
                large.append(_measure(database, folder, books["large"], options.runs, peer))
            except databases.NoServer as missing:
                _say(f"PostgreSQL is left out: {missing}")
    text = report.report(large, small, options.runs, date.today())
    print(text)
    if options.write:
        report.TARGET.write_text(text)
    for slow in report.too_slow(large):
        _say(f"slower than DuckDB: {slow}")
    return 0


def _measure(
    database: Callable[[Path], AbstractContextManager[str]], folder: Path, books: Path, runs: int, peer: Path | str = ""
) -> "Measured":
    """Measure in a process of its own, whose settings are the product's own for that database."""
    from bench.measuring import Measured

    output = folder / "measured.json"
    with database(folder) as url:
        command = [sys.executable, "-m", "bench.one", str(books), str(runs), str(output), str(peer)]
        subprocess.run(command, check=True, env=os.environ | {"DATABASE_URL": url})
    return Measured.from_data(json.loads(output.read_text()))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
