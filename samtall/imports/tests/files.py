"""Spreadsheets for the tests, sound and hostile, made as they are needed."""

import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

Row = Sequence[Any]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml'
    '.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_PARTS = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": RELATIONS.format(
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    ),
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Ark1" sheetId="1" r:id="rId1"'
    "/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels": RELATIONS.format(
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    ),
}


def xlsx(rows: Iterable[Row], *, from_1904: bool = False) -> bytes:
    """A workbook as openpyxl writes it."""
    workbook = openpyxl.Workbook()
    if from_1904:
        workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    for row in rows:
        sheet.append(list(row))
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def csv(rows: Iterable[Row], *, separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A text file, with quotes where they are needed."""
    return "".join(separator.join(_csv_cell(cell, separator) for cell in row) + "\r\n" for row in rows).encode(encoding)


def _csv_cell(value: Any, separator: str) -> str:
    if value is None:
        return ""
    text = f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)
    if isinstance(value, float):
        text = text.replace(".", ",")
    return '"' + text.replace('"', '""') + '"' if separator in text or '"' in text or "\n" in text else text


def ods(rows: Iterable[Row]) -> bytes:
    """A workbook as LibreOffice writes it, without its styles."""
    lines = "".join(
        "<table:table-row>" + "".join(_ods_cell(cell) for cell in row) + "</table:table-row>" for row in rows
    )
    return ods_of(f'<table:table table:name="Ark1">{lines}</table:table>')


def ods_of(table: str, **more_parts: str) -> bytes:
    """A workbook with this XML as its table."""
    namespace = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{namespace}:office:1.0" '
        f'xmlns:table="{namespace}:table:1.0" xmlns:text="{namespace}:text:1.0" office:version="1.2"><office:body>'
        f"<office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{namespace}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
            **more_parts,
        },
        stored=("mimetype",),
    )


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        attributes = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        attributes = f'office:value-type="float" office:value="{value}"'
    elif isinstance(value, date):
        attributes = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    else:
        attributes = 'office:value-type="string"'
    return f"<table:table-cell {attributes}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def packed(parts: Mapping[str, str | bytes], *, stored: Iterable[str] = ()) -> bytes:
    """A zip file of these parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return file.getvalue()


def xlsx_of(sheet_data: str, *, doctype: str = "", **more_parts: str | bytes) -> bytes:
    """A workbook with this XML as the rows of its only sheet."""
    sheet = f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData></worksheet>'
    return packed({**PACKAGE_PARTS, "xl/worksheets/sheet1.xml": sheet, **more_parts})


def xlsx_with_sheets(count: int, parts: int, sheet_data: str = "") -> bytes:
    """A workbook that says it has so many sheets, and tells them to lie in so many parts."""
    sheets = "".join(f'<sheet name="A{at}" sheetId="{at}" r:id="rId{at}"/>' for at in range(1, count + 1))
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{(at - 1) % parts + 1}.xml"/>'
        for at in range(1, count + 1)
    )
    head = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    return xlsx_of(sheet_data, **{"xl/workbook.xml": head, "xl/_rels/workbook.xml.rels": RELATIONS.format(links)})


def xlsx_with_shared_text(text: str, cells: int) -> bytes:
    """A workbook with a text that is kept once and stands in many cells."""
    rows = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(cells))
    return xlsx_of(rows, **{"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'})


def text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def without(content: bytes, part: str) -> bytes:
    """The same zip file without one of its parts."""
    archive = zipfile.ZipFile(BytesIO(content))
    return packed({name: archive.read(name) for name in archive.namelist() if name != part})


def with_part(content: bytes, name: str | zipfile.ZipInfo, value: bytes) -> bytes:
    """The same zip file with one more part, even one that it has already."""
    file = BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, value)
    return file.getvalue()


def with_symlink(content: bytes) -> bytes:
    link = zipfile.ZipInfo("xl/link.xml")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    return with_part(content, link, b"/etc/hostname")


def with_wrong_checksum(content: bytes) -> bytes:
    """The same zip file, where the checksum of one part is another than in truth."""
    truth = zlib.crc32(zipfile.ZipFile(BytesIO(content)).read("xl/workbook.xml")).to_bytes(4, "little")
    assert content.count(truth) >= 2
    return content.replace(truth, b"\x01\x02\x03\x04")


def with_untrue_size(content: bytes) -> bytes:
    """The same zip file, where the sheet is said to unpack to 10 bytes."""
    info = zipfile.ZipFile(BytesIO(content)).getinfo("xl/worksheets/sheet1.xml")
    sizes = info.compress_size.to_bytes(4, "little") + info.file_size.to_bytes(4, "little")
    assert content.count(sizes) >= 2
    return content.replace(sizes, info.compress_size.to_bytes(4, "little") + (10).to_bytes(4, "little"))


def bomb_of_one_cell(megabytes: int) -> bytes:
    """A small file with a cell of very many letters, packed piece by piece."""
    file = BytesIO(packed(PACKAGE_PARTS))
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=False) as part,
    ):
        part.write(f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'.encode())
        for _ in range(megabytes):
            part.write(b"a" * 1_000_000)
        part.write(b"</t></is></c></row></sheetData></worksheet>")
    return file.getvalue()
