"""The last step of every erasure."""

from django.db import connection


def empty_the_log() -> None:
    """Empty SQLite's write-ahead log, where deleted text stays readable until then. To be called after the commit."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
