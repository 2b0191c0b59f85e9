"""A copy of the whole database in one file, taken while Samtall runs, and looked through before it gets its name.

The files of documents go into a folder beside it, FILE.documents; they never change, so that copying them is enough.

The file of a live SQLite database must never be copied: what has not reached it yet is lost, or half there.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtall.base import backups
from samtall.base.errors import Refusal
from samtall.documents import disk
from samtall.documents.queries import faults_on_disk, kept_files


class CannotBackUp(Refusal):
    """No copy was made."""


@dataclass(frozen=True)
class Copied:
    """A copy that is whole. `faults` are those of the ledger in it; `proven` is whether the ledger was read at all."""

    path: Path
    proven: bool
    faults: list[str] = field(default_factory=list)


def back_up(target: Path) -> Copied:
    """Write a copy that only its owner may read. Raises CannotBackUp, and then leaves nothing behind."""
    if target.exists() or documents_beside(target).exists():
        raise CannotBackUp(_("%(file)s exists already. Choose another name.") % {"file": target})
    if not target.parent.is_dir():
        raise CannotBackUp(_("There is no folder %(folder)s. Make it first.") % {"folder": target.parent})
    write = _copy_sqlite if connection.vendor == "sqlite" else _dump_postgresql
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        write(unfinished)
        reach_the_disk(unfinished)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    reach_the_disk(target.parent)
    lost = _copy_documents(documents_beside(target))
    backups.note()
    if connection.vendor == "sqlite":
        return Copied(target, proven=True, faults=_faults_of_ledger(target) + lost)
    return Copied(target, proven=False, faults=lost)


def documents_beside(target: Path) -> Path:
    """The folder that the files of documents are copied to."""
    return target.with_name(f"{target.name}.documents")


def _copy_documents(folder: Path) -> list[str]:
    """Copy what lies on the disk, each file compared with its hash. Gives those that are lost or altered."""
    files = list(kept_files())
    if not files:
        return []
    folder.mkdir(mode=0o700)
    for file in files:
        if disk.path_of(file.name).exists():
            shutil.copyfile(disk.path_of(file.name), folder / file.name)
            (folder / file.name).chmod(0o600)
            reach_the_disk(folder / file.name)
    return [f"documents/{fault}" for fault in faults_on_disk(folder)]


def _copy_sqlite(file: Path) -> None:
    """One statement that reads one state of the database, whoever writes meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    if broken := broken_in(file):
        raise CannotBackUp(_("The copy is damaged, and is deleted: %(why)s.") % {"why": "; ".join(broken[:3])})


def broken_in(file: Path) -> list[str]:
    """What is broken in the structure of an SQLite file, or that it is none."""
    copy = sqlite3.connect(file)
    try:
        broken = [row for (row,) in copy.execute("PRAGMA integrity_check") if row != "ok"]
        return broken + [f"{table}: {row}" for table, row, *_more in copy.execute("PRAGMA foreign_key_check")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    finally:
        copy.close()


def _faults_of_ledger(copy: Path) -> list[str]:
    """What `samtall verify` says of the copy, in a process of its own since this one has its own database open."""
    program = "import sys; from samtall.config.command_line import main; sys.exit(main())"
    told = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", program, "--language", get_language() or "nb", "verify"],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{quote(str(copy.absolute()))}"},
        capture_output=True,
        text=True,
        check=False,
    )
    return [] if told.returncode == 0 else (told.stdout + told.stderr).splitlines()


def _dump_postgresql(file: Path) -> None:
    """What pg_dump makes, read through once by pg_restore."""
    run_tool("pg_dump", "--format=custom", f"--file={file}")
    run_tool("pg_restore", f"--file={os.devnull}", str(file))


def postgresql_environment() -> dict[str, str]:
    """What PostgreSQL's own programs need to find our database."""
    wanted = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
    parameters = connection.get_connection_params()
    return {variable: str(parameters[name]) for variable, name in wanted.items() if parameters.get(name)}


def run_tool(tool: str, *words: str) -> None:
    """Run one of PostgreSQL's own programs on our database. Raises CannotBackUp."""
    if shutil.which(tool) is None:
        raise CannotBackUp(_("%(tool)s is not installed here. It comes with PostgreSQL's client.") % {"tool": tool})
    environment = {**os.environ, **postgresql_environment()}
    done = subprocess.run([tool, *words], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CannotBackUp(f"{tool}: {done.stderr.strip()}")


def reach_the_disk(path: Path) -> None:
    """Wait until a file, or what a folder holds, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
