"""For the background worker: what is past its time is erased, and the database's files are emptied of it."""

from datetime import datetime

from samtall.privacy import operations
from samtall.privacy.models import Erased


def expire(at: datetime) -> bool:
    """Erase some of what has been kept for long enough; whether there was any."""
    return operations.expire(at) > 0


def clean(at: datetime) -> bool:
    """Take what was erased away from the database's files, where that has not been possible yet."""
    waiting = list(Erased.objects.filter(cleaned_at=None).order_by("pk"))
    if waiting and operations.clean(waiting[-1], at=at):
        Erased.objects.filter(pk__in=[one.pk for one in waiting]).update(cleaned_at=at)
    return False
