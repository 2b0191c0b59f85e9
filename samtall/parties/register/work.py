"""Keeping the register current in the background, once a day."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from samtall.parties.models import RegisterCursor
from samtall.parties.register.asking import Connection
from samtall.parties.register.updating import catch_up

_EVERY = timedelta(days=1)
#: The worker rests and comes back by itself, and has other things to do meanwhile.
_TRIES, _TIMEOUT_SECONDS = 1, 10.0


def keep_current(at: datetime) -> bool:
    """Do one step of following the feed, if that is wanted and a day has gone since its end was reached."""
    due = Q(caught_up_at=None) | Q(caught_up_at__lte=at - _EVERY)
    if not settings.REGISTER_UPDATES or not RegisterCursor.objects.filter(due).exists():
        return False
    with Connection(tries=_TRIES, timeout=_TIMEOUT_SECONDS) as connection:
        return catch_up(at, connection=connection)
