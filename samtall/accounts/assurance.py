"""How sure we are that a visitor is who they say: the second factor, and having shown it lately.

Who holds a role that asks for two factors and has shown one only, is treated as one without a role (`policy.scope`).
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from samtall.accounts.models import User
from samtall.accounts.roles import known
from samtall.base import clock

#: How long having signed in, or having confirmed who one is, is good for what asks for it.
LATELY = timedelta(minutes=15)

View = Callable[..., HttpResponseBase]


def asks_for_two(user: User) -> bool:
    """Whether a role that a user holds takes two factors, where the installation wants that."""
    return bool(settings.SECOND_FACTOR) and any(role.two_factors for role in known(user.roles))


def has_factors(user: User) -> bool:
    """Whether a user has a second factor of ours."""
    return bool(Authenticator.objects.filter(user=user).exists())


def has_shown_two(request: HttpRequest, user: User) -> bool:
    """Whether this session was begun or confirmed with a second factor: ours, or a provider's that asks for two."""
    trusted = {provider.id for provider in settings.OPENID if provider.second_factor}
    return any(
        record["method"] == "mfa" or record.get("provider") in trusted
        for record in get_authentication_records(request, user)
    )


def confirmed(view: View) -> View:
    """Let a view that cannot be undone be used only by one who has signed in or confirmed who they are lately.

    Others confirm first, and what they had sent is then taken up again. Put it under `allowed`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if settings.SECOND_FACTOR and not _lately(request):
            response: HttpResponseBase = suspend_request(request, reverse("account-confirm"))
            return response
        return view(request, *args, **kwargs)

    return guarded


def _lately(request: HttpRequest) -> bool:
    if not isinstance(request.user, User):
        return False
    moments = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(moments) and clock.now().timestamp() - max(moments) < LATELY.total_seconds()
