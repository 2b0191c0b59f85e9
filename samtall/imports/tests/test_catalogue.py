"""The bad-input catalogue's rows for imports: each case made as a file, and the outcome that it must give.

Where the product goes further than the catalogue, the case says so: .ods is read here, decimal commas and hard spaces
are read as Norwegian numbers and told of, and no column is e-mail alone: what a sheet must have is kind, title, start
and organisation.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.imports import operations
from samtall.imports.models import Import
from samtall.imports.operations import AlreadyImported
from samtall.imports.problems import ImportRefused, Level, Problem
from samtall.imports.tests import files
from samtall.imports.tests.region import AT, BUILDER, FIRST, LAST, LATER, SCHOOL, STRANGER, settle
from samtall.imports.tests.test_guard import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HEADINGS = [
    *("Ref", "Slag", "Tittel", "Fra", "Til", "Virksomhet", "Org.nr.", "Utdanningspart", "Deltaker", "E-post"),
    *("Timer til stede", "Kurstimer", "Deltok dato", "Dokumentasjon", "Merknad"),
]
GOOD = {
    "Slag": "Kurs",
    "Tittel": "Regnskap",
    "Fra": FIRST,
    "Til": LAST,
    "Virksomhet": "Bø Bygg",
    "Org.nr.": BUILDER,
    "Utdanningspart": "Høgskulen",
    "Deltaker": "Kari Fjell",
    "Timer til stede": 8,
    "Kurstimer": 8,
    "Dokumentasjon": "Deltakerliste 1",
}
#: Of somebody born in 1855: no living person has it.
IDENTITY_NUMBER = "01015550089"
ERROR, QUESTION, WARNING = Level.ERROR, Level.QUESTION, Level.WARNING


def rows_with(**changes: Any) -> list[list[Any]]:
    """Headings and one sound row in which some cells are changed."""
    return [list(HEADINGS), row_with(**changes)]


def row_with(**changes: Any) -> list[Any]:
    values: dict[str, Any] = {**GOOD, **{name.replace("_", " "): value for name, value in changes.items()}}
    return [values.get(heading) for heading in HEADINGS]


def cell_in_xml(heading: str, cell: str) -> bytes:
    """A workbook with one sound row, where one cell is written as this XML (with {} for its address)."""
    lines = []
    for number, row in enumerate(rows_with(Fra="10.01.2017", Til="20.06.2017", **{heading: None}), start=1):
        cells = "".join(
            files.text_cell(f"{chr(65 + column)}{number}", str(value))
            for column, value in enumerate(row)
            if value is not None
        )
        place = f"{chr(65 + HEADINGS.index(heading))}{number}"
        lines.append(f'<row r="{number}">{cells}{cell.format(place) if number == 2 else ""}</row>')
    return files.xlsx_of("".join(lines))


def renamed(heading: str, name: str) -> bytes:
    rows = rows_with()
    rows[0][HEADINGS.index(heading)] = name
    return files.xlsx(rows)


@dataclass(frozen=True)
class Case:
    """A file, the problem it must give, and where: the column by its letter."""

    make: Callable[[], bytes]
    level: Level
    row: int = 0
    column: str = ""


def place(heading: str) -> str:
    return chr(65 + HEADINGS.index(heading))


def cell(heading: str, value: Any, level: Level = ERROR) -> Case:
    """A sound row in which one cell is this."""
    return Case(lambda: files.xlsx(rows_with(**{heading: value})), level, 2, place(heading))


def text_cell(heading: str, value: str, level: Level = ERROR) -> Case:
    """The same in a text file, for what no workbook can hold."""
    return Case(lambda: files.csv(rows_with(**{heading: value}), encoding="utf-16"), level, 2, place(heading))


def number_in_xlsx(heading: str, number: str) -> bytes:
    return cell_in_xml(heading, '<c r="{}"><v>' + number + "</v></c>")


I5 = {
    "e-mail column absent": Case(lambda: renamed("Tittel", "Farge"), ERROR, 1),
    "two e-mail columns": Case(lambda: renamed("Merknad", "Epost"), ERROR, 1, place("Merknad")),
    "header on row 3": Case(lambda: files.xlsx([["Samarbeid 2017"], [], *rows_with()]), WARNING, 3),
    "no header": Case(lambda: files.xlsx(rows_with()[1:]), ERROR),
    "column national id number (always refused)": Case(
        lambda: renamed("Merknad", "Fødselsnr."), ERROR, 1, place("Merknad")
    ),
    "header with invisible char": Case(lambda: renamed("Tittel", "Tit\u200btel"), WARNING, 1, place("Tittel")),
}
HOURS, NUMBER = "Timer til stede", "Org.nr."
I6 = {
    "31.02.2027": cell("Fra", "31.02.2027"),
    "1904 date system": Case(lambda: files.xlsx(rows_with(), from_1904=True), WARNING, 1, place("Fra")),
    "hours 1e9": cell(HOURS, 1e9),
    "hours 7,5": cell(HOURS, "7,5", WARNING),
    "hours seven": cell(HOURS, "seven"),
    "=A1*2 without stored value": cell(HOURS, "=A1*2"),
    "#N/A": cell(HOURS, "#N/A"),
    "１２": cell(HOURS, "１２"),
    "kåre@x.no": cell("E-post", "kåre@x.no"),
    "a@x.no;b@x.no": cell("E-post", "a@x.no;b@x.no"),
    "org no. wrong check digit": cell(NUMBER, "310000028"),
    "org no. 8 digits": cell(NUMBER, 31000002),
    "org no. 9,74761E+08": text_cell(NUMBER, "9,74761E+08"),
    "unknown organisation": Case(
        lambda: files.xlsx(rows_with(**{"Virksomhet": "Ingen AS", NUMBER: None})), WARNING, 2, place("Virksomhet")
    ),
    "unknown organisation with a number": Case(
        lambda: files.xlsx(rows_with(**{"Virksomhet": "Ingen AS", NUMBER: STRANGER})), WARNING, 2, place(NUMBER)
    ),
    "took part before the event": cell("Deltok dato", date(2017, 1, 9)),
    "took part in the future": cell("Deltok dato", date(2018, 3, 2)),
    "student no. 007 became 7": Case(
        lambda: files.xlsx([*rows_with(Ref="007"), row_with(Ref=7, Tittel="Skatt")]), WARNING, 3, place("Ref")
    ),
    "national id number in a remark": cell("Merknad", f"Ring {IDENTITY_NUMBER}"),
    "cell of 32,768 chars": text_cell("Tittel", "a" * 32_768),
    "NUL in cell": text_cell("Tittel", "Regn\x00skap"),
    "cp1252 read as UTF-8 (Ã¥)": cell("Tittel", "RegnskapsfÃ¸ring pÃ¥ Ã…s"),
    "newline in unquoted field": Case(
        lambda: files.csv([*rows_with(), row_with(Tittel="Skatt")]).replace(b"Skatt", b"Skatt\nog avgift"), ERROR, 3
    ),
    "TRUE in a number column": cell(HOURS, True),
    "1 000 with hard space": cell(HOURS, "1\u00a0000", WARNING),
}
I7 = {
    "one person in two spellings": Case(
        lambda: files.xlsx([*rows_with(Deltaker="Kåre Ås"), row_with(Deltaker="Kaare Aas")]),
        QUESTION,
        3,
        place("Deltaker"),
    ),
    "one person in two spellings, with one e-mail address": Case(
        lambda: files.xlsx(
            [*rows_with(**{"E-post": "k@x.no"}), row_with(**{"Deltaker": "K. Fjell", "E-post": "K@x.no"})]
        ),
        WARNING,
        3,
        place("Deltaker"),
    ),
}
OK_E = {
    "=1+1": ("=1+1", "=1+1"),
    "+47 900": ("+47 900", "+47 900"),
    "-5": ("-5", "-5"),
    "=cmd|' /C calc'!A0": ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    "\\x09=1": ("\t=1", "=1"),
    "＝1+1": ("＝1+1", "＝1+1"),
}
#: I1–I4, and those of I6 that concern the whole file, are made in test_guard.py. These take more than a file to show:
SHOWN_BY = {
    ("I1", ".ods"): ("test_reader.py", "test_a_workbook_gives_numbers_dates_and_text"),  # it is read here
    ("I6", "lone surrogate"): ("test_catalogue.py", "test_a_lone_surrogate_is_told_by_its_cell"),
    ("I7", "row already in the database"): (
        *("test_catalogue.py", "test_a_row_that_is_in_the_database_is_asked_about_and_left_out_or_counted"),
    ),
    ("I8", "same file, new name"): ("test_catalogue.py", "test_the_same_file_under_a_new_name_changes_nothing"),
    ("I8", "same rows, new order"): (
        *("test_catalogue.py", "test_the_same_rows_in_a_new_order_and_kind_of_file_change_nothing"),
    ),
    ("I8", "two people import it at once"): ("test_catalogue.py", "test_of_two_who_start_the_same_rows_one_wins"),
    ("I8", "kill -9, then again"): (
        *("../../../tests/test_import_under_fire.py", "test_an_import_that_is_killed_goes_on_and_doubles_nothing"),
    ),
}
#: The catalogue itself is kept beside the project, and not everyone has it.
CATALOGUE = Path(__file__).parents[3].parent / "shared" / "design" / "bad_inputs.tsv"

#: Large files, refused in test_guard.py; there is no need to make them twice.
SLOW = ("600 MB in one cell", "120,000 x 20 cells", "120,000 rows")


def problems_of(content: bytes, by: User) -> list[Problem]:
    try:
        import_ = operations.upload(content, file_name="a.xlsx", by=by, at=AT)
    except ImportRefused as refused:
        return refused.problems
    return operations.plan(import_, by=by, at=AT).problems


def found(content: bytes, by: User) -> set[tuple[str, Level, int, str]]:
    return {(one.code, one.level, one.row, one.column) for one in problems_of(content, by)}


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in SLOW])
def test_a_damaged_file_is_refused_by_its_code_and_nothing_is_kept(name: str, coordinator: User) -> None:
    code, _reason, make = HOSTILE[name]
    with pytest.raises(ImportRefused) as refused:
        operations.upload(make(), file_name=name, by=coordinator, at=AT)
    assert refused.value.code == code
    assert str(refused.value)
    assert Import.objects.count() == 0


CASES = [("I5", name, I5[name]) for name in I5] + [("I6", name, I6[name]) for name in I6]
CASES += [("I7", name, I7[name]) for name in I7]


@pytest.mark.parametrize(("code", "name", "case"), CASES, ids=[f"{code} {name}" for code, name, _case in CASES])
def test_a_bad_cell_is_told_by_row_and_column(code: str, name: str, case: Case, coordinator: User) -> None:
    settle()
    problems = [
        one
        for one in problems_of(case.make(), coordinator)
        if (one.code, one.level, one.row, one.column) == (code, case.level, case.row, case.column)
    ]
    assert len(problems) == 1, (name, [str(one) for one in problems_of(case.make(), coordinator)])
    assert problems[0].text


def test_a_sound_row_has_no_problems(coordinator: User) -> None:
    settle()
    assert found(files.xlsx(rows_with()), coordinator) == set()


def test_a_lone_surrogate_is_told_by_its_cell(coordinator: User) -> None:
    settle()
    content = files.csv(rows_with(Tittel="Regn@skap"), encoding="utf-16-le").replace(
        "@".encode("utf-16-le"), b"\x00\xd8"
    )
    assert ("I6", ERROR, 2, place("Tittel")) in found(b"\xff\xfe" + content, coordinator)


def test_a_national_identity_number_is_neither_kept_nor_repeated(coordinator: User) -> None:
    number = IDENTITY_NUMBER
    for value in (number, f"{number[:6]} {number[6:]}", int(number)):
        with pytest.raises(ImportRefused) as refused:
            operations.upload(files.xlsx(rows_with(Merknad=value)), file_name="a.xlsx", by=coordinator, at=AT)
        assert number[6:] not in str(refused.value)
        assert refused.value.code == "I6"
    assert Import.objects.count() == 0


@pytest.mark.parametrize("name", OK_E)
def test_text_like_a_formula_stays_text(name: str, coordinator: User) -> None:
    settle()
    written, kept = OK_E[name]
    content = files.csv(rows_with(Tittel=written))
    import_ = operations.upload(content, file_name="a.csv", by=coordinator, at=AT)
    operations.start(import_, by=coordinator, at=AT)
    operations.run_to_end(import_, by=coordinator, now=lambda: AT)
    assert Activity.objects.get().title == kept


def test_every_row_of_the_catalogue_is_shown_to_have_its_outcome() -> None:
    for name, test in SHOWN_BY.values():
        assert f"def {test}(" in (Path(__file__).parent / name).read_text(encoding="utf-8")
    shown = {*SHOWN_BY, *((code, name) for name, (code, _reason, _make) in HOSTILE.items())}
    shown |= {(code, name) for code, name, _case in CASES} | {("OK-E", name) for name in OK_E}
    path = Path(os.environ.get("SAMTALL_BAD_INPUTS", CATALOGUE))
    if not path.exists():
        pytest.skip("the catalogue is not here")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    assert {(code, name) for part, code, name, *_rest in rows if part == "import"} - shown == set()


def brought_in(content: bytes, by: User, name: str = "a.xlsx") -> Import:
    import_ = operations.upload(content, file_name=name, by=by, at=AT)
    operations.start(import_, by=by, at=AT)
    return operations.run_to_end(import_, by=by, now=lambda: AT)


def test_a_row_that_is_in_the_database_is_asked_about_and_left_out_or_counted(coordinator: User) -> None:
    settle()
    brought_in(files.xlsx(rows_with()), coordinator)
    more = files.xlsx([*rows_with(), row_with(Tittel="Skatt")])
    assert ("I7", QUESTION, 2, place("Tittel")) in found(more, coordinator)

    import_ = operations.upload(more, file_name="b.xlsx", by=coordinator, at=AT)
    operations.answer_duplicates(import_, "skip")
    operations.start(import_, by=coordinator, at=AT)
    operations.run_to_end(import_, by=coordinator, now=lambda: AT)
    assert sorted(Activity.objects.values_list("title", flat=True)) == ["Regnskap", "Skatt"]


def test_the_same_file_under_a_new_name_changes_nothing(coordinator: User) -> None:
    settle()
    content = files.xlsx(rows_with())
    first = brought_in(content, coordinator)
    with pytest.raises(AlreadyImported) as refused:
        operations.upload(content, file_name="another.xlsx", by=coordinator, at=LATER)
    assert refused.value.earlier == first
    assert Activity.objects.count() == 1


def test_the_same_rows_in_a_new_order_and_kind_of_file_change_nothing(coordinator: User) -> None:
    settle()
    rows = [*rows_with(), row_with(Tittel="Skatt")]
    first = brought_in(files.xlsx(rows), coordinator)
    turned = [[*reversed(row)] for row in (rows[0], rows[2], rows[1])]
    import_ = operations.upload(files.csv(turned), file_name="b.csv", by=coordinator, at=LATER)
    with pytest.raises(AlreadyImported) as refused:
        operations.start(import_, by=coordinator, at=LATER)
    assert refused.value.earlier == first
    assert Activity.objects.count() == 2


def test_of_two_who_start_the_same_rows_one_wins(coordinator: User, administrator: User) -> None:
    settle()
    content = files.xlsx(rows_with())
    mine = operations.upload(content, file_name="a.xlsx", by=coordinator, at=AT)
    theirs = operations.upload(content, file_name="a.xlsx", by=administrator, at=AT)
    operations.start(mine, by=coordinator, at=AT)
    with pytest.raises(AlreadyImported):
        operations.start(theirs, by=administrator, at=AT)
    operations.run_to_end(mine, by=coordinator, now=lambda: AT)
    assert Activity.objects.count() == 1


def test_a_school_is_found_by_number_or_name_alike(coordinator: User) -> None:
    settle()
    rows = rows_with()
    rows[0].append("Org.nr. skole")
    rows[1].append(int(SCHOOL))
    import_ = operations.upload(files.xlsx(rows), file_name="a.xlsx", by=coordinator, at=AT)
    plan = operations.plan(import_, by=coordinator, at=AT)
    assert [match.number for match in plan.organisations] == [SCHOOL, BUILDER]
    assert plan.problems == []
