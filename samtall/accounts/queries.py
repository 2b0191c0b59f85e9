"""What can be asked about users."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from samtall.accounts.models import Invitation, RoleGrant, User
from samtall.accounts.policy import Scope, Visitor, scope
from samtall.accounts.roles import ROLES
from samtall.parties.models import Organisation


def visible_to(visitor: Visitor) -> QuerySet[User]:
    """Everybody who has or has had access, by name, with the roles they hold in `held`.

    For the administrators of organisations: those who hold or have held a role there, and the roles there only.
    """
    reach = scope(visitor, "accounts.read")
    held = grants_within(reach).filter(ended_at=None).order_by("role", "organisation__search_name")
    users = User.objects.prefetch_related(Prefetch("grants", queryset=held, to_attr="held")).order_by("name", "email")
    return users if reach.everything else users.filter(grants__organisation__in=reach.organisations).distinct()


def grants_within(reach: Scope) -> QuerySet[RoleGrant]:
    """The roles given so far, within reach, with where, by whom and ended by whom."""
    grants = RoleGrant.objects.select_related("organisation", "granted_by", "ended_by")
    return grants if reach.everything else grants.filter(organisation__in=reach.organisations)


def open_invitations(visitor: Visitor, *, at: datetime) -> QuerySet[Invitation]:
    """Those who have been asked and have not answered, within reach, oldest first."""
    reach = scope(visitor, "accounts.read")
    invitations = Invitation.objects.select_related("organisation").filter(ended_at=None, expires_at__gt=at)
    return invitations if reach.everything else invitations.filter(organisation__in=reach.organisations)


def organisations_within(reach: Scope) -> QuerySet[Organisation]:
    """The organisations of an administrator of some, by name."""
    return Organisation.objects.filter(pk__in=reach.organisations).order_by("search_name", "pk")


def who_may(permission: str) -> QuerySet[User]:
    """Everybody who has a permission for everything: who is written to when something waits for one of them."""
    roles = [role.code for role in ROLES if permission in role.permissions]
    held = User.objects.filter(grants__role__in=roles, grants__ended_at=None, grants__organisation=None)
    return held.filter(is_active=True).distinct().order_by("pk")


def guardians_of_privacy() -> QuerySet[User]:
    """Who is told when somebody who gives roles also holds one to use."""
    return User.objects.filter(is_active=True, grants__role="privacy", grants__ended_at=None).distinct()


def gives_and_uses(user: User) -> bool:
    """Whether somebody gives roles and holds another besides: what those who answer for privacy must hear of."""
    others = {role.code for role in ROLES} - {"administrator"}
    grants = user.grants.filter(ended_at=None)
    return grants.filter(role="administrator").exists() and grants.filter(role__in=others).exists()


def demonstration_user(role: str) -> User | None:
    """The fictional user who holds a role, where the demonstration data has been loaded."""
    return (
        User.objects.filter(demonstration=True, is_active=True, grants__role=role, grants__ended_at=None)
        .order_by("pk")
        .first()
    )
