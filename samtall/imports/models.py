"""Spreadsheets brought in: who brought what when, how far it has come, and which activities it made."""

from typing import Any

from django.db import models
from django.db.models import Q

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.imports.packing import unpacked


class Import(models.Model):
    """One spreadsheet, from its preview to the activities it made, and out again when it is undone.

    The file itself is never kept. Its cells are, until everything is recorded or the import is discarded.
    """

    class State(models.TextChoices):
        PLANNING = "planning"
        PREVIEW = "preview"
        RUNNING = "running"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"

    class Duplicates(models.TextChoices):
        ASK = ""
        SKIP = "skip"
        COUNT = "count"

    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64, db_index=True)
    content_digest = models.CharField(max_length=64, blank=True, help_text="of what the rows say, in any order")
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    packed_workbook = models.BinaryField(help_text="the cells; empty when everything is recorded")
    layout = models.JSONField(help_text="see columns.Layout")
    answers = models.JSONField(default=dict, blank=True, help_text="given in the browser: see answers.Answers")
    duplicates = models.CharField(max_length=5, choices=Duplicates, default=Duplicates.ASK, blank=True)
    duplicates_reason = models.CharField(max_length=300, blank=True)
    sheet_rows = models.PositiveIntegerField(default=0, help_text="in the file, headings and all")
    rows = models.PositiveIntegerField(default=0, help_text="that are recorded, or will be")
    rows_reached = models.PositiveIntegerField(default=0)
    planning_language = models.CharField(max_length=10, blank=True, help_text="of whoever waits for the plan")
    planning_since = models.DateTimeField(null=True, blank=True, help_text="when somebody last worked on the plan")
    agreed_plan = models.CharField(max_length=64, blank=True, help_text="what is saved if the plan still says so")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_digest"],
                condition=Q(state__in=["running", "done"]),
                name="imports_content_once",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def origin(self) -> str:
        """How the activities it made say where they came from."""
        return f"import:{self.pk}"

    @property
    def percent(self) -> int:
        """How much of it is recorded, in whole percent."""
        return self.rows_reached * 100 // self.rows if self.rows else 0

    def plain_workbook(self) -> dict[str, Any]:
        """The cells as `cells.workbook_from_plain` takes them."""
        plain: dict[str, Any] = unpacked(self.packed_workbook)
        return plain


class StoredPlan(models.Model):
    """What a spreadsheet would become, in one language: made once, and looked through many times."""

    plan_of = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="stored_plan")
    language = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    position = models.PositiveBigIntegerField(help_text="of the ledger when it was made")
    fingerprint = models.CharField(max_length=64, help_text="of what would be saved")
    packed_head = models.BinaryField(help_text="numbers, and what the columns hold")
    packed_problems = models.BinaryField()
    packed_left_out = models.BinaryField()
    packed_organisations = models.BinaryField()
    packed_overlaps = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"plan of {self.plan_of_id}"


class PlannedBatch(models.Model):
    """Planned activities of at most 80 rows: what one step records. Deleted with that step."""

    plan_of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="batches")
    first = models.PositiveIntegerField(help_text="the number of its first activity, from 0")
    count = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    packed = models.BinaryField(help_text="see drafts.PlannedActivity")

    class Meta:
        ordering = ["first"]
        constraints = [models.UniqueConstraint(fields=["plan_of", "first"], name="imports_batch_once")]

    def __str__(self) -> str:
        return f"{self.count} activities from {self.first}"


class ImportedActivity(models.Model):
    """An activity that an import made."""

    imported_by = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField(help_text="its place in the spreadsheet")
    rows = models.JSONField(help_text="the rows it was gathered from")
    kept = models.JSONField(
        default=list, blank=True, help_text="remarks, comments and estimates, for those who may see people"
    )
    activity = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    joined = models.BooleanField(default=False, help_text="it was in the books, and was added to")
    added = models.JSONField(default=dict, blank=True, help_text="what was added: see joining.join")
    resembles = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="and is not the same as"
    )
    resembles_because = models.CharField(max_length=300, blank=True, help_text="why both count, as somebody said")
    undone = models.BooleanField(default=False)
    kept_because = models.CharField(max_length=20, blank=True, help_text="why undoing left it: changed")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["imported_by", "number"], name="imports_item_once")]


class Mapping(models.Model):
    """What the columns of a sheet with these headings hold, as somebody said it by hand."""

    signature = models.CharField(max_length=64, unique=True)
    columns = models.JSONField(help_text="column number → field code")
    kind = models.CharField(max_length=40, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
