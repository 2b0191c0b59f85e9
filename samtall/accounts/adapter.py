"""What we say to allauth: nobody signs up, and the words on screen are ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from samtall.accounts import letters
from samtall.accounts.models import User
from samtall.accounts.sessions import remember_browser


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This access has been closed. Ask an administrator."),
        "incorrect_code": _("This is not the code in the newest message. Check it and try again."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes and ask for a new code."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Users are invited (operations.create_user)."""
        return False

    def respond_user_inactive(self, request: HttpRequest, _user: User) -> HttpResponse:
        messages.error(request, self.error_messages["account_inactive"])
        return redirect("sign-in")

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        remember_browser(request)

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        """Go on in the language that the user chose the last time."""
        response: HttpResponse = super().post_login(request, user, **options)
        if user.language:
            keep_language(response, user.language)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letters.post(self._written(template_prefix, email, context))

    def write_to_nobody(self, email: str) -> None:
        """Do what a code to somebody takes, and send nothing: how long it took tells nothing either."""
        self._written("account/email/login_code", email, {"code": self.generate_login_code()})

    def _written(self, template_prefix: str, email: str, context: dict[str, Any]) -> EmailMessage:
        message: EmailMessage = self.render_mail(template_prefix, email, {"email": email, **context})
        return message


def keep_language(response: HttpResponse, language: str) -> None:
    """Let the browser remember a language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
