"""The databases that are measured: a SQLite file, and a PostgreSQL that is given (DATABASE_URL) or started here.

Both are new and empty, set up as the product sets them up, and gone afterwards.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

_NAME = f"samtall_bench_{os.getpid()}"


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    """The address of a SQLite file."""
    file = folder / "bench.sqlite3"
    yield f"sqlite:///{file}"
    for left in folder.glob("bench.sqlite3*"):
        left.unlink()


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of a database of our own on a PostgreSQL server. Raises NoServer."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        with _database(given) as url:
            yield url
    else:
        with _server(folder) as server, _database(server) as url:
            yield url


class NoServer(Exception):
    """There is no PostgreSQL to measure."""


@contextmanager
def _database(server: str) -> Iterator[str]:
    name = sql.Identifier(_NAME)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{_NAME}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """A server of its own with default settings; it refuses to run as root, so then it runs as the user postgres."""
    initdb = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None, key=lambda path: path.parts[-3])
    found = str(initdb) if initdb else shutil.which("initdb")
    if not found:
        raise NoServer("no PostgreSQL: set DATABASE_URL, or install postgresql")
    programs, data = Path(found).parent, folder / "postgresql"
    data.mkdir()
    user = None
    if os.geteuid() == 0:
        user = "postgres"
        folder.chmod(0o755)
        shutil.chown(data, user)
    port = _free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="

    def run(program: str, *words: str) -> None:
        command = [str(programs / program), "-D", str(data), *words]
        subprocess.run(command, check=True, user=user, cwd=data, stdout=subprocess.DEVNULL)

    run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
    run("pg_ctl", "-w", "-l", str(data / "log"), "-o", options, "start")
    try:
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(data)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
