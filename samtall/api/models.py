"""Keys to the API, and answers that are kept so that a repeated call does not act twice."""

from datetime import date

from django.db import models
from django.db.models import Q

from samtall.accounts.models import User


class ApiKey(models.Model):
    """A key that acts as the one who made it, within its scopes and until its last day; the secret is kept hashed."""

    name = models.CharField(max_length=100, help_text="what it is for")
    start = models.CharField(max_length=12, unique=True, help_text="the beginning of the secret, to tell keys apart")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the secret")
    scopes = models.JSONField(help_text="permissions, see scopes.SCOPES")
    made_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    made_at = models.DateTimeField()
    last_day = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def signature(self) -> str:
        return f"key:{self.pk}"

    def works_on(self, day: date) -> bool:
        return self.revoked_at is None and day <= self.last_day and self.made_by.is_active


class KeptAnswer(models.Model):
    """What was answered to a call with an Idempotency-Key; kept for a day."""

    key = models.CharField(max_length=200)
    actor = models.CharField(max_length=50, help_text="the signature of the API key")
    digest = models.CharField(max_length=64, help_text="SHA-256 of method, address and body")
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "key"], name="api_answer_once"),
            models.CheckConstraint(condition=~Q(key=""), name="api_answer_has_key"),
        ]
