"""What the background worker does with confirmations: remind, and let go of addresses that are of no more use."""

from datetime import datetime

from django.utils import timezone

from samtall.confirmations import operations
from samtall.confirmations.models import Request
from samtall.confirmations.queries import open_requests

AT_ONCE = 20


def remind(at: datetime) -> bool:
    """Remind those who are past due and have not been reminded; whether there may be more."""
    late = open_requests(at).filter(reminded_at=None, due__lt=timezone.localdate(at))
    found = list(late.select_related("activity", "asked_by").order_by("due")[:AT_ONCE])
    for request in found:
        operations.remind(request, at=at)
    Request.objects.filter(expires_at__lte=at).exclude(address="").update(address="")
    return len(found) == AT_ONCE
