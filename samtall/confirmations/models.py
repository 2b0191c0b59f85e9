"""Requests to the parties of an activity to confirm what took place, and what they answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samtall.accounts.models import User
from samtall.activities.models import Activity, Evidence, Participation


class Request(models.Model):
    """A letter to one of the parties with a link on which they confirm, or say that something is not right.

    The address is kept only while an answer is waited for; a hash of it stays, so that two answers from one address
    can be told to be so. Names are read from the activity.
    """

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        NOT_RIGHT = "not_right", _("Says that something is not right")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="confirmations")
    part = models.ForeignKey(Participation, on_delete=models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=40, help_text="of who is asked; stays when the part is gone")
    address = models.EmailField(blank=True, help_text="empty when nothing more is to be sent")
    address_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due = models.DateField(help_text="the day after which a reminder is sent, once")
    reminded_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(blank=True, max_length=2000, help_text="what is not right")
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="when somebody had looked into what is not right"
    )
    evidence = models.OneToOneField(Evidence, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="confirmations_answered_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["part"], condition=Q(answered_at=None, revoked_at=None), name="confirmations_one_open_per_part"
            ),
        ]
        indexes = [
            models.Index(fields=["due"], condition=Q(answered_at=None, revoked_at=None), name="confirmations_open")
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.activity_id}"


class Link(models.Model):
    """A way in to one request, from one letter. Only the hash of what stands in the letter is kept."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id} {self.made_at:%Y-%m-%d}"
