"""What every answer says to the browser beyond what Django and django-csp say."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOTHING_OF_THE_DEVICE = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """No page of ours asks for anything of the reader's device."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = NOTHING_OF_THE_DEVICE
        return response

    return respond
