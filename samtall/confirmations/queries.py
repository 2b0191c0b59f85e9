"""What can be asked about confirmations."""

import hashlib
from datetime import datetime

from django.db.models import Q, QuerySet

from samtall.accounts.policy import Visitor
from samtall.activities.models import Activity
from samtall.activities.queries import visible_to
from samtall.confirmations.models import Request


def token_hash(token: str) -> str:
    """What is kept of a link. The token is 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def requested(token: str, at: datetime) -> Request | None:
    """The request that a link opens now; None when there is none, or it is answered, revoked or has expired."""
    open_now = open_requests(at).filter(links__token_hash=token_hash(token))
    return open_now.select_related("activity").first()


def open_requests(at: datetime) -> QuerySet[Request]:
    """The requests that can be answered at this time: not those about what has been withdrawn."""
    unanswered = Request.objects.filter(answered_at=None, revoked_at=None, expires_at__gt=at)
    return unanswered.exclude(activity__step=Activity.Step.WITHDRAWN)


def requests_visible_to(user: Visitor) -> QuerySet[Request]:
    """The requests about activities that a user records."""
    activities = visible_to(user, "activities.record").order_by()
    return Request.objects.filter(activity__in=activities).select_related("activity", "asked_by")


def not_right(user: Visitor) -> QuerySet[Request]:
    """What parties say is not right and nobody has looked into, oldest first, for those who record."""
    requests = requests_visible_to(user).order_by("answered_at", "pk")
    return requests.filter(answer=Request.Answer.NOT_RIGHT, settled_at=None)


def waiting(user: Visitor, at: datetime) -> QuerySet[Request]:
    """What has been asked and not answered, the soonest due first, for those who record."""
    return requests_visible_to(user).order_by("due", "pk").filter(Q(pk__in=open_requests(at).values("pk")))
