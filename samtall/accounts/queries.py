"""What can be asked about users."""

from django.db.models import Prefetch, QuerySet

from samtall.accounts.models import RoleGrant, User


def users() -> QuerySet[User]:
    """Everybody who has or has had access, by name, with the roles they hold in `held`."""
    held = RoleGrant.objects.filter(ended_at=None).order_by("role")
    return User.objects.prefetch_related(Prefetch("grants", queryset=held, to_attr="held")).order_by("name", "email")


def demonstration_user(role: str) -> User | None:
    """The fictional user who holds a role, where the demonstration data has been loaded."""
    return (
        User.objects.filter(demonstration=True, is_active=True, grants__role=role, grants__ended_at=None)
        .order_by("pk")
        .first()
    )
