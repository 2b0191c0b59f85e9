"""Who calls: a key acts as the one who made it, within its scopes, with the rights that person has now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from samtall.accounts import limits
from samtall.accounts.models import User
from samtall.accounts.policy import Visitor, may, may_somewhere
from samtall.accounts.roles import PUBLIC
from samtall.api.models import ApiKey
from samtall.api.problems import Problem
from samtall.api.queries import key_with

CALLS_AN_HOUR = 1000


@dataclass(frozen=True)
class Caller:
    """Who is behind a call. Without a key: everybody."""

    key: ApiKey | None = None

    @property
    def user(self) -> Visitor:
        return self.key.made_by if self.key else AnonymousUser()

    def may(self, permission: str, *, narrowed: bool = False) -> bool:
        if permission in PUBLIC:
            return True
        allowed = (may_somewhere if narrowed else may)(self.user, permission)
        return self.key is not None and permission in self.key.scopes and allowed

    def needs(self, permission: str, *, narrowed: bool = False) -> User:
        """The user in whose name it is done. Raises A1 without a key, and A3 when the key or its maker may not.

        `narrowed`: what is then shown and changed is within what that user's permission reaches, and no more.
        """
        if self.key is None:
            raise no_key()
        if not self.may(permission, narrowed=narrowed):
            raise Problem("A3", _("The key lacks the permission %(permission)s.") % {"permission": permission})
        return self.key.made_by


EVERYBODY = Caller()


class Bearer(HttpBearer):
    """`Authorization: Bearer samtall_…`; `now` is the clock, given by the views."""

    openapi_description = "A key that somebody with a role has made at /api/nokler/."

    def __init__(self, now: Any, *, required: bool = True) -> None:
        super().__init__()
        self.now = now
        self.required = required

    def __call__(self, request: HttpRequest) -> Caller:
        written = request.headers.get("Authorization")
        if written is None:
            if self.required:
                raise no_key()
            return EVERYBODY
        scheme, _space, secret = written.partition(" ")
        if scheme.casefold() != "bearer":
            raise no_key()
        return self.authenticate(request, secret)

    def authenticate(self, request: HttpRequest, token: str) -> Caller:  # noqa: ARG002 (as ninja calls it)
        at: datetime = self.now()
        key = key_with(token) if token.isascii() and len(token) < 200 else None
        if key is None or not key.works_on(timezone.localdate(at)):
            raise no_key()
        if not limits.take("call", key.signature, most=CALLS_AN_HOUR, per=timedelta(hours=1), at=at):
            wait = limits.minutes_left("call", key.signature, at=at)
            raise Problem(
                "S2",
                _("The key has made its %(most)d calls of this hour. Try again in %(minutes)d minutes.")
                % {"most": CALLS_AN_HOUR, "minutes": wait},
                headers={"Retry-After": str(wait * 60)},
            )
        return Caller(key)


def no_key() -> Problem:
    return Problem(
        "A1",
        _("A valid key is needed: send it as “Authorization: Bearer …”. Keys are made at /api/nokler/."),
        headers={"WWW-Authenticate": "Bearer"},
    )
