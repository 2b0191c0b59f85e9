"""Who signs in, and which roles they hold and have held."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property


class Users(BaseUserManager["User"]):
    """Users found by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in, by e-mail address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="nb")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    invited_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    demonstration = models.BooleanField(default=False)

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def signature(self) -> str:
        """How this user is written in the ledger: a number that says nothing by itself."""
        return f"user:{self.pk}"

    @cached_property
    def roles(self) -> frozenset[str]:
        """The codes of the roles held now, read once for this object: a new request asks again."""
        return frozenset(self.grants.filter(ended_at=None).values_list("role", flat=True))


class RoleGrant(models.Model):
    """A role given to a user by someone, from a time, until it was ended."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30)
    granted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["granted_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], condition=Q(ended_at=None), name="accounts_role_held_once")
        ]
