"""What can be asked about those who keep checkpoints."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, QuerySet

from samtall.witnesses.models import Receiver, Sending

LATEST = 12


def receivers() -> QuerySet[Receiver]:
    """Those who get checkpoints, with when they last got one."""
    return Receiver.objects.filter(ended_at=None).annotate(last=Max("sendings__at")).order_by("name", "pk")


def earlier() -> QuerySet[Receiver]:
    """Those who got them, and whose names are kept still."""
    return Receiver.objects.exclude(ended_at=None).exclude(name="").order_by("-ended_at", "pk")


def waiting(occasion: str) -> QuerySet[Receiver]:
    """Those who have not got a checkpoint on an occasion yet."""
    return Receiver.objects.filter(ended_at=None).exclude(sendings__occasion=occasion).order_by("pk")


@dataclass(frozen=True)
class Sent:
    """A checkpoint that others have."""

    position: int
    at: datetime
    receivers: int


def sent() -> list[Sent]:
    """The latest checkpoints that others have, the newest first."""
    by_position = Sending.objects.values("position").annotate(
        when=Min("at"), receivers=Count("receiver", distinct=True)
    )
    rows = by_position.order_by("-position").values_list("position", "when", "receivers")
    return [Sent(*row) for row in rows[:LATEST]]
