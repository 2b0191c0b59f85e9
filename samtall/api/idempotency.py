"""A call that is repeated does not act twice: its answer is kept with its Idempotency-Key for a day."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samtall.api.callers import Caller
from samtall.api.models import KeptAnswer
from samtall.api.problems import Problem

KEPT_FOR = timedelta(days=1)
_KEY = re.compile(r"[A-Za-z0-9._:-]{8,200}")

#: The status and the body of an answer.
Answer = tuple[int, dict[str, Any]]


def once(request: HttpRequest, caller: Caller, act: Callable[[], Answer], *, at: datetime) -> Answer:
    """Do `act` and keep its answer in one transaction; the same call again gets the same answer.

    Without an Idempotency-Key it is simply done. Raises P4 for a malformed key or one used with another body, and P3
    while the first call is under way.
    """
    written = request.headers.get("Idempotency-Key")
    if written is None:
        with transaction.atomic():
            return act()
    if not _KEY.fullmatch(written):
        raise Problem("P4", _("The Idempotency-Key must have 8–200 letters, digits, or the characters . _ : -"))
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
    actor = caller.key.signature if caller.key else ""
    try:
        with transaction.atomic():
            KeptAnswer.objects.filter(at__lt=at - KEPT_FOR).delete()
            kept = KeptAnswer.objects.filter(actor=actor, key=written).first()
            if kept is None:
                kept = KeptAnswer.objects.create(actor=actor, key=written, digest=digest, at=at)
                kept.status, kept.body = act()
                kept.save()
    except IntegrityError:
        kept = KeptAnswer.objects.get(actor=actor, key=written)  # another call came first, and is through
    except OperationalError:
        raise Problem(
            "P3",
            _("The same Idempotency-Key is in use by a call under way. Try again in a few seconds."),
            headers={"Retry-After": "3"},
        ) from None
    if kept.digest != digest:
        raise Problem("P4", _("The Idempotency-Key was used with other content. Use a new key for a new call."))
    return kept.status, kept.body
