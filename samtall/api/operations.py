"""What can be done with keys."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.accounts.policy import may_somewhere
from samtall.api.models import ApiKey
from samtall.api.scopes import SCOPES
from samtall.api.secret import digest_of, new_secret, start_of
from samtall.base.errors import Refusal
from samtall.base.reading import read_text

LONGEST = timedelta(days=365)


class NotYours(Refusal):
    """A key may not do more than the one who makes it, nor for longer than a year."""


def make_key(name: str, *, scopes: Collection[str], last_day: date, by: User, at: datetime) -> tuple[ApiKey, str]:
    """A new key and its secret, which is shown this once and never again.

    Raises NotYours for a scope that `by` does not have, or a last day that is past or more than a year ahead.
    """
    wanted = [scope for scope in SCOPES if scope in scopes]
    if not wanted or len(wanted) != len(set(scopes)):
        raise NotYours(_("Choose what the key may do."))
    if not all(may_somewhere(by, scope) for scope in wanted):
        raise NotYours(_("A key cannot do more than you can."))
    today = timezone.localdate(at)
    if not today <= last_day <= today + LONGEST:
        raise NotYours(_("Choose a last day within a year from now."))
    secret = new_secret()
    key = ApiKey(
        name=read_text(name, most=100),
        start=start_of(secret),
        digest=digest_of(secret),
        scopes=wanted,
        made_by=by,
        made_at=at,
        last_day=last_day,
    )
    key.full_clean(exclude=["made_by"])
    key.save()
    return key, secret


def revoke_key(key: ApiKey, *, by: User, at: datetime) -> ApiKey:
    """Let a key open nothing from now on; revoking it again changes nothing."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at, revoked_by=by)
    key.refresh_from_db()
    return key
