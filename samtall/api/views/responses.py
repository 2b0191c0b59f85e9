"""What every endpoint may answer, and who may call."""

from typing import Any

from samtall.api.callers import Bearer
from samtall.api.problems import ProblemSchema
from samtall.base import clock

KEYED = Bearer(clock.now)
#: With or without a key.
OPEN = Bearer(clock.now, required=False)

#: How the document says that a key may be left out.
NO_KEY_NEEDED: dict[str, Any] = {"security": [{}]}

_READING = (400, 401, 403, 404, 422, 429)
#: What nobody may do.
REFUSED = dict.fromkeys((401, 404, 409, 429), ProblemSchema)
_WRITING = (*_READING, 409, 412, 413, 415)


def responses(schema: Any, *, status: int = 200, writing: bool = False) -> dict[int, Any]:
    """The answer when all is well, and every refusal as a problem."""
    return {status: schema} | dict.fromkeys(_WRITING if writing else _READING, ProblemSchema)
