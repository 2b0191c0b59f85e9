"""Pages whose address is a secret: it is told to nobody, kept by nobody, and found by no search engine."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def discreetly(request: HttpRequest, page: str, status: int, **context: Any) -> HttpResponse:
    """A page outside the frame of the house, for its menu and its choice of language are forms of their own."""
    response = render(request, page, context | {"frame": None}, status=status)
    for name, value in HEADERS.items():
        response[name] = value
    response["Content-Language"] = get_language() or "nb"
    return response
