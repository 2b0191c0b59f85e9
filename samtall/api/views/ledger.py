"""The books, to be read: one posting at a time. Nobody changes them."""

from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from samtall.api.callers import Caller
from samtall.api.plain import plain_line
from samtall.api.problems import Problem, not_found
from samtall.api.schemas import PostingOut
from samtall.api.views.reading import LARGEST_ID
from samtall.api.views.responses import REFUSED, responses
from samtall.ledger.queries import posted

router = Router(tags=["ledger"])


@router.get("/{position}", response=responses(PostingOut), url_name="api-posting", summary="What was posted")
def posting(request: HttpRequest, position: int) -> Any:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    caller.needs("figures.list")
    lines = posted(position) if 0 < position <= LARGEST_ID else []
    if not lines:
        raise not_found()
    made = lines[0].posting
    return {
        "position": made.position,
        "at": timezone.localtime(made.at).isoformat(),
        "by": made.by,
        "reason": made.reason,
        "source": made.source.name,
        "hash": bytes(made.hash).hex(),
        "lines": [plain_line(line) for line in lines],
    }


REFUSING: Any = {"response": REFUSED, "url_name": "api-posting", "summary": "Refused: the ledger only grows"}


@router.put("/{position}", operation_id="put_posting", **REFUSING)
@router.patch("/{position}", operation_id="patch_posting", **REFUSING)
@router.delete("/{position}", operation_id="delete_posting", **REFUSING)
def refused(request: HttpRequest, position: int) -> NoReturn:
    raise Problem("L1", _("The ledger cannot be changed or deleted. Correct the activity instead."))
