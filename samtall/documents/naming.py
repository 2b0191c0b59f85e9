"""Whether a file names somebody, as far as a machine can tell."""

import re
import zipfile
from io import BytesIO

from samtall.base.traces import pattern
from samtall.documents import disk, limits
from samtall.documents.models import StoredFile

_TAGS = re.compile(r"<[^>]*>")
#: Types of which the text lies open: the rest may hold pictures of text, or text as numbers of shapes.
_OPEN = ("text/", "application/vnd.openxmlformats", "application/vnd.oasis")


def names(file: StoredFile, words: tuple[str, ...]) -> bool | None:
    """Whether any of the words stands in a file; None for what cannot be read (PDF, pictures)."""
    if not words:
        return False
    if not file.type.startswith(_OPEN):
        return None
    try:
        content = disk.path_of(file.name).read_bytes()
    except FileNotFoundError:
        return False
    found = pattern(words)
    return any(found.search(text) for text in _texts(content))


def _texts(content: bytes) -> list[str]:
    if not zipfile.is_zipfile(BytesIO(content)):
        return [content.decode("utf-8", "replace"), content.decode("cp1252", "replace")]
    with zipfile.ZipFile(BytesIO(content)) as archive:  # it was looked through when it came in
        parts = [part for part in archive.infolist() if part.filename.endswith(".xml")]
        if sum(part.file_size for part in parts) > limits.UNPACKED_BYTES:
            return []
        return [_TAGS.sub("", archive.read(part).decode("utf-8", "replace")) for part in parts]
