"""The list of erasures: a file beside the database, so that an old copy of the database cannot bring anybody back.

A line holds no name and no address: only keyed hashes of addresses, the random keys of people, and numbers of users.
The key of the hashes lies in a file of its own beside it. Both belong in what is copied off the machine.
"""

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal


@dataclass(frozen=True)
class Line:
    """An erasure: times as ISO 8601; `users` are ids with the time that they joined, for ids are given again."""

    token: str
    at: str
    by: str
    reason: str
    emails: list[str]
    keys: list[int]
    users: list[list[str]]


class KeyMissing(Refusal):
    """There is a list of erasures and no key to read it with."""


def hashed(email: str) -> str:
    """What stands in the list for an address."""
    return hmac.new(_key(), email.strip().lower().encode(), hashlib.sha256).hexdigest()


def append(line: Line) -> None:
    """Write a line, on the disk before this returns."""
    _write(path(), json.dumps(asdict(line), separators=(",", ":")).encode() + b"\n", os.O_APPEND)


def lines() -> list[Line]:
    """Every line, the oldest first; one that was cut off by a crash is left out, for its erasure never happened."""
    if not path().exists():
        return []
    found = []
    for text in path().read_text().splitlines():
        try:
            found.append(Line(**json.loads(text)))
        except (ValueError, TypeError):
            continue
    return found


def path() -> Path:
    return Path(settings.ERASURES or Path(settings.DATA) / "erasures.jsonl")


def _key() -> bytes:
    kept = path().with_name("erasure-key")
    if not kept.exists():
        if path().exists():
            raise KeyMissing(
                _("%(file)s is missing. Put it back beside the list of erasures, which says nothing without it.")
                % {"file": kept}
            )
        _write(kept, secrets.token_hex(32).encode(), os.O_EXCL)
    return kept.read_bytes()


def _write(file: Path, content: bytes, how: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(handle, "ab") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
