"""A page in a frame on another site gets no cookie and sets none, whatever the code behind it does."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: Where every page stands that other sites may frame.
FRAMED = "/innfelt/"


def without_cookies_in_frames(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Stands before everything that reads or writes a cookie: session, language, form protection, messages."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(FRAMED):
            return get_response(request)
        request.COOKIES.clear()
        response = get_response(request)
        response.cookies.clear()
        return response

    return respond
