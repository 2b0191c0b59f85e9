"""For the background worker: scanning what waits, and deleting what is no longer to be kept."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samtall.documents import disk, operations, queries, scanner
from samtall.documents.models import StoredFile

State = StoredFile.State
AT_ONCE = 20

logger = logging.getLogger(__name__)


def scan_waiting(_at: datetime) -> bool:
    """Scan one file in quarantine; true when another waits."""
    waiting = StoredFile.objects.filter(state=State.QUARANTINED).order_by("pk")
    file = waiting.first()
    if file is None:
        return False
    try:
        found = scanner.scan(disk.path_of(file.name).read_bytes()) if scanner.is_set_up() else ""
    except (scanner.ScannerDown, FileNotFoundError) as error:
        logger.warning("A file waits for the virus check: %s", error)
        return False
    state = State.REFUSED if found else State.RELEASED
    StoredFile.objects.filter(pk=file.pk).update(state=state, found=found)
    if found:
        disk.delete(file.name)
    return waiting.exists()


def tidy(at: datetime) -> bool:
    """Delete documents whose time is out, and files that never became documents; true when there are more."""
    old = list(queries.expired(timezone.localdate(at))[:AT_ONCE])
    for document in old:
        operations.remove(document)
    unused = list(queries.left_over(at)[:AT_ONCE])
    for file in unused:
        with transaction.atomic():
            operations.delete_file(file)
    return len(old) == AT_ONCE or len(unused) == AT_ONCE
