"""What is kept of an inquiry: what was asked, by whom, where it is, and every change with who and why."""

from django.db import models
from django.db.models import Q

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.inquiries.states import OPEN, State
from samtall.parties.models import Establishment, Organisation

#: The longest description, in characters.
LONGEST = 20_000


class ContactForm(models.Model):
    """A version of a contact form, as its declaration; the latest of a name is the one shown."""

    slug = models.SlugField(max_length=60)
    text = models.TextField(help_text="the declaration, in TOML")
    saved_by = models.CharField(max_length=50, help_text="the signature of the one who saved it")
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["slug", "-id"], name="inquiries_latest_form")]

    def __str__(self) -> str:
        return self.slug


class CaseNumbers(models.Model):
    """The last case number given in a year: counted up in the transaction that uses it."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Inquiry(models.Model):
    """What a business asked for. Where it is (`state`, `assignee`, `unit`) is what its latest records say."""

    number = models.CharField(max_length=12, unique=True, help_text="the case number, such as 2026-0042")
    key = models.CharField(max_length=32, unique=True, help_text="of the form that was sent: sent twice, kept once")
    form = models.ForeignKey(ContactForm, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    due_on = models.DateField(help_text="the last day on which an answer keeps the promise")
    answered_at = models.DateTimeField(null=True, blank=True, help_text="when somebody first answered")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries"
    )
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation_text = models.CharField(max_length=300, help_text="as the sender wrote it")
    municipality = models.CharField(max_length=4, blank=True, help_text="code of the work site, valid that day")
    contact_name = models.CharField(max_length=200)
    email = models.EmailField()
    phone = models.CharField(max_length=30, blank=True)
    reply_language = models.CharField(max_length=2, default="nb")
    kinds = models.JSONField(default=list, blank=True)
    subjects = models.JSONField(default=list, blank=True)
    description = models.TextField(max_length=LONGEST)
    answers = models.JSONField(default=dict, blank=True, help_text="what else the form asked, by the field's code")

    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    assignee = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries")
    unit = models.CharField(max_length=200, blank=True, help_text="who has it, in words")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    link = models.PositiveIntegerField(default=1, help_text="which of the sender's links holds; counted up to revoke")

    class Meta:
        verbose_name_plural = "inquiries"
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="inquiries_most_pressing"),
            models.Index(fields=["-received_at", "-id"], name="inquiries_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                name="inquiries_merged_into_one",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def source(self) -> str:
        """How other rooms and the ledger name this inquiry."""
        return f"inquiry:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def asked_by(self) -> str:
        """The organisation by its name where it is known, else as the sender wrote it."""
        return self.organisation.name if self.organisation else self.organisation_text


class Record(models.Model):
    """A change: what it led to, who did it, when and why. `by` is empty for the sender and for what follows by rule."""

    class Action(models.TextChoices):
        RECEIVED = "received"
        ASSIGNED = "assigned"
        MOVED = "moved"
        MERGED = "merged"
        SPLIT = "split"
        REOPENED = "reopened"
        WITHDRAWN = "withdrawn"
        HANDED_OVER = "handed_over"
        NAMED = "named"
        LINK = "link"

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="records")
    action = models.CharField(max_length=12, choices=Action)
    state = models.CharField(max_length=12, choices=State, help_text="where it was after this")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    to = models.CharField(max_length=200, blank=True, help_text="who got it, or which case")
    reason = models.CharField(max_length=500, blank=True)


class Message(models.Model):
    """Something written in a case: by the sender, to the sender, or only for the desk."""

    class Sort(models.TextChoices):
        NOTE = "note"  # seen at the desk only
        ANSWER = "answer"  # sent to the sender
        ADDED = "added"  # written by the sender on their own page

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="messages")
    sort = models.CharField(max_length=10, choices=Sort)
    text = models.TextField(max_length=LONGEST)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()


class Handover(models.Model):
    """That an inquiry led to an activity."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="handovers")
    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Unconfirmed(models.Model):
    """What was sent without the proof that a script makes: an inquiry once its sender has confirmed it by e-mail."""

    key = models.CharField(max_length=32, unique=True)
    form = models.ForeignKey(ContactForm, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField()
    language = models.CharField(max_length=2)
    sent_at = models.DateTimeField()
