"""Figures taken away as files."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed
from samtall.figures import files
from samtall.figures.views.reading import version_asked


@allowed("figures.read")
@require_safe
def figure_definition(request: HttpRequest, slug: str) -> HttpResponse:
    """The definition as a file, to keep or to read into another installation."""
    version = version_asked(request, slug)
    response = HttpResponse(files.written([version]), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.toml"'
    return response
