"""A copy that `samtall backup` wrote, put in the place of a database that holds nothing, and looked through (G22)."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.config.backup import broken_in, documents_beside, reach_the_disk, run_tool
from samtall.config.databases import standing_on
from samtall.config.upkeep import bring_up_to_date
from samtall.documents import disk
from samtall.documents.queries import faults_on_disk
from samtall.ledger import queries as ledger
from samtall.ledger.verify import Verdict, verify
from samtall.privacy import listing


class CannotRestore(Refusal):
    """Nothing was put in place."""


@dataclass(frozen=True)
class Restored:
    """What is in place now. `made` is when the copy was; `listed` and `erased` tell of the list of erasures."""

    made: datetime
    last_posting: datetime | None
    ledger: Verdict
    listed: int
    erased: int
    documents: list[str]


def restore(file: Path) -> Restored:
    """Put a copy in the place of the installation's database, which must hold nothing. Raises CannotRestore.

    It is brought up to date, whoever has been erased since is erased again, and the ledger is verified before anything
    stands where the installation looks. Documents that are lost or altered are told of, and hinder nothing.
    """
    if not file.is_file():
        raise CannotRestore(_("There is no file %(file)s.") % {"file": file})
    put_back = _into_sqlite if connection.vendor == "sqlite" else _into_postgresql
    return put_back(file)


def _into_sqlite(file: Path) -> Restored:
    """The copy becomes the database by being renamed, when all is well with it."""
    place = Path(str(connection.settings_dict["NAME"]))
    if place.exists() and place.stat().st_size:
        raise CannotRestore(
            _("There is a database already: %(file)s. Stop Samtall and put it aside, with its -wal and -shm files.")
            % {"file": place}
        )
    unfinished = place.with_name(f"{place.name}.unfinished")
    try:
        shutil.copyfile(file, unfinished)
        unfinished.chmod(0o600)
        if broken := broken_in(unfinished):
            raise CannotRestore(
                _("The copy is damaged, and nothing is restored: %(why)s.") % {"why": "; ".join(broken[:3])}
            )
        with standing_on(f"sqlite:///{quote(str(unfinished.absolute()))}"):
            restored = _made_ready(file)
        reach_the_disk(unfinished)
        for ending in ("-wal", "-shm"):
            place.with_name(place.name + ending).unlink(missing_ok=True)
        unfinished.rename(place)
        reach_the_disk(place.parent)
    finally:
        for ending in ("", "-wal", "-shm"):
            unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
    return restored


def _into_postgresql(file: Path) -> Restored:
    """The owner's database, which is emptied again when all is not well."""
    if connection.introspection.table_names():
        raise CannotRestore(
            _("There is something in the database %(name)s already. Restore to a new one: createdb.")
            % {"name": connection.settings_dict["NAME"]}
        )
    connection.close()
    name = str(connection.settings_dict["NAME"])
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--dbname={name}"]
    try:
        run_tool("pg_restore", *words, str(file))
        return _made_ready(file)
    except BaseException:
        _empty_postgresql()
        raise


def _empty_postgresql() -> None:
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {quoted(table)} CASCADE")
        cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'ledger_refuse%%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {quoted(name)}()")


def _made_ready(file: Path) -> Restored:
    """The files of documents, everything brought up to date, those erased again who were; then the ledger is read."""
    _refuse_what_is_not_ours()
    brought = _bring_documents(documents_beside(file))
    listed = len(listing.lines())
    try:
        erased = bring_up_to_date()
        verdict = verify()
        if not verdict.sound:
            raise CannotRestore(
                _("The copy's ledger is not sound, and nothing is restored: %(fault)s") % {"fault": verdict.faults[0]}
            )
    except BaseException:
        for name in brought:
            disk.delete(name)
        raise
    return Restored(
        made=datetime.fromtimestamp(file.stat().st_mtime, tz=UTC),
        last_posting=ledger.last_at(),
        ledger=verdict,
        listed=listed,
        erased=erased,
        documents=faults_on_disk(),
    )


def _refuse_what_is_not_ours() -> None:
    if "ledger_head" not in connection.introspection.table_names():
        raise CannotRestore(_("The copy is not of Samtall: it has no ledger."))
    loader = MigrationLoader(connection)
    ours = {app for app, _name in loader.disk_migrations}
    newer = [one for one in loader.applied_migrations if one not in loader.disk_migrations and one[0] in ours]
    if newer:
        raise CannotRestore(
            _("The copy was made by a newer Samtall than this one, which does not know %(migration)s.")
            % {"migration": ".".join(newer[0])}
        )


def _bring_documents(folder: Path) -> list[str]:
    """Lay the files of documents where they belong; those that lie there already are left. Gives what was laid."""
    brought = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else []:
        if not disk.path_of(file.name).exists():
            disk.write(file.name, file.read_bytes())
            brought.append(file.name)
    return brought
