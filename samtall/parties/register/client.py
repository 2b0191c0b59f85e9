"""What the register's public API says: its feed of updates, and single units."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any

import httpx
from django.utils import timezone

from samtall.parties.register.asking import Connection, expect_success, not_as_promised
from samtall.parties.register.columns import Kind

#: Numbers asked about at once: a thousand characters of address.
UNITS_PER_QUESTION = 100

_IN_FEED = {Kind.ENHETER: "oppdaterteEnheter", Kind.UNDERENHETER: "oppdaterteUnderenheter"}


@dataclass(frozen=True, slots=True)
class Update:
    """A line of the feed: that something about a unit changed on a day. `removed`: it takes all of it back."""

    position: int
    number: str
    on: date
    removed: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What the register says of the units asked for; of `removed` ones nothing may be kept (HTTP 410)."""

    units: list[dict[str, Any]]
    removed: list[str]


def updates(connection: Connection, kind: Kind, *, after: int | None, since: date, most: int) -> list[Update]:
    """The next lines of the feed: after a position, or from a day on where there is none yet."""
    start = {"dato": f"{since.isoformat()}T00:00:00.000Z"} if after is None else {"oppdateringsid": after + 1}
    answer = connection.get(f"oppdateringer/{kind}", {**start, "size": most})
    expect_success(answer)
    with _as_promised():
        lines = answer.json().get("_embedded", {}).get(_IN_FEED[kind], [])
        return sorted((_update(line) for line in lines), key=lambda update: update.position)


def units(connection: Connection, kind: Kind, numbers: Sequence[str]) -> Answer:
    """What the register says now of at most UNITS_PER_QUESTION units; it leaves out those it has never had."""
    answer = connection.get(str(kind), {"organisasjonsnummer": ",".join(numbers), "size": len(numbers)})
    expect_success(answer)
    with _as_promised():
        found = answer.json().get("_embedded", {}).get(kind.value, [])
        missing = sorted(set(numbers) - {unit["organisasjonsnummer"] for unit in found})
    removed = []
    for number in missing:  # a list has neither closed nor removed units
        alone = connection.get(f"{kind}/{number}", {})
        if alone.status_code == HTTPStatus.GONE:
            removed.append(number)
        elif alone.status_code == HTTPStatus.OK:
            found.append(_unit(alone))
    return Answer(found, removed)


@contextmanager
def _as_promised() -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise not_as_promised() from error


def _unit(answer: httpx.Response) -> dict[str, Any]:
    with _as_promised():
        unit: dict[str, Any] = answer.json()
        unit["organisasjonsnummer"]
    return unit


def _update(line: dict[str, Any]) -> Update:
    at = datetime.fromisoformat(line["dato"])
    return Update(
        int(line["oppdateringsid"]),
        str(line["organisasjonsnummer"]),
        timezone.localdate(at if at.tzinfo else at.replace(tzinfo=UTC)),
        line["endringstype"] == "Fjernet",
    )
