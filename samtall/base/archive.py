"""A zip file looked through without trusting what its headers say of it."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

LOCAL_HEADER_BYTES = 30
CHUNK_BYTES = 64 * 1024
ENCRYPTED = 0x1
OLD_OFFICE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"

#: Told of each piece of a part as it is unpacked.
Watcher = Callable[[bytes], None]


class BadArchive(Exception):
    """A reason by name, and what was found where what was the limit."""

    def __init__(self, reason: str, *, found: str = "", limit: str = "") -> None:
        super().__init__(reason)
        self.reason, self.found, self.limit = reason, found, limit


def parts_of(content: bytes, *, most: int) -> list[zipfile.ZipInfo]:
    """The parts of a zip file, when their list is sound. Raises BadArchive."""
    try:
        parts = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, struct.error) as error:
        raise BadArchive("not_whole") from error
    if len(parts) > most:
        raise BadArchive("parts", found=str(len(parts)), limit=str(most))
    names: set[str] = set()
    for part in parts:
        _check_name(part, names)
        if part.flag_bits & ENCRYPTED:
            raise BadArchive("password")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadArchive("packing")
    return parts


def _check_name(part: zipfile.ZipInfo, names: set[str]) -> None:
    name = part.filename
    if name.startswith("/") or "\\" in part.orig_filename or ".." in name.split("/") or ":" in name.split("/")[0]:
        raise BadArchive("part_outside", found=name[:80])
    if stat.S_ISLNK(part.external_attr >> 16):
        raise BadArchive("link", found=name[:80])
    if name.casefold() in names:
        raise BadArchive("part_twice", found=name[:80])
    names.add(name.casefold())


def unpack_all(
    content: bytes, parts: list[zipfile.ZipInfo], watcher_of: Callable[[str], Watcher], *, most_bytes: int
) -> None:
    """Unpack every part piece by piece to its watcher, counting the bytes that really come out.

    Raises BadArchive when a size or checksum in a header is not true, there is too much, or a zip in it.
    """
    total = 0
    for part in parts:
        watcher, size, checksum = watcher_of(part.filename), 0, 0
        for piece in filter(None, _unpacked(content, part)):
            if size == 0 and piece.startswith((ZIP_MAGIC, OLD_OFFICE_MAGIC)):
                raise BadArchive("zip_in_zip", found=part.filename[:80])
            size += len(piece)
            total += len(piece)
            if total > most_bytes:
                raise BadArchive("unpacked", found=f"> {_mb(total)}", limit=_mb(most_bytes))
            checksum = zlib.crc32(piece, checksum)
            watcher(piece)
        if size != part.file_size:
            raise BadArchive("size_untrue", found=part.filename[:80])
        if checksum != part.CRC:
            raise BadArchive("checksum", found=part.filename[:80])
        watcher(b"")


def _unpacked(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    packed = _packed(content, part)
    if part.compress_type == zipfile.ZIP_STORED:
        for start in range(0, len(packed), CHUNK_BYTES):
            yield bytes(packed[start : start + CHUNK_BYTES])
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), CHUNK_BYTES):
            waiting = bytes(packed[start : start + CHUNK_BYTES])
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, CHUNK_BYTES)
                waiting = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise BadArchive("packing") from error
    if not inflater.eof or inflater.unused_data:
        raise BadArchive("size_untrue", found=part.filename[:80])


def _packed(content: bytes, part: zipfile.ZipInfo) -> memoryview:
    header = content[part.header_offset : part.header_offset + LOCAL_HEADER_BYTES]
    if len(header) < LOCAL_HEADER_BYTES or not header.startswith(ZIP_MAGIC):
        raise BadArchive("not_whole")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = part.header_offset + LOCAL_HEADER_BYTES + name_length + extra_length
    if start + part.compress_size > len(content):
        raise BadArchive("not_whole")
    return memoryview(content)[start : start + part.compress_size]


def _mb(count: int) -> str:
    return f"{count / 1_000_000:.0f} MB"
