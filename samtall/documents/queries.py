"""What can be asked about documents."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.db.models import QuerySet

from samtall.documents import disk
from samtall.documents.models import Document, StoredFile

GRACE = timedelta(days=1)


def named(text: str) -> QuerySet[Document]:
    """Documents with a text in their name, or about something, newest first."""
    found = Document.objects.select_related("file").order_by("-uploaded_at", "-pk")
    return found.filter(name__icontains=text) | found.filter(about=text)


def expired(today: date) -> QuerySet[Document]:
    return Document.objects.filter(kept_until__lt=today).order_by("pk")


def left_over(at: datetime) -> QuerySet[StoredFile]:
    """Files that were looked through and never kept about anything, for a day; what a scanner refused stays known."""
    forgotten = StoredFile.objects.filter(documents=None, stored_at__lt=at - GRACE)
    return forgotten.exclude(state=StoredFile.State.REFUSED).order_by("pk")


def faults_on_disk(folder: Path | None = None) -> list[str]:
    """The files that are not in a folder as they were stored (otherwise: where they lie), one line each."""
    faults = []
    for file in kept_files().iterator():
        path = (folder or disk.folder()) / file.name
        if not path.exists():
            faults.append(f"{file.name}: missing")
        elif disk.digest(path.read_bytes()) != file.sha256:
            faults.append(f"{file.name}: altered")
    return faults


def kept_files() -> QuerySet[StoredFile]:
    """Every file that should lie on the disk."""
    return StoredFile.objects.exclude(state=StoredFile.State.REFUSED).order_by("pk")
