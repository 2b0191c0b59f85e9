"""What a region wants: goals, targets tied to figures, and what was reported at the time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samtall.activities.models import Activity
from samtall.figures.models import FigureVersion
from samtall.places.models import Region
from samtall.surveys.models import Question


class Programme(models.Model):
    """A programme of a region. Texts are {nb, nn, en}."""

    slug = models.SlugField(unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    name = models.JSONField()
    lead = models.JSONField(default=dict, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    facts = models.JSONField(default=list, blank=True, help_text="[{label: {nb, nn, en}, text: {nb, nn, en}}]")
    demonstration = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.slug


class Phase(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="phases")
    name = models.JSONField()
    starts = models.DateField()
    ends = models.DateField()


class Paragraph(models.Model):
    """A text of a programme that is neither goal nor figure: another result, a piece of advice …"""

    class Part(models.TextChoices):
        OTHER_RESULT = "other_result"
        ADVICE = "advice"
        CONTINUES = "continues"
        APPLICATION = "application"
        EXAMPLE = "example"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="paragraphs")
    part = models.CharField(max_length=15, choices=Part)
    ordering = models.PositiveSmallIntegerField()
    text = models.JSONField()

    class Meta:
        ordering = ["part", "ordering"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "part", "ordering"], name="programmes_paragraph_once")
        ]


class Goal(models.Model):
    """What the programme is for, as a tree: a goal can serve another, and targets make it concrete."""

    class Sort(models.TextChoices):
        PROJECT = "project", _("Project goal")
        EFFECT = "effect", _("Effect goal")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="goals")
    slug = models.SlugField()
    sort = models.CharField(max_length=10, choices=Sort)
    serves = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="served_by")
    ordering = models.PositiveSmallIntegerField()
    text = models.JSONField()
    kinds = models.JSONField(default=list, blank=True, help_text="codes of the kinds of activity that serve it")
    own_only = models.BooleanField(default=False, help_text="only activities that are marked with the programme")

    class Meta:
        ordering = ["ordering", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "slug"], name="programmes_goal_once")]

    def __str__(self) -> str:
        return self.slug


class Contribution(models.Model):
    """That an activity serves a goal, beyond those whose kind does: somebody has said so."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="contributions")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "activity"], name="programmes_contributes_once")]

    def __str__(self) -> str:
        return f"{self.activity_id} → {self.goal_id}"


class Target(models.Model):
    """What shall be reached by when and by which path.

    It is measured by a version of a figure (R18), by a question of a survey, or by milestones.
    """

    class Way(models.TextChoices):
        WHOLE = "whole", _("Everything from the first day on, together")
        YEARLY = "yearly", _("Each calendar year by itself")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="targets")
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="targets")
    slug = models.SlugField()
    ordering = models.PositiveSmallIntegerField()
    text = models.JSONField()
    figure = models.ForeignKey(FigureVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    beside = models.ForeignKey(
        FigureVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="shown with it (R3)"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="instead of a figure"
    )
    baseline_round = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="the round of the survey that the baseline is read from"
    )
    way = models.CharField(max_length=10, choices=Way, default=Way.WHOLE)
    baseline = models.BigIntegerField(default=0, help_text="in thousandths")
    value = models.BigIntegerField(
        null=True, blank=True, help_text="to reach, in thousandths; empty: to be described, not counted"
    )
    since = models.DateField()
    deadline = models.DateField()
    steps = models.JSONField(
        default=list, blank=True, help_text="[[day, thousandths]] to be reached on the way; empty: a straight line"
    )
    reported = models.JSONField(default=dict, blank=True, help_text="what was said at the time, as text")
    reported_on = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["ordering", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="programmes_target_once"),
            models.CheckConstraint(
                condition=models.Q(deadline__gt=models.F("since")), name="programmes_target_has_time"
            ),
            models.CheckConstraint(
                condition=models.Q(figure=None) | models.Q(question=None), name="programmes_target_measured_one_way"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Milestone(models.Model):
    """What a target that is not counted needs done: by when, and when it was done, by whom and on what evidence."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="milestones")
    text = models.JSONField()
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=500, blank=True, help_text="where it is found, or what shows it")

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on=None) | (~models.Q(done_by="") & ~models.Q(evidence="")),
                name="programmes_milestone_done_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return str(self.text.get("nb", ""))


class Context(models.Model):
    """A number from elsewhere that figures are seen against, never counted with: of when, and by which source."""

    class Sort(models.TextChoices):
        POPULATION = "population", _("Population")
        BUSINESSES = "businesses", _("Businesses")
        CONTROL = "control", _("Control total from official statistics")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="contexts")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, null=True, blank=True, related_name="controls")
    sort = models.CharField(max_length=10, choices=Sort)
    text = models.JSONField(help_text="what is counted, {nb, nn, en}")
    value = models.BigIntegerField(help_text="in thousandths")
    dated = models.DateField(help_text="the day that the number is of")
    source = models.CharField(max_length=200)
    published = models.DateField(null=True, blank=True, help_text="the vintage: when the source published it")

    class Meta:
        ordering = ["sort", "dated", "pk"]

    def __str__(self) -> str:
        return f"{self.sort} {self.dated}"


class Change(models.Model):
    """That somebody changed a programme: what, when, and how it read before and after."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=80, help_text="such as target:nettverk")
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.what
