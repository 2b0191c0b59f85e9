"""Editions as files: the frozen document, the table, the spreadsheet, and what each reader gets."""

import csv
import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from http import HTTPStatus
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import translation

from samtall.accounts.models import User
from samtall.base.text import Words
from samtall.figures import operations as figures
from samtall.figures.definitions import Definition, Identity, Sharing, Unit
from samtall.programmes.models import Programme
from samtall.publications import blocks, operations, spreadsheets, tables
from samtall.publications.models import Block, Edition
from samtall.publications.paper import sheet_name
from samtall.publications.published import Published

AT = datetime(2018, 2, 1, 9, 0, tzinfo=UTC)
ADDRESS = "/publikasjoner/aaret/1/"
ClientOf = Callable[[User], Client]

FIGURES = {
    "=alle": Definition(unit=Unit.ORGANISATIONS, sides=("outside",)),
    "i dag": Definition(unit=Unit.ORGANISATIONS, sides=("outside",), identity=Identity.TODAY),
    "samarbeid": Definition(unit=Unit.ACTIVITIES),
    "delt": Definition(unit=Unit.ACTIVITIES, sharing=Sharing.SHARE, sides=("education",)),
    "timer": Definition(unit=Unit.LEARNER_DAYS, kinds=("course",)),
    "folk": Definition(unit=Unit.PEOPLE, kinds=("course",)),
}


@pytest.fixture
def edition(programme: Programme, programme_manager: User, validator: User) -> Edition:
    edition = operations.begin(
        programme,
        "aaret",
        sort="report",
        title=Words("Året", "Året", "The year"),
        starts=date(2017, 1, 1),
        ends=date(2017, 12, 31),
        by=programme_manager.signature,
        at=AT,
    )
    edition.blocks.all().delete()
    for place, (name, definition) in enumerate(FIGURES.items(), start=1):
        slug = f"tall-{place}"
        version = figures.make(slug, name=Words(name, name, name), definition=definition, public=True, by="test", at=AT)
        said = {"figure": slug, "version": version.number, "groupings": ["kind", "municipality"], "text": {}}
        Block.objects.create(edition=edition, ordering=place, sort="figure", said=said)
    operations.propose(edition, by=programme_manager.signature, at=AT)
    return operations.approve(edition, by=validator.signature, at=AT)


# The document


def test_the_document_is_what_was_hashed_and_may_be_kept_and_read_by_any_site(edition: Edition, client: Client) -> None:
    answer = client.get(f"{ADDRESS}publikasjon.json")
    assert hashlib.sha256(answer.content).hexdigest() == edition.checksum
    headers = {name: answer[name] for name in ("Content-Type", "ETag", "Cache-Control", "Access-Control-Allow-Origin")}
    assert headers == {
        "Content-Type": "application/json",
        "ETag": f'"{edition.checksum}"',
        "Cache-Control": "public, max-age=31536000",
        "Access-Control-Allow-Origin": "*",
    }
    assert (answer["Samtall-Edition"], answer.cookies.output(), "Cookie" in answer["Vary"]) == ("published", "", False)
    again = client.get(f"{ADDRESS}publikasjon.json", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")


@pytest.mark.parametrize("name", ["publikasjon.json", "tall.csv", "tall.xlsx"])
def test_a_withdrawn_edition_says_so_and_is_not_kept(edition: Edition, client: Client, name: str) -> None:
    operations.withdraw(edition, why="Et tall var galt", by="user:2", at=AT)
    answer = client.get(f"{ADDRESS}{name}")
    assert (answer.status_code, answer["Samtall-Edition"]) == (HTTPStatus.OK, "withdrawn")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("name", ["publikasjon.json", "tall.csv", "tall.xlsx"])
def test_what_is_not_published_has_no_files_for_others_than_those_who_make_it(
    edition: Edition, client: Client, client_of: ClientOf, reader: User, name: str
) -> None:
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.PROPOSED)
    assert client.get(f"{ADDRESS}{name}").status_code == HTTPStatus.NOT_FOUND
    for_them = HTTPStatus.OK if name == "tall.xlsx" else HTTPStatus.NOT_FOUND  # files that anybody keeps are the same
    assert client_of(reader).get(f"{ADDRESS}{name}").status_code == for_them


def test_pages_of_an_edition_are_not_open_to_other_sites(edition: Edition, client: Client) -> None:
    pages = ("", "rettelser/", "tall.xlsx")
    assert [name for name in pages if "Access-Control-Allow-Origin" in client.get(f"{ADDRESS}{name}")] == []


# The table


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    content = client.get(f"{ADDRESS}tall.csv{query}").content
    assert not content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode(), newline="")))


def test_the_table_has_every_answer_once_with_what_was_frozen(edition: Edition, client: Client) -> None:
    found = rows(client)
    answers = []
    for figure in Published.of(edition.frozen).figures.values():
        answers += [("whole", "", figure.whole)]
        answers += [("period", period.label, answer) for period, answer in figure.series]
        answers += [(one.by, part.code, part.answer) for one in figure.divisions for part in one.parts]
    assert [(row["dimension"], row["code"], as_told(row)) for row in found] == [
        (dimension, code, dict(answer.said)) for dimension, code, answer in answers
    ]
    assert {row["unit"] for row in found} == {"organisations", "activities", "learner_days", "people"}


def as_told(row: dict[str, str]) -> dict[str, Any]:
    amounts = ("exact", "pending", "unidentified", "lowest", "highest", "activities")
    if row["withheld"] == "yes":
        return {"withheld": True} | {name: row[name] for name in amounts if row[name]}
    return {name: row[name] for name in amounts if row[name]}


def test_the_table_is_the_same_whoever_reads_it_and_has_an_address_for_each_language(
    edition: Edition, client: Client, client_of: ClientOf, coordinator: User
) -> None:
    english = Client(headers={"accept-language": "en"})
    assert rows(english) == rows(client_of(coordinator)) == rows(client)
    labels = {
        query: next(row["label"] for row in rows(client, query) if row["code"] == "guest_lecture")
        for query in ("", "?sprak=nn", "?sprak=en")
    }
    assert labels == {
        "": "Gjesteforelesninger",
        "?sprak=nn": "Gjesteførelesingar",
        "?sprak=en": "Guest lectures",
    }
    assert client.get(f"{ADDRESS}tall.csv?sprak=sv").status_code == HTTPStatus.NOT_FOUND


def test_every_column_is_explained_in_the_documentation() -> None:
    text = (Path(settings.PACKAGE).parent / "docs" / "open-data.md").read_text()
    explained = re.findall(r"^\| `(\w+)` \|", text.partition("## The table")[2], re.MULTILINE)
    assert tuple(explained) == tables.COLUMNS


def test_what_a_row_can_be_of_and_what_is_counted_is_explained_in_full() -> None:
    text = (Path(settings.PACKAGE).parent / "docs" / "open-data.md").read_text()
    lines = {name: re.search(rf"^\| `{name}` \|.*$", text, re.MULTILINE) for name in ("unit", "dimension")}
    said = {name: set(re.findall(r"`(\w+)`", line[0])) - {name} for name, line in lines.items() if line}
    assert said == {
        "unit": {unit.value for unit in Unit},
        "dimension": {tables.WHOLE, tables.PERIOD, *(str(one) for one in blocks.GROUPINGS)},
    }


def test_a_text_that_a_spreadsheet_would_calculate_is_text_and_a_negative_number_a_number() -> None:
    kept = {
        "key": "a/1/x",
        "slug": "a",
        "version": 1,
        "name": {"nb": "=1+1"},
        "definition": {"unit": "fte"},
        "period": ["2017-01-01", "2017-12-31", "2017"],
        "periods": [],
        "groupings": [],
        "answers": {"whole": {"exact": "-2.5", "pending": "0"}, "series": [], "parts": {}},
    }
    content = tables.as_csv(Published({"figures": [kept]}), "nb").decode()
    (row,) = csv.DictReader(StringIO(content))
    assert (row["name"], row["exact"], row["pending"], row["lowest"]) == ("'=1+1", "-2.5", "0", "")


# The spreadsheet


def workbook(browser: Client, query: str = "") -> Any:
    return openpyxl.load_workbook(BytesIO(browser.get(f"{ADDRESS}tall.xlsx{query}").content), data_only=True)


def worked_out(sheet: Any) -> dict[tuple[str, str], tuple[Any, Any, Any]]:
    """What stands under "Worked out here": by formula, published, difference."""
    lines = [[cell.value for cell in row[:5]] for row in sheet.iter_rows()]
    first = next((place for place, row in enumerate(lines) if row[0] == "Worked out here"), len(lines))
    found = {}
    for row in lines[first + 1 :]:
        if row[0] not in ("From the list", "Sum of the parts"):
            break
        found[row[0], row[1]] = tuple(row[2:])
    return found


def test_everybody_gets_the_answers_and_nobody_else_than_readers_the_lists(
    edition: Edition, client: Client, client_of: ClientOf, reader: User, partner: User
) -> None:
    sheets = {
        name: workbook(browser, "?sprak=en").sheetnames
        for name, browser in {"all": client, "reader": client_of(reader), "partner": client_of(partner)}.items()
    }
    own = [f"{place} {name}" for place, name in enumerate(FIGURES, start=1)]
    assert sheets["all"] == sheets["partner"] == ["Read me", *own]
    assert [name for name in sheets["reader"] if name.endswith(" list")] == [f"{place} list" for place in range(1, 7)]


def test_who_may_list_but_not_see_people_gets_no_list_of_people(edition: Edition) -> None:
    shown = Published.of(edition.frozen)

    def sheets(*permissions: str) -> list[str]:
        content = spreadsheets.as_spreadsheet(
            shown, checksum="", address="", reader=AnonymousUser(), permitted=permissions.__contains__
        )
        return [name for name in openpyxl.load_workbook(BytesIO(content)).sheetnames if name.endswith(" list")]

    with translation.override("en"):
        assert sheets("figures.list") == ["1 list", "2 list", "3 list", "4 list"]
        assert sheets("figures.people") == []


def test_a_file_with_lists_is_kept_by_nobody(edition: Edition, client_of: ClientOf, reader: User) -> None:
    assert "no-store" in client_of(reader).get(f"{ADDRESS}tall.xlsx")["Cache-Control"]


def test_each_figure_follows_from_its_list_by_formula(edition: Edition, client_of: ClientOf, reader: User) -> None:
    book = workbook(client_of(reader), "?sprak=en")
    found = {name: worked_out(book[f"{place} {name}"]) for place, name in enumerate(FIGURES, start=1)}
    assert {name: one["From the list", "counted"] for name, one in found.items()} == {
        "=alle": (4, 4, 0),
        "i dag": (3, 3, 0),
        "samarbeid": (5, 5, 0),
        "delt": (5, 5, 0),
        "timer": (2, "hidden", None),  # two people attended, which is not published (R20)
        "folk": (2, 0, 2),  # and is rounded
    }
    assert {one["From the list", "awaiting approval"][0] for one in found.values()} == {0}


def test_the_list_has_as_many_rows_as_the_figure_says_with_names_days_and_state(
    edition: Edition, client_of: ClientOf, reader: User
) -> None:
    sheet = workbook(client_of(reader), "?sprak=en")["1 list"]
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[1], row[6]) for row in found] == [
        ("A AS", "Thesis", "counted"),
        ("B AS", "Course, Innovation project", "counted"),
        ("C AS", "Course", "counted"),
        ("D AB", "Guest lecture", "counted"),
    ]
    assert [(row[2].date(), row[3].date()) for row in found[:2]] == [
        (date(2016, 8, 15), date(2017, 6, 20)),
        (date(2017, 2, 6), date(2017, 5, 19)),
    ]


def test_parts_are_added_up_where_they_are_the_whole(edition: Edition, client: Client) -> None:
    book = workbook(client, "?sprak=en")
    assert worked_out(book["3 samarbeid"])["Sum of the parts", "By kind of activity"] == (5, 5, 0)
    assert worked_out(book["1 =alle"]).keys() == {("Sum of the parts", "By municipality")}  # B is in two kinds


@pytest.mark.usefixtures("unguarded")
def test_what_is_hidden_nought_and_not_reported_are_told_apart(
    edition: Edition, programme_manager: User, validator: User, client: Client
) -> None:
    hidden = json.loads(edition.frozen)
    people = next(one for one in hidden["figures"] if one["people"] and one["definition"]["unit"] == "people")
    people["answers"]["whole"] = {"withheld": True}
    Edition.objects.filter(pk=edition.pk).update(frozen=json.dumps(hidden))
    line = [cell.value for cell in workbook(client)["6 folk"][5]]
    assert line[2:] == ["skjult", "skjult", "skjult", "skjult", "skjult", None, None]
    organisations = [cell.value for cell in workbook(client)["1 =alle"][5]]
    assert organisations[2:] == [4, 0, 0, 4, 4, None, 5]


@pytest.mark.parametrize(
    ("text", "taken", "name"),
    [
        ("1 Organisasjoner", [], "1 Organisasjoner"),
        ("A/B: [c]*?'d'", [], "A B c d"),
        ("Studentsamarbeid med virksomheter i hele regionen", [], "Studentsamarbeid med…"),
        ("x", ["X"], "x (2)"),
        ("x" * 31, ["x" * 31], "… (2)"),
    ],
)
def test_names_of_sheets_are_short_allowed_and_different(text: str, taken: list[str], name: str) -> None:
    assert sheet_name(text, taken) == name


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="there is no LibreOffice here")
def test_a_spreadsheet_program_works_out_the_same(
    edition: Edition, client_of: ClientOf, reader: User, tmp_path: Path
) -> None:
    """The results that we wrote are taken out first, so that what is read back was calculated there."""
    kept = client_of(reader).get(f"{ADDRESS}tall.xlsx?sprak=en").content
    emptied, said = tmp_path / "emptied.xlsx", 0
    with zipfile.ZipFile(BytesIO(kept)) as source, zipfile.ZipFile(emptied, "w") as target:
        for name in source.namelist():
            text, formulas = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", source.read(name))
            said += formulas
            target.writestr(name, text)
    assert said >= 3 * 3 * 5
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path / "back"), str(emptied)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    ours = openpyxl.load_workbook(BytesIO(kept), data_only=True)
    theirs = openpyxl.load_workbook(tmp_path / "back" / "emptied.xlsx", data_only=True)
    for name in ours.sheetnames[1:]:
        if not name.endswith(" list"):
            assert worked_out(theirs[name]) == worked_out(ours[name])
