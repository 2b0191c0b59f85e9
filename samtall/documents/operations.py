"""What can be done with documents: look a file through, keep it about something, remove it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from samtall.accounts.models import User
from samtall.base.erasing import empty_the_log
from samtall.base.reading import tidy
from samtall.documents import disk, limits, scanner
from samtall.documents.guard import Sound, look_through
from samtall.documents.models import Document, StoredFile
from samtall.documents.refusals import infected, refusal_of, too_many, too_much
from samtall.documents.verdict import DocumentBad

State = StoredFile.State
LONGEST_NAME = 150


@dataclass(frozen=True)
class Examined:
    """A file that has been looked through and lies on the disk, and what it is called; not yet kept about anything."""

    file: StoredFile
    name: str


def examine(content: bytes, *, name: str, at: datetime) -> Examined:
    """Look a file through and put it on the disk. Takes seconds: to be called before a transaction, not in one.

    When no scanner answers, it is kept in quarantine. What is never kept about anything is deleted by `work.tidy`.
    Raises DocumentRefused (F1–F6).
    """
    called = clean_name(name)
    try:
        sound = look_through(called, content)
    except DocumentBad as bad:
        raise refusal_of(bad.verdict, called) from None
    return Examined(_stored(sound, called, at), called)


def _stored(sound: Sound, name: str, at: datetime) -> StoredFile:
    sha256 = disk.digest(sound.content)
    file = StoredFile.objects.filter(sha256=sha256).first()
    if file is None:
        new = {"name": secrets.token_hex(16), "size": len(sound.content), "type": sound.type}
        state = _scanned(sound.content, name)
        file, _new = StoredFile.objects.get_or_create(sha256=sha256, defaults={**new, "state": state, "stored_at": at})
    elif file.state == State.REFUSED:
        raise infected(name)
    else:
        StoredFile.objects.filter(pk=file.pk).update(stored_at=at)  # so that it is not tidied away meanwhile
    if not disk.path_of(file.name).exists():
        disk.write(file.name, sound.content)
    return file


def _scanned(content: bytes, name: str) -> StoredFile.State:
    if not scanner.is_set_up():
        return State.RELEASED
    try:
        found = scanner.scan(content)
    except scanner.ScannerDown:
        return State.QUARANTINED
    if found:
        raise infected(name)
    return State.RELEASED


def keep(examined: Examined, *, about: str, by: User, at: datetime) -> Document:
    """Keep a file about something, in the caller's transaction. Raises DocumentRefused (F7).

    The same file about the same thing twice gives the document that is there.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # so that two at once do not both take the last place
        mine = Document.objects.filter(about=about)
        if same := mine.filter(file=examined.file).first():
            return same
        if mine.count() >= limits.PER_CASE:
            raise too_many(limits.PER_CASE)
        uploaded = Document.objects.filter(uploaded_by=by.signature).aggregate(bytes=Sum("file__size"))["bytes"] or 0
        if uploaded + examined.file.size > limits.PER_PERSON_BYTES:
            raise too_much(limits.PER_PERSON_BYTES)
        day = timezone.localdate(at)
        return Document.objects.create(
            file=examined.file,
            name=examined.name,
            about=about,
            uploaded_by=by.signature,
            uploaded_at=at,
            kept_until=day.replace(year=day.year + settings.DOCUMENTS_KEPT_YEARS, day=min(day.day, 28)),
        )


def remove(document: Document) -> None:
    """Delete a document, and its bytes from the disk unless another document has the same."""
    with transaction.atomic():
        file = StoredFile.objects.select_for_update().get(pk=document.file_id)
        document.delete()
        if not file.documents.exists():
            delete_file(file)
        transaction.on_commit(empty_the_log)


def delete_file(file: StoredFile) -> None:
    """Delete a file that no document has; the bytes go when it is committed."""
    name = file.name
    file.delete()
    transaction.on_commit(lambda: disk.delete(name))


def delete_strays() -> int:
    """Delete files on the disk that the database does not know of, as a restored folder may bring; how many.

    To be called while nobody uploads.
    """
    known = set(StoredFile.objects.values_list("name", flat=True))
    strays = [path for path in disk.folder().glob("*") if path.name not in known]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def clean_name(name: str) -> str:
    """What a file is called, without folders and characters that are no letters of a name."""
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = tidy("".join(character if character.isprintable() else " " for character in tidy(last)))
    path = PurePosixPath(visible or "fil")
    stem, ending = (path.stem, path.suffix) if not visible.startswith(".") else ("fil", visible)
    return f"{stem.strip()[: LONGEST_NAME - 30] or 'fil'}{ending.replace(' ', '')[:20]}"
