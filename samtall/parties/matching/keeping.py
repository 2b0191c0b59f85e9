"""Which indexes answer, so that what was added a moment ago is found.

The index in the data folder is read up to a mark: the highest primary keys of four tables. Units that are new since, or
of which something new was said, are read again, whole, into small indexes in memory, and what older indexes have of
them no longer counts. Small indexes are joined as they grow, so that the work stays in proportion to what is new.
"""

import json
import os
import shutil
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import connection

from samtall.base.text import search_key
from samtall.parties.matching.index import Array, Index, build
from samtall.parties.matching.reading import Mark, Units, entries, mark_now, settled_mark, touched
from samtall.parties.models import Organisation

#: Of another number, an index is not read but made again.
VERSION = 2
#: When so many units are new, all are read anew.
_ANEW = 200_000
#: So many of the newest units tell whether an index is of this database.
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Segment:
    """An index, the units that it knows and no older one answers for, and the mark up to which it is read."""

    index: Index
    units: Units
    until: Mark


@dataclass(frozen=True, slots=True)
class Kept:
    """What is in the data folder."""

    folder: Path
    mark: Mark
    built_at: datetime
    names: int


class _Memory:
    """What this process has read; one for each database that it has seen (tests see several)."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.database = ""
        self.kept: Path | None = None
        self.segments: list[Segment] = []


_memory = _Memory()


def forget() -> None:
    """Read everything anew next time; for when a database was put in place of another."""
    with _memory.lock:
        _memory.segments = []
        _memory.database = ""


def segments() -> Sequence[Segment]:
    """The indexes that answer now, the newest first."""
    with _memory.lock:
        _open()
        parts = _memory.segments
        if not parts or mark_now() != parts[-1].until:
            settled = settled_mark()
            parts = _caught_up(parts, settled or mark_now())
            if settled:  # what may still be taken back, and its keys given to others, is read again next time
                _memory.segments = parts
        return list(reversed(parts))


def _open() -> None:
    """Take what is in the data folder, when it is another than last time."""
    found = kept()
    folder = found.folder if found else None
    if _this_database() == _memory.database and folder == _memory.kept:
        return
    _memory.database, _memory.kept, _memory.segments = _this_database(), folder, []
    if found:
        index = Index.kept(found.folder)
        if _knows(index):
            _memory.segments = [Segment(index, Units(), found.mark)]


def _knows(index: Index) -> bool:
    """Whether an index is of what is in the database, and not of what was there before a backup was put back."""
    newest = np.flatnonzero((index.site == 0) & (index.until == 0))[-_SAMPLE:].tolist()
    names = Organisation.objects.in_bulk([int(index.organisation[at]) for at in newest])
    same = [
        (unit := names.get(int(index.organisation[at]))) is not None and unit.search_name == search_key(index.name(at))
        for at in newest
    ]
    return 2 * sum(same) >= len(same)


def _caught_up(parts: Sequence[Segment], until: Mark) -> list[Segment]:
    """The segments and what is new since, with the small ones joined."""
    if not parts:
        return [Segment(build(entries()), Units(), until)]
    units = touched(parts[-1].until, until)
    if units.count > _ANEW:
        return [Segment(build(entries()), Units(), until)]
    rest = list(parts)
    while len(rest) > 1 and rest[-1].units.count <= 2 * units.count:
        units = units | rest.pop().units
    return [*rest, Segment(build(entries(units)), units, until)]


def superseded(newer: Sequence[Segment], index: Index, entry: Array) -> Array:
    """Which entries of an index are of units that a newer one answers for."""
    gone = np.zeros(len(entry), np.bool_)
    for segment in newer:
        site = index.site[entry]
        gone |= np.isin(site, np.fromiter(segment.units.sites or (), np.int64)) & (site > 0)
        gone |= np.isin(index.organisation[entry], np.fromiter(segment.units.organisations or (), np.int64)) & (
            site == 0
        )
    return gone


# --- the data folder


def place() -> Path:
    return Path(settings.DATA) / "matching"


def kept() -> Kept | None:
    """The newest index in the data folder that this version can read and that is of this database."""
    try:
        said = json.loads((place() / "newest.json").read_text(encoding="utf-8"))
        if said["version"] != VERSION or said["database"] != _this_database():
            return None
        return Kept(
            place() / said["folder"], Mark(**said["mark"]), datetime.fromisoformat(said["built_at"]), said["names"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _this_database() -> str:
    return f"{connection.vendor} {connection.settings_dict['HOST']} {connection.settings_dict['NAME']}"


def make(*, at: datetime) -> Kept:
    """Read the whole register into the data folder. Others go on with the old index until this one is whole."""
    mark = settled_mark(patience="0") or mark_now()
    index = build(entries())
    folder = place() / f"{at:%Y%m%dT%H%M%S}-{os.getpid()}"
    folder.mkdir(parents=True)
    index.save(folder)
    said = {
        "version": VERSION, "database": _this_database(), "folder": folder.name, "mark": asdict(mark),
        "built_at": at.isoformat(), "names": len(index),
    }  # fmt: skip
    written = place() / f"{folder.name}.json"
    written.write_text(json.dumps(said), encoding="utf-8")
    written.replace(place() / "newest.json")
    for old in place().iterdir():
        if old.is_dir() and old != folder:
            shutil.rmtree(old, ignore_errors=True)  # files that are mapped stay readable until they are let go
    return Kept(folder, mark, at, len(index))


def behind() -> int:
    """How many units are new or changed since the index in the data folder was read."""
    found = kept()
    return touched(found.mark, mark_now()).count if found else mark_now().organisations + mark_now().sites
