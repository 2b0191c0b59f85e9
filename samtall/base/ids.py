"""Keys that mean nothing outside this installation."""

import secrets


def random_key() -> int:
    """A random positive 63-bit integer: a person's key in the ledger (R5)."""
    return secrets.randbits(62) + 1
