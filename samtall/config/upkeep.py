"""Bringing a database up to date: tables, guards, and the facts that every installation begins with."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

from samtall.accounts import limits, new_address, sessions
from samtall.base import clock
from samtall.figures.operations import ensure_catalogue
from samtall.ledger import guards
from samtall.places.operations import ensure_builtin
from samtall.privacy import operations as privacy


def bring_up_to_date() -> None:
    """Does nothing when everything is in place."""
    with _no_hurry():
        call_command("migrate", interactive=False, verbosity=0)
    guards.check()
    ensure_builtin(at=clock.now())
    ensure_catalogue(by="system:migrate", at=clock.now())
    privacy.redo(at=clock.now())
    sessions.forget(at=clock.now())
    limits.forget(at=clock.now())
    new_address.forget(at=clock.now())


@contextmanager
def _no_hurry() -> Iterator[None]:
    """A migration may take longer than the statements of a page are allowed to (PostgreSQL)."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")
