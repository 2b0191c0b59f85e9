"""The bytes that are hashed: one spelling for every fact and posting, the same on every database and for ever.

Changing anything here makes every ledger ever written fail verification.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from samtall.base.periods import FOREVER
from samtall.ledger.facts import Fact

#: The attributes of a fact in the order they are hashed and stored.
FACT_COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Fact))

#: The hash before the first posting.
GENESIS = bytes(32)

#: JSON on one line without spaces, letters as they are, days as "2017-03-01".
written: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def spelled(at: datetime) -> str:
    """A moment in UTC, with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def fact_values(fact: Fact) -> tuple[Any, ...]:
    """A fact's attributes as they are stored: an open end is the last day there is."""
    return tuple(
        FOREVER if column == "ends" and fact.ends is None else getattr(fact, column) for column in FACT_COLUMNS
    )


def commitment(salt: bytes, position: int, line: int, reverses: str, values: Iterable[Any]) -> bytes:
    """SHA-256 over the salt and an entry: its place, what it reverses ("position.line" or empty), and its fact."""
    return hashlib.sha256(salt + written([position, line, reverses, *values]).encode()).digest()


def posting_hash(
    before: bytes, position: int, at: datetime, by: str, source: str, reason: str, commitments: Iterable[bytes]
) -> bytes:
    """SHA-256 over the hash before, the posting's header, and its entries' commitments in the order of their lines."""
    header = written([position, spelled(at), by, source, reason])
    return hashlib.sha256(before + header.encode() + b"".join(commitments)).digest()
