"""What other sites may show in a frame: pages that get no cookie and set none, in the language that is asked for."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

#: What an address says its language by: `?sprak=nn`.
LANGUAGE = "sprak"


def language_asked(request: HttpRequest) -> str:
    """The language that the address asks for, else the reader's."""
    asked = request.GET.get(LANGUAGE, "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "nb"


def framed(content: str, origins: Sequence[str], *, status: int = 200) -> HttpResponse:
    """A page to be shown in a frame on these sites."""
    response = HttpResponse(content, status=status)
    response._csp_replace = {"frame-ancestors": [*origins]}  # type: ignore[attr-defined]
    response.xframe_options_exempt = True
    return response


def without_cookies_in_frames(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Stands before everything that reads or writes a cookie: session, language, form protection, messages."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.FRAMED):
            return get_response(request)
        request.COOKIES.clear()
        response = get_response(request)
        response.cookies.clear()
        return response

    return respond
