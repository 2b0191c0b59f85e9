"""What can be done with users, their roles, and invitations."""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext as _

from samtall.accounts import sessions
from samtall.accounts.models import Invitation, NewAddress, RoleGrant, User
from samtall.accounts.policy import scope
from samtall.accounts.roles import Reach, Role
from samtall.accounts.roles import role as role_of
from samtall.base.errors import Refusal
from samtall.parties.models import Organisation, Person

INVITATION_HOLDS = timedelta(days=7)


class OwnRole(Refusal):
    """Somebody tried to change their own role."""


class UserExists(Refusal):
    """There is a user with that address already."""


class RoleOutOfPlace(Refusal):
    """The role is not held there: at an organisation, or everywhere."""


class NotTheirsToGive(Refusal):
    """Who gives or ends the role may not, there."""


class InvitationOver(Refusal):
    """The invitation was accepted, withdrawn or replaced, or is too old."""


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


def rename(user: User, name: str, *, language: str) -> None:
    """Keep what somebody wants to be called, and the language they read."""
    user.name, user.language = name, language
    user.full_clean()
    user.save(update_fields=["name", "language"])


def grant_role(
    user: User, role: str, *, organisation: Organisation | None = None, by: User | None, at: datetime
) -> RoleGrant:
    """Give a user a role from now on; the grant that stands where the user holds it already.

    Without `organisation` it is held for the whole installation. `by` is empty only on the command line.
    Raises OwnRole, RoleOutOfPlace, NotTheirsToGive; KeyError when there is no such role.
    """
    _check(user.email, role_of(role), organisation, by)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        grant = user.grants.filter(role=role, organisation=organisation, ended_at=None).first()
        if grant is None:
            grant = RoleGrant(user=user, role=role, organisation=organisation, granted_by=by, granted_at=at)
            grant.full_clean()
            grant.save()
            sessions.rotate(user)
    user.__dict__.pop("holdings", None)
    return grant


def end_role(user: User, role: str, *, organisation: Organisation | None = None, by: User | None, at: datetime) -> None:
    """End a role that a user holds; nothing happens where the user does not. Raises OwnRole, NotTheirsToGive."""
    _refuse_own(user.email, by)
    _refuse_other_places(role_of(role), organisation, by)
    with transaction.atomic():
        user.grants.filter(role=role, organisation=organisation, ended_at=None).update(ended_at=at, ended_by=by)
        sessions.rotate(user)
    user.__dict__.pop("holdings", None)


def forget_factors(user: User, *, by: User) -> None:
    """Delete a user's second factors and sign them out everywhere. Raises OwnRole: one's own are changed by oneself."""
    _refuse_own(user.email, by)
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        user.sessions.all().delete()


def erase_user(user: User, *, at: datetime) -> None:
    """Delete who a user was, for good, and sign them out everywhere. What they did stays, by a number (R5)."""
    with transaction.atomic():
        for kept in (Authenticator, SocialAccount, EmailAddress, NewAddress):
            kept.objects.filter(user=user).delete()
        user.sessions.all().delete()
        user.grants.filter(ended_at=None).update(ended_at=at)
        user.email, user.name, user.language = f"erased-{user.pk}@erased.invalid", "", ""
        user.person, user.is_active, user.last_login, user.erased_at = None, False, None, at
        user.set_unusable_password()
        user.save()
    user.__dict__.pop("holdings", None)


def invite(
    email: str,
    name: str,
    role: str,
    *,
    organisation: Organisation | None = None,
    language: str = "",
    by: User,
    at: datetime,
) -> tuple[Invitation, str]:
    """Ask an address to take a role, and the secret for the link in the letter, which is kept nowhere.

    It holds for seven days and once; an earlier one to the same address and role stops holding. Whether the address has
    a user already is not told. Raises OwnRole, RoleOutOfPlace, NotTheirsToGive.
    """
    email = email.strip().lower()
    _check(email, role_of(role), organisation, by)
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        Invitation.objects.filter(email=email, role=role, organisation=organisation, ended_at=None).update(ended_at=at)
        invitation = Invitation(
            email=email,
            name=name.strip(),
            role=role,
            organisation=organisation,
            language=language,
            token=_hashed(token),
            invited_by=by,
            invited_at=at,
            expires_at=at + INVITATION_HOLDS,
        )
        invitation.full_clean()
        invitation.save()
    return invitation, token


def open_invitation(token: str, *, at: datetime) -> Invitation:
    """The invitation that a link leads to. Looking at it uses up nothing. Raises InvitationOver."""
    found = Invitation.objects.select_related("organisation", "invited_by").filter(
        token=_hashed(token), ended_at=None, expires_at__gt=at
    )
    if (invitation := found.first()) is None:
        raise _over()
    return invitation


def accept(invitation: Invitation, *, at: datetime) -> User:
    """Give the role to the address that was invited, which becomes a user where it was none.

    A person in the books with the same address is who the user is. Raises InvitationOver, also when who invited may no
    longer give the role.
    """
    with transaction.atomic():
        held = Invitation.objects.filter(pk=invitation.pk, ended_at=None, expires_at__gt=at).update(ended_at=at)
        user = User.objects.filter(email__iexact=invitation.email).first()
        if not held or invitation.invited_by is None or (user and not user.is_active):
            raise _over()
        user = user or create_user(invitation.email, invitation.name, at=at, by=invitation.invited_by)
        if invitation.language and not user.language:
            rename(user, user.name, language=invitation.language)
        _tie(user)
        try:
            grant_role(user, invitation.role, organisation=invitation.organisation, by=invitation.invited_by, at=at)
        except Refusal:
            raise _over() from None
        Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    return user


def withdraw(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Let an invitation hold no longer. Raises NotTheirsToGive."""
    _refuse_other_places(role_of(invitation.role), invitation.organisation, by)
    Invitation.objects.filter(pk=invitation.pk, ended_at=None).update(ended_at=at)


def _tie(user: User) -> None:
    """Say which person in the books a user is, where exactly one has the address and is nobody else's."""
    people = list(Person.objects.filter(email__iexact=user.email, user=None)[:2])
    if user.person is None and len(people) == 1:
        user.person = people[0]
        user.save(update_fields=["person"])


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _over() -> InvitationOver:
    return InvitationOver(_("This invitation no longer holds. Ask the one who invited you for a new one."))


def _check(email: str, role: Role, organisation: Organisation | None, by: User | None) -> None:
    _refuse_own(email, by)
    if organisation is None and role.reach is Reach.ORGANISATION:
        raise RoleOutOfPlace(_("%(role)s is held at an organisation. Say which.") % {"role": role.words})
    if organisation is not None and role.reach in {Reach.EVERYTHING, Reach.SELF}:
        raise RoleOutOfPlace(_("%(role)s is not held at one organisation. Leave it empty.") % {"role": role.words})
    _refuse_other_places(role, organisation, by)


def _refuse_own(email: str, by: User | None) -> None:
    if by is not None and by.email == email:
        raise OwnRole(_("Nobody changes their own roles. Ask another administrator."))


def _refuse_other_places(role: Role, organisation: Organisation | None, by: User | None) -> None:
    if by is None:
        return
    reach = scope(by, "accounts.manage")
    if not reach.covers(organisation) or not (reach.everything or role.local):
        raise NotTheirsToGive(_("That role is not yours to give or end. Ask an administrator of the whole region."))
