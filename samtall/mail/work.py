"""Sending what is in the outbox, and deleting what is old; for the background worker, and for several at once.

A letter is leased, sent, and marked, each by itself: nothing is sent inside a database transaction. Who dies between
sending and marking leaves a letter that is sent again, with the same Message-ID, when the lease has run out.
"""

import logging
import secrets
import smtplib
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet

from samtall.accounts import limits
from samtall.mail.message import message_of
from samtall.mail.models import IncomingLetter, Letter, LetterRecord
from samtall.mail.operations import empty_answers, empty_letters
from samtall.mail.queries import due

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
#: For how long one call goes on: other work waits for it, and its leases are counted from its start.
MOST_SECONDS = 5
#: How long after each try the next one comes: ten tries within 48 hours.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 180, 360, 660, 720, 874)]
MOST_TRIES = len(PAUSES) + 1
PURGED_AT_ONCE = 100

What = LetterRecord.What


@dataclass(frozen=True)
class Outcome:
    """What came of a try; `server_works` is false when the next letter would fare no better."""

    what: LetterRecord.What
    note: str = ""
    server_works: bool = True


def deliver(at: datetime) -> bool:
    """Send the letters that are due; true when more of them are. Raises RuntimeError inside a transaction."""
    stop_at = time.monotonic() + MOST_SECONDS
    connection = _connection()
    try:
        while time.monotonic() < stop_at:
            letter = _lease(at)
            if letter is None:
                return False
            interrupted = letter.tries > MOST_TRIES  # each try so far died before it could be marked
            outcome = Outcome(What.GIVEN_UP) if interrupted else _try_to_send(letter, connection)
            _mark(letter, outcome, at)
            if not outcome.server_works:
                return False
    finally:
        _close(connection)
    return due(at).exists()


def _connection() -> BaseEmailBackend:
    """A demonstration writes to nobody."""
    backend = "django.core.mail.backends.dummy.EmailBackend" if settings.DEMONSTRATION else None
    return get_connection(backend)


def _lease(at: datetime) -> Letter | None:
    """The next letter, which from now on is ours to send."""
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    for pk in list(due(at).values_list("pk", flat=True)[:20]):
        lease = secrets.token_hex(16)
        with transaction.atomic(durable=True):
            taken = Letter.objects.filter(free, pk=pk, state=Letter.State.WAITING, due_at__lte=at).update(
                lease=lease, leased_until=at + LEASE, tries=F("tries") + 1
            )
        if taken:
            return Letter.objects.get(pk=pk, lease=lease)
    return None


def _try_to_send(letter: Letter, connection: BaseEmailBackend) -> Outcome:
    try:
        message = message_of(letter, connection)
        message.message()
    except (ValueError, LookupError) as error:  # what a header or a part refuses to hold
        return Outcome(What.UNFIT, str(error))
    try:
        connection.open()
        message.send()
    except Exception as error:
        _close(connection)
        return _outcome(error)
    return Outcome(What.SHOWN if settings.DEMONSTRATION else What.SENT)


def _outcome(error: Exception) -> Outcome:
    """A 5xx answer about the receiver or the message is final. Everything else may be mended, so it is tried again."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            [(code, answer)] = refused.values()
            return _answered(code, answer)
        case smtplib.SMTPDataError(smtp_code=code, smtp_error=answer):
            return _answered(code, answer)
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=answer):
            return Outcome(What.LATER, _words(code, answer), server_works=False)
        case smtplib.SMTPException() | OSError():
            return Outcome(What.LATER, f"{type(error).__name__}: {error}", server_works=False)
        case _:
            logger.exception("A letter could not be sent, for a reason that is ours")
            return Outcome(What.LATER, type(error).__name__)


def _answered(code: int, answer: bytes | str) -> Outcome:
    return Outcome(What.REFUSED if 500 <= code < 600 else What.LATER, _words(code, answer), server_works=code != 421)


def _words(code: int, answer: bytes | str) -> str:
    return f"{code} {answer.decode(errors='replace') if isinstance(answer, bytes) else answer}"


def _mark(letter: Letter, outcome: Outcome, at: datetime) -> None:
    """Write down what came of it, unless the lease ran out and another has taken over."""
    what = outcome.what
    if what == What.LATER and letter.tries >= MOST_TRIES:
        what = What.GIVEN_UP
    changes: dict[str, Any] = {"lease": "", "leased_until": None}
    if what in (What.SENT, What.SHOWN):
        changes |= {"state": Letter.State.SENT, "sent_at": at}
    elif what == What.LATER:
        changes |= {"due_at": at + PAUSES[letter.tries - 1]}
    else:
        changes |= {"state": Letter.State.FAILED}
    with transaction.atomic(durable=True):
        if Letter.objects.filter(pk=letter.pk, lease=letter.lease).update(**changes):
            letter.records.create(what=what, at=at, note=outcome.note.replace("\x00", "")[:500])


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        logger.debug("The mail server did not say goodbye", exc_info=True)


def purge(at: datetime) -> bool:
    """Delete the content of letters that are older than `MAIL_KEPT_DAYS`; true when there is more to delete."""
    before = at - timedelta(days=settings.MAIL_KEPT_DAYS)
    old = Letter.objects.filter(written_at__lt=before, emptied_at=None).exclude(state=Letter.State.WAITING)
    received = IncomingLetter.objects.filter(received_at__lt=before, emptied_at=None)
    with transaction.atomic():
        emptied = empty_letters(_first(old), at=at) + empty_answers(_first(received), at=at)
        limits.forget(at=at)
    return emptied >= PURGED_AT_ONCE


def _first(things: "QuerySet[Any]") -> list[int]:
    return list(things.order_by("pk").values_list("pk", flat=True)[:PURGED_AT_ONCE])
