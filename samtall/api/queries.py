"""What can be asked about keys."""

import hmac

from django.db.models import QuerySet

from samtall.accounts.models import User
from samtall.api.models import ApiKey
from samtall.api.secret import digest_of, start_of


def key_with(secret: str) -> ApiKey | None:
    """The key of a secret, whether it still works or not; compared in constant time."""
    key = ApiKey.objects.select_related("made_by").filter(start=start_of(secret)).first()
    return key if key and hmac.compare_digest(key.digest, digest_of(secret)) else None


def keys_of(user: User) -> QuerySet[ApiKey]:
    """The keys that somebody has made, newest first."""
    return ApiKey.objects.filter(made_by=user).order_by("-made_at", "-pk")
