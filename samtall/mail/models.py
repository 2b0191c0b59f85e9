"""Letters out, what became of them, and letters in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samtall.base.text import LANGUAGES


class Letter(models.Model):
    """One letter to one address. It is sent again and again with the same Message-ID until a server has taken it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")
        RETURNED = "returned", _("Came back")
        STOPPED = "stopped", _("Stopped")

    message_id = models.CharField(max_length=300, unique=True, help_text="random, without the angle brackets")
    once = models.CharField(max_length=200, unique=True, null=True, blank=True, help_text="what is written once only")
    to = models.CharField(max_length=254, blank=True, db_index=True)
    language = models.CharField(max_length=2, choices=[(language, language) for language in LANGUAGES])
    purpose = models.CharField(max_length=40, help_text="such as receipt or reminder")
    about = models.CharField(max_length=100, blank=True, db_index=True, help_text="a source such as inquiry:12")
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    in_reply_to = models.CharField(max_length=300, blank=True, help_text="the Message-ID that it answers")
    unsubscribe = models.CharField(max_length=500, blank=True, help_text="the address that ends such letters")
    by = models.CharField(max_length=60)
    written_at = models.DateTimeField()

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(help_text="when it is tried next")
    tries = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True, help_text="whoever is sending it now")
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True, help_text="when address and content were deleted")

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="mail_due"),
            models.Index(fields=["-written_at", "-id"], name="mail_newest_first"),
        ]

    def __str__(self) -> str:
        return self.subject or self.message_id


class LetterFile(models.Model):
    """A file that goes with a letter."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    type = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class LetterRecord(models.Model):
    """Something that happened to a letter: when, by whom if by somebody, and what the mail server said."""

    class What(models.TextChoices):
        SENT = "sent", _("Sent")
        SHOWN = "shown", _("Shown here only: this is a demonstration")
        LATER = "later", _("Could not be sent now. It is tried again")
        REFUSED = "refused", _("The mail server refused it")
        GIVEN_UP = "given_up", _("Given up after many tries")
        RETURNED = "returned", _("Came back")
        DELAYED = "delayed", _("Delayed on its way")
        BAD_ADDRESS = "bad_address", _("Not sent: an earlier letter to the address came back")
        OWN_ADDRESS = "own_address", _("Not sent: the address is our own")
        UNFIT = "unfit", _("Not sent: there is a fault in the letter")
        AGAIN = "again", _("To be sent again")
        STOPPED = "stopped", _("Stopped")

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="records")
    what = models.CharField(max_length=15, choices=What)
    at = models.DateTimeField()
    by = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"


class IncomingLetter(models.Model):
    """A message that came to our mailbox: filed with what it is about, or held for a person to look at."""

    class State(models.TextChoices):
        HELD = "held", _("Waits for somebody to look at it")
        FILED = "filed", _("Filed")
        ASIDE = "aside", _("Put aside")

    class Reason(models.TextChoices):
        """Why a person must look at it first."""

        UNKNOWN = "unknown", _("It answers no letter that we have sent.")
        OTHER_SENDER = "other_sender", _("It comes from another address than the letter was sent to.")
        OWN = "own", _("It says that it comes from ourselves.")
        AUTOMATIC = "automatic", _("A machine has sent it, such as a notice of absence or from a mail server.")
        FILES = "files", _("It has files with it.")
        NO_TEXT = "no_text", _("It has no plain text.")
        BROKEN = "broken", _("Parts of it cannot be read.")
        LOOP = "loop", _("It has gone in a loop between mail servers.")

    message_id = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    raw = models.BinaryField(help_text="the message as it came")
    received_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="answers")
    about = models.CharField(max_length=100, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=15, choices=Reason, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-received_at", "-id"], name="mail_answers_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["message_id"], condition=~Q(message_id=""), name="mail_received_once")
        ]

    def __str__(self) -> str:
        return self.subject or str(self.pk)
