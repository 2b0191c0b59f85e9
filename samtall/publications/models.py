"""What a region publishes: editions that are composed, frozen, approved by another, then never changed (R19)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samtall.programmes.models import Programme


class Publication(models.Model):
    """Something that is published again and again under one address: a programme's page, or a report."""

    class Sort(models.TextChoices):
        PAGE = "page", _("The programme's page")
        REPORT = "report", _("Report")

    slug = models.SlugField(unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="publications")
    sort = models.CharField(max_length=10, choices=Sort)
    title = models.JSONField(help_text="{nb, nn, en}")
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug


class Edition(models.Model):
    """One edition, of one period. Once proposed, `frozen` holds all of it: what is approved is what was looked at.

    `position` and `on` say as of where in the books and of which day it was counted; `checksum` is the SHA-256 of
    `frozen`; `checkpoint` is the signed note that ties both to the books.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Waits for approval")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Protection(models.TextChoices):
        ROUNDED = "rounded", _("Counts of people are rounded to the nearest five")
        HIDDEN = "hidden", _("Counts of one to four people are hidden, and what would give them away")

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ends = models.DateField()
    protection = models.CharField(max_length=10, choices=Protection, default=Protection.ROUNDED)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    frozen = models.TextField(blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    position = models.BigIntegerField(null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    checkpoint = models.TextField(blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="publications_edition_once"),
            # two editions of one period could be held against each other, and show what one person changed (R20)
            models.UniqueConstraint(
                fields=["publication", "starts", "ends"],
                condition=~Q(state="withdrawn"),
                name="publications_one_edition_per_period",
            ),
            models.CheckConstraint(condition=Q(ends__gte=models.F("starts")), name="publications_forward"),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(frozen="") & ~Q(checksum="") & Q(position__isnull=False)),
                name="publications_frozen_from_proposal_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.number}"

    @property
    def is_public(self) -> bool:
        """A withdrawn edition can still be read: it says that it is withdrawn, and why."""
        return self.state in (self.State.PUBLISHED, self.State.WITHDRAWN)


class Block(models.Model):
    """A part of an edition while it is composed: a heading, a text, a figure, the targets …; blocks.py says which."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="blocks")
    ordering = models.PositiveSmallIntegerField()
    sort = models.CharField(max_length=20)
    said = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["ordering", "pk"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.ordering} {self.sort}"


class Step(models.Model):
    """What was done with an edition: when, by whom, and why."""

    class What(models.TextChoices):
        BEGUN = "begun", _("Begun")
        PROPOSED = "proposed", _("Frozen and put forward")
        RETURNED = "returned", _("Sent back")
        PUBLISHED = "published", _("Approved and published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=10, choices=What)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.what
