"""Who has access and what they may do: for administrators, of the whole region or of an organisation."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtall.accounts import letters, operations, queries
from samtall.accounts.assurance import confirmed, has_factors
from samtall.accounts.forms import InvitationForm, RoleForm
from samtall.accounts.models import Invitation, RoleGrant, User
from samtall.accounts.policy import allowed, scope, user_of
from samtall.accounts.roles import ROLES, known
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.ui.paging import page_of


@allowed("accounts.read", narrowed=True)
@require_safe
def users(request: HttpRequest) -> HttpResponse:
    return _users_page(request, _invitation_form(request))


@allowed("accounts.manage", narrowed=True)
@require_POST
@confirmed
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody to take a role, by a letter with a link."""
    form = _invitation_form(request)
    if not form.is_valid():
        return _users_page(request, form, status=422)
    said = form.cleaned_data
    try:
        invitation, token = operations.invite(**said, by=user_of(request), at=clock.now())
    except operations.OwnRole as refusal:
        form.add_error("email", str(refusal))
        return _users_page(request, form, status=422)
    except Refusal as refusal:
        form.add_error("organisation", str(refusal))
        return _users_page(request, form, status=422)
    letters.write(
        "accounts/letters/invitation.txt",
        [invitation.email],
        language=invitation.language,
        invitation=invitation,
        role=role_words(invitation.role),
        address=request.build_absolute_uri(reverse("invitation", args=[token])),
    )
    messages.success(request, _("%(name)s has been invited.") % {"name": invitation.name})
    return redirect("users")


@allowed("accounts.manage", narrowed=True)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(queries.open_invitations(request.user, at=clock.now()), pk=pk)
    try:
        operations.withdraw(invitation, by=user_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation to %(name)s has been withdrawn.") % {"name": invitation.name})
    return redirect("users")


@allowed("accounts.read", narrowed=True)
@require_safe
def user(request: HttpRequest, pk: int) -> HttpResponse:
    return _user_page(request, _visible(request, pk), RoleForm(reach=scope(request.user, "accounts.manage")))


@allowed("accounts.manage", narrowed=True)
@require_POST
@confirmed
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    form = RoleForm(request.POST, reach=scope(request.user, "accounts.manage"))
    if not form.is_valid():
        if "role" in form.errors:
            raise Http404
        return _user_page(request, found, form, status=422)
    try:
        grant = operations.grant_role(found, **form.cleaned_data, by=user_of(request), at=clock.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _user_page(request, found, form, status=422)
    tell_privacy(found)
    messages.success(request, _("%(name)s is now %(role)s.") % {"name": found, "role": role_words(grant.role)})
    return redirect("user", pk)


@allowed("accounts.manage", narrowed=True)
@require_POST
@confirmed
def end_role(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    found = _visible(request, pk)
    held = get_object_or_404(_grants(request), pk=grant, user=found, ended_at=None)
    try:
        operations.end_role(found, held.role, organisation=held.organisation, by=user_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A role of %(name)s has been ended.") % {"name": found})
    return redirect("users")


@allowed("accounts.manage")
@require_POST
@confirmed
def forget_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factors of somebody who has lost them: they sign in by e-mail and make new ones."""
    found = _visible(request, pk)
    try:
        operations.forget_factors(found, by=user_of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("user", pk)
    letters.write("accounts/letters/factors.txt", [found.email], language=found.language, user=found)
    messages.success(request, _("%(name)s makes a new second factor at the next sign-in.") % {"name": found})
    return redirect("user", pk)


def role_words(code: str) -> str:
    """What a role is called; its code where it no longer is a role."""
    return next((str(role.words) for role in known([code])), code)


def tell_privacy(found: User) -> None:
    """Write to those who answer for privacy about somebody who gives roles and holds another to use."""
    if "administrator" in found.roles and len(found.roles) > 1:
        roles = [role_words(code) for code in sorted(found.roles)]
        for guardian in queries.guardians_of_privacy():
            letters.write(
                "accounts/letters/both.txt", [guardian.email], language=guardian.language, user=found, roles=roles
            )


def _visible(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(queries.visible_to(request.user), pk=pk)


def _grants(request: HttpRequest) -> "QuerySet[RoleGrant]":
    return queries.grants_within(scope(request.user, "accounts.read"))


def _invitation_form(request: HttpRequest) -> InvitationForm:
    return InvitationForm(request.POST or None, reach=scope(request.user, "accounts.manage"))


def _users_page(request: HttpRequest, form: InvitationForm, status: int = 200) -> HttpResponse:
    page = page_of(request, queries.visible_to(request.user))
    rows = [
        (found, [(role_words(grant.role), grant.organisation) for grant in found.held]) for found in page.object_list
    ]
    invitations: list[tuple[Invitation, str]] = [
        (one, role_words(one.role)) for one in queries.open_invitations(request.user, at=clock.now())
    ]
    context = {
        "page": page,
        "rows": rows,
        "invitations": invitations,
        "form": form,
        "roles": ROLES,
        "manages": bool(scope(request.user, "accounts.manage")),
    }
    return render(request, "accounts/users.html", context, status=status)


def _user_page(request: HttpRequest, found: User, form: RoleForm, status: int = 200) -> HttpResponse:
    manages = scope(request.user, "accounts.manage")
    grants = [
        (grant, role_words(grant.role), bool(manages) and manages.covers(grant.organisation))
        for grant in _grants(request).filter(user=found).order_by("-granted_at", "-pk")
    ]
    context = {
        "found": found,
        "held": [row for row in grants if row[0].ended_at is None],
        "ended": [row for row in grants if row[0].ended_at is not None],
        "form": form,
        "manages": bool(manages) and found != request.user,
        "can_forget": manages.everything and found != request.user and has_factors(found),
    }
    return render(request, "accounts/user.html", context, status=status)
