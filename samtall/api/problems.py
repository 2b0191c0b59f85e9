"""Every refusal of the API as problem+json (RFC 9457): a code that stays, and words in the caller's language."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from samtall.base.errors import Refusal

MEDIA_TYPE = "application/problem+json"

#: The status of each code; docs/api.md says what each means.
STATUSES = {
    "T1": 422, "T2": 422, "T3": 422, "T4": 422, "M1": 422, "M2": 422, "M3": 422, "G1": 422,
    "N1": 422, "N2": 422, "D1": 422, "D2": 422, "D3": 422, "V1": 422,
    "R1": 422, "A1": 401, "A2": 404, "A3": 403, "H1": 400, "P1": 400, "P2": 422, "P3": 409, "P4": 422, "P5": 412,
    "L1": 409, "S2": 429,
}  # fmt: skip


class FieldProblem(Schema):
    """What is wrong with one field: where it is, as in `parts.0.role`, the code, and what to do."""

    field: str
    code: str
    detail: str


class ProblemSchema(Schema):
    """A refusal: what was wrong and what to do."""

    type: str = Field(examples=["urn:samtall:problem:T1"])
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] = Field(default_factory=list)


class Problem(Exception):
    """A refusal on its way to the caller. `status` is that of the code unless HTTP has a nearer one."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code, self.detail, self.errors = code, detail, list(errors)
        self.status = status or STATUSES[code]
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        return {
            "type": f"urn:samtall:problem:{self.code}",
            "title": title_of(self.status),
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "errors": self.errors,
        }


def title_of(status: int) -> str:
    titles = {
        400: _("The request cannot be read"),
        401: _("A key is needed"),
        403: _("The key does not allow this"),
        404: _("Not found"),
        405: _("This cannot be done here"),
        406: _("There is no answer of that type"),
        409: _("It cannot be done now"),
        412: _("It has changed meanwhile"),
        413: _("Too large"),
        415: _("Another content type is needed"),
        422: _("Something in it cannot be used"),
        429: _("Too many calls"),
        500: _("Something failed on our side"),
    }
    return titles.get(status, _("The request cannot be used"))


def not_found() -> Problem:
    return Problem("A2", _("Not found, or you have no access."))


def of_refusal(refusal: Refusal) -> Problem:
    """What a room refuses, as a problem: its fields by name where it names them."""
    errors = getattr(refusal, "errors", {})
    code = getattr(refusal, "code", "R1")
    listed = [{"field": name, "code": "V1", "detail": said} for name, said in errors.items()]
    return Problem(code if code in STATUSES else "R1", str(refusal), errors=listed)


def respond(problem: Problem) -> HttpResponse:
    response = HttpResponse(
        json.dumps(problem.body(), ensure_ascii=False), status=problem.status, content_type=MEDIA_TYPE
    )
    for name, value in problem.headers.items():
        response[name] = value
    return response
