"""Inquiries told to the books again when it is found who their senders are."""

from collections.abc import Collection
from datetime import datetime

from samtall.accounts.models import User
from samtall.inquiries.models import Inquiry
from samtall.inquiries.operations.turn import restate_inquiry


def restate_inquiries_of(organisations: Collection[int], *, by: User, at: datetime, reason: str) -> None:
    """Restate the inquiries of organisations (ids)."""
    for inquiry in Inquiry.objects.filter(organisation__in=organisations).order_by("pk"):
        restate_inquiry(inquiry, by=by.signature, at=at, reason=reason)
