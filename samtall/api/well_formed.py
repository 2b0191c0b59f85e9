"""What every call must be before any endpoint looks at it, and what HTTP itself refuses, as problems (H1)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from samtall.api.problems import Problem, respond

View = Callable[..., HttpResponseBase]


def well_formed(view: View) -> View:
    """Refuse whoever takes no JSON, and addresses that are not written in UTF-8; name the methods that there are."""

    @wraps(view)
    def called(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if not request.accepts("application/json"):
            return respond(Problem("H1", _("The answer is application/json: accept that."), status=406))
        if not _is_text(request.META.get("QUERY_STRING", "")):
            return respond(Problem("H1", _("The address is not written in UTF-8.")))
        response = view(request, *args, **named)
        if isinstance(response, HttpResponseNotAllowed):
            methods = response["Allow"]
            said = _("This cannot be done here. What can be: %(methods)s.") % {"methods": methods}
            return respond(Problem("H1", said, status=405, headers={"Allow": methods}))
        return response

    return called


def _is_text(query: str) -> bool:
    """Whether a query, as WSGI gives it, unpacks to text; if not, we would look for something else than was asked."""
    try:
        unquote_to_bytes(query.encode("latin-1")).decode()
    except UnicodeError:
        return False
    return True
