"""When a copy of the database was last made: the time of one file in the data folder."""

from datetime import datetime
from pathlib import Path

from django.conf import settings


def file() -> Path:
    return Path(settings.DATA) / "last-backup"


def note() -> None:
    """A copy has been made now."""
    file().touch()


def days_since(*, at: datetime) -> int | None:
    """How many whole days ago a copy was last made; None when none has been made from here."""
    try:
        made = datetime.fromtimestamp(file().stat().st_mtime, tz=at.tzinfo)
    except FileNotFoundError:
        return None
    return (at - made).days
