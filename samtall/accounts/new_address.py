"""Moving to another e-mail address: asked for by who is signed in, and done by the same when they read mail there.

Whether somebody has the address already is never told: then no letter is sent, and a link that was sent before does
not hold.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samtall.accounts import sessions
from samtall.accounts.models import NewAddress, User
from samtall.base.errors import Refusal
from samtall.parties.models import Person

HOLDS = timedelta(hours=24)


class LinkOver(Refusal):
    """The link was used, or replaced by a newer one, or is too old; or the address is somebody's now."""

    def __init__(self) -> None:
        super().__init__(_("The link was used or has expired. Ask for a new one."))


def ask(user: User, email: str, *, at: datetime) -> tuple[NewAddress, str]:
    """Keep that a user wants to be reached at another address, and give the secret for the link to send there.

    It holds for a day and once; an earlier one stops holding.
    """
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        stop(user)
        asked = NewAddress(user=user, email=email.strip().lower(), token=_hashed(token), asked_at=at)
        asked.full_clean()
        asked.save()
    return asked, token


def stop(user: User) -> None:
    """Let no link hold that a user has asked for."""
    NewAddress.objects.filter(user=user).delete()


def forget(*, at: datetime) -> None:
    """Delete what no longer holds."""
    NewAddress.objects.filter(asked_at__lte=at - HOLDS).delete()


def is_free(email: str) -> bool:
    """Whether nobody signs in with an address. Never to be told to who asks for it."""
    return not User.objects.filter(email__iexact=email).exists()


def waiting(user: User, *, at: datetime) -> NewAddress | None:
    """The address that a user has asked to move to, while its link holds."""
    return NewAddress.objects.filter(user=user, asked_at__gt=at - HOLDS).first()


def opened(token: str, *, at: datetime) -> NewAddress:
    """What a link is about. Looking at it changes nothing. Raises LinkOver."""
    found = NewAddress.objects.select_related("user").filter(token=_hashed(token), user__is_active=True)
    asked = found.filter(asked_at__gt=at - HOLDS).first()
    if asked is None or not is_free(asked.email):
        raise LinkOver
    return asked


def move(asked: NewAddress, *, at: datetime) -> str:
    """Reach the user at the new address from now on, also as a person in the books; gives the old one.

    Raises LinkOver, also for the second of two at the same time.
    """
    try:
        with transaction.atomic():
            if not NewAddress.objects.filter(pk=asked.pk, asked_at__gt=at - HOLDS).delete()[0]:
                raise LinkOver
            user = User.objects.select_for_update().filter(pk=asked.user_id, is_active=True).first()
            if user is None:
                raise LinkOver
            old, user.email = user.email, asked.email
            user.save(update_fields=["email"])
            EmailAddress.objects.filter(user=user).delete()  # or one could still sign in with the old one
            Person.objects.filter(user=user, email__iexact=old).update(email=user.email)
            sessions.rotate(user)
    except IntegrityError:
        raise LinkOver from None
    return old


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
