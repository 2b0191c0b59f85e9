"""What no page and no database can make anything of is refused before anybody reads it, once for the whole house.

That is NUL, which PostgreSQL keeps nowhere, and halves of characters, which come of reading as anything but UTF-8.
"""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from samtall.api.problems import Problem, not_found, respond
from samtall.api.service import ROOT

#: PostgreSQL keeps every character but this one.
NUL = "\0"
UTF_8 = "utf-8"

Answer = Callable[[HttpRequest], HttpResponse]


def without_unreadable_cookies(get_response: Answer) -> Answer:
    """A cookie with NUL in it, which a browser can write as \\000, is none of ours: as if it had not been sent."""

    def answer(request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if NUL in name + value]:
            del request.COOKIES[name]
        return get_response(request)

    return answer


class OnlyReadable:
    """An address with NUL in it leads nowhere; what else of a call cannot be read is a bad request (H1)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for_machines = request.path_info.startswith(ROOT)
        if NUL in request.path_info:
            if for_machines:
                return respond(not_found())
            raise Http404
        if fault := _fault(request):
            if for_machines:
                return respond(Problem("H1", fault))
            raise BadRequest
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, exception: Exception) -> None:
        """What is sent past every form is first refused by the database, which says so; SQLite keeps it."""
        if isinstance(exception, DataError) and "NUL" in str(exception):
            raise BadRequest from exception


def _fault(request: HttpRequest) -> str:
    """What of a call, apart from its address and its body, cannot be read; "" when all can."""
    charset = (request.content_params or {}).get("charset", UTF_8)
    if charset.lower() != UTF_8:  # first, since what follows the question mark would be read with it
        return _("Send text as UTF-8.")
    if any(NUL in text for name, values in request.GET.lists() for text in (name, *values)):
        return _("The address has a character that nothing can be called by: NUL.")
    if any(NUL in str(value) for name, value in request.META.items() if name.startswith("HTTP_")):
        return _("A header has a character that nothing can be called by: NUL.")
    return ""
