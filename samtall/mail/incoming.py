"""A message that came to our mailbox: filed with the case that it answers, or held for a person to look at (E2).

Filed by itself is only an answer that carries the key of a letter, which who has not got the letter cannot know, and
that comes from the address the letter was sent to. A sender's address can be forged; both together hardly.
"""

import email
import re
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import default as modern
from email.utils import parseaddr

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.base.reading import tidy
from samtall.mail.addresses import is_own, keys_in
from samtall.mail.models import IncomingLetter, Letter, LetterRecord
from samtall.mail.reports import Report, read_report

MOST_BYTES = 25_000_000
MOST_TEXT = 100_000
MOST_HOPS = 50

Reason = IncomingLetter.Reason
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,300})>")
_ABSENT = re.compile(
    r"(?i)^(?:automatisk svar|autosvar|fravær|fråvær|automatic reply|auto(?:matic)?[ -]?reply|out of office)"
)


class MessageTooLarge(Refusal):
    """The message is larger than we take."""


def take(raw: bytes, *, at: datetime) -> IncomingLetter | LetterRecord | None:
    """Take in a message as the mail server gives it: what it was filed or held as, or what it reported of a letter.

    The same message twice gives what it became the first time; a report that changes nothing gives None.
    Raises MessageTooLarge.
    """
    if len(raw) > MOST_BYTES:
        raise MessageTooLarge(_("The message is larger than 25 MB, and was not taken in."))
    message = email.message_from_bytes(raw, policy=modern)
    report = read_report(message)
    letter = Letter.objects.filter(message_id=report.message_id).first() if report and report.message_id else None
    if report and letter:
        return _report(letter, report, at=at)
    return _keep(message, raw, at=at)


def _report(letter: Letter, report: Report, *, at: datetime) -> LetterRecord | None:
    what = {"failed": LetterRecord.What.RETURNED, "delayed": LetterRecord.What.DELAYED}.get(report.action)
    if what is None:
        return None
    with transaction.atomic():
        if what == LetterRecord.What.RETURNED:
            Letter.objects.filter(pk=letter.pk).update(state=Letter.State.RETURNED)
        return letter.records.create(what=what, at=at, note=_storable(report.note)[:500])


def _keep(message: EmailMessage, raw: bytes, *, at: datetime) -> IncomingLetter:
    message_id = next(iter(_MESSAGE_ID.findall(_header(message, "Message-ID"))), "")
    if message_id and (earlier := IncomingLetter.objects.filter(message_id=message_id).first()):
        return earlier
    letter = _answered(message)
    sender = parseaddr(_header(message, "From"))[1][:254]
    text, whole = _text(message)
    reason = _why_held(message, letter, sender, text, whole=whole)
    kept = IncomingLetter(
        message_id=message_id,
        sender=sender,
        subject=tidy(_storable(_header(message, "Subject")))[:500],
        text=text[:MOST_TEXT],
        raw=raw,
        received_at=at,
        letter=letter,
        about=letter.about if letter else "",
        state=IncomingLetter.State.HELD if reason else IncomingLetter.State.FILED,
        reason=reason or "",
    )
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:  # the same message came twice at once
        return IncomingLetter.objects.get(message_id=message_id)
    return kept


def _answered(message: EmailMessage) -> Letter | None:
    """The letter that a message answers: by the address it went to, or by the Message-IDs that it refers to."""
    keys = [key for name in ("To", "Cc", "Delivered-To", "X-Original-To") for key in keys_in(_header(message, name))]
    referred = _MESSAGE_ID.findall(_header(message, "In-Reply-To") + _header(message, "References"))
    named = Q(message_id__in=referred)
    for key in keys:
        named |= Q(message_id__startswith=f"{key}@")
    return Letter.objects.filter(named, emptied_at=None).order_by("-pk").first()


def _why_held(
    message: EmailMessage, letter: Letter | None, sender: str, text: str, *, whole: bool
) -> IncomingLetter.Reason | None:
    """The first reason for which a person must look at it; None when it can be filed."""
    reasons = (
        (Reason.LOOP, len(message.get_all("Received", [])) > MOST_HOPS),
        (Reason.OWN, is_own(sender)),
        (Reason.AUTOMATIC, _is_automatic(message)),
        (Reason.UNKNOWN, letter is None or not letter.about),
        (Reason.OTHER_SENDER, letter is not None and sender.lower() != letter.to.lower()),
        (Reason.BROKEN, not whole),
        (Reason.NO_TEXT, not text),
        (Reason.FILES, any(_files(message))),
    )
    return next((reason for reason, holds in reasons if holds), None)


def _is_automatic(message: EmailMessage) -> bool:
    automatic = _header(message, "Auto-Submitted").lower().partition(";")[0].strip() not in ("", "no")
    bulk = _header(message, "Precedence").lower().strip() in ("bulk", "junk", "list", "auto_reply")
    answered = any(message[name] for name in ("X-Autoreply", "X-Autorespond", "List-Id"))
    nobody = _header(message, "Return-Path").strip() == "<>"
    report = message.get_content_type() == "multipart/report"
    return automatic or bulk or answered or nobody or report or bool(_ABSENT.match(_header(message, "Subject").strip()))


def files_in(raw: bytes) -> list[str]:
    """The names of the files in a message."""
    return [_storable(name) for name in _files(email.message_from_bytes(raw, policy=modern))]


def _files(message: EmailMessage) -> Iterator[str]:
    """Pictures that stand in the text, and signatures, are no files."""
    for part in message.walk():
        if part.is_multipart() or part.get_content_type() in (
            "application/pgp-signature",
            "application/pkcs7-signature",
        ):
            continue
        inline_picture = part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"
        text = part.get_content_type() in ("text/plain", "text/html") and part.get_content_disposition() != "attachment"
        if not inline_picture and not text:
            yield part.get_filename() or part.get_content_type()


def _text(message: EmailMessage) -> tuple[str, bool]:
    """The plain text, and whether all of the message could be read."""
    whole = not any(part.defects for part in message.walk())
    body = message.get_body(("plain",))
    if body is None:
        return "", whole
    try:
        text = str(body.get_content())
    except (LookupError, UnicodeError):  # a character set that does not exist
        payload = body.get_payload(decode=True)
        text, whole = payload.decode(errors="replace") if isinstance(payload, bytes) else "", False
    return tidy(_storable(text), lines=True), whole


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; what cannot be parsed at all is empty."""
    try:
        return " ".join(str(value) for value in message.get_all(name, []))
    except (ValueError, LookupError, AttributeError, TypeError):  # Python's parser stumbles on some malformed headers
        return ""


def _storable(text: str) -> str:
    return "".join(
        character
        for character in text
        if character in "\n\t" or (ord(character) >= 32 and not 0xD7FF < ord(character) < 0xE000)
    )
