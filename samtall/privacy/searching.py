"""Whether anything is left of somebody, byte for byte: in the database's files and in the data folder.

For tests, for `samtall privacy traces`, and for whoever wants proof.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models


def traces(words: Iterable[str]) -> list[str]:
    """Where any of the words stands, one line for each place."""
    wanted = _bytes_of(words)
    places = [*_files_of_database(), *_packed(), *_files()]
    found = [place for place, content in places if _holds(content, wanted)]
    return sorted({*found, *(_rows(words) if connection.vendor == "postgresql" else ())})


def in_database(words: Iterable[str]) -> bool:
    """Whether any of the words stands in the database's files."""
    wanted = _bytes_of(words)
    return any(_holds(content, wanted) for _place, content in _files_of_database())


def _bytes_of(words: Iterable[str]) -> set[bytes]:
    """The words as they may lie on the disk: in any capitals, as text and as JSON."""
    forms = {form for word in words for form in (word, word.lower(), word.upper(), word.title())}
    return {form.encode() for form in forms} | {json.dumps(form)[1:-1].encode() for form in forms}


def _holds(content: bytes, wanted: set[bytes]) -> bool:
    return any(word in content for word in wanted)


def _files_of_database() -> Iterator[tuple[str, bytes]]:
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        if not file.exists():  # kept in memory, as in tests
            connection.ensure_connection()
            yield "memory", connection.connection.serialize()
        for one in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-journal")):
            if one.exists():
                yield one.name, one.read_bytes()
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if cursor.fetchone()[0]:
                cursor.execute("CHECKPOINT")  # what is in memory only is written to the files
                cursor.execute(
                    "SELECT relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class "
                    "WHERE relkind IN ('r', 't', 'i', 'm') AND relnamespace NOT IN "
                    "('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
                )
                yield from ((f"file of {name}", bytes(content)) for name, content in cursor.fetchall())


def _rows(words: Iterable[str]) -> Iterator[str]:
    """Tables with a row that holds a word, as a dump of the database would show it."""
    for model in apps.get_models(include_auto_created=True):
        table = connection.ops.quote_name(model._meta.db_table)
        for word in words:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table} AS t WHERE t::text ILIKE %s)", [f"%{word}%"])
                if cursor.fetchone()[0]:
                    yield model._meta.label


def _packed() -> Iterator[tuple[str, bytes]]:
    """What columns of bytes hold, unpacked where it is packed."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.BinaryField) and model._meta.app_label != "ledger":
                for content in model._base_manager.values_list(field.name, flat=True).iterator(chunk_size=50):
                    yield f"{model._meta.label}.{field.name}", _unpacked(bytes(content or b""))


def _unpacked(content: bytes) -> bytes:
    try:
        return content + zlib.decompress(content)
    except zlib.error:
        return content


def _files() -> Iterator[tuple[str, bytes]]:
    """Everything in the data folder but the database and what is served to everybody."""
    folder = Path(settings.DATA)
    database = str(connection.settings_dict["NAME"])
    for file in folder.rglob("*"):
        if file.is_file() and Path(settings.STATIC_ROOT) not in file.parents and not str(file).startswith(database):
            yield str(file.relative_to(folder)), file.read_bytes()
