"""Hostile and damaged files are refused before any parser, quickly and in little memory."""

import resource
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from samtall.base import confined
from samtall.imports import limits, reader
from samtall.imports.tests import files
from samtall.imports.verdict import FileRefused

pytestmark = pytest.mark.slow

SOUND = files.xlsx([["Slag", "Tittel"], ["Kurs", "Regnskap"]])
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


def rows_of_cells(rows: int, columns: int) -> bytes:
    row = "<c><v>1</v></c>" * columns
    return files.xlsx_of("".join(f'<row r="{number}">{row}</row>' for number in range(1, rows + 1)))


HOSTILE: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "HTML table named .xls": ("I1", "web_page", lambda: b"\n<html><table><tr><td>1</td></tr></table></html>"),
    "HTML behind a byte order mark": ("I1", "web_page", lambda: b"\xef\xbb\xbf<table></table>"),
    "PDF": ("I1", "other_format", lambda: b"%PDF-1.7\n"),
    "empty": ("I1", "empty", lambda: b" \r\n"),
    "program": ("I1", "other_format", lambda: b"\x7fELF" + bytes(range(256)) * 4 + bytes(200)),
    ".xlsm with macro": ("I1", "macro", lambda: files.with_part(SOUND, "xl/vbaProject.bin", b"macro")),
    ".ods with macro": ("I1", "macro", lambda: files.ods_of("", **{"Basic/Standard/Module1.xml": "<module/>"})),
    "zip without [Content_Types].xml": ("I1", "other_format", lambda: files.without(SOUND, "[Content_Types].xml")),
    "a letter in Word": (
        "I1",
        "other_format",
        lambda: files.packed({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}),
    ),
    "old .xls, or a password": ("I2", "old_or_password", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)),
    ".xlsb": ("I2", "binary_workbook", lambda: files.with_part(SOUND, "xl/workbook.bin", b"binary")),
    ".ods with password": (
        "I2",
        "password",
        lambda: files.ods_of("", **{"META-INF/manifest.xml": "<a><encryption-data/></a>"}),
    ),
    "cut after 2,000 bytes": ("I3", "not_whole", lambda: SOUND[:2_000]),
    "wrong CRC": ("I3", "checksum", lambda: files.with_wrong_checksum(SOUND)),
    "zip header lies about size": ("I3", "size_untrue", lambda: files.with_untrue_size(SOUND)),
    "sheet1.xml absent": ("I3", "unreadable", lambda: files.without(SOUND, "xl/worksheets/sheet1.xml")),
    "workbook.xml absent": ("I3", "part_missing", lambda: files.without(SOUND, "xl/workbook.xml")),
    "broken XML": ("I3", "markup", lambda: files.xlsx_of("<row>")),
    "two parts with one name": (
        "I3",
        "part_twice",
        lambda: files.with_part(SOUND, "XL/worksheets/sheet1.xml", b"<a/>"),
    ),
    "part ../../x": ("I3", "part_outside", lambda: files.with_part(SOUND, "../../x", b"x")),
    "symlink in zip": ("I3", "link", lambda: files.with_symlink(SOUND)),
    "1 kB file with cell XFD1048576": (
        "I4",
        "rows",
        lambda: files.xlsx_of(
            f'<row r="1">{files.text_cell("A1", "a")}</row><row r="1048576">{files.text_cell("XFD1048576", "b")}</row>'
        ),
    ),
    "cell in column XFD": ("I4", "columns", lambda: files.xlsx_of(f"<row>{files.text_cell('XFD1', 'b')}</row>")),
    "a wide and long sheet of two cells": (
        "I4",
        "cells",
        lambda: files.xlsx_of(f"<row>{files.text_cell('IV1', 'b')}</row><row>{files.text_cell('A20400', 'b')}</row>"),
    ),
    "600 MB in one cell": ("I4", "unpacked", lambda: files.bomb_of_one_cell(600)),
    "120,000 x 20 cells": ("I4", "rows", lambda: rows_of_cells(120_000, 20)),
    "120,000 rows": ("I4", "rows", lambda: rows_of_cells(120_000, 1)),
    "120,000 rows of text": ("I4", "rows", lambda: b"1;2\n" * 120_000),
    "many cells of text": ("I4", "cells", lambda: (b";" * 200 + b"1\n") * 3_000),
    "repeated .ods rows": (
        "I4",
        "rows",
        lambda: files.ods_of(
            '<table:table table:name="A"><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
            'office:value-type="float" office:value="1"/></table:table-row></table:table>'
        ),
    ),
    "text kept once and shown often": ("I4", "letters", lambda: files.xlsx_with_shared_text("a" * 2_000, 20_000)),
    "text of .ods shown often": (
        "I4",
        "letters",
        lambda: files.ods_of(
            '<table:table table:name="A"><table:table-row table:number-rows-repeated="20000"><table:table-cell '
            f'office:value-type="string"><text:p>{"a" * 2_000}</text:p></table:table-cell></table:table-row>'
            "</table:table>"
        ),
    ),
    "more sheets than anyone has": ("I4", "sheets", lambda: files.xlsx_with_sheets(101, 101)),
    "two sheets in one part": ("I3", "part_twice", lambda: files.xlsx_with_sheets(2, 1)),
    "merged cells without end": (
        "I4",
        "marks",
        lambda: files.xlsx_of(
            "</sheetData><mergeCells>" + '<mergeCell ref="A1:B1"/>' * 50_001 + "</mergeCells><sheetData>"
        ),
    ),
    "10.1 MB file": ("I4", "file", lambda: b"a;b\n" * 2_525_000),
    "zip in zip": ("I4", "zip_in_zip", lambda: files.with_part(SOUND, "xl/embeddings/one.xlsx", SOUND)),
    "billion laughs": (
        "I4",
        "entities",
        lambda: files.xlsx_of(f"<row>{files.text_cell('A1', '&d;')}</row>", doctype=LAUGHS),
    ),
    "XXE file:///etc/hostname": (
        "I4",
        "entities",
        lambda: files.xlsx_of(f"<row>{files.text_cell('A1', '&e;')}</row>", doctype=EXTERNAL),
    ),
    "elements within elements": ("I4", "depth", lambda: files.xlsx_of("<a>" * 500)),
    "UTF-16 without BOM": ("I6", "utf16_without_mark", lambda: "Slag;Tittel\nKurs;Blåbær\n".encode("utf-16-le")),
    'unclosed "': ("I6", "quotes", lambda: b'Slag;Tittel\nKurs;"Regnskap\nKurs;Skatt\n'),
    "letters of no alphabet": ("I6", "letters", lambda: b"Slag;Tittel\nKurs;Regn\x81\x8d\xe5\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_damaged_file_is_refused_with_its_reason(name: str) -> None:
    code, reason, make = HOSTILE[name]
    content = make()
    with pytest.raises(FileRefused) as refused:
        reader.read(content)
    assert (refused.value.verdict.code, refused.value.verdict.reason) == (code, reason)


def test_the_row_of_an_unclosed_quote_is_told() -> None:
    with pytest.raises(FileRefused) as refused:
        reader.read(HOSTILE['unclosed "'][2]())
    assert refused.value.verdict.row == 2


def test_refusing_the_largest_bomb_takes_less_than_200_megabytes() -> None:
    for name in ("600 MB in one cell", "120,000 x 20 cells", "many cells of text", "text kept once and shown often"):
        child = subprocess.run(
            [
                sys.executable,
                "-c",
                "import sys; from samtall.imports import reader; reader.main();"
                "sys.stderr.write(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])",
            ],
            input=HOSTILE[name][2](),
            capture_output=True,
            cwd=confined.SOURCE_ROOT,
            check=True,
        )
        assert b"verdict" in child.stdout
        assert int(child.stderr) < 200_000, name  # kB at most


def test_a_reader_that_needs_more_than_its_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    child = subprocess.run(
        [
            sys.executable,
            "-c",
            "from samtall.imports import reader; reader.read_here = lambda _: bytes(600_000_000); reader.main()",
        ],
        input=SOUND,
        capture_output=True,
        cwd=confined.SOURCE_ROOT,
        check=False,
    )
    assert (child.returncode, child.stdout) == (1, b"")


def test_the_limits_of_this_process_are_left_alone() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    reader.read(SOUND)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_large_honest_sheet_is_read() -> None:
    rows: list[list[Any]] = [
        ["Slag", "Tittel", "Timer"],
        *(["Kurs", f"Kurs {number}", 7.5] for number in range(20_000)),
    ]
    (sheet,) = reader.read(files.xlsx(rows)).sheets
    assert (len(sheet.rows), sheet.rows[20_000]) == (20_001, ["Kurs", "Kurs 19999", 7.5])
    assert len(rows) * len(rows[0]) < limits.CELLS
