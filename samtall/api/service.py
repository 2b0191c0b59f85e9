"""The API put together: its routers, its refusals, and the OpenAPI document that describes both."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from samtall.accounts.policy import public_page
from samtall.api import invalid
from samtall.api.problems import MEDIA_TYPE, Problem, not_found, of_refusal, respond
from samtall.api.strict_json import StrictParser
from samtall.api.views import activities, figures, inquiries, ledger, organisations
from samtall.api.views.responses import KEYED
from samtall.api.well_formed import well_formed
from samtall.base.errors import Refusal

#: Where the API is; a change that breaks callers gets an address of its own.
ROOT = "/api/v1/"


class Service(NinjaAPI):
    """Describes every refusal under the media type it has."""

    def get_root_path(self, path_params: Any) -> str:
        return ROOT

    def get_openapi_schema(self, *args: Any, **options: Any) -> Any:
        document = super().get_openapi_schema(*args, **options)
        for methods in document["paths"].values():
            for operation in methods.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "content" in response:
                        response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
        return document


api = Service(
    title="Samtall",
    version="1",
    description="Exact figures on a region's collaboration, and the activities behind them.",
    auth=KEYED,
    parser=StrictParser(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("/figures", figures.router)
api.add_router("/organisations", organisations.router)
api.add_router("/activities", activities.router)
api.add_router("/kinds", activities.kinds)
api.add_router("/inquiries", inquiries.router)
api.add_router("/ledger", ledger.router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return respond(problem)


@api.exception_handler(Refusal)
def _refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return respond(of_refusal(refusal))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return respond(invalid.problem_of(error))


@api.exception_handler(Http404)
def _absent(request: HttpRequest, error: Http404) -> HttpResponse:
    return respond(not_found())


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, Problem):  # ninja wraps what a parser refuses
        return respond(error.__cause__)
    return respond(Problem("H1", _("The request cannot be used."), status=error.status_code))


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000
    return respond(Problem("H1", _("The body may be at most %(most)d MB.") % {"most": most}, status=413))


def addresses() -> list[URLPattern]:
    """The addresses of the API. A key, not the reader's session, decides what each gives: see callers."""
    patterns = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for pattern in patterns:
        pattern.callback = public_page(well_formed(pattern.callback))
    return [path("openapi.json", public_page(description), name="api-description"), *patterns]


def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})
