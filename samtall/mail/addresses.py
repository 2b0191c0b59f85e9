"""Our own addresses: the mailbox, the Message-ID of a letter, and the address that an answer to it goes to."""

import re
import secrets
from email.utils import parseaddr

from django.conf import settings

_PLUS = re.compile(r"\+([0-9a-f]{32})@")


def new_message_id() -> str:
    """128 random bits at our own domain; who has not got the letter cannot guess it."""
    return f"{secrets.token_hex(16)}@{_domain()}"


def answer_address(message_id: str) -> str:
    """Where an answer goes so that it finds its case: post+KEY@…; empty where no mailbox for answers is set up."""
    mailbox, at, domain = settings.MAIL_ANSWERS.partition("@")
    return f"{mailbox}+{message_id.partition('@')[0]}@{domain}" if at else ""


def keys_in(text: str) -> list[str]:
    """The keys of letters in the addresses that a message was sent to."""
    return _PLUS.findall(text.lower())


def is_own(address: str) -> bool:
    """Whether an address is one that our letters come from or that answers go to."""
    own = {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower(), settings.MAIL_ANSWERS.lower()} - {""}
    return re.sub(r"\+[^@]*@", "@", address.lower()) in own


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
