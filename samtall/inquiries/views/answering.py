"""How the pages for senders answer: in the language asked for, without cookies, and never kept by anybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from samtall.accounts.policy import public_page
from samtall.ui import framing
from samtall.ui.frame import Frame, Link

View = TypeVar("View", bound=Callable[..., HttpResponse])


def for_senders(view: View) -> View:
    """A page for somebody without an account: for all, in the language of `?sprak=`, and with no need of a cookie.

    Nobody keeps it, unless the view says otherwise.
    What guards its forms is signed and stands in the form or in the address, so that Django's cookie is not asked for.
    """

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = framing.language_asked(request)
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    return public_page(cast("View", answered))


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of our own site: the wordmark and the footer, and nothing that leads away from what one is doing."""
    return render(request, template, context | around(request), status=status)


def framed(
    request: HttpRequest, template: str, context: dict[str, Any], origins: tuple[str, ...], *, status: int = 200
) -> HttpResponse:
    """A page to be shown in a frame on these sites and on ours; nothing that reads session or cookies is asked."""
    content = render_to_string(template, context | around(request))
    return framing.framed(content, ("'self'", *origins), status=status)


def around(request: HttpRequest) -> dict[str, Any]:
    """What stands around the page: the same page in the other languages, and about us."""
    language = translation.get_language() or "nb"
    return {
        "frame": Frame(
            home=reverse("home"),
            set_language="",
            here="",
            footer=(Link(reverse("privacy"), _("Privacy and cookies")), Link(reverse("about"), _("About Samtall"))),
            demonstration=settings.DEMONSTRATION,
        ),
        "languages": [
            (code, name, f"{request.path}?{framing.LANGUAGE}={code}", code == language)
            for code, name in settings.LANGUAGES
        ],
    }
