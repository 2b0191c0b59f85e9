"""The time, asked for in views and commands only; operations are told it (`at=`)."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """Today's date in Norway."""
    return timezone.localdate()
