"""Signing in and out."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samtall.accounts import limits, queries
from samtall.accounts.models import Invitation
from samtall.accounts.policy import public_page
from samtall.accounts.roles import ROLES
from samtall.accounts.sessions import remember_browser
from samtall.accounts.social import ACCEPTED
from samtall.base import clock


def may_ask(request: HttpRequest, email: str) -> bool:
    """Whether a code may be sent to an address once more.

    The narrow limits are for the network that asks, so that nobody can be kept out by somebody else's attempts; the
    wide one protects a mailbox from being flooded from many networks.
    """
    network, now = limits.place_of(request).address, clock.now()
    return (
        limits.take("code", network, email, most=3, per=timedelta(minutes=1), at=now)
        and limits.take("codes", network, most=20, per=timedelta(minutes=1), at=now)
        and limits.take("letters", email, most=60, per=timedelta(hours=1), at=now)
    )


class SignIn(RequestLoginCodeView):  # type: ignore[misc]
    """Ask for a code by e-mail; the answer is the same whether the address has access or not."""

    template_name = "accounts/sign_in.html"

    def get_initial(self) -> dict[str, Any]:
        accepted = Invitation.objects.filter(pk=self.request.session.get(ACCEPTED)).first()
        initial: dict[str, Any] = super().get_initial()
        return initial | ({"email": accepted.email} if accepted else {})

    def form_valid(self, form: Any) -> HttpResponse:
        adapter, email = get_adapter(), form.cleaned_data["email"]
        if not may_ask(self.request, email):
            form.add_error("email", adapter.error_messages["too_many_login_attempts"])
            return self.form_invalid(form)  # type: ignore[no-any-return]
        if form._user is None:
            adapter.write_to_nobody(email)
        return super().form_valid(form)  # type: ignore[no-any-return]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {  # type: ignore[no-any-return]
            "demonstration_roles": [role for role in ROLES if _can_be_tried(role.code)],
            "providers": settings.OPENID,
            "next": self.get_next_url() or "",
        }


class SignInCode(ConfirmLoginCodeView):  # type: ignore[misc]
    """Write the code; it holds in the browser that asked for it, and once."""

    template_name = "accounts/sign_in_code.html"

    def form_valid(self, form: Any) -> HttpResponse:
        return super().form_valid(form) if self._may_try() else self._too_many()

    def form_invalid(self, form: Any) -> HttpResponse:
        return super().form_invalid(form) if self._may_try() else self._too_many()

    def _may_try(self) -> bool:
        """Three attempts at each code, also when they come at the same moment."""
        if self._action == "resend":
            return may_ask(self.request, self._process.state["email"])
        code = f"{self.request.session.session_key} {self._process.code}"
        return limits.take("guess", code, most=3, per=timedelta(minutes=15), at=clock.now())

    def _too_many(self) -> HttpResponse:
        self._process.abort()
        messages.error(self.request, get_adapter().error_messages["too_many_login_attempts"])
        return redirect("sign-in")


sign_in = public_page(never_cache(SignIn.as_view()))
sign_in_code = public_page(SignInCode.as_view())
sign_out = public_page(require_POST(LogoutView.as_view()))


@public_page
@require_POST
def sign_in_demonstration(request: HttpRequest) -> HttpResponse:
    """Sign in as the fictional user of a role. Only in demonstration mode, and only as somebody fictional."""
    user = queries.demonstration_user(request.POST.get("role", "")) if settings.DEMONSTRATION else None
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    remember_browser(request)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else settings.LOGIN_REDIRECT_URL)


def _can_be_tried(role: str) -> bool:
    return settings.DEMONSTRATION and queries.demonstration_user(role) is not None
