"""Lists as people have them: titles, merged cells, several sheets, sums, and words where a field wants a number."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl.comments import Comment

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.imports import operations
from samtall.imports.models import Import, ImportedActivity
from samtall.imports.operations import AlreadyImported
from samtall.imports.plan import Plan
from samtall.imports.problems import ImportRefused, Level
from samtall.imports.reader import read_here
from samtall.imports.tests import files
from samtall.imports.tests.region import AT, FIRST, HEADINGS, LAST, ROWS, settle, sheet
from samtall.imports.tests.test_catalogue import IDENTITY_NUMBER
from samtall.imports.understanding.companies import names_in
from samtall.imports.understanding.counts import Estimate, number_in
from samtall.imports.understanding.days import stretch_of
from samtall.imports.understanding.persons import is_persons_name

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def uploaded(content: bytes, by: User) -> Import:
    return operations.upload(content, file_name="liste.xlsx", by=by, at=AT)


def planned(content: bytes, by: User) -> Plan:
    with translation.override("nb"):
        return operations.plan(uploaded(content, by), by=by, at=AT)


def saved(import_: Import, by: User) -> Import:
    operations.start(import_, by=by, at=AT)
    return operations.run_to_end(import_, by=by, now=lambda: AT)


def said(plan: Plan, level: Level = Level.WARNING) -> list[str]:
    return [one.text for one in plan.problems if one.level is level]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15.9.16", "15.09.2016"),
        ("15/9-16", "15.09.2016"),
        ("15. september 2016", "15.09.2016"),
        ("torsdag 15. september 2016 kl. 10.00", "15.09.2016"),
        (42628, "15.09.2016"),
        ("høsten 2016", "01.08.2016–31.12.2016"),
        ("vår 17", "01.01.2017–30.06.2017"),
        ("H16", "01.08.2016–31.12.2016"),
        ("2016/2017", "01.08.2016–31.07.2017"),
        ("2016", "01.01.2016–31.12.2016"),
        ("uke 37 2016", "12.09.2016–18.09.2016"),
        ("uke 37", "07.09.2015–13.09.2015"),
        ("sept 2016", "01.09.2016–30.09.2016"),
        ("15.–17. september 2016", "15.09.2016–17.09.2016"),
        ("30.8.-2.9.2016", "30.08.2016–02.09.2016"),
        ("3. kvartal 2016", "01.07.2016–30.09.2016"),
        ("31.02.2016", "None"),
        ("2016/2019", "None"),
        ("snart", "None"),
        (7, "None"),
    ],
)
def test_days_and_stretches_are_read_as_people_write_them(written: str | int, meant: str) -> None:
    assert str(stretch_of(written, year=2015)) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10 stk", "10"),
        ("ti", "10"),
        ("12 studenter", "12"),
        ("7,5 timer", "7.5"),
        ("ca. 10 studenter", "?"),
        ("10-12", "?"),
        ("noen", "?"),
        ("20+", "?"),
        ("seven", "None"),
        ("12 elever og 2 lærere", "None"),
    ],
)
def test_numbers_in_words_are_read_and_estimates_are_never_made_exact(written: str, meant: str) -> None:
    read = number_in(written)
    assert ("?" if isinstance(read, Estimate) else str(read)) == meant


def test_several_companies_and_people_are_told_from_one_company() -> None:
    assert names_in("Bø Bygg og Nome Elektro") == ["Bø Bygg", "Nome Elektro"]
    assert names_in("Rema/Kiwi") == ["Rema", "Kiwi"]
    assert names_in("Skien kommune") == []
    assert [
        name for name in ("Kari Nordmann", "Bø Bygg", "Jan Bakken AS", "Anne-Grete Lie") if is_persons_name(name)
    ] == [
        "Kari Nordmann",
        "Anne-Grete Lie",
    ]


def test_titles_above_sums_below_and_headings_again_are_left_out_with_a_note(coordinator: User) -> None:
    settle()
    rows: list[list[Any]] = [
        ["Samarbeid i Midt-Telemark"],
        [None, "sist endret 3.3.2018"],
        [],
        list(HEADINGS),
        ROWS[0],
        ["Våren 2017"],
        list(HEADINGS),
        ROWS[2],
        ["Sum", None, None, None, None, None, None, 42],
    ]
    plan = planned(files.xlsx(rows), coordinator)
    assert [one.rows for one in plan.activities] == [[5], [8]]
    assert not plan.blocked
    notes = " ".join(said(plan))
    assert "Overskriftene ble funnet i rad 4" in notes
    assert "Raden inneholder bare «Våren 2017»" in notes
    assert "1 rader gjentar overskriftene" in notes
    assert "Raden er en sum og er utelatt: Sum, 42" in notes


def test_what_is_said_loosely_is_taken_in_and_said_to_be_so(coordinator: User) -> None:
    settle()
    rows: list[list[Any]] = [
        ["Bacheloroppgave", "Bru", "høsten 2016", None, "Bø Bygg", None, "Høgskulen", "to studenter"],
        ["Bedriftsbesøk", "Sag", 42628, None, "Bø Bygg", None, "Høgskulen", "ca. 25"],
    ]
    import_ = uploaded(files.xlsx(sheet(*rows)), coordinator)
    with translation.override("nb"):
        plan = operations.plan(import_, by=coordinator, at=AT)
        assert [(one.starts, one.ends) for one in plan.activities] == [
            ("2016-08-01", "2016-12-31"),
            ("2016-09-15", None),
        ]
        assert [part.head_count for part in plan.activities[0].parts if part.head_count] == [2]
        assert [part.head_count for part in plan.activities[1].parts if part.head_count] == []
        assert {
            "«høsten 2016» er lest som 01.08.2016–31.12.2016.",
            "«to studenter» er lest som 2.",
            "«42628» er lest som 15.09.2016.",
        } <= set(said(plan))
        saved(import_, coordinator)
    kept = ImportedActivity.objects.get(activity__title="Sag").kept
    assert kept == [{"row": 3, "what": "estimate", "text": "ca. 25"}]


def test_sheets_with_the_same_headings_come_in_together_and_their_names_say_something(coordinator: User) -> None:
    settle()
    book = openpyxl.Workbook()
    for name, week in (("2016", "uke 37"), ("2017", "uke 10")):
        page = book.create_sheet(name)
        page.append(["Slag", "Tittel", "Fra", "Virksomhet", "Skole", "Antall studenter"])
        page.append(["Bedriftsbesøk", f"Sag {name}", week, "Bø Bygg", "Høgskulen", 5])
    book["Sheet"].append(["Notater"])
    content = BytesIO()
    book.save(content)
    plan = planned(content.getvalue(), coordinator)
    assert [(one.title, one.starts, one.ends) for one in plan.activities] == [
        ("Sag 2016", "2016-09-12", "2016-09-18"),
        ("Sag 2017", "2017-03-06", "2017-03-12"),
    ]
    assert "2 ark med de samme overskriftene er tatt med: «2016», «2017»." in said(plan)
    assert "Disse arkene er ikke tatt med: «Sheet»." in said(plan)
    assert [one.place for one in plan.problems if "uke 10" in one.text] == ["«2017» rad 2, kolonne C"]


def test_another_sheet_of_the_same_file_is_read_later(coordinator: User, client_of: ClientOf) -> None:
    settle()
    book = openpyxl.Workbook()
    visits, theses = book.active, book.create_sheet("Oppgaver")
    assert visits is not None
    visits.title = "Besøk"
    visits.append(["Slag", "Tittel", "Fra", "Virksomhet", "Skole", "Antall studenter"])
    visits.append(["Bedriftsbesøk", "Sag", FIRST, "Bø Bygg", "Høgskulen", 5])
    theses.append(["Slag", "Tittel", "Fra", "Til", "Bedrift", "Skole"])
    theses.append(["Bacheloroppgave", "Bru", FIRST, LAST, "Bø Bygg", "Høgskulen"])
    book.create_sheet("Notater").append(["Ring Kari"])
    content = BytesIO()
    book.save(content)
    first = saved(uploaded(content.getvalue(), coordinator), coordinator)
    page = client_of(coordinator).get(reverse("import", args=[first.pk])).content.decode()
    assert "Disse arkene i filen ble ikke lest: Oppgaver, Notater." in page
    saved(uploaded(content.getvalue(), coordinator), coordinator)
    assert sorted(Activity.objects.values_list("title", flat=True)) == ["Bru", "Sag"]
    with pytest.raises(AlreadyImported):
        uploaded(content.getvalue(), coordinator)


def merged_and_commented() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Slag", "Tittel", "Fra", "Virksomhet", "Skole", "Antall studenter", "Merknad"])
    page.append(["Bedriftsbesøk", "Sag", date(2017, 1, 10), "Bø Bygg", "Høgskulen", 5, "ring Kari"])
    page.append(["Gjesteforelesning", "Tre", date(2017, 2, 10), None, "Høgskulen", None, None])
    page.merge_cells("D2:D3")
    page.merge_cells("F2:F3")
    page["B3"].comment = Comment("Kari sa ja", "Per")
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_merged_cells_share_a_name_and_never_a_number_and_comments_are_kept_beside(coordinator: User) -> None:
    settle()
    import_ = uploaded(merged_and_commented(), coordinator)
    plan = operations.plan(import_, by=coordinator, at=AT)
    counted = [[part.head_count for part in one.parts if part.head_count] for one in plan.activities]
    assert counted == [[5], []]
    assert [
        any((part.organisation or {}).get("name") == "Bø Bygg" for part in one.parts) for one in plan.activities
    ] == [
        True,
        True,
    ]
    saved(import_, coordinator)
    assert [item.kept for item in import_.items.all()] == [
        [{"row": 2, "what": "remark", "text": "ring Kari"}],
        [{"row": 3, "what": "comment", "text": "B3: Kari sa ja"}],
    ]


def test_libreoffice_comments_and_merged_cells_are_read_as_those_of_excel() -> None:
    cells = (
        '<table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="string">'
        "<office:annotation><text:p>Spør Kari</text:p></office:annotation><text:p>Bø</text:p></table:table-cell>"
        '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:covered-table-cell/><table:table-cell office:value-type="string"><text:p>y</text:p>'
        "</table:table-cell></table:table-row>"
    )
    (read,) = read_here(files.ods_of(f'<table:table table:name="Ark1">{cells}</table:table>')).sheets
    assert (read.merged, read.comments) == (((1, 1, 2, 1),), {(1, 1): "Spør Kari"})
    assert read.rows[0][0] == "Bø"


@pytest.mark.parametrize("place", ["comment", "sheet name", "heading", "answer"])
def test_national_identity_numbers_are_refused_wherever_they_stand(place: str, coordinator: User) -> None:
    number = IDENTITY_NUMBER
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([*HEADINGS, number if place == "heading" else None])
    page.append(ROWS[0])
    if place == "comment":
        page["A2"].comment = Comment(f"født {number}", "Per")
    if place == "sheet name":
        page.title = f"Kari {number}"
    content = BytesIO()
    book.save(content)
    with pytest.raises(ImportRefused) as refused:
        import_ = uploaded(content.getvalue(), coordinator)
        operations.answer_row(import_, 2, {"title": f"Kari {number}"})
    assert number not in str(refused.value)
    assert Import.objects.filter(answers__icontains=number).count() == 0


def test_two_companies_in_a_cell_are_split_where_both_are_found(coordinator: User) -> None:
    settle()
    rows: list[list[Any]] = [
        ["Bedriftsbesøk", "Sag", FIRST, None, "Bø Bygg og Nordre Gård", None, "Høgskulen", 5],
        ["Bedriftsbesøk", "Tre", FIRST, None, "Bø Bygg og Ingensteds", None, "Høgskulen", 5],
        ["Bedriftsbesøk", "Hus", FIRST, None, "Kari Nordmann", None, "Høgskulen", 5],
    ]
    import_ = uploaded(files.xlsx(sheet(*rows)), coordinator)
    with translation.override("nb"):
        plan = operations.plan(import_, by=coordinator, at=AT)
    names = [
        [(part.organisation or {})["name"] for part in one.parts if part.role == "host"] for one in plan.activities
    ]
    assert names == [["Bø Bygg", "Nordre Gård"], ["Bø Bygg og Ingensteds"], []]
    assert [one.submit for one in plan.activities] == [True, True, False]
    assert "«Kari Nordmann» ser ut som navnet på en person. Det står ved raden, og er ikke en virksomhet." in said(plan)
    saved(import_, coordinator)
    assert ImportedActivity.objects.get(activity__title="Hus").kept == [
        {"row": 4, "what": "person", "text": "Kari Nordmann"}
    ]
    assert Activity.objects.get(title="Hus").step == Activity.Step.DRAFT


def test_a_row_is_answered_in_the_browser_instead_of_in_the_spreadsheet(coordinator: User) -> None:
    settle()
    rows = [["Bedriftsbesøk", "Sag", "snart", *ROWS[4][3:]], ["tull", "Tre", *ROWS[4][2:]]]
    import_ = uploaded(files.xlsx(sheet(*rows)), coordinator)
    assert operations.plan(import_, by=coordinator, at=AT).blocked
    operations.answer_row(import_, 2, {"starts": "12.1.2017"})
    operations.answer_row(import_, 3, {}, skip=True)
    plan = operations.plan(import_, by=coordinator, at=AT)
    assert ([(one.title, one.starts) for one in plan.activities], plan.blocked) == ([("Sag", "2017-01-12")], False)
