"""What can be done with users and their roles."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.accounts.models import RoleGrant, User
from samtall.accounts.roles import role as role_of
from samtall.base.errors import Refusal


class OwnRole(Refusal):
    """Somebody tried to change their own role."""


class UserExists(Refusal):
    """There is a user with that address already."""


def create_user(email: str, name: str, *, at: datetime, by: User | None = None, demonstration: bool = False) -> User:
    """Make a user without a role, who signs in with codes sent to `email`. Raises UserExists."""
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise UserExists(_("There is a user with the address %(email)s already.") % {"email": email})
    with transaction.atomic():
        user = User(email=email, name=name.strip(), joined_at=at, invited_by=by, demonstration=demonstration)
        user.set_unusable_password()
        user.full_clean()
        user.save()
    return user


def invite(email: str, name: str, role: str, *, by: User, at: datetime) -> User:
    """Make a user who holds a role from the start. Raises UserExists; KeyError when there is no such role."""
    with transaction.atomic():
        user = create_user(email, name, by=by, at=at)
        grant_role(user, role, by=by, at=at)
    return user


def grant_role(user: User, role: str, *, by: User | None, at: datetime) -> RoleGrant:
    """Give a user a role from now on; the grant that stands where the user holds it already.

    `by` is empty only on the command line. Raises OwnRole; KeyError when there is no such role.
    """
    _refuse_own(user, by)
    code = role_of(role).code
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        grant = user.grants.filter(role=code, ended_at=None).first()
        if grant is None:
            grant = RoleGrant(user=user, role=code, granted_by=by, granted_at=at)
            grant.full_clean()
            grant.save()
    user.__dict__.pop("roles", None)
    return grant


def end_role(user: User, role: str, *, by: User | None, at: datetime) -> None:
    """End a role that a user holds; nothing happens where the user does not. Raises OwnRole."""
    _refuse_own(user, by)
    user.grants.filter(role=role, ended_at=None).update(ended_at=at, ended_by=by)
    user.__dict__.pop("roles", None)


def _refuse_own(user: User, by: User | None) -> None:
    if by is not None and by.pk == user.pk:
        raise OwnRole(_("Nobody changes their own roles. Ask another administrator."))
