"""Those whom the partners have named get checkpoints by mail, once for each occasion, and can use them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core import mail as django_mail
from django.utils import translation
from pytest_django import Settings

from samtall.base.text import Words
from samtall.ledger import checkpoints
from samtall.ledger.operations import restate
from samtall.ledger.tests.test_verify import FACT
from samtall.mail.message import message_of
from samtall.mail.models import Letter
from samtall.witnesses import operations, queries, work
from samtall.witnesses.models import Receiver

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
BY = "user:1"
REPORT = Words("årsrapporten for 2026", "årsrapporten for 2026", "the annual report for 2026")


@pytest.fixture(autouse=True)
def books(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.DATA, settings.SIGNING_KEY, settings.ADDRESS = tmp_path, "", "https://samtall.example.no"
    restate("activity:1", [FACT], by=BY, at=AT)


@pytest.fixture
def auditor() -> Receiver:
    return operations.add("Revisor i Nome", "revisor@nome.example", language="nn", by=BY, at=AT)


def test_each_month_everybody_gets_one(auditor: Receiver) -> None:
    other = operations.add("USN", "arkiv@usn.example", language="en", by=BY, at=AT)
    for at in (AT, AT, LATER):
        work.send_monthly(at)
    sent = Letter.objects.order_by("pk").values_list("to", "language", "subject")
    nynorsk = (auditor.email, "nn", "Bøkene i Samtall: kontrollpunktet for månaden")
    english = (other.email, "en", "The books of Samtall: this month’s checkpoint")
    assert list(sent) == [nynorsk, english, nynorsk, english]


def test_who_is_added_in_the_middle_of_a_month_gets_that_months(auditor: Receiver) -> None:
    work.send_monthly(AT)
    late = operations.add("USN", "arkiv@usn.example", language="nb", by=BY, at=AT)
    work.send_monthly(AT)
    assert list(Letter.objects.order_by("pk").values_list("to", flat=True)) == [auditor.email, late.email]


def test_an_occasion_brings_one_letter_however_often_it_is_told_of(auditor: Receiver) -> None:
    told = [operations.send_checkpoint(REPORT, occasion="publication:1", at=AT) for _time in range(2)]
    told.append(operations.send_checkpoint(REPORT, occasion="publication:2", at=AT))
    assert (told, Letter.objects.count(), auditor.sendings.count()) == ([1, 0, 1], 2, 2)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_letter_and_its_file_each_have_a_checkpoint_that_can_be_read(language: str) -> None:
    operations.add("Kari", "kari@nome.example", language=language, by=BY, at=AT)
    operations.send_checkpoint(REPORT, occasion="publication:1", at=AT)
    message = message_of(Letter.objects.get())
    name, content, type_ = message.attachments[0]
    assert (name, type_) == ("kontrollpunkt-1.txt", "text/plain")
    assert isinstance(message.body, str)
    for text in (message.body, content.decode() if isinstance(content, bytes) else str(content)):
        assert checkpoints.read(text, checkpoints.verifier_key()) == checkpoints.at(1)
    assert checkpoints.verifier_key() in message.body


def test_the_letter_travels_whole(auditor: Receiver) -> None:
    operations.send_checkpoint(REPORT, occasion="publication:1", at=AT)
    message_of(Letter.objects.get()).send()
    parts = django_mail.outbox[0].message().walk()
    texts = [part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/plain"]
    assert [checkpoints.read(text.decode()) for text in texts if isinstance(text, bytes)] == [checkpoints.at(1)] * 2


def test_what_is_published_can_bring_its_own_checkpoint(auditor: Receiver) -> None:
    frozen = checkpoints.sign(checkpoints.current())
    restate("activity:2", [FACT], by=BY, at=AT)
    operations.send_checkpoint(REPORT, occasion="publication:1", note=frozen, at=AT)
    assert checkpoints.read(Letter.objects.get().text).position == 1
    assert [(one.position, one.receivers) for one in queries.sent()] == [(1, 1)]


def test_who_has_ended_gets_no_more(auditor: Receiver) -> None:
    operations.end(auditor, by=BY, at=AT)
    work.send_monthly(AT)
    assert Letter.objects.count() == 0
    with pytest.raises(operations.HasEnded):
        operations.end(auditor, by=BY, at=AT)
    operations.add("Revisor i Nome", "revisor@nome.example", language="nn", by=BY, at=LATER)


def test_one_address_gets_one_letter(auditor: Receiver) -> None:
    with translation.override("en"), pytest.raises(operations.AlreadyReceives, match="REVISOR@nome"):
        operations.add("Ola", "REVISOR@nome.example", language="nb", by=BY, at=AT)


def test_nothing_is_signed_where_nobody_receives(settings: Settings) -> None:
    assert operations.send_checkpoint(REPORT, occasion="publication:1", at=AT) == 0
    assert list(Path(settings.DATA).iterdir()) == []
