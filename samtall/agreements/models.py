"""Agreements on student work: what was agreed, from which version of which text, and how far it has come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samtall.accounts.models import User
from samtall.activities.models import Activity, Evidence, Participation


class Agreement(models.Model):
    """What the parties of an activity agree on. Who they are is read there, so that no name is kept twice."""

    class Rights(models.TextChoices):
        STUDENTS = "students", _("The students own the results")
        LICENCE = "licence", _("The students own the results, and the organisation may use them")
        TRANSFER = "transfer", _("The students transfer the results to the organisation")

    class Confidentiality(models.TextChoices):
        NONE = "none", _("Nothing is confidential")
        UNTIL = "until", _("What is marked is confidential until a date")
        SECRET = "secret", _("What is marked is confidential as long as it is a trade secret")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="agreements")
    text = models.CharField(max_length=40, help_text="the name of the text it is made from")
    version = models.PositiveIntegerField(help_text="of the text; the text of a version never changes")
    language = models.CharField(max_length=2, choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")])
    place = models.CharField(max_length=200, blank=True)
    rights = models.CharField(max_length=10, choices=Rights)
    confidentiality = models.CharField(max_length=10, choices=Confidentiality)
    confidential_until = models.DateField(null=True, blank=True)
    supervision_hours = models.PositiveIntegerField(
        null=True, blank=True, help_text="hours that the organisation gives in kind (R16)"
    )
    expenses = models.CharField(max_length=500, blank=True, help_text="empty: each party pays its own")
    compensation = models.CharField(max_length=500, blank=True, help_text="empty: none")
    other = models.TextField(max_length=2000, blank=True)
    evidence = models.OneToOneField(Evidence, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confidentiality="until", confidential_until__isnull=False)
                | (~Q(confidentiality="until") & Q(confidential_until__isnull=True)),
                name="agreements_until_a_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.version}: {self.activity_id}"


class AgreementRecord(models.Model):
    """Something that happened to an agreement: sent, signed by one of its parties, cancelled."""

    class What(models.TextChoices):
        SENT = "sent", _("Sent")
        SIGNED = "signed", _("Signed")
        CANCELLED = "cancelled", _("Cancelled")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="records")
    what = models.CharField(max_length=10, choices=What)
    on = models.DateField()
    part = models.ForeignKey(Participation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=40, blank=True, help_text="the role of who signed; stays when the part is gone")
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "part"], condition=Q(what="signed"), name="agreements_signed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.on}"
