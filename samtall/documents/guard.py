"""Tells by its content what a file is, refuses what could hurt, and takes out what nobody meant to send.

Each type that is taken is read as a whole by a parser of its own, which knows better than any list of first bytes. Runs
in a process with limits: `python -m samtall.documents.guard NAME`, the file on standard input; on standard output one
line of JSON, and after it the file as it is to be kept.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from samtall.base import confined
from samtall.base.archive import OLD_OFFICE_MAGIC, ZIP_MAGIC
from samtall.documents import limits
from samtall.documents.verdict import DocumentBad, Verdict

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: How a web page or a drawing begins, whatever the file is called.
MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<body", b"<iframe")
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain",
}


@dataclass(frozen=True)
class Sound:
    """What a file is, and its bytes as they are to be kept."""

    type: str
    content: bytes


def look_through(name: str, content: bytes) -> Sound:
    """Look at a file in a process of its own. Raises DocumentBad (F1–F4, F6)."""
    if len(content) > limits.FILE_BYTES:
        raise DocumentBad("F3", f"{len(content) / 1_000_000:.1f} MB", f"{limits.FILE_BYTES // 1_000_000} MB")
    try:
        answer = confined.run("samtall.documents.guard", name, content=content, seconds=limits.CHILD_SECONDS)
    except confined.Exceeded:
        raise DocumentBad("F4") from None
    head, _newline, kept = answer.partition(b"\n")
    told = json.loads(head)
    if "code" in told:
        verdict = Verdict(**told)
        raise DocumentBad(verdict.code, verdict.found, verdict.limit)
    return Sound(told["type"], kept)


def look_through_here(name: str, content: bytes) -> Sound:
    """The same in this process."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    if ending not in TYPES:
        raise DocumentBad("F1", ending[:20])
    if not content.removeprefix(BYTE_ORDER_MARK).strip(b"\x00 \t\r\n"):
        raise DocumentBad("F4")
    real, check = _kind_of(content)
    if TYPES[ending] != real and not (real == "archive" and ending in ("docx", "xlsx", "odt", "ods")):
        raise DocumentBad("F2", real)
    return Sound(TYPES[ending], check(content, ending))


def _kind_of(content: bytes) -> tuple[str, Callable[[bytes, str], bytes]]:
    """What the content says that it is, and how it is looked through."""
    from samtall.documents import office, pdf, pictures

    if content.startswith(b"%PDF-"):
        return TYPES["pdf"], pdf.checked
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return TYPES["png"], pictures.made_anew
    if content.startswith(b"\xff\xd8\xff"):
        return TYPES["jpg"], pictures.made_anew
    if content.startswith(ZIP_MAGIC):
        return "archive", office.checked
    if content.startswith(OLD_OFFICE_MAGIC):
        return "archive", office.old
    return _text_or_else(content), lambda content, _ending: content


def _text_or_else(content: bytes) -> str:
    start = content.removeprefix(BYTE_ORDER_MARK).lstrip()[:100].lower()
    if start.startswith(MARKUP):
        return "text/html"
    if any(byte < 32 and byte not in b"\t\n\f\r" for byte in set(content)):
        return "application/octet-stream"
    return TYPES["txt"]


def main() -> None:
    confined.confine(memory_bytes=limits.CHILD_MEMORY_BYTES, seconds=limits.CHILD_SECONDS)
    kept = b""
    try:
        sound = look_through_here(sys.argv[1], sys.stdin.buffer.read())
        told, kept = {"type": sound.type}, sound.content
    except DocumentBad as bad:
        told = asdict(bad.verdict)
    except MemoryError:
        sys.exit(1)
    except Exception:  # whatever a parser stumbles on, the file is not whole
        told = asdict(Verdict("F4"))
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + kept)


if __name__ == "__main__":
    main()
