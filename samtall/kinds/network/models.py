"""What more is known of a network's meetings than their days, which are among the activity's details (facts.py)."""

from django.db import models

from samtall.accounts.models import User
from samtall.activities.models import Activity, Evidence, Participation


class Meeting(models.Model):
    """A meeting that was held: what it was about, where the minutes are, and who came."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="meetings")
    on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=500, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True, help_text="how many people came, together")
    attended = models.ManyToManyField(Participation, related_name="+", help_text="the members and institutions")
    evidence = models.OneToOneField(
        Evidence, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="the minutes"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "on"], name="network_one_meeting_a_day")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.on}"
