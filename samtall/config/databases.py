"""Standing on another database than the installation's own for a while: to move to it, or to restore into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, connections
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.config.settings import database_at

#: The installation's own database, while another one is stood on.
OWN = "own"


class NoDatabase(Refusal):
    """There is no database that can be used where one was named."""


@contextmanager
def standing_on(url: str) -> Iterator[None]:
    """Everything reads and writes the database at `url` meanwhile; the installation's own is called `OWN`."""
    there = _read(url)
    own = connections.settings["default"]
    _connect_to({"default": there, OWN: own})
    try:
        yield
    finally:
        _connect_to({"default": own})


def reach() -> None:
    """Connect, and make the file where it is SQLite and there is none. Raises NoDatabase."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise NoDatabase(_("The database cannot be reached: %(why)s") % {"why": str(error).strip()}) from error


def _read(url: str) -> dict[str, Any]:
    try:
        found = database_at(url)
    except ValueError:
        found = {"ENGINE": ""}
    if not found["ENGINE"].endswith(("sqlite3", "postgresql")):
        raise NoDatabase(
            _("%(url)s is not the address of a database: sqlite:///FILE or postgres://USER:PASSWORD@HOST:5432/NAME.")
            % {"url": url}
        )
    return found


def _connect_to(databases: dict[str, Any]) -> None:
    for one in connections.all(initialized_only=True):
        one.close()
        del connections[one.alias]
    connections.settings = connections.configure_settings(databases)


def let_it_take_its_time(alias: str = "default") -> None:
    """What is done here takes longer than the statements of a page may (PostgreSQL)."""
    if connections[alias].vendor == "postgresql":
        with connections[alias].cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
