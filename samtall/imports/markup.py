"""What must be known of a spreadsheet's XML before a parser meets it, read as a stream."""

import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import normpath

from samtall.base.streamed_xml import StreamedXml
from samtall.imports import limits
from samtall.imports.cells import Area, Place
from samtall.imports.verdict import FileRefused

ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
VALUELESS_FORMULA = "formula"
LONGEST_COMMENT = 2_000


def column_number(letters: str) -> int:
    """The number of a column from 1: A is 1, XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@dataclass
class SheetFindings:
    """Cells that a parser would hand over as if they were empty: (row, column from 1, what stands there)."""

    faults: list[tuple[int, int, str]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    comments: dict[Place, str] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0

    def fill(self, row: int, column: int) -> None:
        """Note a filled cell; refuse (I4) one far outside of any list."""
        if row <= self.last_row and column <= self.last_column:
            return
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
        for what, place, most in (("rows", row, limits.ROWS), ("columns", column, limits.COLUMNS)):
            if place > most:
                raise FileRefused("I4", what, found=str(place), limit=str(most))
        area = self.last_row * self.last_column
        if area > limits.AREA:
            raise FileRefused("I4", "cells", found=str(area), limit=str(limits.AREA))


@dataclass
class Findings:
    """What the guard learnt on its way through."""

    form: str = ""  # xlsx, ods or csv
    sheets: dict[str, SheetFindings] = field(default_factory=dict)  # by part (xlsx) or by sheet name (ods)
    sheet_relations: dict[str, str] = field(default_factory=dict)  # xlsx: sheet name → relation
    relation_targets: dict[str, str] = field(default_factory=dict)  # xlsx: relation → part
    notes_of: dict[str, list[str]] = field(default_factory=dict)  # xlsx: part of a sheet → parts with its comments
    comments: dict[str, dict[Place, str]] = field(default_factory=dict)  # xlsx: by part
    dates_from_1904: bool = False
    cells: int = 0
    marks: int = 0
    letters: int = 0
    shared_letters: "array[int]" = field(default_factory=lambda: array("L"))  # xlsx: of each text that is kept once
    shared_used: "array[int]" = field(default_factory=lambda: array("L"))  # xlsx: which of them the cells show

    def of_sheet(self, name: str) -> SheetFindings:
        """The findings of a sheet by its name."""
        target = self.relation_targets.get(self.sheet_relations.get(name, ""), "")
        return self.sheets.get(target) or self.sheets.get(name) or SheetFindings()

    def comments_of_sheet(self, name: str) -> dict[Place, str]:
        """The comments on a sheet's cells, in whichever parts they lie."""
        target = self.relation_targets.get(self.sheet_relations.get(name, ""), "")
        found = dict(self.of_sheet(name).comments)
        for part in sorted(self.notes_of.get(target, ())):  # threaded comments last: others only hint at them
            found |= self.comments.get(part, {})
        return found

    def count(self, more: int) -> None:
        """Count cells, and refuse (I4) when there are too many."""
        self.cells += more
        _refuse_beyond("cells", self.cells, limits.CELLS)

    def mark(self) -> None:
        """Count a comment or a merged area, and refuse (I4) when there are too many."""
        self.marks += 1
        _refuse_beyond("marks", self.marks, limits.MARKS)

    def read(self, letters: int) -> None:
        """Count the letters of cells, and refuse (I4) when there are too many."""
        self.letters += letters
        _refuse_beyond("letters", self.letters, limits.LETTERS)

    def close(self) -> None:
        """Judge what can only be told when every part has been seen."""
        parts = [self.relation_targets.get(relation, relation) for relation in self.sheet_relations.values()]
        if len(set(parts)) < len(parts):
            raise FileRefused("I3", "part_twice")
        known = len(self.shared_letters)
        self.read(sum(self.shared_letters[index] for index in self.shared_used if index < known))


def _refuse_beyond(what: str, found: int, most: int) -> None:
    if found > most:
        raise FileRefused("I4", what, found=f"> {most}", limit=str(most))


class WorkbookXml(StreamedXml):
    """xl/workbook.xml: the names of the sheets, and which day their dates count from."""

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self.findings = findings

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheet = attributes.get("name", "")
            if sheet in self.findings.sheet_relations:
                raise FileRefused("I3", "part_twice")
            self.findings.sheet_relations[sheet] = relation
            _refuse_beyond("sheets", len(self.findings.sheet_relations), limits.SHEETS)
        elif name == "workbookPr" and attributes.get("date1904", "0") in ("1", "true"):
            self.findings.dates_from_1904 = True


class RelationsXml(StreamedXml):
    """xl/_rels/workbook.xml.rels: which part holds which sheet."""

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self.findings = findings

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            self.findings.relation_targets[attributes.get("Id", "")] = part


class SheetRelationsXml(StreamedXml):
    """xl/worksheets/_rels/sheet1.xml.rels: which parts hold the comments of a sheet."""

    def __init__(self, findings: Findings, part: str) -> None:
        super().__init__()
        folder, _, name = part.rpartition("/_rels/")
        self.folder = folder
        self.parts = findings.notes_of.setdefault(f"{folder}/{name.removesuffix('.rels')}", [])

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if name == "Relationship" and "comment" in target.casefold():
            self.parts.append(
                target.removeprefix("/") if target.startswith("/") else normpath(f"{self.folder}/{target}")
            )


class CommentsXml(StreamedXml):
    """xl/comments1.xml, and xl/threadedComments/threadedComment1.xml: what is written on which cell."""

    def __init__(self, findings: Findings, part: str) -> None:
        super().__init__()
        self.findings, self.found = findings, findings.comments.setdefault(part, {})
        self.place: Place | None = None
        self.text = ""

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("comment", "threadedComment"):
            match = ADDRESS.fullmatch(attributes.get("ref", ""))
            self.place = (int(match[2]), column_number(match[1])) if match else None
            self.findings.mark()
        elif name in ("t", "text") and self.place:
            self.parser.CharacterDataHandler = self._keep

    def ends(self, name: str) -> None:
        if name in ("t", "text"):
            self.parser.CharacterDataHandler = None
        elif name in ("comment", "threadedComment"):
            if self.place and self.text.strip():
                self.found[self.place] = self.text.strip()
            self.text = ""

    def _keep(self, text: str) -> None:
        if len(self.text) < LONGEST_COMMENT:
            self.text += text[:LONGEST_COMMENT]


class SharedTextsXml(StreamedXml):
    """xl/sharedStrings.xml: how long each text is that cells show by its number."""

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self.found = findings.shared_letters
        self.parser.CharacterDataHandler = self._count_letters
        self.letters = 0

    def starts(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self.letters = 0

    def ends(self, name: str) -> None:
        if name == "si":
            self.found.append(self.letters)

    def _count_letters(self, text: str) -> None:
        self.letters += len(text)


class SheetXml(StreamedXml):
    """A sheet of an .xlsx: how many cells it has, how far out they lie, and which have an error or no stored value."""

    def __init__(self, findings: Findings, part: str) -> None:
        super().__init__()
        self.findings = findings
        self.sheet = findings.sheets.setdefault(part, SheetFindings())
        self.row = self.column = 0
        self.type = ""
        self.formula = self.filled = False
        self.text = ""

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.findings.count(1)
            self._place(attributes.get("r", ""))
            self.type = attributes.get("t", "")
            self.formula = self.filled = False
        elif name == "row":
            self.row = _whole(attributes.get("r", "")) or self.row + 1
            self.column = 0
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "f":
            self.formula = True
        elif name == "is":
            self.filled = True
        elif name == "v":
            if self.formula or self.type in ("e", "s"):  # only then does it matter what stands there
                self.parser.CharacterDataHandler = self._keep
            else:
                self.filled = True

    def ends(self, name: str) -> None:
        if name == "c":
            self._close()
        elif name == "v" and not self.filled:
            self.filled = bool(self.text)
            if self.type == "s" and self.filled:
                self.findings.shared_used.append(_whole(self.text))
            self.parser.CharacterDataHandler = None

    def _place(self, address: str) -> None:
        match = ADDRESS.fullmatch(address) if address else None
        if match:
            self.column, self.row = column_number(match[1]), int(match[2])
        else:
            self.column += 1

    def _merge(self, area: str) -> None:
        first, _, last = area.partition(":")
        if (top := ADDRESS.fullmatch(first)) and (bottom := ADDRESS.fullmatch(last)):
            self.findings.mark()
            self.sheet.merged.append(
                (int(top[2]), column_number(top[1]), int(bottom[2]), column_number(bottom[1])),
            )

    def _keep(self, text: str) -> None:
        self.text = (self.text + text)[:20]  # enough to tell an error by; a parser reads the values

    def _close(self) -> None:
        if self.filled or self.formula:
            self.sheet.fill(self.row, self.column)
        if self.type == "e":
            self.sheet.faults.append((self.row, self.column, self.text or "#N/A"))
        elif self.formula and not self.filled and self.type != "str":
            self.sheet.faults.append((self.row, self.column, VALUELESS_FORMULA))
        self.text = ""


class ContentXml(StreamedXml):
    """content.xml of an .ods: the same as for a sheet of .xlsx, where rows and cells may be said to repeat."""

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self.findings = findings
        self.sheet = SheetFindings()
        self.row = self.column = 0
        self.row_repeats = self.cell_repeats = 1
        self.filled_in_row = self.letters = self.letters_in_row = 0
        self.filled = self.error = self.valueless = False
        self.comment: str | None = None

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        types = {value for key, value in attributes.items() if key.endswith(":value-type")}
        if name == "table":
            self.sheet = self.findings.sheets.setdefault(plain.get("name", ""), SheetFindings())
            self.row = self.column = 0
        elif name == "table-row":
            self.row_repeats = _whole(plain.get("number-rows-repeated", "")) or 1
            self.row += 1
            self.column = self.filled_in_row = self.letters_in_row = 0
        elif name in ("table-cell", "covered-table-cell"):
            self.findings.count(1)
            self.cell_repeats = _whole(plain.get("number-columns-repeated", "")) or 1
            self.column += 1
            self.letters = 0
            self.error = "error" in types
            self.filled = bool(types)
            self.valueless = "formula" in plain and not self.filled
            rows, columns = (
                _whole(plain.get("number-rows-spanned", "")),
                _whole(plain.get("number-columns-spanned", "")),
            )
            if rows > 1 or columns > 1:
                last = (self.row + max(rows, 1) - 1, self.column + max(columns, 1) - 1)
                self.findings.mark()
                self.sheet.merged.append((self.row, self.column, *last))
        elif name == "annotation":
            self.findings.mark()
            self.comment = ""
        elif name == "p" and self.comment is not None:
            self.parser.CharacterDataHandler = self._keep_comment
        elif name == "p":
            self.filled = True
            self.parser.CharacterDataHandler = self._count_letters

    def _count_letters(self, text: str) -> None:
        self.letters += len(text)

    def _keep_comment(self, text: str) -> None:
        if self.comment is not None and len(self.comment) < LONGEST_COMMENT:
            self.comment += text[:LONGEST_COMMENT]

    def ends(self, name: str) -> None:
        if name == "p":
            self.parser.CharacterDataHandler = None
            if self.comment is not None:
                self.comment += "\n"
        elif name == "annotation":
            if self.comment and self.comment.strip():
                self.sheet.comments[(self.row, self.column)] = self.comment.strip()
            self.comment = None
        elif name in ("table-cell", "covered-table-cell"):
            last = self.column + self.cell_repeats - 1
            if self.filled:
                self.sheet.fill(self.row, last)
                self.filled_in_row += self.cell_repeats
                self.letters_in_row += self.letters * self.cell_repeats
            if self.error:
                self.sheet.faults.append((self.row, self.column, "#N/A"))
            elif self.valueless and not self.filled:
                self.sheet.faults.append((self.row, self.column, VALUELESS_FORMULA))
            self.column = last
        elif name == "table-row":
            last_row = self.row + self.row_repeats - 1
            if self.filled_in_row:
                self.sheet.fill(last_row, 1)
                self.findings.count(self.filled_in_row * self.row_repeats)
                self.findings.read(self.letters_in_row * self.row_repeats)
            self.row = last_row


class ManifestXml(StreamedXml):
    """META-INF/manifest.xml of an .ods: says when the content is encrypted."""

    def starts(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if name == "encryption-data":
            raise FileRefused("I2", "password")


def watcher_for(findings: Findings, part: str) -> Callable[[bytes], None]:
    """What looks at a part while it is unpacked."""
    if not part.endswith((".xml", ".rels")):
        return _ignore
    if findings.form == "ods":
        return {"content.xml": lambda: ContentXml(findings), "META-INF/manifest.xml": ManifestXml}.get(
            part, StreamedXml
        )()
    if part == "xl/workbook.xml":
        return WorkbookXml(findings)
    if part.casefold() == "xl/sharedstrings.xml":
        return SharedTextsXml(findings)
    if part == "xl/_rels/workbook.xml.rels":
        return RelationsXml(findings)
    if part.startswith("xl/worksheets/_rels/"):
        return SheetRelationsXml(findings, part)
    if part.startswith(("xl/comments", "xl/threadedComments/")):
        return CommentsXml(findings, part)
    if part.startswith("xl/") and not part.endswith(".rels"):
        return SheetXml(findings, part)
    return StreamedXml()


def _ignore(_piece: bytes) -> None:
    """Pictures, printer settings and the like are counted, not read."""


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
