"""A whole installation moved to another database, SQLite to PostgreSQL or back, every row as it was."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.config.databases import OWN, let_it_take_its_time, reach, standing_on
from samtall.config.upkeep import unapplied_migrations
from samtall.documents.queries import faults_on_disk
from samtall.ledger import guards
from samtall.ledger.verify import Verdict, verify

BATCH = 2_000
#: What is told meanwhile: the table, and how many of its rows are over.
Progress = Callable[[str, int], None]
#: What `samtall migrate` writes by itself in an empty database; it is put aside for what the source has.
_MADE_BY_MIGRATION = {ContentType, Permission}
#: Fields whose values every database takes and gives as they are.
_AS_THEY_ARE = (models.IntegerField, models.CharField, models.TextField, models.BooleanField, models.ForeignKey)


class CannotMove(Refusal):
    """Nothing was moved, and the target holds nothing."""


@dataclass(frozen=True)
class Table:
    """How much a table holds, and a digest of it that does not depend on the order of its rows."""

    rows: int
    digest: str


@dataclass(frozen=True)
class Moved:
    """What is in the target now, by table, and what was found of its ledger and of the documents' files."""

    tables: dict[str, Table]
    ledger: Verdict
    documents: list[str]


def move(url: str, *, tell: Progress | None) -> Moved:
    """Copy everything to the empty database at `url`; all of it or nothing. Raises CannotMove.

    Keys, ids given next, times to the microsecond and the ledger's hashes are the same afterwards, which is looked at
    row by row. The source must not be written in meanwhile, and is not changed.
    """
    if unapplied_migrations():
        raise CannotMove(_("The database is not up to date. Run: samtall migrate"))
    with standing_on(url):
        reach()
        for alias in ("default", OWN):
            let_it_take_its_time(alias)
        _make_tables()
        with transaction.atomic(), _one_state():
            return _all_over(tell)


def _make_tables() -> None:
    """The tables and the guards, in a database that holds nothing yet."""
    ours = {model._meta.db_table: model for model in _models()} | {"django_migrations": None}
    there = set(connection.introspection.table_names())
    if foreign := sorted(there - ours.keys()):
        raise CannotMove(_("The target has a table that is not ours: %(table)s.") % {"table": foreign[0]})
    for table in sorted(there):
        model = ours[table]
        if model and model not in _MADE_BY_MIGRATION and QuerySet(model).exists():
            raise CannotMove(
                _("The target is not empty: there are rows in %(table)s. Move to a new database.") % {"table": table}
            )
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise CannotMove(
            _("The tables could not be made: %(why)s") % {"why": str(error).strip()},
        ) from error


def _all_over(tell: Progress | None) -> Moved:
    guards.uninstall()
    for model in _MADE_BY_MIGRATION:
        QuerySet(model)._raw_delete(using="default")
    copied = {model: _copy(model, tell) for model in _models()}
    for table, last in _last_ids(OWN).items():
        _go_on_from(table, last)
    connection.check_constraints()
    guards.install()
    found = {model: digest_of(_rows(model, "default"), model) for model in _models()}
    if unlike := [model._meta.db_table for model in copied if copied[model] != found[model]]:
        raise CannotMove(_("These tables did not become the same: %(tables)s.") % {"tables": ", ".join(unlike)})
    verdict = verify()
    if not verdict.sound:
        raise CannotMove(verdict.faults[0])
    return Moved({model._meta.db_table: found[model] for model in found}, verdict, faults_on_disk())


@contextmanager
def _one_state() -> Iterator[None]:
    """The source is read in one state: as PostgreSQL keeps it, or because nobody wrote. Raises CannotMove."""
    before = _marks()
    with connections[OWN].cursor() as cursor:
        cursor.execute(
            "BEGIN DEFERRED"  # not as elsewhere: nobody is kept from writing
            if connections[OWN].vendor == "sqlite"
            else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        )
    yield
    with connections[OWN].cursor() as cursor:
        cursor.execute("ROLLBACK")
    if _marks() != before:
        raise CannotMove(_("Somebody wrote in the source meanwhile. Stop Samtall and its worker, and move again."))


def _marks() -> object:
    """What differs as soon as anybody has committed anything in the source."""
    with connections[OWN].cursor() as cursor:
        if connections[OWN].vendor == "sqlite":
            return cursor.execute("PRAGMA data_version").fetchone()
        found: dict[str, object] = {}
        for table in (model._meta.db_table for model in _models()):
            cursor.execute(f'SELECT count(*), max(xmin::text::bigint) FROM "{table}"')  # noqa: S608 - our own names
            found[table] = cursor.fetchone()
        return found


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _fields(model: type[models.Model]) -> list[Any]:
    return list(model._meta.local_concrete_fields)


def _rows(model: type[models.Model], alias: str) -> Iterator[tuple[Any, ...]]:
    rows: Any = QuerySet(model, using=alias).order_by("pk").values_list(*[one.attname for one in _fields(model)])
    return iter(rows.iterator(BATCH))


def _copy(model: type[models.Model], tell: Progress | None) -> Table:
    """Every row of a table, a batch at a time; what was read, for comparing."""
    table, over = model._meta.db_table, 0

    def passing() -> Iterator[tuple[Any, ...]]:
        nonlocal over
        rows = _rows(model, OWN)
        while batch := list(islice(rows, BATCH)):
            _write(model, batch)
            over += len(batch)
            if tell:
                tell(table, over)
            yield from batch

    return digest_of(passing(), model)


def _write(model: type[models.Model], batch: list[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(one.column) for one in _fields(model))
    into = f"{quote(model._meta.db_table)} ({columns})"
    taken = _as_taken(model, batch)
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    for row in taken:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(_fields(model)))
                cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", taken)  # noqa: S608 - our own names
    except DatabaseError as error:
        raise CannotMove(
            _("%(table)s could not be copied: %(why)s") % {"table": model._meta.db_table, "why": str(error).strip()}
        ) from error


def _as_taken(model: type[models.Model], batch: list[tuple[Any, ...]]) -> list[Any]:
    """The values as the target's driver takes them."""
    special = [
        (number, one)
        for number, one in enumerate(_fields(model))
        if not isinstance(one, (*_AS_THEY_ARE, models.BinaryField))
    ]
    if not special:
        return batch
    taken = []
    for row in batch:
        values = list(row)
        for number, one in special:
            values[number] = one.get_db_prep_save(values[number], connection=connection)
        taken.append(values)
    return taken


def digest_of(rows: Iterable[tuple[Any, ...]], model: type[models.Model]) -> Table:
    """A sum of the rows' digests: the databases sort text each in its own way."""
    total, count = 0, 0
    plain = [(number, how) for number, one in enumerate(_fields(model)) if (how := _plainly(one))]
    for row in rows:
        values = list(row)
        for number, how in plain:
            if values[number] is not None:
                values[number] = how(values[number])
        total += int.from_bytes(hashlib.sha256(repr(values).encode()).digest())
        count += 1
    return Table(count, f"{total % 2**256:064x}")


def _plainly(field: Any) -> Callable[[Any], Any] | None:
    """For values that are the same though their text is not: bytes, and data whose keys have another order."""
    if isinstance(field, models.BinaryField):
        return bytes
    return (lambda value: json.dumps(value, sort_keys=True)) if isinstance(field, models.JSONField) else None


def _last_ids(alias: str) -> dict[str, int]:
    """The last id that each table gave, which is not always there any more: it is not to be given to another."""
    numbered = [one for one in _models() if isinstance(one._meta.pk, models.AutoField)]
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            tables = {one._meta.db_table for one in numbered}
            return {name: last for name, last in cursor.fetchall() if name in tables and last}
        found: dict[str, int] = {}
        for model in numbered:
            meta = model._meta
            last = f"pg_sequence_last_value(pg_get_serial_sequence('\"{meta.db_table}\"', '{meta.pk.column}'))"
            cursor.execute(f'SELECT GREATEST({last}, (SELECT max("{meta.pk.column}") FROM "{meta.db_table}"))')  # noqa: S608
            (number,) = cursor.fetchone()
            found |= {meta.db_table: number} if number else {}
        return found


def _go_on_from(table: str, last: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f'"{table}"', last])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
