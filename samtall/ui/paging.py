"""Lists come in pages, asked for as ?side=2."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE_SIZE = 50


def page_of(request: HttpRequest, things: Any, *, size: int = PAGE_SIZE) -> "Page[Any]":
    """The page that the address asks for; the nearest there is when it asks for nonsense."""
    return Paginator(things, size).get_page(request.GET.get("side"))
