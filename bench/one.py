"""Measures the database that DATABASE_URL names, for `python -m bench`: FOLDER RUNS OUTPUT [DUCKDB-FILE]."""

import json
import os
import sys
from pathlib import Path

import django


def main(folder: str, runs: str, output: str, duckdb_file: str = "") -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "samtall.config.settings"
    os.environ["SAMTALL_SECOND_FACTOR"] = "0"  # pages are measured signed in, by somebody with one factor
    django.setup()
    from django.core.management import call_command

    from bench.generator import Files
    from bench.measuring import measure
    from bench.peers import DuckDB

    call_command("migrate", verbosity=0)
    peer = DuckDB(Path(duckdb_file)) if duckdb_file else None
    measured = measure(Files.kept(Path(folder)), peer, int(runs), lambda text: print(text, file=sys.stderr, flush=True))
    Path(output).write_text(json.dumps(measured.as_data()))


if __name__ == "__main__":
    main(*sys.argv[1:])
