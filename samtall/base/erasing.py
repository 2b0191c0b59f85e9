"""The last step of every erasure: what is deleted must not stay readable in the files of the database."""

from collections.abc import Iterable
from typing import Any

from django.db import OperationalError, connection

#: Larger tables are not written anew, for nobody can read them meanwhile.
MOST_BYTES = 256_000_000


def empty_the_log() -> None:
    """Empty SQLite's write-ahead log, where deleted text stays readable until then. To be called after the commit."""
    log_is_empty()


def log_is_empty() -> bool:
    """The same; whether it could be emptied, which a reader of long ago may hinder."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        busy, *_rest = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def leave_nothing(tables: Iterable[str]) -> bool:
    """Take away what has been deleted from the files of the database; whether that was possible just now.

    SQLite overwrites what it deletes (`secure_delete`), but when it moves rows between pages it may leave a copy
    behind; PostgreSQL leaves old rows where they were. What is written anew has neither. It takes a while, and is to
    be called outside of transactions.
    """
    return _whole_anew() if connection.vendor == "sqlite" else _write_anew(tables)


def _whole_anew() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
    except OperationalError:  # somebody writes
        return False
    return log_is_empty()


def _write_anew(tables: Iterable[str]) -> bool:
    with connection.cursor() as cursor:
        if not _nobody_looks_back(cursor):
            return False
        cursor.execute("SET statement_timeout = 0")
        try:
            for table in tables:
                cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
                how = "(FULL)" if cursor.fetchone()[0] <= MOST_BYTES else ""
                cursor.execute(f"VACUUM {how} {connection.ops.quote_name(table)}")
        except OperationalError:  # somebody reads the table
            return False
        finally:
            cursor.execute("RESET statement_timeout")
    return True


def _nobody_looks_back(cursor: Any) -> bool:
    """Whether every transaction that began before now is over: PostgreSQL keeps old rows for as long as any is open."""
    cursor.execute("SELECT pg_current_xact_id()::text::bigint")
    (now,) = cursor.fetchone()
    cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return bool(cursor.fetchone()[0] > now)
