"""What mail servers report of letters that have left (RFC 3464)."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string
from email.message import Message


@dataclass(frozen=True)
class Report:
    """`message_id` is of the letter that it tells of; `action` is failed, delayed, delivered, relayed or expanded."""

    message_id: str
    action: str
    note: str


def read_report(message: "Message") -> Report | None:
    """The report that a message is; None when it is another sort of message."""
    if message.get_content_type() != "multipart/report":
        return None
    status = next((part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None)
    if status is None:
        return None
    fields = [block for block in _inner(status) if block["Action"]]
    if not fields:
        return None
    said = [str(fields[0][name] or "") for name in ("Status", "Diagnostic-Code")]
    return Report(_original_id(message), str(fields[0]["Action"]).strip().lower(), " ".join(filter(None, said)))


def _original_id(message: "Message") -> str:
    """The Message-ID of the letter, which a report has with it whole or as headers."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            original: Message | None = next(_inner(part), None)
        elif kind == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            original = message_from_string(payload.decode(errors="replace")) if isinstance(payload, bytes) else None
        else:
            continue
        if original is not None and original["Message-ID"]:
            return str(original["Message-ID"]).strip().strip("<>")
    return ""


def _inner(part: "Message") -> Iterator["Message"]:
    payload = part.get_payload()
    return (block for block in payload if isinstance(block, Message)) if isinstance(payload, list) else iter(())
