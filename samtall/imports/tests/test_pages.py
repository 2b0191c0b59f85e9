"""The pages of spreadsheets, with and without JavaScript."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.activities.registry import kinds
from samtall.imports import operations, spreadsheets
from samtall.imports.columns import problems_of, recognise
from samtall.imports.models import Import, Mapping
from samtall.imports.reader import read_here
from samtall.imports.tests import files
from samtall.imports.tests.region import AT, ROWS, settle, sheet

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def uploaded(client: Client, content: bytes, name: str = "samarbeid.xlsx") -> Import:
    response = client.post(reverse("imports"), {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()
    return Import.objects.latest("pk")


def page(client: Client, import_: Import, query: str = "") -> str:
    response = client.get(reverse("import", args=[import_.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_spreadsheet_goes_from_upload_to_result_by_buttons_alone(coordinator: User, client_of: ClientOf) -> None:
    settle()
    client = client_of(coordinator)
    import_ = uploaded(client, files.xlsx(sheet(*ROWS)))
    preview = page(client, import_)
    assert "Lagre 5 aktiviteter" in preview
    assert "Ukjent Ull" in preview
    client.post(reverse("import-start", args=[import_.pk]))
    assert "Fortsett" in page(client, import_)
    response = client.post(reverse("import-step", args=[import_.pk]))
    assert response.status_code == 302
    result = page(client, import_)
    assert "5 rader er lagret" in result
    assert "Trebru" in result
    assert Activity.objects.count() == 5


def test_progress_goes_on_by_itself_with_htmx(
    coordinator: User, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    monkeypatch.setattr("samtall.imports.views.pages.SECONDS_AT_ONCE", 0.001)
    monkeypatch.setattr("samtall.imports.stored.ROWS_AT_ONCE", 2)
    client = client_of(coordinator)
    import_ = uploaded(client, files.xlsx(sheet(*ROWS)))
    client.post(reverse("import-start", args=[import_.pk]))
    first = client.post(reverse("import-step", args=[import_.pk]), headers={"HX-Request": "true"})
    assert 'value="2"' in first.content.decode()
    assert "hx-post" in first.content.decode()
    for _again in range(2):
        last = client.post(reverse("import-step", args=[import_.pk]), headers={"HX-Request": "true"})
    assert (last.status_code, last["HX-Redirect"]) == (204, reverse("import", args=[import_.pk]))


def test_an_import_is_undone_with_a_reason(coordinator: User, client_of: ClientOf) -> None:
    settle()
    client = client_of(coordinator)
    import_ = uploaded(client, files.xlsx(sheet(*ROWS)))
    client.post(reverse("import-start", args=[import_.pk]))
    client.post(reverse("import-step", args=[import_.pk]))
    client.post(reverse("import-undo", args=[import_.pk]), {"reason": ""})
    assert "Skriv hvorfor" in page(client, import_)
    client.post(reverse("import-undo", args=[import_.pk]), {"reason": "Feil år"})
    assert "Importen er angret" in page(client, import_)
    assert set(Activity.objects.values_list("step", flat=True)) == {Activity.Step.WITHDRAWN}


def test_a_refused_file_is_told_of_on_the_page_and_not_kept(coordinator: User, client_of: ClientOf) -> None:
    client = client_of(coordinator)
    response = client.post(reverse("imports"), {"file": SimpleUploadedFile("a.xlsx", b"<html></html>")})
    assert response.status_code == 422
    assert "I1" in response.content.decode()
    assert Import.objects.count() == 0


def test_a_file_beyond_the_limit_is_refused_by_the_form(coordinator: User, client_of: ClientOf) -> None:
    client = client_of(coordinator)
    response = client.post(reverse("imports"), {"file": SimpleUploadedFile("a.csv", b"a;b\n" * 2_500_001)})
    assert response.status_code == 422
    assert "10 MB" in response.content.decode()


def test_the_same_file_twice_leads_to_the_first_import(coordinator: User, client_of: ClientOf) -> None:
    settle()
    client = client_of(coordinator)
    content = files.xlsx(sheet(*ROWS))
    import_ = uploaded(client, content)
    client.post(reverse("import-start", args=[import_.pk]))
    response = client.post(reverse("imports"), {"file": SimpleUploadedFile("b.xlsx", content)}, follow=True)
    assert response.redirect_chain == [(reverse("import", args=[import_.pk]), 302)]
    assert Import.objects.count() == 1


def test_unknown_columns_are_mapped_by_hand_and_remembered(coordinator: User, client_of: ClientOf) -> None:
    settle()
    client = client_of(coordinator)
    rows = sheet(*ROWS)
    rows[0][1] = "Hva het det"
    import_ = uploaded(client, files.xlsx(rows))
    assert "mangler kolonnen «Tittel»" in page(client, import_)
    said = {f"column_{column}": code for column, code in Import.objects.get().layout["columns"].items()}
    response = client.post(
        reverse("import-columns", args=[import_.pk]), {**said, "column_2": "title", "header_row": 1, "kind": ""}
    )
    assert response.status_code == 302
    assert "Lagre 5 aktiviteter" in page(client, import_)
    assert Mapping.objects.count() == 1

    rows.pop()
    again = uploaded(client, files.xlsx(rows))
    assert "Lagre 4 aktiviteter" in page(client, again)


def test_what_may_be_there_twice_is_asked_about_and_needs_a_reason_to_count(
    coordinator: User, client_of: ClientOf
) -> None:
    settle()
    client = client_of(coordinator)
    first = uploaded(client, files.xlsx(sheet(*ROWS[:1])))
    client.post(reverse("import-start", args=[first.pk]))
    client.post(reverse("import-step", args=[first.pk]))
    import_ = uploaded(client, files.xlsx(sheet(*ROWS)))
    assert "Velg" in page(client, import_)
    address = reverse("import-duplicates", args=[import_.pk])
    assert client.post(address, {"answer": "count", "reason": ""}).status_code == 422
    client.post(address, {"answer": "count", "reason": "To ulike bruer"})
    assert "Lagre 5 aktiviteter" in page(client, import_)
    client.post(address, {"answer": "skip"})
    assert "Lagre 4 aktiviteter" in page(client, import_)


def test_cells_are_shown_as_text_and_never_as_markup(coordinator: User, client_of: ClientOf) -> None:
    settle()
    client = client_of(coordinator)
    import_ = uploaded(client, files.xlsx(sheet(["<script>alert(1)</script>", *ROWS[0][1:]])))
    shown = page(client, import_)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_the_list_of_errors_comes_as_a_spreadsheet_without_formulas(coordinator: User, client_of: ClientOf) -> None:
    settle()
    client = client_of(coordinator)
    import_ = uploaded(client, files.csv(sheet(["=1+1", *ROWS[0][1:]])), "a.csv")
    response = client.get(reverse("import-problems", args=[import_.pk]))
    (errors,) = openpyxl.load_workbook(BytesIO(response.content)).worksheets
    cells = [cell for row in errors.iter_rows() for cell in row]
    assert any("=1+1" in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_a_discarded_preview_leaves_nothing(coordinator: User, client_of: ClientOf) -> None:
    settle()
    client = client_of(coordinator)
    import_ = uploaded(client, files.xlsx(sheet(*ROWS)))
    client.post(reverse("import-discard", args=[import_.pk]))
    assert Import.objects.count() == 0


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_column_of_every_template_is_recognised(language: str) -> None:
    with translation.override(language):
        for kind in (None, *kinds()):
            workbook = read_here(spreadsheets.template_of(kind))
            layout = recognise(workbook)
            assert [str(problem) for problem in problems_of(workbook, layout)] == []
            assert layout.header_row == 1
            assert "" not in layout.columns.values()


def test_a_template_has_text_format_for_numbers_lists_and_a_frozen_heading(
    coordinator: User, client_of: ClientOf
) -> None:
    response = client_of(coordinator).get(reverse("import-template", args=["thesis"]))
    activities, _lists, explanation = openpyxl.load_workbook(BytesIO(response.content)).worksheets
    headings = [cell.value for cell in activities[1]]
    number = activities.column_dimensions[openpyxl.utils.get_column_letter(headings.index("Org.nr.") + 1)]
    assert headings[:3] == ["Slag", "Tittel", "Fra"]
    assert number.number_format == "@"
    assert activities.freeze_panes == "A2"
    assert len(activities.data_validations.dataValidation) == 4
    assert explanation["A2"].value == "Slag"


def test_a_preview_of_forty_rows_asks_no_more_of_the_database_than_one_of_four(
    coordinator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    settle()
    few, many = (
        operations.upload(
            files.xlsx(sheet(*([*ROWS[0][:1], f"Oppgave {number}", *ROWS[0][2:]] for number in range(count)))),
            file_name="a.xlsx",
            by=coordinator,
            at=AT,
        )
        for count in (4, 40)
    )
    with django_assert_max_num_queries(40):
        operations.plan(few, by=coordinator, at=AT)
    with django_assert_max_num_queries(40):
        operations.plan(many, by=coordinator, at=AT)
