"""Figures taken away as files: definitions and numbers."""

from django.http import HttpRequest, HttpResponse

from samtall.accounts.policy import allowed
from samtall.base import clock
from samtall.figures import files, queries, sheets
from samtall.figures.asking import Asked
from samtall.figures.views.reading import as_defined_then, asked_by, form_of, version_asked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allowed("figures.read")
def figure_definition(request: HttpRequest, slug: str) -> HttpResponse:
    """The definition as a file, to keep or to read into another installation."""
    version = version_asked(request, slug)
    return _file(files.written([version]).encode(), "application/toml; charset=utf-8", f"{slug}.toml")


@allowed("figures.read")
def figure_csv(request: HttpRequest, slug: str) -> HttpResponse:
    asked = _asked(request, slug)
    return _file(sheets.as_csv(_rows(request, asked), sheets.said_of(asked)), "text/csv; charset=utf-8", f"{slug}.csv")


@allowed("figures.read")
def figure_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    asked = _asked(request, slug)
    return _file(sheets.as_spreadsheet(_rows(request, asked), sheets.said_of(asked)), XLSX, f"{slug}.xlsx")


def _asked(request: HttpRequest, slug: str) -> Asked:
    version = version_asked(request, slug)
    return asked_by(request, version, form_of(request).reading(queries.definition_of(version).calendar))


def _rows(request: HttpRequest, asked: Asked) -> list[list[sheets.Cell]]:
    return sheets.rows_of(asked, until=clock.today(), as_defined_then=as_defined_then(request))


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
