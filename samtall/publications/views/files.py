"""An edition as files: the frozen document, its answers as a table, and as a spreadsheet."""

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed, may
from samtall.base.text import LANGUAGES
from samtall.publications import catalogue, queries, spreadsheets, tables
from samtall.publications.models import Edition
from samtall.publications.published import Published
from samtall.publications.views import reading
from samtall.ui.framing import LANGUAGE, language_asked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: For how long anybody may keep what never changes, in seconds.
YEAR = 365 * 24 * 60 * 60


@allowed("publications.read")
@require_safe
def document(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The frozen document, to the byte: its SHA-256 is the checksum of the edition."""
    it = find(slug, number)
    return lasting(request, it, it.frozen.encode(), "application/json", tag=it.checksum)


@allowed("publications.read")
@require_safe
def checkpoint(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The signed note that names the edition and where the books stood, to be kept by others."""
    it = find(slug, number)
    content = it.checkpoint.encode()
    return lasting(request, it, content, "text/plain; charset=utf-8", tag=f"{it.checksum}-checkpoint")


@allowed("publications.read")
@require_safe
def table(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Every answer as a row, with texts in bokmål or in the language that the address asks for."""
    it, language = find(slug, number), request.GET.get(LANGUAGE, "nb")
    if language not in LANGUAGES:
        raise Http404
    content = tables.as_csv(Published.of(it.frozen), language)
    response = lasting(request, it, content, "text/csv; charset=utf-8", tag=f"{it.checksum}-{language}")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{number}.csv"'
    response["Content-Language"] = language
    return response


def find(slug: str, number: int) -> Edition:
    """An edition that everybody may read. Who asks has no say in it, so that it is the same for all."""
    return get_object_or_404(queries.published(), publication__slug=slug, number=number)


def lasting(request: HttpRequest, it: Edition, content: bytes, kind: str, *, tag: str) -> HttpResponseBase:
    """A public file of an edition: open to the scripts of any site, and to be kept, for it never changes.

    Of a withdrawn edition nobody keeps a copy, and a header says that it is withdrawn.
    """
    response = HttpResponse(content, content_type=kind)
    response["ETag"] = f'"{tag}"'
    response["Samtall-Edition"] = it.state
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Samtall-Edition"
    if it.state == Edition.State.PUBLISHED:
        patch_cache_control(response, public=True, max_age=YEAR)
    else:
        add_never_cache_headers(response)
    return cast("HttpResponseBase", get_conditional_response(request, etag=response["ETag"], response=response))


@allowed("publications.read")
@require_safe
def spreadsheet(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An edition as Excel in the reader's language; with the lists behind the figures for those who may read them."""
    it = reading.find(request.user, slug, number)
    if not it.frozen:
        raise Http404

    def permitted(permission: str) -> bool:
        return may(request.user, permission)

    with translation.override(language_asked(request)):
        content = spreadsheets.as_spreadsheet(
            Published.of(it.frozen),
            checksum=it.checksum,
            address=permanent("edition", it),
            reader=request.user,
            permitted=permitted,
        )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slug}-{number}.xlsx"'
    response["Samtall-Edition"] = it.state
    if it.state != Edition.State.PUBLISHED or permitted("figures.list"):
        add_never_cache_headers(response)
    return response


@allowed("publications.read")
@require_safe
def turtle(_request: HttpRequest) -> HttpResponse:
    """The catalogue of all that is published, for those who harvest it."""
    return _catalogue(catalogue.TURTLE, "text/turtle; charset=utf-8")


@allowed("publications.read")
@require_safe
def json_ld(_request: HttpRequest) -> HttpResponse:
    return _catalogue(catalogue.JSON_LD, "application/ld+json")


def _catalogue(format: str, kind: str) -> HttpResponse:
    response = HttpResponse(catalogue.written(format), content_type=kind)
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=60 * 60)
    return response


def permanent(name: str, it: Edition, *more: str) -> str:
    """The whole address of a page or file of an edition, which stays the same."""
    return settings.ADDRESS + reverse(name, args=[it.publication.slug, it.number, *more])
