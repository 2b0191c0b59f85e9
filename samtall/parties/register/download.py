"""Fetching a bulk file to disk, going on where an earlier attempt was cut."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path

import httpx
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.parties.register.asking import Connection, Passing, check, expect_success, not_as_promised
from samtall.parties.register.columns import Kind
from samtall.parties.register.files import date_in_name

#: Told how many bytes are here, and of how many; 0 when the register does not say.
Told = Callable[[int, int], None]


class CannotWrite(Refusal):
    """The disk is full or the folder is not ours."""


@dataclass(frozen=True)
class Version:
    """Which edition of the file an answer is, and the day that it shows."""

    validator: str
    dated: str


def fetched(kind: Kind, folder: Path) -> Path | None:
    """A whole bulk file that was fetched earlier and not yet thrown away."""
    return min(folder.glob(f"{kind}_????-??-??.json.gz"), default=None)


def download(
    connection: Connection, kind: Kind, folder: Path, *, progress: Told, wanted: Callable[[date], bool]
) -> Path | None:
    """Fetch the bulk file of a kind into a folder; it is named by its day.

    None, and nothing is fetched, when `wanted` says no to that day. Raises RegisterNotReached and CannotWrite; what
    had come by then is used by the next attempt, where the register has not made a new file meanwhile.
    """
    part = folder / f"{kind}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return connection.patiently(lambda: _attempt(connection, kind, part, progress, wanted))
    except OSError as error:
        raise CannotWrite(
            _("The file cannot be written in %(folder)s: %(why)s.") % {"folder": folder, "why": error.strerror}
        ) from error


def _attempt(
    connection: Connection, kind: Kind, part: Path, progress: Told, wanted: Callable[[date], bool]
) -> Path | None:
    known = _version_of(part)
    # The file is gzip itself; asked for as it is, its size is the one that is announced.
    headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
    if known and part.exists():
        headers |= {"Range": f"bytes={part.stat().st_size}-", "If-Range": known.validator}
    with connection.http.stream("GET", f"{kind}/lastned", headers=headers) as answer:
        if answer.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            _forget(part)
            raise Passing(_("what had come is of another edition"))
        check(answer)
        expect_success(answer)
        version = _version(answer)
        dated = date.fromisoformat(version.dated)
        if not wanted(dated):
            return None
        _write(answer, part, version, progress)
    whole = part.with_name(f"{kind}_{version.dated}.json.gz")
    part.rename(whole)
    _forget(part)
    return whole


def _write(answer: httpx.Response, part: Path, version: Version, progress: Told) -> None:
    """Add an answer to what is here, or begin anew. Raises Passing when less came than was announced."""
    start = _start_of(answer)
    if start and start != part.stat().st_size:
        _forget(part)
        raise Passing(_("it sent another part than the one that was asked for"))
    if not start:
        _notes(part).write_text(json.dumps(asdict(version)) if version.validator else "")
    length = int(answer.headers.get("Content-Length", "0"))
    whole = start + length if length else 0
    with part.open("ab" if start else "wb") as file:
        here = start
        for block in answer.iter_raw():
            file.write(block)
            here += len(block)
            progress(here, whole)
    if whole and here != whole:
        raise Passing(_("the connection was refused or broken"))


def _start_of(answer: httpx.Response) -> int:
    """The byte that an answer begins at: 0, or what `Content-Range: bytes 700-999/1000` says."""
    if answer.status_code != HTTPStatus.PARTIAL_CONTENT:
        return 0
    first = answer.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
    if not first.isdigit():
        raise not_as_promised()
    return int(first)


def _version(answer: httpx.Response) -> Version:
    """A weak ETag cannot tell that two answers are the same byte for byte."""
    tag = answer.headers.get("ETag", "")
    validator = tag if tag.startswith('"') else answer.headers.get("Last-Modified", "")
    return Version(validator, _day_of(answer).isoformat())


def _day_of(answer: httpx.Response) -> date:
    """The day in the file's name, else that on which it was last modified, else that of the answer."""
    named = date_in_name(Path(answer.headers.get("Content-Disposition", "")))
    if named:
        return named
    for header in ("Last-Modified", "Date"):
        with suppress(ValueError):
            return timezone.localdate(parsedate_to_datetime(answer.headers.get(header, "")))
    raise not_as_promised()


def _notes(part: Path) -> Path:
    return part.with_suffix(".version")


def _version_of(part: Path) -> Version | None:
    with suppress(OSError, ValueError, TypeError):
        return Version(**json.loads(_notes(part).read_text()))
    return None


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _notes(part).unlink(missing_ok=True)
