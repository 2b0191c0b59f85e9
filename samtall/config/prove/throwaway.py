"""Databases to be thrown away: made and migrated once, and copied for each trial.

SQLite, or PostgreSQL where DATABASE_URL names one: then a database beside it on the same server, which needs the right
to make databases. Nothing in the installation's own database is read or written.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.utils.translation import gettext as _
from psycopg import sql

from samtall.base.errors import Refusal

Environment = dict[str, str]


class NoDatabase(Refusal):
    """A database of our own could not be made."""


class Ground:
    """Where trials take place: a folder, and a migrated database that each gets a copy of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = url if (url := os.environ.get("DATABASE_URL", "")).startswith("postgres") else ""
        self.prefix = f"samtall_prove_{os.getpid()}_{secrets.token_hex(3)}"
        self._copies = 0

    @property
    def _template(self) -> str:
        return f"{self.prefix}_template"

    def prepare(self) -> None:
        if self.server:
            self._tell(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self._template)))
        environment = self._environment(self.folder, self._template)
        words = [sys.executable, "-m", "samtall.config", "migrate"]
        subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours

    def clear(self) -> None:
        if self.server:
            self._drop(self._template)

    @contextmanager
    def fresh(self) -> Iterator[Environment]:
        """The environment of a process that has a folder and a migrated, empty database of its own."""
        self._copies += 1
        name, folder = f"{self.prefix}_{self._copies}", self.folder / str(self._copies)
        (folder / "static").mkdir(parents=True)
        if self.server:
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            self._tell(copy.format(sql.Identifier(name), sql.Identifier(self._template)))
        else:
            shutil.copy(self.folder / f"{self._template}.sqlite3", folder / f"{name}.sqlite3")
        try:
            yield self._environment(folder, name)
        finally:
            if self.server:
                self._drop(name)
            shutil.rmtree(folder, ignore_errors=True)

    def _environment(self, folder: Path, database: str) -> Environment:
        """Ours, without what this installation has been set to: a proof is about the product as delivered."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMTALL_")}
        url = f"sqlite:///{folder / database}.sqlite3"
        if self.server:
            url = urlsplit(self.server)._replace(path=f"/{database}").geturl()
        return kept | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "samtall.config.settings",
            "SAMTALL_DATA": str(folder),
            "SAMTALL_HOSTS": "testserver,localhost,127.0.0.1",
            "SAMTALL_SECRET_KEY": "thrown away with the database",
        }

    def _drop(self, database: str) -> None:
        self._tell(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def _tell(self, statement: sql.Composed) -> None:
        try:
            with psycopg.connect(self.server, autocommit=True) as server:
                server.execute(statement)
        except psycopg.Error as error:
            raise NoDatabase(
                _("A database to try on could not be made: %(error)s Use a role that may make databases.")
                % {"error": error}
            ) from error


@contextmanager
def ground() -> Iterator[Ground]:
    """A place for trials, of which nothing is left afterwards."""
    with tempfile.TemporaryDirectory(prefix="samtall-prove-") as folder:
        made = Ground(Path(folder))
        try:
            made.prepare()
            yield made
        finally:
            made.clear()


@contextmanager
def empty_database(folder: Path, *, other: bool = False) -> Iterator[str]:
    """The address of a database that holds nothing, of the kind that proofs run on.

    `other`: of the other kind, which needs a PostgreSQL server: without one it is SQLite, too.
    """
    server = os.environ["DATABASE_URL"]
    name = f"samtall_prove_{os.getpid()}_{secrets.token_hex(3)}"
    if other or not server.startswith("postgres"):
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    with psycopg.connect(server, autocommit=True) as told:
        told.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            told.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
