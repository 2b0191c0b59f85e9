"""Municipalities over time from Statistics Norway's KLASS API (classification 131)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import httpx
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.places.facts import History, Move, Span
from samtall.places.names import spellings

BASE_URL = "https://data.ssb.no/api/klass/v1"
MUNICIPALITIES = 131
SINCE = date(2010, 1, 1)
TIMEOUT_SECONDS = 30.0

#: "Uoppgitt": not a place.
NOT_STATED = "9999"


class FetchFailed(Refusal):
    """Statistics Norway did not answer, or answered something that cannot be read. Nothing was saved."""


@dataclass(frozen=True)
class Change:
    """One line of the list of changes: from a day on, what was (or part of what was) one code is under another."""

    old: str
    new: str
    on: date
    same_name: bool


def fetch(until: date, *, base_url: str = BASE_URL) -> History:
    """The country's municipalities from 2010 and what passed between them until a day. Raises FetchFailed."""
    with httpx.Client(base_url=base_url, timeout=TIMEOUT_SECONDS, headers={"Accept": "application/json"}) as client:
        codes = _ask(client, "codes", {"from": SINCE.isoformat()}, "codes")
        dates = {"from": SINCE.isoformat(), "to": until.isoformat()}
        changes = _ask(client, "changes", dates, "codeChanges")
    try:
        return derive([_span(item) for item in codes], [_change(item) for item in changes])
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable() from error


def _ask(client: httpx.Client, what: str, parameters: dict[str, str], name: str) -> list[Any]:
    try:
        answer = client.get(f"/classifications/{MUNICIPALITIES}/{what}", params=parameters)
        answer.raise_for_status()
        items = answer.json()[name]
    except httpx.TimeoutException as error:
        raise FetchFailed(_("Statistics Norway did not answer in time. Nothing was saved; try again later.")) from error
    except httpx.HTTPStatusError as error:
        raise FetchFailed(
            _("Statistics Norway answered with an error (%(status)s). Nothing was saved; try again later.")
            % {"status": error.response.status_code}
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchFailed(
            _("Statistics Norway could not be reached (%(address)s). Nothing was saved; check the network.")
            % {"address": client.base_url}
        ) from error
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable() from error
    if not isinstance(items, list):
        raise _unreadable()
    return items


def _unreadable() -> FetchFailed:
    return FetchFailed(_("The answer from Statistics Norway could not be read. Nothing was saved."))


def _span(item: dict[str, Any]) -> Span:
    ends = item.get("validToInRequestedRange") or item.get("validTo")
    return Span(
        _code(item["code"]),
        str(item["name"]),
        date.fromisoformat(item.get("validFromInRequestedRange") or item["validFrom"]),
        date.fromisoformat(ends) if ends else None,
    )


def _change(item: dict[str, Any]) -> Change:
    return Change(
        _code(item["oldCode"]),
        _code(item["newCode"]),
        date.fromisoformat(item["changeOccurred"]),
        not spellings(item["oldName"]).isdisjoint(spellings(item["newName"])),
    )


def _code(code: Any) -> str:
    if not (isinstance(code, str) and len(code) == 4 and code.isascii() and code.isdigit()):
        raise ValueError(code)
    return code


def derive(spans: Iterable[Span], changes: Iterable[Change]) -> History:
    """Municipalities and transfers out of codes and changes (R11).

    On a day of change an old code with one new code went there whole, and one with several was split. A new code that
    one municipality alone went to is that municipality renumbered; so is one that also took pieces of others, if the
    name is the same. One made of several is new. A code that was in use the day before lives on and takes over.
    """
    spans = sorted((span for span in spans if span.code != NOT_STATED), key=lambda span: (span.valid_from, span.code))
    known = {span.code for span in spans}
    renumbered: dict[str, str] = {}
    moves = []
    for day, today in _by_day(change for change in changes if change.old != change.new):
        in_use = {span.code for span in spans if _covers(span, day - timedelta(days=1))}
        takers = Counter(change.old for change in today)
        givers = Counter(change.new for change in today)
        whole_givers = Counter(change.new for change in today if takers[change.old] == 1)
        for change in today:
            whole = takers[change.old] == 1
            alone = whole_givers[change.new] == 1 and (givers[change.new] == 1 or change.same_name)
            if whole and alone and change.new not in in_use:
                renumbered[change.new] = renumbered.get(change.old, change.old)
            elif change.old in known and change.new in known:
                moves.append(Move(change.old, change.new, day, "whole" if whole else "part"))
    municipalities: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        municipalities[renumbered.get(span.code, span.code)].append(span)
    return History(tuple(tuple(history) for history in municipalities.values()), tuple(moves))


def _by_day(changes: Iterable[Change]) -> Iterator[tuple[date, list[Change]]]:
    ordered = sorted(set(changes), key=lambda change: (change.on, change.old, change.new))
    for day, today in groupby(ordered, key=lambda change: change.on):
        yield day, list(today)


def _covers(span: Span, day: date) -> bool:
    return span.valid_from <= day and (span.valid_to is None or day < span.valid_to)
