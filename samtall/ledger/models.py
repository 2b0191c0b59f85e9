"""The books: postings in a chain, and the entries each of them adds. Nothing here is ever changed or deleted.

Only this room and `figures` may touch these tables. Database triggers (see guards.py) refuse UPDATE and DELETE, but for
one mark: `Entry.ended` goes once from NEVER to the position of the posting that reverses the entry.
"""

from django.db import models
from django.db.models import F, Q

#: The `ended` of an entry that stands: larger than any position.
NEVER = 2**62


class Head(models.Model):
    """The last posting's position, time and hash: one row, locked by whoever posts, so that positions are gapless."""

    position = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="ledger_one_head")]


class Source(models.Model):
    """A thing that facts are about, by the name its room gives it, such as "activity:17"."""

    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """One difference appended to the books."""

    position = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="postings")
    reason = models.CharField(max_length=200, blank=True, help_text="a code or a sentence without personal data")
    hash = models.BinaryField(max_length=32, help_text="SHA-256 over the hash before, this header and the commitments")


class Entry(models.Model):
    """A fact added by a posting, or the reversal of one (which repeats the fact that it reverses).

    An entry stood as of position n when `position <= n < ended`. A reversal never stands: it ends where it begins.
    """

    posting = models.ForeignKey(
        Posting, on_delete=models.PROTECT, related_name="entries", db_column="position", db_index=False
    )
    line = models.PositiveSmallIntegerField()
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")
    ended = models.BigIntegerField(default=NEVER, help_text="position of the reversal; NEVER while it stands")
    commitment = models.BinaryField(max_length=32, help_text="SHA-256 over the salt and the canonical fact")
    salt = models.BinaryField(max_length=16)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", db_index=False)

    kind = models.CharField(max_length=40)
    family = models.CharField(max_length=20)
    role = models.CharField(max_length=40)
    side = models.CharField(max_length=10, blank=True)
    standing = models.CharField(max_length=10)
    outcome = models.CharField(max_length=15)
    organisation = models.BigIntegerField(null=True)
    establishment = models.BigIntegerField(null=True)
    person = models.BigIntegerField(null=True)
    identified = models.BooleanField(default=True)
    starts = models.DateField()
    ends = models.DateField(help_text="9999-12-31 while it has not ended")
    municipality = models.CharField(max_length=4, blank=True)
    quantity = models.BigIntegerField(default=0)
    unit = models.CharField(max_length=20, blank=True)
    share = models.IntegerField()
    evidence = models.CharField(max_length=30, blank=True)
    sector = models.CharField(max_length=4, blank=True)
    industry = models.CharField(max_length=6, blank=True)
    industry_standard = models.CharField(max_length=6, blank=True)
    size_class = models.CharField(max_length=7, blank=True)
    programme = models.CharField(max_length=50, blank=True)
    contribution = models.CharField(max_length=11, blank=True)
    successor = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "line"], name="ledger_line_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="ledger_ends_not_before_start"),
        ]
        # Chosen by measurement: docs/performance.md. The facts of a thing lie together and share most of these
        # columns, so narrow indexes stay small and are fast enough; only sums are worth a wide one.
        indexes = [
            # what stands about a source: restate, and "with whom" in a figure
            models.Index(fields=["source", "ended"], name="ledger_standing"),
            # figures on some kinds, or some families of kinds, everywhere; `ends` comes first so that the latest
            # periods, which are asked for most, cost the same however old the books become
            models.Index(fields=["kind", "ends", "starts"], name="ledger_kind"),
            models.Index(fields=["family", "ends", "starts"], name="ledger_family"),
            # the same in a region or a municipality
            models.Index(fields=["municipality", "kind", "ends", "starts"], name="ledger_place_kind"),
            models.Index(fields=["municipality", "family", "ends", "starts"], name="ledger_place_family"),
            # hours, full-time equivalents and money in a region, from the index alone
            models.Index(
                fields=[
                    "municipality", "unit", "starts", "ends", "posting", "ended",
                    "outcome", "kind", "standing", "quantity", "family", "role",
                ],
                condition=Q(unit__gt=""),  # there is an amount
                name="ledger_amount",
            ),
            # the latest day in the books, for the period that a page shows first
            models.Index(fields=["starts"], name="ledger_starts"),
        ]  # fmt: skip
