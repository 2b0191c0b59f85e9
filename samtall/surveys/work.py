"""What the background worker does with surveys: close rounds whose last day is over."""

from contextlib import suppress
from datetime import datetime

from django.utils import timezone

from samtall.surveys import operations
from samtall.surveys.models import Round


def close_due(at: datetime) -> bool:
    """Close one round that is over; whether there may be more."""
    over = Round.objects.exclude(opened_at=None).filter(closed_at=None, closes__lt=timezone.localdate(at)).first()
    if over is None:
        return False
    with suppress(operations.NotOpen):  # somebody else closed it meanwhile
        operations.close(over, at=at)
    return True
