"""The books as a file that others can check without Samtall (scripts/verify_books.py): one posting a line, as JSON.

Closed, it has headers, commitments and hashes: who, when, about which thing, and nothing of what was entered. Open, it
has the facts and salts too.
"""

from collections.abc import Iterator
from typing import Any

from samtall.ledger import reading
from samtall.ledger.canonical import spelled, written
from samtall.ledger.models import NEVER
from samtall.ledger.reading import Header, Line


def lines(*, opened: bool = False) -> Iterator[str]:
    """The file, line by line; every byte of it matters to whoever checks it."""
    places: dict[int, str] = {}  # entry id → its place, until its reversal is met
    with reading.one_moment():
        for header, entries in reading.postings():
            if header is None:
                return  # `verify` tells of entries without a posting
            posting = _posting(header, entries)
            if opened:
                posting["open"] = [_contents(entry, places) for entry in entries]
            yield written(posting) + "\n"


def _posting(header: Header, entries: list[Line]) -> dict[str, Any]:
    return {
        "position": header.position,
        "at": spelled(header.at),
        "by": header.by,
        "source": header.source,
        "reason": header.reason,
        "commitments": [entry.commitment.hex() for entry in entries],
        "hash": header.hash.hex(),
    }


def _contents(entry: Line, places: dict[int, str]) -> list[Any]:
    """The salt, and what the commitment is to: place, what it reverses, and the fact."""
    reversed_place = places.pop(entry.reverses_id, "") if entry.reverses_id else ""
    if entry.ended != NEVER:
        places[entry.id] = f"{entry.position}.{entry.line}"
    return [entry.salt.hex(), [entry.position, entry.line, reversed_place, *entry.values]]
