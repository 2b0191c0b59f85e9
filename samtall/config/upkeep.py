"""Bringing a database up to date: tables, guards, and the facts that every installation begins with."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from samtall.accounts import limits, new_address, sessions
from samtall.base import clock
from samtall.figures.operations import ensure_catalogue
from samtall.ledger import guards
from samtall.places.operations import ensure_builtin
from samtall.privacy import operations as privacy


def bring_up_to_date() -> int:
    """Does nothing when everything is in place; gives how many had to be erased again."""
    with _no_hurry():
        call_command("migrate", interactive=False, verbosity=0)
    guards.check()
    ensure_builtin(at=clock.now())
    ensure_catalogue(by="system:migrate", at=clock.now())
    redone = privacy.redo(at=clock.now())
    sessions.forget(at=clock.now())
    limits.forget(at=clock.now())
    new_address.forget(at=clock.now())
    return redone


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


def unapplied_migrations() -> list[str]:
    """The names of the migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
