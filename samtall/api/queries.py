"""What can be asked about keys."""

import hmac

from django.db.models import QuerySet

from samtall.accounts.models import User
from samtall.accounts.policy import may
from samtall.api.models import ApiKey
from samtall.api.secret import digest_of, start_of


def key_with(secret: str) -> ApiKey | None:
    """The key of a secret, whether it still works or not; compared in constant time."""
    key = ApiKey.objects.select_related("made_by").filter(start=start_of(secret)).first()
    return key if key and hmac.compare_digest(key.digest, digest_of(secret)) else None


def keys_seen_by(user: User) -> QuerySet[ApiKey]:
    """One's own keys; for who manages accounts, everybody's."""
    keys = ApiKey.objects.select_related("made_by").order_by("-made_at", "-pk")
    return keys if may(user, "accounts.manage") else keys.filter(made_by=user)
