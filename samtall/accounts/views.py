"""Signing in and out, and the administrator's page of users."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samtall.accounts import operations, queries
from samtall.accounts.forms import InvitationForm, RoleForm
from samtall.accounts.models import User
from samtall.accounts.policy import allowed, public_page, user_of
from samtall.accounts.roles import ROLES, role
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.ui.paging import page_of


class SignIn(RequestLoginCodeView):  # type: ignore[misc]
    """Ask for a code by e-mail; the answer is the same whether the address has access or not."""

    template_name = "accounts/sign_in.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {  # type: ignore[no-any-return]
            "demonstration_roles": ROLES if settings.DEMONSTRATION else (),
            "next": self.get_next_url() or "",
        }


class SignInCode(ConfirmLoginCodeView):  # type: ignore[misc]
    """Write the code; it holds in the browser that asked for it, and once."""

    template_name = "accounts/sign_in_code.html"


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
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else settings.LOGIN_REDIRECT_URL)


@allowed("accounts.manage")
@require_safe
def users(request: HttpRequest) -> HttpResponse:
    return _users_page(request, InvitationForm())


@allowed("accounts.manage")
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Make a user with a role, and tell them by e-mail how to sign in."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _users_page(request, form, status=422)
    now, email = clock.now(), form.cleaned_data["email"]
    try:
        user = operations.invite(
            email, form.cleaned_data["name"], form.cleaned_data["role"], by=user_of(request), at=now
        )
    except Refusal as refusal:
        form.add_error("email", str(refusal))
        return _users_page(request, form, status=422)
    _send_invitation(request, user)
    messages.success(request, _("%(name)s has been invited.") % {"name": user})
    return redirect("users")


@allowed("accounts.manage")
@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        grant = operations.grant_role(user, form.cleaned_data["role"], by=user_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s is now %(role)s.") % {"name": user, "role": role(grant.role).words})
    return redirect("users")


@allowed("accounts.manage")
@require_POST
def end_role(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    user = get_object_or_404(User, pk=pk, grants__role=code, grants__ended_at=None)
    try:
        operations.end_role(user, code, by=user_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A role of %(name)s has been ended.") % {"name": user})
    return redirect("users")


def _users_page(request: HttpRequest, form: InvitationForm, status: int = 200) -> HttpResponse:
    page = page_of(request, queries.users())
    rows = [(user, [(grant.role, _role_words(grant.role)) for grant in user.held]) for user in page.object_list]
    context = {"page": page, "rows": rows, "form": form, "roles": ROLES}
    return render(request, "accounts/users.html", context, status=status)


def _role_words(code: str) -> str:
    return next((str(one.words) for one in ROLES if one.code == code), code)


def _send_invitation(request: HttpRequest, user: User) -> None:
    """Write to the one who is invited; not in a demonstration, where anybody can be administrator."""
    if settings.DEMONSTRATION:
        return
    context = {"user": user, "address": request.build_absolute_uri(reverse("sign-in"))}
    text = render_to_string("accounts/invitation.txt", context, request)
    send_mail(_("You have been given access to Samtall"), text, None, [user.email])
