"""My account: what I am called, what I read, and where I am signed in."""

import hashlib

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import activate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as keep_in_browser

from samtall.accounts import operations
from samtall.accounts.adapter import keep_language
from samtall.accounts.forms import NameForm
from samtall.accounts.models import User
from samtall.accounts.policy import public_page, signed_in, user_of
from samtall.accounts.sessions import live_sessions
from samtall.accounts.views.people import role_words
from samtall.base import clock


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """My page; sending the form keeps my name and language."""
    user = user_of(request)
    asked = {"name": user.name, "language": user.language or request.LANGUAGE_CODE}
    form = NameForm(request.POST or None, initial=asked)
    if request.method != "POST" or not form.is_valid():
        return _page(request, user, form, status=422 if form.errors else 200)
    operations.rename(user, **form.cleaned_data)
    activate(user.language)
    messages.success(request, _("Saved."))
    response = redirect("account")
    keep_language(response, user.language)
    return response


@signed_in
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """Sign out of one other browser, or of all others."""
    user, asked = user_of(request), request.POST.get("session", "")
    ended = [
        session
        for session in live_sessions(user, at=clock.now())
        if session.session_key != request.session.session_key and asked in {"others", _name(session.session_key)}
    ]
    user.sessions.filter(pk__in=[session.pk for session in ended]).delete()
    messages.success(request, _("You have been signed out there."))
    return redirect("account")


@public_page
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages, and of the letters to one who has signed in."""
    response = keep_in_browser(request)
    chosen = response.cookies.get("language")
    if chosen and isinstance(request.user, User) and not request.user.demonstration:
        operations.rename(request.user, request.user.name, language=chosen.value)
    return response


def _page(request: HttpRequest, user: User, form: NameForm, status: int) -> HttpResponse:
    sessions = [
        (session, _name(session.session_key), session.session_key == request.session.session_key)
        for session in live_sessions(user, at=clock.now())
    ]
    roles = [
        (role_words(grant.role), grant.organisation)
        for grant in user.grants.filter(ended_at=None).select_related("organisation")
    ]
    factors = list(Authenticator.objects.filter(user=user).order_by("pk"))
    context = {
        "account": user,
        "form": form,
        "sessions": sessions,
        "roles": roles,
        "app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": sum(
            len(one.wrap().get_unused_codes()) for one in factors if one.type == Authenticator.Type.RECOVERY_CODES
        ),
        "missing": not user.assured,
        "connected": [(one, _label(one.provider)) for one in SocialAccount.objects.filter(user=user).order_by("pk")],
        "providers": settings.OPENID,
    }
    return render(request, "accounts/account.html", context, status=status)


def _label(provider: str) -> str:
    return next((one.label for one in settings.OPENID if one.id == provider), provider)


def _name(key: str) -> str:
    """What a session is called on the page: its key is a secret."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]
