"""Whom we let in when a provider says who somebody is: those it said so of before, and those who were invited."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from samtall.accounts import operations
from samtall.accounts.models import Invitation, User
from samtall.base import clock

#: The session's name for the invitation that was accepted in this browser and waits for its first sign-in.
ACCEPTED = "accepted-invitation"


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie one whom we do not know to the invitation they have taken or been sent, once; refuse all others."""
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        provider = sociallogin.account.provider
        user = _accepted_here(request, provider) or _invited_by_address(sociallogin.verified_email)
        if user is None:
            raise ImmediateHttpResponse(render(request, "accounts/openid_unknown.html", status=403))
        sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **why: Any) -> None:
        cancelled = why.get("error") == AuthError.CANCELLED
        context = {"provider": provider.app.name, "cancelled": cancelled}
        raise ImmediateHttpResponse(
            render(request, "accounts/openid_failed.html", context, status=200 if cancelled else 403)
        )

    def get_connect_redirect_url(self, _request: HttpRequest, _account: SocialAccount) -> str:
        return reverse("account")

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: SocialLogin) -> bool:
        return False


def _accepted_here(request: HttpRequest, provider: str) -> User | None:
    """Who has accepted an invitation in this browser and has not signed in with this provider before."""
    invitation = Invitation.objects.select_related("accepted_by").filter(pk=request.session.pop(ACCEPTED, None)).first()
    user = invitation.accepted_by if invitation else None
    known = user is not None and SocialAccount.objects.filter(user=user, provider=provider).exists()
    return user if user and user.is_active and not known else None


def _invited_by_address(email: str) -> User | None:
    """Who was invited at an address that the provider has verified; the invitation is then used."""
    now = clock.now()
    invitation = Invitation.objects.select_related("invited_by", "organisation").filter(
        email=email, ended_at=None, expires_at__gt=now
    )
    found = invitation.first() if email else None
    if found is None or User.objects.filter(email__iexact=email).exists():
        return None
    try:
        return operations.accept(found, at=now)
    except operations.InvitationOver:
        return None
