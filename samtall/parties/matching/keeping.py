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

from samtall.parties.matching.index import Array, Index, build
from samtall.parties.matching.reading import Mark, Units, entries, mark_now, touched

#: Of another number, an index is not read but made again.
VERSION = 1


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
        now = mark_now()
        last = _memory.segments[-1].until if _memory.segments else Mark()
        if now != last or not _memory.segments:
            _catch_up(last, now)
        return list(reversed(_memory.segments))


def _open() -> None:
    """Take what is in the data folder, when it is another than last time."""
    database = f"{connection.vendor} {connection.settings_dict['NAME']}"
    found = kept()
    folder = found.folder if found else None
    if database == _memory.database and folder == _memory.kept:
        return
    _memory.database, _memory.kept, _memory.segments = database, folder, []
    if found:
        _memory.segments.append(Segment(Index.kept(found.folder), Units(), found.mark))


def _catch_up(last: Mark, now: Mark) -> None:
    parts = _memory.segments
    if any(new < old for new, old in zip(asdict(now).values(), asdict(last).values(), strict=True)):
        parts.clear()  # another database than the one that was read
    if not parts:
        until = mark_now(waiting=True)
        parts.append(Segment(build(entries()), Units(), until))
        return
    until = mark_now(waiting=True)
    units = touched(last, until)
    if not units.count:
        parts[-1] = Segment(parts[-1].index, parts[-1].units, until)
        return
    while len(parts) > 1 and parts[-1].units.count <= 2 * units.count:
        units = units | parts.pop().units
    parts.append(Segment(build(entries(units)), units, until))


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
    mark = mark_now(waiting=True)
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
