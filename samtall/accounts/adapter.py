"""What we say to allauth: nobody signs up, and the words on screen are ours."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from samtall.accounts.models import User


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
