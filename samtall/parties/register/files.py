"""Opening an extract: CSV or JSON, plain or gzipped, read as a stream of records."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import IO, Any

import ijson
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.parties.legal_forms import SUB_UNITS
from samtall.parties.register.columns import NEEDED, Kind, headings, kind_of, positions

#: A record: our column names and the text in them. A column that the file does not have is not a key.
Record = dict[str, str]

_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")


class NotAnExtract(Refusal):
    """A file that is not an extract of the business register, or is damaged."""


@dataclass
class Extract:
    kind: Kind
    records: Iterator[Record]


def digest_of(path: Path) -> str:
    """SHA-256 of a file. Raises NotAnExtract when it cannot be opened."""
    try:
        with path.open("rb") as file:
            whole = sha256()
            while block := file.read(1 << 20):
                whole.update(block)
    except OSError as error:
        raise NotAnExtract(
            _("The file %(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
        ) from error
    return whole.hexdigest()


def date_in_name(path: Path) -> date | None:
    """The date in a file name such as `enheter_2025-02-10T04-10.csv.gz`."""
    for found in _DATE_IN_NAME.finditer(path.name):
        try:
            return date.fromisoformat(found[0])
        except ValueError:
            continue
    return None


@contextmanager
def open_extract(path: Path, kind: Kind | None = None) -> Iterator[Extract]:
    """An extract's kind and its records, read while they are asked for.

    The kind is seen from the headings, or in JSON from the first unit's form, where it is not given. Raises
    NotAnExtract in words for the one who brought the file, also while reading.
    """
    try:
        with ExitStack() as opened:
            raw = opened.enter_context(path.open("rb"))
            yield _extract(opened.enter_context(_unpacked(raw)), kind, opened)
    except (EOFError, zlib.error, gzip.BadGzipFile, ijson.JSONError) as error:
        raise NotAnExtract(
            _("The file breaks off or is damaged. Fetch it anew and load it again; what was read so far is kept.")
        ) from error
    except UnicodeDecodeError as error:
        raise NotAnExtract(_("The file is not written in UTF-8, as the register's files are.")) from error
    except csv.Error as error:
        raise NotAnExtract(_("The file cannot be read as CSV: %(why)s.") % {"why": error}) from error


def _unpacked(raw: IO[bytes]) -> IO[bytes]:
    gzipped = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    return io.BufferedReader(gzip.GzipFile(fileobj=raw)) if gzipped else raw


def _extract(file: IO[bytes], kind: Kind | None, opened: ExitStack) -> Extract:
    start = file.peek(64)[:64] if isinstance(file, io.BufferedReader) else b""
    if start.startswith(b"PK"):
        raise NotAnExtract(_("This is a spreadsheet or a zip file. Load the register's CSV or JSON file instead."))
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{"):
        return _json(file, kind)
    return _csv(opened.enter_context(io.TextIOWrapper(file, encoding="utf-8-sig", newline="")), kind)


def _csv(text: IO[str], kind: Kind | None) -> Extract:
    first = text.readline()
    found = next(csv.reader([first], delimiter=_delimiter(first)), [])
    kind = kind or kind_of(found)
    if kind is None:
        raise _unknown_headings(found)
    columns = positions(found, kind)
    if not all(name in columns for name in NEEDED[kind]):
        raise _unknown_headings(found)
    return Extract(kind, _csv_records(csv.reader(text, delimiter=_delimiter(first)), columns))


def _delimiter(line: str) -> str:
    return ";" if line.count(";") > line.count(",") else ","


def _csv_records(lines: Iterator[list[str]], columns: dict[str, int]) -> Iterator[Record]:
    width = max(columns.values()) + 1
    for line in lines:
        if line:
            padded = line if len(line) >= width else line + [""] * (width - len(line))
            yield {name: padded[index] for name, index in columns.items()}


def _unknown_headings(found: list[str]) -> NotAnExtract:
    return NotAnExtract(
        _(
            "The headings are not those of the business register (the first are: %(headings)s). Load the file of "
            "enheter or underenheter from data.brreg.no, and say which with --kind if it is not found out by itself."
        )
        % {"headings": ", ".join(heading.strip()[:30] for heading in found[:4])}
    )


def _json(file: IO[bytes], kind: Kind | None) -> Extract:
    units = ijson.items(file, "item")
    first = next(units, None)
    if not isinstance(first, dict) or "organisasjonsnummer" not in first:
        raise NotAnExtract(_("The JSON is not a list of units from the business register."))
    kind = kind or (Kind.UNDERENHETER if _at(first, ("organisasjonsform", "kode")) in SUB_UNITS else Kind.ENHETER)
    return Extract(kind, _json_records(first, units, kind))


def _json_records(first: Any, rest: Iterator[Any], kind: Kind) -> Iterator[Record]:
    paths = _paths(kind)
    for unit in chain([first], rest):
        yield {name: _at(unit, path) for name, path in paths}


def record_of(unit: Any, kind: Kind) -> Record:
    """The record of a unit as the register writes it in JSON."""
    return {name: _at(unit, path) for name, path in _paths(kind)}


@cache
def _paths(kind: Kind) -> list[tuple[str, tuple[str, ...]]]:
    """Our names of columns, and the way to each in JSON."""
    found = {name: choices[0] for name, choices in headings(kind).items() if name != "municipality_name"}
    return [(name, tuple(path.split("."))) for name, path in found.items()]


def _at(unit: Any, path: tuple[str, ...]) -> str:
    for name in path:
        unit = unit.get(name) if isinstance(unit, dict) else None
    if isinstance(unit, list):
        return "\n".join(str(line) for line in unit if line)
    return "" if unit is None else str(unit)
