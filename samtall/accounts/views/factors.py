"""Second factors: an app that makes codes, passkeys, and recovery codes; and confirming with them who one is."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme

from samtall.accounts import letters, limits
from samtall.accounts.models import User
from samtall.accounts.policy import public_page, signed_in, user_of
from samtall.base import clock


def _tell(user: User) -> None:
    """Tell the one whose factors they are, so that somebody else's hand is noticed."""
    letters.write("accounts/letters/factors.txt", [user.email], language=user.language, user=user)


def _may_try(user: User) -> bool:
    """Five attempts in five minutes: who gets here has shown the first factor already."""
    return limits.take("factor", str(user.pk), most=5, per=timedelta(minutes=5), at=clock.now())


class Adding:
    """A factor that was added has been shown: this session needs no other. The first one brings recovery codes."""

    request: HttpRequest
    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        user = user_of(self.request)
        newest = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).latest("pk")
        record_authentication(self.request, user, "mfa", id=newest.pk, type=str(newest.type), reauthenticated=True)
        _tell(user)
        return response


class AddApp(Adding, ActivateTOTPView):  # type: ignore[misc]
    template_name = "accounts/factors/add_app.html"


class AddPasskey(Adding, AddWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/factors/add_passkey.html"


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]
    template_name = "accounts/factors/remove.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        _tell(user_of(self.request))
        return super().form_valid(form)  # type: ignore[no-any-return]


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/factors/remove.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        _tell(user_of(self.request))
        return super().form_valid(form)  # type: ignore[no-any-return]


class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    template_name = "accounts/factors/codes.html"


class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name = "accounts/factors/new_codes.html"


class SignInFactor(AuthenticateView):  # type: ignore[misc]
    """After the code by e-mail: a code of the app, a recovery code, or a passkey."""

    template_name = "accounts/factors/sign_in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _may_try(self.stage.login.user):
            self.stage.abort()
            messages.error(request, get_adapter().error_messages["too_many_login_attempts"])
            return redirect("sign-in")
        return super().post(request, *args, **kwargs)  # type: ignore[no-any-return]


class SignInPasskey(LoginWebAuthnView):  # type: ignore[misc]
    """Sign in with a passkey alone: the key in one's hand and the finger or PIN that opens it are two factors."""


class Confirm(ReauthenticateView):  # type: ignore[misc]
    """Write a code once more, before what cannot be undone."""

    template_name = "accounts/factors/confirm.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _may_try(user_of(request)):
            messages.error(request, get_adapter().error_messages["rate_limited"])
            return redirect(request.get_full_path())
        return super().post(request, *args, **kwargs)  # type: ignore[no-any-return]


class ConfirmPasskey(ReauthenticateWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/factors/confirm_passkey.html"


add_app = signed_in(AddApp.as_view())
remove_app = signed_in(RemoveApp.as_view())
add_passkey = signed_in(AddPasskey.as_view())
remove_passkey = signed_in(RemovePasskey.as_view())
recovery_codes = signed_in(RecoveryCodes.as_view())
new_recovery_codes = signed_in(NewRecoveryCodes.as_view())
confirm_code = signed_in(Confirm.as_view())
confirm_passkey = signed_in(ConfirmPasskey.as_view())
sign_in_factor = public_page(SignInFactor.as_view())
sign_in_passkey = public_page(SignInPasskey.as_view())


@signed_in
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm who one is with a factor; who has none signs in again."""
    onwards = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onwards, {request.get_host()}, require_https=request.is_secure()):
        onwards = ""
    if methods := get_adapter().get_reauthentication_methods(user_of(request)):
        return redirect(f"{methods[0]['url']}?{request.GET.urlencode()}")
    return render(request, "accounts/factors/confirm_anew.html", {"next": onwards})
