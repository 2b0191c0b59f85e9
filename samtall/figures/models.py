"""Figures and their versions: a definition is data, and is never changed once it stands (R18)."""

from django.db import models


class Figure(models.Model):
    """A figure by its permanent name."""

    slug = models.SlugField(unique=True, max_length=60)
    public = models.BooleanField(default=True, help_text="may be seen without signing in")
    ordering = models.PositiveSmallIntegerField(default=100)
    archived_at = models.DateTimeField(null=True, blank=True, help_text="no longer offered, and still readable")
    archived_by = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.slug


class FigureVersion(models.Model):
    """What a figure counts, from a time on. Targets stay tied to the version they were set with."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField(help_text="see definitions.Definition")
    name = models.JSONField(help_text="{nb, nn, en}")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["figure", "number"], name="figures_version_once")]
