"""An address that is forgotten leaves no trace, and what is counted of letters stays."""

from datetime import timedelta

import pytest

from samtall.accounts.models import Allowance, User
from samtall.mail import incoming, operations
from samtall.mail.files import File
from samtall.mail.models import IncomingLetter, Letter, LetterFile, LetterRecord
from samtall.mail.tests.conftest import AT, Server, WriteLetter
from samtall.mail.tests.test_incoming import answer_to

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=3)


def everything_kept() -> str:
    """All that the tables of the room hold, as one text."""
    tables = (Letter, LetterFile, LetterRecord, IncomingLetter, Allowance)
    rows = [row for table in tables for row in table.objects.values_list()]
    return " ".join(
        bytes(v).decode("latin-1") if isinstance(v, memoryview | bytes) else str(v) for r in rows for v in r
    )


def test_every_trace_of_an_address_is_deleted(mail_server: Server, write: WriteLetter) -> None:
    letter = write(to="Kari@bakeri.example", most_per_hour=5, files=[File("a.txt", b"x", "text/plain")])
    letter.records.create(what="later", at=AT, note="450 <kari@bakeri.example> busy")
    about_her = write(to="ola@bakeri.example", context={"title": "KARI@bakeri.example", "name": "Ola"})
    with_file = write(to="ola@bakeri.example", files=[File("k.csv", b"name;kari@bakeri.example", "text/csv")])
    incoming.take(answer_to(letter, From="KARI@bakeri.example").as_bytes(), at=AT)
    incoming.take(b"From: x@y.example\nSubject: Hei\nCc: kari@bakeri.example\n\nHei\n", at=AT)
    kept = write(to="ola@bakeri.example")
    assert operations.forget("kari@bakeri.example", at=LATER) == 5
    assert "kari@bakeri" not in everything_kept().lower()
    for one in (letter, about_her, with_file, kept):
        one.refresh_from_db()
    assert [one.emptied_at for one in (letter, about_her, with_file, kept)] == [LATER, LATER, LATER, None]
    assert (letter.state, letter.purpose, letter.about, letter.written_at) == ("stopped", "receipt", "inquiry:12", AT)


def test_a_longer_address_that_holds_it_is_somebody_else(write: WriteLetter) -> None:
    other = write(to="xkari@bakeri.example")
    assert operations.forget("kari@bakeri.example", at=LATER) == 0
    other.refresh_from_db()
    assert other.to == "xkari@bakeri.example"


def test_what_was_forgotten_cannot_be_sent_again(write: WriteLetter, coordinator: User) -> None:
    letter = write()
    operations.forget("kari@bakeri.example", at=LATER)
    with pytest.raises(operations.NothingToSend):
        operations.send_again(letter, by=coordinator, at=LATER)
