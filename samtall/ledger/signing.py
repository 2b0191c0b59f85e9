"""The key that checkpoints are signed with, and the verifier keys of it and of all before it, in the data folder."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from samtall.ledger.notes import Signer, Verifier


def signer() -> Signer:
    """The key in use: the one in the settings, or the one in the data folder, which is made when there is none."""
    found = _read(settings.SIGNING_KEY or _kept())
    _list(found.verifier)
    return found


def verifiers() -> list[Verifier]:
    """The verifier key in use, and then those before it, the newest first."""
    in_use = signer().verifier
    earlier = [Verifier.read(line) for line in reversed(_lines()) if line != str(in_use)]
    return [in_use, *earlier]


def renew() -> Signer:
    """Put a new key in the place of the one in the data folder; the old verifier key stays in the list."""
    if settings.SIGNING_KEY:
        raise ImproperlyConfigured("The key is in SAMTALL_SIGNING_KEY. Take it away from there first.")
    signer()  # which writes the old one in the list
    _write(Signer.new(books_name())).replace(_key_file())
    return signer()


def books_name() -> str:
    """What a new key is named after: the address of the installation, without its scheme."""
    return str(settings.ADDRESS).partition("://")[2].replace("+", "-") or "samtall"


def _key_file() -> Path:
    return Path(settings.DATA) / "signing-key"


def _list_file() -> Path:
    return Path(settings.DATA) / "verifier-keys"


def _kept() -> str:
    if not _key_file().exists():
        made = _write(Signer.new(books_name()))
        try:
            os.link(made, _key_file())  # whoever comes second, of several at once, uses the first one's
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return _key_file().read_text().strip()


def _write(key: Signer) -> Path:
    """A key in a file of its own, that its owner alone may read and that is whole on the disk."""
    _key_file().parent.mkdir(parents=True, exist_ok=True)
    path = _key_file().with_name(f"signing-key.{secrets.token_hex(4)}")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{key}\n")
        file.flush()
        os.fsync(file.fileno())
    return path


def _read(text: str) -> Signer:
    try:
        return Signer.read(text)
    except ValueError as error:
        where = "SAMTALL_SIGNING_KEY" if settings.SIGNING_KEY else _key_file()
        raise ImproperlyConfigured(f"{where} is not a signing key: it begins with PRIVATE+KEY+.") from error


def _lines() -> list[str]:
    return _list_file().read_text().split() if _list_file().exists() else []


def _list(verifier: Verifier) -> None:
    if str(verifier) not in _lines():
        _list_file().parent.mkdir(parents=True, exist_ok=True)
        with _list_file().open("a") as file:
            file.write(f"{verifier}\n")
