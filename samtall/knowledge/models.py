"""Who knows what: study programmes, school departments and research groups that can be asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samtall.parties.models import Organisation


class Environment(models.Model):
    """A knowledge environment. `level` is the highest that it teaches; `kinds` are codes of what it takes part in."""

    class Level(models.TextChoices):
        SCHOOL = "school", _("Upper-secondary school")
        BACHELOR = "bachelor", _("Bachelor")
        MASTER = "master", _("Master")
        FURTHER = "further", _("Continuing and further education")
        RESEARCH = "research", _("Research")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="environments")
    level = models.CharField(max_length=10, choices=Level)
    subjects = models.JSONField(default=list, help_text="what it knows, in words as people use them")
    kinds = models.JSONField(default=list, help_text="codes of the kinds of activity that it takes part in")
    municipalities = models.JSONField(default=list, help_text="codes of where it is; empty: anywhere")
    offers = models.TextField(blank=True, help_text="what it can do for others, in its own words")
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
