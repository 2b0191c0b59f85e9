"""Who signs in, and which roles they hold and have held."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from samtall.parties.models import Organisation, Person


class Users(BaseUserManager["User"]):
    """Users found by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in, by e-mail address.

    `assured` is false for a visitor who has yet to show the second factor that their roles ask for (`middleware`).
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, blank=True, help_text="empty: not chosen yet")
    person = models.OneToOneField(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="user", help_text="whom it is about"
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    invited_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    demonstration = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True, help_text="when name and address were deleted for good")

    objects = Users()

    assured = True

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return _("Erased user") if self.erased_at else self.name or self.email

    @property
    def signature(self) -> str:
        """How this user is written in the ledger: a number that says nothing by itself."""
        return f"user:{self.pk}"

    @cached_property
    def holdings(self) -> frozenset[tuple[str, int | None]]:
        """The roles held now, each with the organisation it is held at (none: the whole installation).

        Read once for this object: a new request asks again.
        """
        return frozenset(self.grants.filter(ended_at=None).values_list("role", "organisation_id"))

    @property
    def roles(self) -> frozenset[str]:
        """The codes of the roles held now, wherever they are held."""
        return frozenset(code for code, _ in self.holdings)


class RoleGrant(models.Model):
    """A role given to a user by someone, from a time, until it was ended; at an organisation, or everywhere."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="empty: everywhere"
    )
    granted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at=None, organisation=None),
                name="accounts_role_held_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(ended_at=None),
                name="accounts_role_held_once_there",
            ),
        ]


class Invitation(models.Model):
    """An address that is asked to take a role. The letter holds the token; here is only its hash."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=30)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="empty: everywhere"
    )
    language = models.CharField(max_length=2, blank=True)
    token = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256")
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="accepted, withdrawn or replaced")
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["invited_at"]


class NewAddress(models.Model):
    """An e-mail address that a user has asked to move to, until they do. In the letter is a token, here its hash."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    token = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256")
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "new addresses"

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d}"


class Session(AbstractBaseSession):
    """A browser in which somebody has signed in, or not yet (`sessions`)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions")
    browser = models.CharField(max_length=60, blank=True, help_text="such as “Firefox, Windows”")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    rotate = models.BooleanField(default=False, help_text="the next request gets a new key")


class Allowance(models.Model):
    """How much of something has been used of what is allowed until a time (`limits`)."""

    key = models.CharField(max_length=64, unique=True)
    used = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)
