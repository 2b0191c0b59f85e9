"""How often something may be done, counted in the database: the same for all server processes together.

Each step is one conditional UPDATE, so that of any number at once exactly as many get through as are allowed.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from samtall.accounts.models import Allowance


def take(what: str, *who: str, most: int, per: timedelta, at: datetime) -> bool:
    """Whether `who` may do `what` once more: at most so many times in a stretch of `per` that begins with the first.

    Name in `who` the one who asks, and never only the one asked about: nobody can then be locked out by others.
    """
    key = _key(what, who)
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


def minutes_left(what: str, *who: str, at: datetime) -> int:
    """In how many minutes the stretch is over that `take` said no in: at least one, rounded up."""
    until = Allowance.objects.filter(key=_key(what, who)).values_list("until", flat=True).first()
    return max(1, -((at - until) // timedelta(minutes=1))) if until else 1


def forget(*, at: datetime) -> None:
    """Delete what no longer limits anything."""
    Allowance.objects.filter(until__lte=at).delete()


def _key(what: str, who: tuple[str, ...]) -> str:
    """Made with our secret, so that nobody can find out by guessing whom a row counts."""
    return salted_hmac("samtall.limits", "\n".join((what, *who)), algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class Place:
    """Where a request comes from: an address (of the new kind, the /64 that one subscriber has), and its network."""

    address: str
    network: str


def place_of(request: HttpRequest) -> Place:
    """Where a request comes from, as our own proxy says where there is one. The network is a /24, or a /48."""
    try:
        address = get_ip(request)
        version = ipaddress.ip_address(address).version
    except (PermissionDenied, ValueError):  # a server that listens on a socket of the machine knows no address
        return Place("", "")
    wider = ipaddress.ip_network(f"{address}/{24 if version == 4 else 48}", strict=False)
    return Place(address, str(wider))
