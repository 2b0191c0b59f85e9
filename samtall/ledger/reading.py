"""The whole ledger as a stream, all of it as it is at one moment, whoever writes meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import F
from django.db.models.functions import Cast

from samtall.ledger.canonical import FACT_COLUMNS, GENESIS
from samtall.ledger.models import Entry, Head, Posting

_AT_A_TIME = 5_000
_PLACE = ("posting_id", "line", "id", "reverses_id", "ended", "commitment", "salt", "source_id")


class Header(NamedTuple):
    position: int
    at: datetime
    by: str
    source_id: int
    source: str
    reason: str
    hash: bytes


class Line(NamedTuple):
    position: int
    line: int
    id: int
    reverses_id: int | None
    ended: int
    commitment: bytes
    salt: bytes
    source_id: int
    values: tuple[Any, ...]


class End(NamedTuple):
    position: int
    at: datetime | None
    hash: bytes


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read within is as it was at the start; nobody who writes waits for it."""
    if connection.in_atomic_block:
        yield
        return
    deferred = "BEGIN DEFERRED" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(deferred)
        try:
            yield
        finally:
            cursor.execute("COMMIT")


def postings() -> Iterator[tuple[Header | None, list[Line]]]:
    """Each posting with its entries, both in order; entries without a posting come last, with None."""
    headers = Posting.objects.order_by("position").values_list(
        "position", "at", "by", "source_id", "source__name", "reason", "hash"
    )
    entries = Entry.objects.order_by("posting_id", "line").values_list(*_PLACE, *_values())
    groups = groupby(entries.iterator(_AT_A_TIME), key=itemgetter(0))
    position, rows = next(groups, (None, iter(())))
    for header in headers.iterator(_AT_A_TIME):
        lines: list[Line] = []
        if position == header[0]:
            lines = _lines(rows)
            position, rows = next(groups, (None, iter(())))
        yield Header(*header[:-1], bytes(header[-1])), lines
    if position is not None:
        yield None, _lines(rows)


def _values() -> list[F | Cast]:
    """A fact's columns. SQLite keeps days as they are hashed: to read them as days takes a third of the whole time."""
    if connection.vendor != "sqlite":
        return [F(name) for name in FACT_COLUMNS]
    return [Cast(name, models.TextField()) if name in ("starts", "ends") else F(name) for name in FACT_COLUMNS]


def end() -> End:
    """Where the head says that the books end."""
    head = Head.objects.filter(pk=1).first()
    return End(head.position, head.at, bytes(head.hash)) if head else End(0, None, GENESIS)


def _lines(rows: Iterator[Any]) -> list[Line]:
    return [
        Line(position, line, id_, reverses, ended, bytes(commitment), bytes(salt), source, tuple(values))
        for position, line, id_, reverses, ended, commitment, salt, source, *values in rows
    ]
