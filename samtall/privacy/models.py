"""That somebody was erased, without who it was; and what people have asked to have corrected."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samtall.accounts.models import User


class Erased(models.Model):
    """That somebody was erased. The same line stands in the list of erasures (`listing`), outside the database."""

    class Reason(models.TextChoices):
        ASKED = "asked", _("Asked for it")
        OURSELVES = "ourselves", _("We found that it should not be kept")
        TIME = "time", _("The time for keeping it was over")

    token = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=50, help_text="a signature; “themselves” where the person pressed the button")
    reason = models.CharField(max_length=10, choices=Reason)
    line = models.JSONField(help_text="keyed hashes and random keys, see listing.Line")
    redone_at = models.DateTimeField(null=True, blank=True, help_text="when an old copy had brought the person back")
    cleaned_at = models.DateTimeField(null=True, blank=True, help_text="when the database's files held nothing more")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "erased"

    def __str__(self) -> str:
        return self.token


class LeftFile(models.Model):
    """A file that may name somebody who was erased, which no machine can read: for a person to look into."""

    erased = models.ForeignKey(Erased, on_delete=models.CASCADE, related_name="files")
    document = models.PositiveBigIntegerField()
    settled_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["erased", "document"], name="privacy_file_once")]

    def __str__(self) -> str:
        return f"document {self.document}"


class Correction(models.Model):
    """What somebody asks to have corrected, and what came of it."""

    email = models.EmailField(help_text="proven to be theirs")
    text = models.TextField(max_length=2000)
    about = models.CharField(max_length=40, blank=True, help_text="“activity:17”, “inquiry:9”; empty: nothing of these")
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["answered_at", "asked_at"]

    def __str__(self) -> str:
        return f"correction {self.pk}"
