"""What happens between parties: an activity, who takes part, on what evidence, and how far up the ladder it is (R7)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samtall.accounts.models import User
from samtall.base.text import search_key
from samtall.documents.models import Document
from samtall.parties.models import Establishment, Organisation, Person


class Activity(models.Model):
    """Something that parties do together, of one kind. Its state and step are the latest of its dated records."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        ABORTED = "aborted", _("Aborted")  # started, and ended before its minimum content (R21)
        CANCELLED = "cancelled", _("Cancelled")  # never started

    class Step(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for approval")
        VALIDATED = "validated", _("Approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kind = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=300)
    search_title = models.CharField(max_length=900, editable=False, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    municipality = models.CharField(
        max_length=4, blank=True, help_text="code of the work site, valid on the start date (R11)"
    )
    programme = models.SlugField(blank=True, help_text="the programme it belongs to")
    details = models.JSONField(default=dict, blank=True, help_text="what its kind declares beyond this")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    step = models.CharField(max_length=10, choices=Step, default=Step.DRAFT, db_index=True)
    origin = models.CharField(max_length=100, blank=True, help_text="where it came from, such as import:12")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["-starts", "-id"], name="activities_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")), name="activities_end_not_before_start"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_title = search_key(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def source(self) -> str:
        """How the ledger names this activity."""
        return f"activity:{self.pk}"


class Participation(models.Model):
    """A party's part in an activity: an organisation, a person, or a number of unnamed people from an organisation."""

    class Outcome(models.TextChoices):
        TAKING_PART = "taking_part", _("Taking part")
        COMPLETED = "completed", _("Completed")
        DROPPED_OUT = "dropped_out", _("Left")
        NO_SHOW = "no_show", _("Did not come")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participations")
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="participations"
    )
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="participations")
    person_key = models.BigIntegerField(null=True, blank=True, help_text="stays when the person is erased (R5)")
    head_count = models.PositiveIntegerField(null=True, blank=True, help_text="people counted without names")
    quantity = models.BigIntegerField(null=True, blank=True, help_text="in thousandths of the unit: 7500 is 7.5 hours")
    unit = models.CharField(max_length=20, blank=True)
    starts = models.DateField(null=True, blank=True, help_text="when other than the activity's own")
    ends = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=15, choices=Outcome, default=Outcome.TAKING_PART)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person_key__isnull=False), name="activities_part_of_someone"
            ),
            models.CheckConstraint(
                condition=Q(head_count__isnull=True)
                | Q(head_count__gt=0, person_key__isnull=True, organisation__isnull=False),
                name="activities_heads_from_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="activities_part_end_not_before_start",
            ),
            models.UniqueConstraint(
                fields=["activity", "role", "person_key"],
                condition=Q(person_key__isnull=False),
                name="activities_person_once_per_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.activity_id}"

    @property
    def counted(self) -> Organisation | None:
        """The organisation that the part is counted for."""
        return self.organisation.counted if self.organisation else None

    @property
    def counted_id(self) -> int | None:
        return self.counted.pk if self.counted else None


class Evidence(models.Model):
    """What shows that an activity took place (R15)."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(
        max_length=30, help_text="agreement, attendance_list, confirmation, minutes, register_extract"
    )
    description = models.CharField(max_length=300, help_text="where it is found: a case number, a file name, a link")
    dated = models.DateField(null=True, blank=True)
    document = models.ForeignKey(
        Document,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="deleted in time",
    )
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.description


class StepRecord(models.Model):
    """A step on the ladder (R7): what happened, when, by whom and why.

    A stretch of changes by one person is one record. Who stands behind an activity since it was last validated is read
    from here, and may not validate it.
    """

    class Action(models.TextChoices):
        RECORDED = "recorded", _("Recorded")
        CHANGED = "changed", _("Changed")
        SUBMITTED = "submitted", _("Sent in")
        VALIDATED = "validated", _("Approved")
        RETURNED = "returned", _("Returned")
        CORRECTED = "corrected", _("Corrected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=10, choices=Action)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d}"


class StateRecord(models.Model):
    """A change of an activity's state: on which day it happened, and who said so when and why."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="states")
    state = models.CharField(max_length=10, choices=Activity.State)
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.state} {self.on}"


class StageRecord(models.Model):
    """Something said about an activity at a stage that its kind declares: on which day, by whom, and in what words.

    `yes` is false only where the stage is somebody's to decide. The text stays in this room and is never in the ledger.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=40)
    yes = models.BooleanField(default=True)
    on = models.DateField()
    text = models.TextField(blank=True, max_length=4000)
    led_to = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_from")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.stage} {self.on}"


class Milestone(models.Model):
    """A point that an activity is to pass: when it is due, when it was passed, and what shows it."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="milestones")
    code = models.CharField(max_length=40, blank=True, help_text="of those its kind declares; empty for one's own")
    title = models.CharField(max_length=200, blank=True, help_text="one's own words, where there is no code")
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code="", title=""), name="activities_milestone_called_something"),
            models.UniqueConstraint(
                fields=["activity", "code"], condition=~Q(code=""), name="activities_milestone_of_kind_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.code
