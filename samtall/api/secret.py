"""The secret of a key: made once, kept only as a digest, told apart by how it begins."""

import hashlib
import secrets

PREFIX = "samtall_"


def new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def start_of(secret: str) -> str:
    """What may be shown, so that keys can be told apart."""
    return secret[: len(PREFIX) + 4]


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
