"""Files of every sort, sound and bad; a folder of their own; and a virus scanner that speaks clamd's protocol."""

import socketserver
import struct
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import LazySettings
from PIL import Image

AT = datetime(2017, 3, 1, 9, 30, tzinfo=UTC)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(**entries: object) -> bytes:
    """One empty page, with more in its root."""
    document = pikepdf.new()
    document.add_blank_page()
    for key, value in entries.items():
        document.Root[f"/{key}"] = value
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def action(kind: str, **entries: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary({"/S": pikepdf.Name(f"/{kind}"), **{f"/{key}": value for key, value in entries.items()}})


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    written = BytesIO()
    Image.new(mode, size).save(written, kind, **options)
    return written.getvalue()


def with_place() -> bytes:
    """A photo that knows where it was taken, and lies on its side."""
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    exif[0x0112] = 6  # to be turned a quarter
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif, comment=b"secret")


def packed(parts: dict[str, bytes | str]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return written.getvalue()


def docx(body: str = "", more: dict[str, bytes | str] | None = None) -> bytes:
    text = f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": text, **(more or {})})


def open_document(kind: str, more: dict[str, bytes | str] | None = None) -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": media_type, "content.xml": "<office/>", **(more or {})})


SOUND = {
    "avtale.pdf": pdf(),
    "bilde.png": picture(),
    "bilde.jpg": picture("JPEG"),
    "bilde.JPEG": picture("JPEG", mode="L"),
    "brev.docx": docx("<w:p/>"),
    "liste.xlsx": packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
    "brev.odt": open_document("text"),
    "liste.ods": open_document("spreadsheet"),
    "notat.txt": "Blåbær".encode(),
}


class _Scanner(socketserver.StreamRequestHandler):
    """Finds EICAR; anything else is clean."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        self.wfile.write(b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


@pytest.fixture
def scanner(settings: LazySettings) -> Iterator[None]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Scanner) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "documents"
