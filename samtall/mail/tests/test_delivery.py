"""Letters reach a real mail server: once where it can be, never lost, and what went wrong is told."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import LazySettings
from django.db import transaction

from samtall.accounts.models import User
from samtall.mail import operations, work
from samtall.mail.files import File
from samtall.mail.models import Letter
from samtall.mail.tests.conftest import AT, Server, WriteLetter, free_port

pytestmark = pytest.mark.django_db


def deliver_all(at: datetime = AT) -> None:
    while work.deliver(at):
        pass


def happened(letter: Letter) -> list[str]:
    return list(letter.records.order_by("pk").values_list("what", flat=True))


def state(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.state


def test_a_letter_arrives_whole(mail_server: Server, write: WriteLetter) -> None:
    files = [
        File("æøå; x.pdf", b"%PDF-1.4", "application/pdf"),
        File("samtall.ics", b"BEGIN:VCALENDAR", "text/calendar"),
    ]
    letter = write(context={"title": "brød 🥖", "name": "Kåre"}, files=files)
    assert work.deliver(AT) is False
    [message] = mail_server.received
    key = letter.message_id.partition("@")[0]
    assert {name: message[name] for name in ("From", "To", "Subject", "Reply-To", "Message-ID", "Auto-Submitted")} == {
        "From": "Samtall <post@samtall.example>",
        "To": "kari@bakeri.example",
        "Subject": "About brød 🥖",
        "Reply-To": f"svar+{key}@samtall.example",
        "Message-ID": f"<{key}@samtall.example>",
        "Auto-Submitted": "auto-generated",
    }
    assert message["Date"].datetime
    assert mail_server.envelopes == [(f"svar+{key}@samtall.example", ["kari@bakeri.example"])]
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert "Hello, Kåre." in text.get_content()
    assert "<p>Hello, Kåre.</p>" in html.get_content()
    assert [part.get_filename() for part in message.iter_attachments()] == ["æøå; x.pdf", "samtall.ics"]
    assert (state(letter), letter.sent_at, happened(letter)) == ("sent", AT, ["sent"])


def test_nothing_is_sent_twice_or_before_its_time(mail_server: Server, write: WriteLetter) -> None:
    write()
    write(not_before=AT + timedelta(minutes=10))
    deliver_all()
    deliver_all()
    assert len(mail_server.received) == 1
    deliver_all(AT + timedelta(minutes=10))
    assert len(mail_server.received) == 2


def test_a_letter_that_waits_can_be_stopped(mail_server: Server, write: WriteLetter, coordinator: User) -> None:
    letter = write(not_before=AT + timedelta(minutes=10))
    operations.stop(letter, by=coordinator, at=AT)
    deliver_all(AT + timedelta(minutes=10))
    assert (mail_server.received, state(letter), happened(letter)) == ([], "stopped", ["stopped"])
    with pytest.raises(operations.NotWaiting):
        operations.stop(letter, by=coordinator, at=AT)


def test_what_the_server_refuses_is_told_and_not_tried_again(mail_server: Server, write: WriteLetter) -> None:
    mail_server.refusals["kari@bakeri.example"] = "550 5.1.1 No such user here"
    letter, other = write(), write(to="ola@bakeri.example")
    deliver_all()
    deliver_all(AT + timedelta(days=2))
    assert (state(letter), happened(letter)) == ("failed", ["refused"])
    assert letter.records.get().note == "550 5.1.1 No such user here"
    assert state(other) == "sent"


def test_a_letter_can_be_sent_again_by_somebody(mail_server: Server, write: WriteLetter, coordinator: User) -> None:
    mail_server.refusals["kari@bakeri.example"] = "550 5.1.1 No such user here"
    letter = write()
    deliver_all()
    mail_server.refusals.clear()
    operations.send_again(letter, by=coordinator, at=AT)
    deliver_all()
    assert (state(letter), happened(letter)) == ("sent", ["refused", "again", "sent"])
    assert mail_server.received[0]["Message-ID"] == f"<{letter.message_id}>"


def test_ten_tries_within_48_hours_and_then_it_is_given_up(mail_server: Server, write: WriteLetter) -> None:
    mail_server.answer = "451 4.3.0 Try later"
    letter = write()
    tried = []
    while letter.state == "waiting":
        tried.append(letter.due_at - AT)
        work.deliver(letter.due_at - timedelta(seconds=1))
        work.deliver(letter.due_at)
        letter.refresh_from_db()
    assert len(tried) == 10
    assert tried[-1] == timedelta(hours=48)
    assert (letter.state, happened(letter)) == ("failed", ["later"] * 9 + ["given_up"])
    assert set(letter.records.values_list("note", flat=True)) == {"451 4.3.0 Try later"}


@pytest.mark.parametrize("fault", ["drop", "slow", "away"])
def test_a_server_that_fails_is_tried_again_with_the_same_message_id(
    mail_server: Server, write: WriteLetter, settings: LazySettings, fault: str
) -> None:
    working = settings.EMAIL_PORT
    settings.EMAIL_TIMEOUT = 0.3
    mail_server.drop = fault == "drop"
    mail_server.seconds = 1.0 if fault == "slow" else 0.0
    settings.EMAIL_PORT = free_port() if fault == "away" else working
    letter = write()
    assert work.deliver(AT) is False
    assert (state(letter), happened(letter), letter.due_at) == ("waiting", ["later"], AT + timedelta(minutes=1))
    mail_server.drop, mail_server.seconds, settings.EMAIL_PORT = False, 0.0, working
    deliver_all(AT + timedelta(minutes=1))
    assert state(letter) == "sent"
    assert {message["Message-ID"] for message in mail_server.received} == {f"<{letter.message_id}>"}


def test_a_server_that_cannot_show_who_it_is_gets_nothing(
    mail_server: Server, write: WriteLetter, settings: LazySettings, tmp_path: Path
) -> None:
    letter = write()
    controller = Controller(mail_server, hostname="127.0.0.1", port=free_port(), tls_context=expired(tmp_path))
    controller.start()
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS = controller.port, True
    assert work.deliver(AT) is False
    controller.stop()
    assert (mail_server.received, state(letter), happened(letter)) == ([], "waiting", ["later"])
    assert "CERTIFICATE_VERIFY_FAILED" in letter.records.get().note


def expired(folder: Path) -> ssl.SSLContext:
    """What a mail server shows that it is, until yesterday."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    now = datetime.now(UTC)
    certificate = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=9), now - timedelta(days=1)
    ).sign(key, hashes.SHA256())
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    shown = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + certificate.public_bytes(pem)
    (folder / "shown.pem").write_bytes(shown)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "shown.pem")
    return context


def test_one_address_gets_its_letters_in_the_order_they_were_written(mail_server: Server, write: WriteLetter) -> None:
    mail_server.refusals["kari@bakeri.example"] = "450 4.2.1 Mailbox busy"
    for number in range(3):
        write(context={"title": number, "name": "Kari"})
    write(to="ola@bakeri.example")
    deliver_all()
    assert [message["To"] for message in mail_server.received] == ["ola@bakeri.example"]
    mail_server.refusals.clear()
    deliver_all(AT + timedelta(minutes=1))
    assert [message["Subject"] for message in mail_server.received[1:]] == ["About 0", "About 1", "About 2"]


def test_a_letter_whose_sender_died_is_sent_when_the_lease_has_run_out(mail_server: Server, write: WriteLetter) -> None:
    letter = write()
    Letter.objects.update(lease="somebody", leased_until=AT + work.LEASE, tries=1)
    deliver_all()
    assert mail_server.received == []
    deliver_all(AT + work.LEASE)
    assert (len(mail_server.received), state(letter)) == (1, "sent")


def test_a_letter_that_kills_its_sender_each_time_is_given_up(mail_server: Server, write: WriteLetter) -> None:
    letter = write()
    Letter.objects.update(lease="somebody", leased_until=AT, tries=work.MOST_TRIES)
    deliver_all()
    assert (mail_server.received, state(letter), happened(letter)) == ([], "failed", ["given_up"])


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_a_transaction(mail_server: Server, write: WriteLetter) -> None:
    write()
    with pytest.raises(RuntimeError), transaction.atomic():
        work.deliver(AT)
    assert mail_server.received == []


def test_in_a_demonstration_nothing_leaves_the_machine(
    mail_server: Server, write: WriteLetter, settings: LazySettings
) -> None:
    settings.DEMONSTRATION = True
    letter = write()
    deliver_all()
    assert (mail_server.received, state(letter), happened(letter)) == ([], "sent", ["shown"])


def test_what_letters_said_is_deleted_after_a_year(mail_server: Server, write: WriteLetter) -> None:
    old = write(at=AT - timedelta(days=366), files=[File("a.pdf", b"x", "application/pdf")])
    waiting = write(to="ola@bakeri.example", at=AT - timedelta(days=366), not_before=AT + timedelta(days=1))
    new = write(at=AT - timedelta(days=364))
    deliver_all()
    assert work.purge(AT) is False
    for letter in (old, waiting, new):
        letter.refresh_from_db()
    assert (old.to, old.subject, old.text, old.state, old.about) == ("", "", "", "sent", "inquiry:12")
    assert (old.emptied_at, old.files.count()) == (AT, 0)
    assert (waiting.to, new.to) == ("ola@bakeri.example", "kari@bakeri.example")
