"""What an employer's jobs are counted over: how many positions there were before the effort began (R14)."""

from django.db import models

from samtall.accounts.models import User
from samtall.parties.models import Organisation


class Baseline(models.Model):
    """An employer's positions that require higher education, counted on a day, and who says so."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="job_baselines")
    on = models.DateField()
    fte = models.BigIntegerField(help_text="full-time equivalents, in thousandths")
    source = models.CharField(max_length=300, help_text="who counted, or where it is found")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "on"], name="competence_job_baseline_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.on}"
