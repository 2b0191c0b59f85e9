"""Files kept as evidence: what lies on the disk, and what it is kept as."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """Bytes on the disk, under a random name, once however often they are uploaded."""

    class State(models.TextChoices):
        QUARANTINED = "quarantined", _("Waits for the virus check")
        RELEASED = "released", _("Checked")
        REFUSED = "refused", _("Stopped by the virus scanner, and deleted")

    name = models.CharField(max_length=32, unique=True, help_text="on the disk; random")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    type = models.CharField(max_length=100, help_text="media type, by content")
    state = models.CharField(max_length=11, choices=State)
    stored_at = models.DateTimeField()
    found = models.CharField(max_length=100, blank=True, help_text="what the virus scanner called it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256"], name="documents_same_file_once"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="quarantined"), name="documents_waiting"),
        ]

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A file as somebody uploaded it about something."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=150, help_text="as the one who uploaded it called it")
    about = models.CharField(max_length=100, db_index=True, help_text="a source such as activity:12")
    uploaded_by = models.CharField(max_length=60, db_index=True)
    uploaded_at = models.DateTimeField()
    kept_until = models.DateField(db_index=True)

    def __str__(self) -> str:
        return self.name
