"""What happens around every request of somebody who has signed in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from samtall.accounts.assurance import asks_for_two, has_shown_two
from samtall.accounts.models import User

View = Callable[[HttpRequest], HttpResponse]


def rotate_session(get_response: View) -> View:
    """Give a session a new key where `sessions.rotate` has asked for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(request.session, "rotate_due", False) and not request.session.is_empty():
            request.session.cycle_key()
        return response

    return middleware


def second_factor(get_response: View) -> View:
    """Mark a visitor who has yet to show the second factor that their roles ask for (`User.assured`)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR:
            visitor = request.user

            def assured() -> object:
                if isinstance(visitor, User):
                    visitor.assured = has_shown_two(request, visitor) or not asks_for_two(visitor)
                return visitor

            request.user = SimpleLazyObject(assured)  # type: ignore[assignment]
        return get_response(request)

    return middleware
