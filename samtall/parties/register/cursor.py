"""From where the register's feed of updates is followed."""

from datetime import date, timedelta

from django.db.models import Min

from samtall.parties.models import RegisterCursor, RegisterLoad
from samtall.parties.register.columns import Kind


def follow_from(kind: Kind, day: date, *, begin: bool) -> None:
    """Follow the feed from the oldest extract that is here, once a complete one is here too (`begin`).

    An extract may tell of units that the register has taken back since. When an older one comes, of a `day` from
    before the feed was followed, it is read again from there.
    """
    RegisterCursor.objects.filter(kind=kind, since__gt=_before(day)).update(since=_before(day), position=None)
    if begin:
        oldest = RegisterLoad.objects.filter(kind=kind).aggregate(day=Min("dated"))["day"]
        RegisterCursor.objects.get_or_create(kind=kind, defaults={"since": _before(oldest)})


def _before(day: date) -> date:
    """An extract is made in the night before its day, or in it, and does not say when."""
    return day - timedelta(days=1)
