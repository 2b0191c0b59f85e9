"""How often something may be done, counted in the database: the same for all server processes together.

Each step is one conditional UPDATE, so that of any number at once exactly as many get through as are allowed.
"""

import hashlib
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from samtall.accounts.models import Allowance


def take(what: str, *who: str, most: int, per: timedelta, at: datetime) -> bool:
    """Whether `who` may do `what` once more: at most so many times in a stretch of `per` that begins with the first.

    Name in `who` the one who asks, and never only the one asked about: nobody can then be locked out by others.
    """
    key = hashlib.sha256("\n".join((what, *who)).encode()).hexdigest()
    mine = Allowance.objects.filter(key=key)
    for _ in range(2):
        if mine.filter(until__gt=at, used__lt=most).update(used=F("used") + 1):
            return True
        if mine.filter(until__lte=at).update(used=1, until=at + per):
            return True
        try:
            with transaction.atomic():
                Allowance.objects.create(key=key, used=1, until=at + per)
                return True
        except IntegrityError:
            continue  # it is there: used up, or made by another at this moment
    return False


def forget(*, at: datetime) -> None:
    """Delete what no longer limits anything."""
    Allowance.objects.filter(until__lte=at).delete()
