"""What no page and no database can make anything of is refused before anybody reads it, once for the whole house."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from samtall.api.problems import Problem, not_found, respond
from samtall.api.service import ROOT

#: PostgreSQL keeps every character but this one.
NUL = "\0"


def without_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """An address with NUL in it leads nowhere, and what is asked after its question mark cannot be read (H1)."""

    def answer(request: HttpRequest) -> HttpResponse:
        for_machines = request.path_info.startswith(ROOT)
        if NUL in request.path_info:
            if for_machines:
                return respond(not_found())
            raise Http404
        if any(NUL in text for name, values in request.GET.lists() for text in (name, *values)):
            if for_machines:
                return respond(Problem("H1", _("The address has a character that nothing can be called by: NUL.")))
            raise BadRequest
        return get_response(request)

    return answer
