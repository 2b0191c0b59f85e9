"""Stands before every parser: tells by its content what a file is, and refuses what could hurt."""

from samtall.base.archive import OLD_OFFICE_MAGIC, ZIP_MAGIC, BadArchive, parts_of, unpack_all
from samtall.imports import limits
from samtall.imports.markup import Findings, watcher_for
from samtall.imports.verdict import FileRefused

ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
OTHER_FORMATS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
LONGEST_SNIFF = 4_096

#: The code of what is wrong with an archive; what is not here is damage (I3).
_CODES = {"password": "I2", "parts": "I4", "zip_in_zip": "I4", "unpacked": "I4", "entities": "I4", "depth": "I4"}


def inspect(content: bytes) -> Findings:
    """Tell what a file is, and what its parser will not say. Raises FileRefused (I1–I4, or I6 for unreadable text)."""
    if len(content) > limits.FILE_BYTES:
        raise FileRefused(
            "I4", "file", found=f"{len(content) / 1_000_000:.1f} MB", limit=f"{limits.FILE_BYTES // 1_000_000} MB"
        )
    if not content.strip():
        raise FileRefused("I1", "empty")
    if content.startswith(OLD_OFFICE_MAGIC):
        raise FileRefused("I2", "old_or_password")
    if content.startswith(ZIP_MAGIC):
        return _inspect_archive(content)
    _check_text(content)
    return Findings(form="csv")


def _check_text(content: bytes) -> None:
    start = content[:LONGEST_SNIFF].lstrip()
    if start.startswith(OTHER_FORMATS) and not start.startswith(BYTE_ORDER_MARKS):
        raise FileRefused("I1", "other_format")
    if start.removeprefix(BYTE_ORDER_MARKS[0]).lstrip().startswith(b"<"):
        raise FileRefused("I1", "web_page")
    if b"\x00" in content and not content.startswith(BYTE_ORDER_MARKS[1:]):
        _check_zeros(content)


def _check_zeros(content: bytes) -> None:
    """Zeros at every other byte are UTF-16 that does not say so; a zero now and then is reported by its cell later."""
    sample = content[:LONGEST_SNIFF]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) > len(sample) // 4:
        raise FileRefused("I6", "utf16_without_mark", row=1)
    if sample.count(0) > len(sample) // 20:
        raise FileRefused("I1", "other_format")


def _inspect_archive(content: bytes) -> Findings:
    try:
        parts = parts_of(content, most=limits.PARTS)
        findings = Findings(form=_form(content, {part.filename for part in parts}))
        unpack_all(content, parts, lambda part: watcher_for(findings, part), most_bytes=limits.UNPACKED_BYTES)
        findings.close()
    except BadArchive as bad:
        raise FileRefused(_CODES.get(bad.reason, "I3"), bad.reason, found=bad.found, limit=bad.limit) from bad
    return findings


def _form(content: bytes, names: set[str]) -> str:
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise FileRefused("I1", "macro")
    if "mimetype" in names and ODS_TYPE in content[:200]:
        if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
            raise FileRefused("I1", "macro")
        return _with_part("ods", "content.xml", names)
    if "xl/workbook.bin" in names:
        raise FileRefused("I2", "binary_workbook")
    if "[Content_Types].xml" not in names:
        raise FileRefused("I1", "other_format")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise FileRefused("I1", "other_format")
    return _with_part("xlsx", "xl/workbook.xml", names)


def _with_part(form: str, part: str, names: set[str]) -> str:
    if part not in names:
        raise FileRefused("I3", "part_missing", found=part)
    return form
