"""The files as they lie on the disk: under random names, outside of what is served, for their owner only."""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    return Path(settings.DATA) / "documents"


def path_of(name: str) -> Path:
    return folder() / name


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write(name: str, content: bytes) -> None:
    """Whole and on the disk, or not there."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path_of(f"{name}.{secrets.token_hex(4)}")  # the same file may come twice at once
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path_of(name))


def delete(name: str) -> None:
    path_of(name).unlink(missing_ok=True)
