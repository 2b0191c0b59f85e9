"""What the background worker does: each month it sends a checkpoint to everybody who gets them."""

from datetime import datetime

from django.utils import timezone

from samtall.base.text import Words
from samtall.witnesses import operations

MONTHLY = Words("månedens kontrollpunkt", "kontrollpunktet for månaden", "this month’s checkpoint")


def send_monthly(at: datetime) -> bool:
    """Send this month's to those who have not got it; who was added since gets it too."""
    operations.send_checkpoint(MONTHLY, occasion=f"month:{timezone.localdate(at):%Y-%m}", at=at)
    return False
