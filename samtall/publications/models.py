"""What a region publishes: editions that are composed, frozen, approved by another, then never changed (R19)."""

from datetime import date

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
        return self.state in PUBLIC


PUBLIC = (Edition.State.PUBLISHED, Edition.State.WITHDRAWN)


class Block(models.Model):
    """A part of an edition while it is composed: a heading, a text, a figure, the targets …; blocks.py says which.

    It stands in an edition, or was taken out of one and can be put back. `revision` grows with each change of what it
    says, so that whoever changes it tells which words they had before them.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, blank=True, related_name="blocks")
    removed_from = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, blank=True, related_name="removed")
    ordering = models.PositiveSmallIntegerField()
    sort = models.CharField(max_length=20)
    said = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["ordering", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__isnull=False, removed_from__isnull=True)
                | Q(edition__isnull=True, removed_from__isnull=False),
                name="publications_block_stands_or_was_removed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.ordering} {self.sort}"


class Step(models.Model):
    """What was done with an edition: when, by whom, and why."""

    class What(models.TextChoices):
        BEGUN = "begun", _("Begun")
        REFRAMED = "reframed", _("Title, period or protection changed")
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


class Comment(models.Model):
    """What somebody says of an edition, or of one of its blocks, until it is settled; or an answer to that."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="comments")
    block = models.ForeignKey(Block, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments")
    answers = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    text = models.TextField(max_length=2000)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    settled_by = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["edition"], condition=Q(settled_at=None), name="publications_comment_open")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.by}"


class ReadingLink(models.Model):
    """A way in to read without an account, for somebody outside, until a day. Only the hash of its token is kept.

    Of an edition, or of a publication: then of its latest edition that has been put forward.
    """

    class Depth(models.TextChoices):
        EDITION = "edition", _("The edition as it is published or put forward")
        NAMES = "names", _("With the list of organisations behind each figure")
        EXACT = "exact", _("With the lists, and exact numbers on people")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    depth = models.CharField(max_length=10, choices=Depth, default=Depth.EDITION)
    label = models.CharField(max_length=150, help_text="to whom it was given")
    token_hash = models.CharField(max_length=64, unique=True)
    ends = models.DateField(help_text="the last day on which it opens")
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_read = models.DateField(null=True, blank=True)
    times_read = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__isnull=False, publication__isnull=True)
                | Q(edition__isnull=True, publication__isnull=False),
                name="publications_link_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.ends}"

    def is_open(self, on: date) -> bool:
        return self.ended_at is None and self.ends >= on
