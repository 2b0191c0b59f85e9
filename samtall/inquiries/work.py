"""Work in the background: what nobody confirmed is forgotten."""

from datetime import datetime, timedelta

from samtall.inquiries.models import Unconfirmed

#: How long a form that was sent without a proof waits to be confirmed.
WAITS = timedelta(days=7)


def forget(at: datetime) -> bool:
    """Delete what has waited too long for its sender."""
    Unconfirmed.objects.filter(sent_at__lt=at - WAITS).delete()
    return False
