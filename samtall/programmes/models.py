"""What a region wants: goals, targets tied to figures, and what was reported at the time."""

from django.db import models

from samtall.figures.models import FigureVersion
from samtall.places.models import Region


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
    """A text of a programme that is not a figure: a goal, another result, a piece of advice …"""

    class Part(models.TextChoices):
        PROJECT_GOAL = "project_goal"
        EFFECT_GOAL = "effect_goal"
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


class Target(models.Model):
    """A result target: what shall be reached by when, measured by a version of a figure (R18)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="targets")
    slug = models.SlugField()
    ordering = models.PositiveSmallIntegerField()
    text = models.JSONField()
    figure = models.ForeignKey(FigureVersion, on_delete=models.PROTECT, related_name="+")
    beside = models.ForeignKey(
        FigureVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="shown with it (R3)"
    )
    baseline = models.BigIntegerField(default=0, help_text="in thousandths")
    value = models.BigIntegerField(
        null=True, blank=True, help_text="to reach, in thousandths; empty: to be described, not counted"
    )
    since = models.DateField()
    deadline = models.DateField()
    reported = models.JSONField(default=dict, blank=True, help_text="what was said at the time, as text")
    reported_on = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["ordering"]
        constraints = [models.UniqueConstraint(fields=["programme", "slug"], name="programmes_target_once")]
