"""Documents and spreadsheets of office programs: zip files, in which nothing may be active, embedded or fetched."""

import re
from collections.abc import Callable

from samtall.base.archive import BadArchive, parts_of, unpack_all
from samtall.base.streamed_xml import StreamedXml
from samtall.documents import limits
from samtall.documents.verdict import DocumentBad

#: The part without which a file is not what its name says.
MAIN_PART = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
    "ods": "content.xml",
}
OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
ACTIVE_PARTS = re.compile(
    r"(?i)(^|/)(vbaProject\.bin|vbaData\.xml|activeX/.*|embeddings/.+|afchunk.*)$|^(Basic|Scripts)/.*[^/]$"
)
#: What Office may fetch only when somebody presses it.
HARMLESS_LINKS = ("/hyperlink",)
_DDE = re.compile(r"(?i)^\s*dde(auto)?\b")
_CODES = {"password": ("F6", "password"), "parts": ("F3", ""), "unpacked": ("F3", ""), "zip_in_zip": ("F6", "zip")}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def old(content: bytes, _ending: str) -> bytes:
    """The old container: an office document under a password, or one in a format of before 2007."""
    raise DocumentBad("F6", "password") if _ENCRYPTED in content else DocumentBad("F2", "Office 97–2003")


def checked(content: bytes, ending: str) -> bytes:
    try:
        parts = parts_of(content, most=limits.PARTS)
        _refuse_parts(content, {part.filename for part in parts}, ending)
        unpack_all(content, parts, _watcher_of, most_bytes=limits.UNPACKED_BYTES)
    except BadArchive as bad:
        code, found = _CODES.get(bad.reason, ("F4", ""))
        raise DocumentBad(code, bad.found if code == "F3" else found, bad.limit) from bad
    return content


def _refuse_parts(content: bytes, names: set[str], ending: str) -> None:
    if any(ACTIVE_PARTS.search(name) for name in names):
        macro = any("vba" in name.lower() or name.startswith(("Basic/", "Scripts/")) for name in names)
        raise DocumentBad("F6", "macro" if macro else "file")
    said = content[:200]
    if MAIN_PART[ending] not in names or (ending in OPEN_DOCUMENT and OPEN_DOCUMENT[ending] not in said):
        raise DocumentBad("F2", "zip")


class Fields(StreamedXml):
    """A part of a Word document: its fields must not start programs (DDE), however they are cut up."""

    def __init__(self) -> None:
        super().__init__()
        self.instruction: list[str] | None = None
        self.parser.CharacterDataHandler = self._text

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        if name == "fldSimple":
            _refuse_dde(next((value for key, value in attributes.items() if key.endswith("instr")), ""))
        elif name == "fldChar":
            kind = next((value for key, value in attributes.items() if key.endswith("fldCharType")), "")
            if kind == "begin":
                self.instruction = []
            elif self.instruction is not None:
                _refuse_dde("".join(self.instruction))
                self.instruction = None
        elif name in ("ddeLink", "oleLink"):
            raise DocumentBad("F6", "DDE")
        elif name == "event-listener":
            raise DocumentBad("F6", "macro")

    def _text(self, text: str) -> None:
        if self.instruction is not None:
            self.instruction.append(text)


class Relations(StreamedXml):
    """What a part refers to outside of the file."""

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        outside = name == "Relationship" and attributes.get("TargetMode") == "External"
        if outside and not attributes.get("Type", "").endswith(HARMLESS_LINKS):
            raise DocumentBad("F6", "link")


def _refuse_dde(instruction: str) -> None:
    if _DDE.match(instruction):
        raise DocumentBad("F6", "DDE")


def _watcher_of(part: str) -> Callable[[bytes], None]:
    if part.endswith(".rels"):
        return Relations()
    if part.endswith(".xml"):
        return Fields()
    return lambda _piece: None
