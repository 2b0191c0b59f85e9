"""Reading the body of a call strictly: what cannot be stored or is not one JSON object is refused here (P1, H1)."""

import json
import re
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext as _
from ninja.parser import Parser

from samtall.api.problems import Problem

DEEPEST = 20
#: Half surrogates and control characters other than line breaks and tabs.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class StrictParser(Parser):
    """One JSON object in UTF-8, at most 20 deep, of text that can be stored."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        _refuse_other_types(request)
        try:
            body = request.body
            if len(body) < int(request.headers.get("Content-Length") or 0):
                raise _cut_short()
            said = json.loads(body.decode(), parse_constant=_refuse_constant, parse_int=_whole)
        except RequestDataTooBig:
            raise Problem("H1", _("The body may be at most 1 MB."), status=413) from None
        except UnreadablePostError:
            raise _cut_short() from None
        except UnicodeDecodeError:
            raise Problem("P1", _("The JSON is not written in UTF-8.")) from None
        except json.JSONDecodeError as error:
            raise Problem(
                "P1",
                _("The JSON cannot be read: line %(line)d, character %(character)d.")
                % {"line": error.lineno, "character": error.colno},
            ) from None
        except RecursionError:
            raise _too_deep() from None
        if not isinstance(said, dict):
            raise Problem("P1", _("The body must be one JSON object."))
        _refuse_unstorable(said, DEEPEST)
        return said


def _refuse_other_types(request: HttpRequest) -> None:
    if request.content_type != "application/json":
        raise Problem("H1", _("Send the body as application/json."), status=415)
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Problem("H1", _("Send the body without compression."), status=415)


def _refuse_constant(name: str) -> Any:
    raise Problem("P1", _("%(name)s is not JSON.") % {"name": name})


def _whole(digits: str) -> int:
    if len(digits) > 30:
        raise Problem("P1", _("The JSON has a number of %(count)d digits.") % {"count": len(digits)})
    return int(digits)


def _refuse_unstorable(value: Any, deeper: int) -> None:
    if not deeper:
        raise _too_deep()
    if isinstance(value, str) and _UNSTORABLE.search(value):
        raise Problem("P1", _("The JSON has text with characters that cannot be stored."))
    if isinstance(value, dict):
        for name, inner in value.items():
            _refuse_unstorable(name, deeper)
            _refuse_unstorable(inner, deeper - 1)
    elif isinstance(value, list):
        for inner in value:
            _refuse_unstorable(inner, deeper - 1)


def _cut_short() -> Problem:
    return Problem("H1", _("The body is shorter than its Content-Length says."))


def _too_deep() -> Problem:
    return Problem("P1", _("The JSON is more than %(depth)d levels deep.") % {"depth": DEEPEST})
