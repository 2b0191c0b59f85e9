"""The database's own refusal to change the books, declared here and checked at every start and after every migration.

Other rooms say which of their rows are to stay as they are, too (`keep`).

Django rebuilds a table to alter it on SQLite and drops its triggers without a word, so the guards are put back after
each migration and compared, word by word, with what is declared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from samtall.ledger.models import NEVER, Entry, Head, Posting, Source

_MESSAGE = "The ledger cannot be changed or deleted. Enter a correction instead."
_TABLES = {model: model._meta.db_table for model in (Posting, Entry, Source, Head)}
_FUNCTION = "ledger_refuse"


class GuardsMissing(ImproperlyConfigured):
    """The database lacks guards that the ledger relies on."""


@dataclass(frozen=True)
class Kept:
    """Rows of a table that are neither deleted nor changed from when `once` holds of OLD, unless `but` of OLD and NEW.

    `columns` never change. The conditions are SQL that both databases read.
    """

    table: str
    columns: Sequence[str]
    once: str
    but: str

    @property
    def unchanged(self) -> str:
        same = " AND ".join(f'OLD."{one}" {_SAME[connection.vendor]} NEW."{one}"' for one in self.columns)
        return f"({same} AND ({self.but}))"


_SAME = {"sqlite": "IS", "postgresql": "IS NOT DISTINCT FROM"}
_KEPT_MESSAGE = "What is published cannot be changed or deleted."
_kept: dict[str, Kept] = {}


def keep(kept: Kept) -> None:
    """Guard rows of another room: to be said once, when the room is made ready."""
    _kept[kept.table] = kept


def _kept_here() -> list[Kept]:
    """Those whose table is there: while one migrates, it may not be yet."""
    tables = set(connection.introspection.table_names()) if _kept else set()
    return [one for one in _kept.values() if one.table in tables]


def _entry_columns() -> list[str]:
    return [str(field.column) for field in Entry._meta.local_concrete_fields if field.column != "ended"]


def _sqlite() -> dict[str, tuple[str, str]]:
    """Trigger name → (table, statement)."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    guards = {}
    for model in (Posting, Source):
        table = _TABLES[model]
        guards[f"{table}_no_update"] = (table, f"BEFORE UPDATE ON {table} {refuse}")
    for table in _TABLES.values():
        guards[f"{table}_no_delete"] = (table, f"BEFORE DELETE ON {table} {refuse}")
    entry, head = _TABLES[Entry], _TABLES[Head]
    unchanged = " AND ".join(f'OLD."{column}" IS NEW."{column}"' for column in _entry_columns())
    guards[f"{entry}_no_update"] = (
        entry,
        f"BEFORE UPDATE ON {entry} WHEN NOT ({unchanged} AND {_marking(entry)}) {refuse}",
    )
    guards[f"{entry}_insert"] = (entry, f"BEFORE INSERT ON {entry} WHEN NOT {_well_placed()} {refuse}")
    guards[f"{head}_forward"] = (head, f"BEFORE UPDATE ON {head} WHEN NEW.position <= OLD.position {refuse}")
    stop = f"BEGIN SELECT RAISE(ABORT, '{_KEPT_MESSAGE}'); END"
    for kept in _kept_here():
        table, once = kept.table, kept.once
        changed = f"{once} AND NOT {kept.unchanged}"
        guards[f"{table}_no_delete"] = (table, f"BEFORE DELETE ON {table} WHEN {once} {stop}")
        guards[f"{table}_no_update"] = (table, f"BEFORE UPDATE ON {table} WHEN {changed} {stop}")
    return guards


def _marking(entry: str) -> str:
    """An update is allowed that marks a standing entry with the position of its reversal."""
    return (
        f"OLD.ended = {NEVER} AND EXISTS "
        f"(SELECT 1 FROM {entry} r WHERE r.reverses_id = OLD.id AND r.position = NEW.ended)"
    )


def _well_placed() -> str:
    """A new entry belongs to a posting after all others, and stands unless it is a reversal."""
    return (
        f"(NEW.ended = CASE WHEN NEW.reverses_id IS NULL THEN {NEVER} ELSE NEW.position END AND NEW.position > "
        f"(SELECT position FROM {_TABLES[Head]} WHERE id = 1))"
    )


def _postgresql() -> dict[str, tuple[str, str]]:
    refuse = f"EXECUTE FUNCTION {_FUNCTION}()"
    guards = {}
    for model in (Posting, Source):
        table = _TABLES[model]
        guards[f"{table}_no_update"] = (table, f"BEFORE UPDATE ON {table} FOR EACH ROW {refuse}")
    for table in _TABLES.values():
        guards[f"{table}_no_delete"] = (table, f"BEFORE DELETE ON {table} FOR EACH ROW {refuse}")
        guards[f"{table}_no_truncate"] = (table, f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}")
    entry, head = _TABLES[Entry], _TABLES[Head]
    guards[f"{entry}_no_update"] = (
        entry,
        f"BEFORE UPDATE ON {entry} FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}_update()",
    )
    guards[f"{entry}_insert"] = (entry, f"BEFORE INSERT ON {entry} FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}_insert()")
    guards[f"{head}_forward"] = (
        head,
        f"BEFORE UPDATE ON {head} FOR EACH ROW WHEN (NEW.position <= OLD.position) {refuse}",
    )
    for table in (kept.table for kept in _kept_here()):
        for event in ("update", "delete"):
            checked = f"BEFORE {event.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}_{table}_{event}()"
            guards[f"{table}_no_{event}"] = (table, checked)
        guards[f"{table}_no_truncate"] = (table, f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}")
    return guards


def _postgresql_functions() -> dict[str, str]:
    """Function name → body. Conditions that ask the table need a function there; on SQLite they stand in WHEN."""
    entry = _TABLES[Entry]
    refuse = f"RAISE EXCEPTION '{_MESSAGE}';"
    unchanged = " AND ".join(f'OLD."{column}" IS NOT DISTINCT FROM NEW."{column}"' for column in _entry_columns())
    allowed = {"update": f"({unchanged} AND {_marking(entry)})", "insert": _well_placed()}
    checks = {
        f"{_FUNCTION}_{event}": f"BEGIN IF NOT {condition} THEN {refuse} END IF; RETURN NEW; END"
        for event, condition in allowed.items()
    }
    for kept in _kept_here():
        stop = f"THEN RAISE EXCEPTION '{_KEPT_MESSAGE}'; END IF;"
        changed = f"{kept.once} AND NOT {kept.unchanged}"
        checks[f"{_FUNCTION}_{kept.table}_update"] = f"BEGIN IF {changed} {stop} RETURN NEW; END"
        checks[f"{_FUNCTION}_{kept.table}_delete"] = f"BEGIN IF {kept.once} {stop} RETURN OLD; END"
    return {_FUNCTION: f"BEGIN {refuse} END"} | checks


def declared() -> dict[str, str]:
    """Guard name → its definition, for the database in use."""
    if connection.vendor == "sqlite":
        return {name: f"CREATE TRIGGER {name} {body}" for name, (_, body) in _sqlite().items()}
    triggers = {name: f"CREATE TRIGGER {name} {body}" for name, (_, body) in _postgresql().items()}
    return triggers | {f"{name}()": body for name, body in _postgresql_functions().items()}


def found() -> dict[str, str]:
    """Guard name → its definition, as the database has it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return dict(cursor.fetchall())
        cursor.execute("SELECT tgname, pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal")
        expected = _postgresql()
        triggers = {
            name: f"CREATE TRIGGER {name} {expected[name][1]}" if _same_trigger(expected[name][1], text) else text
            for name, text, enabled in cursor.fetchall()
            if name in expected and enabled in ("O", "A")
        }
        cursor.execute("SELECT proname || '()', prosrc FROM pg_proc WHERE proname LIKE 'ledger_refuse%%'")
        return triggers | dict(cursor.fetchall())


def _same_trigger(declared_body: str, found_definition: str) -> bool:
    """Whether PostgreSQL's spelling of a trigger says what was declared (it adds the schema and brackets)."""

    def plain(text: str) -> str:
        text = text.split(" ON ", 1)[1].lower().replace("public.", "").replace(chr(34), "")
        return "".join(text.replace("(", "").replace(")", "").split())

    events = declared_body.split(" ON ")[0]
    return events in found_definition and plain(declared_body) == plain(found_definition)


def install() -> None:
    """Put every guard in place, replacing what stands under its name."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, statement in declared().items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(statement)
            return
        for name, body in _postgresql_functions().items():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$"
            )
        for name, (table, body) in _postgresql().items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            cursor.execute(f"CREATE TRIGGER {name} {body}")


def uninstall() -> None:
    """Take the guards away: for tests that empty the tables, and nothing else."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _sqlite():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for name, (table, _) in _postgresql().items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def missing() -> list[str]:
    """The names of guards that are absent or differ from what is declared."""
    present = found()
    return [name for name, definition in declared().items() if present.get(name) != definition]


def check() -> None:
    """Raise GuardsMissing unless every guard stands as declared."""
    absent = missing()
    if absent:
        raise GuardsMissing(
            f"The database does not guard the ledger as it must: {', '.join(absent)}. "
            "Run `samtall migrate`, which puts the guards in place, and find out who took them away."
        )
