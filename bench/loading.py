"""Fills the ledger of the database in use from generated files, as fast as the database can take them.

The guards are down while it loads and stand again before anything is measured; secondary indexes are built at the end.
"""

import csv
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from bench.generator import BINARY_COLUMNS, EMPTY, ENTRY_COLUMNS, POSTING_COLUMNS, Files
from samtall.ledger import guards
from samtall.ledger.models import Entry, Head, Posting, Source

_TABLES: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "source": (Source, ("id", "name")),
    "posting": (Posting, POSTING_COLUMNS),
    "entry": (Entry, ENTRY_COLUMNS),
}
_ROWS_AT_A_TIME = 20_000


def load(files: Files) -> None:
    """Put a generated ledger into the database in use, whose books must be empty."""
    be_patient()
    guards.uninstall()
    _without_indexes()
    for table, (model, columns) in _TABLES.items():
        if connection.vendor == "sqlite":
            _insert(files, table, model, columns)
        else:
            _copy(files, table, model, columns)
    Head.objects.update_or_create(pk=1, defaults={"position": files.postings, "at": files.last_at, "hash": files.head})
    _with_indexes()
    guards.install()
    guards.check()
    _settle()


def be_patient() -> None:
    """Let statements of this connection take longer than the product allows them to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


def _without_indexes() -> None:
    with connection.schema_editor() as editor:
        for index in Entry._meta.indexes:
            editor.remove_index(Entry, index)


def _with_indexes() -> None:
    with connection.schema_editor() as editor:
        for index in Entry._meta.indexes:
            editor.add_index(Entry, index)


def _copy(files: Files, table: str, model: type[models.Model], columns: tuple[str, ...]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, files.path(table).open("rb") as file:
        statement = f"COPY {model._meta.db_table} ({names}) FROM STDIN WITH (FORMAT csv, NULL '{EMPTY}')"
        with cursor.copy(statement) as copy:
            while chunk := file.read(1 << 20):
                copy.write(chunk)
    reset_sequences(model)


def reset_sequences(*filled: type[models.Model]) -> None:
    """Let the next row of tables that were filled with ids of our own come after them."""
    with connection.cursor() as cursor:
        for reset in connection.ops.sequence_reset_sql(no_style(), list(filled)):
            cursor.execute(reset)


def _insert(files: Files, table: str, model: type[models.Model], columns: tuple[str, ...]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    rows = _rows(files, table, columns)
    while batch := list(islice(rows, _ROWS_AT_A_TIME)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})", batch)


def _rows(files: Files, table: str, columns: tuple[str, ...]) -> Iterator[list[Any]]:
    binary = [number for number, column in enumerate(columns) if column in BINARY_COLUMNS]
    spoken = {EMPTY: None, "True": 1, "False": 0}
    with files.path(table).open() as file:
        for text in csv.reader(file):
            row: list[Any] = [spoken.get(value, value) for value in text]
            for number in binary:
                row[number] = bytes.fromhex(text[number][2:])
            yield row


def _settle() -> None:
    """What a database does by itself in a quiet moment: gather statistics, tidy up."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA optimize" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
