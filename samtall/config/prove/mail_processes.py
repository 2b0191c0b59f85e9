"""What writes letters and what sends them, in processes of their own, to be killed at any point."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from unittest.mock import patch

from django.db import transaction

from samtall.inquiries import letters
from samtall.inquiries import operations as inquiries
from samtall.inquiries.models import ContactForm
from samtall.mail import message, work
from samtall.mail import operations as mail
from samtall.mail.models import Letter

AT = datetime(2017, 3, 1, 9, tzinfo=UTC)
#: The protection that is taken away, in the environment because these processes are not forked from ours.
WITHOUT = "SAMTALL_PROVE_WITHOUT"
OUTBOX, MESSAGE_ID = "outbox", "message-id"


def write(writer: int, told: Connection) -> None:
    """Receive inquiries, each with its receipt, until killed; every second one is rolled back. Tells each committed."""
    form = ContactForm.objects.get()
    outside = os.environ.get(WITHOUT) == OUTBOX
    for number in range(1_000_000):
        key, at = f"{writer}-{number}", AT + timedelta(hours=number)
        said = {"organisation": "Bø Bygg", "contact_name": "Kari", "email": "k@eksempel.no", "description": "Noe"}
        with _letter_before(key, at) if outside else transaction.atomic(), transaction.atomic():
            inquiries.receive(form, said | {"email": f"kari{key}@eksempel.no"}, key=key, language="nb", at=at)
            transaction.set_rollback(number % 2 == 1)
        if number % 2 == 0:
            told.send(key)


@contextmanager
def _letter_before(key: str, at: datetime) -> Iterator[None]:
    """The letter is there for itself, before what it tells of is certain."""
    write_letter(f"kari{key}@eksempel.no", f"inquiry:{key}", at)
    with patch.object(letters, "send_receipt", lambda inquiry, at: None):
        yield


def write_letter(to: str, about: str, at: datetime = AT) -> None:
    mail.write(
        to=to,
        language="nb",
        template="mail/letters/trial.txt",
        context={},
        purpose="receipt",
        about=about,
        by="system:prove",
        at=at,
    )


def send(turn: int, told: Connection) -> None:
    """Send what is due, after the leases of the turn before have run out, until killed or nothing is left."""
    at = datetime(2040, 1, 1, tzinfo=UTC) + work.LEASE * turn
    headers_of = message.headers_of

    def with_new_id(letter: Letter) -> dict[str, str]:
        return headers_of(letter) | {"Message-ID": f"<{random.getrandbits(64)}@localhost>"}

    new_id = os.environ.get(WITHOUT) == MESSAGE_ID
    with patch.object(message, "headers_of", with_new_id if new_id else headers_of):
        told.send("begun")
        while work.deliver(at):
            pass
