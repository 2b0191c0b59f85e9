"""What comes to our mailbox: filed with the case it answers, told of the letter it reports on, or held for a person."""

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from samtall.config import command_line
from samtall.mail import incoming, queries
from samtall.mail.models import IncomingLetter, Letter, LetterRecord
from samtall.mail.tests.conftest import AT, Server, WriteLetter

pytestmark = pytest.mark.django_db

REPORT = """From: MAILER-DAEMON@mx.example
To: svar@samtall.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-1@mx.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; kari@bakeri.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 unknown user

--b
Content-Type: {part}

From: post@samtall.example
Message-ID: <{message_id}>
Subject: About bread

--b--
"""


@pytest.fixture
def letter(mail_server: Server, write: WriteLetter) -> Letter:
    return write()


def answer_to(letter: Letter, **headers: str) -> EmailMessage:
    message = EmailMessage()
    named = {
        "From": "Kari Nordmann <kari@bakeri.example>",
        "To": "Samtall <post@samtall.example>",
        "Subject": "Re: About bread",
        "Message-ID": "<answer-1@bakeri.example>",
        "In-Reply-To": f"<{letter.message_id}>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in named.items():
        if value:
            message[name] = value
    message.set_content("Ja takk.\n\n> Hello, Kari.\n")
    return message


def taken(message: EmailMessage | bytes) -> IncomingLetter:
    answer = incoming.take(message if isinstance(message, bytes) else message.as_bytes(), at=AT)
    assert isinstance(answer, IncomingLetter)
    return answer


def test_an_answer_is_filed_with_its_case(letter: Letter) -> None:
    answer = taken(answer_to(letter))
    assert (answer.state, answer.reason, answer.about, answer.letter) == ("filed", "", "inquiry:12", letter)
    assert (answer.sender, answer.subject, answer.text) == (
        "kari@bakeri.example",
        "Re: About bread",
        "Ja takk.\n\n> Hello, Kari.",
    )
    assert list(queries.answers_about("inquiry:12")) == [answer]


def test_an_answer_is_found_by_references_or_by_the_address_it_went_to(letter: Letter) -> None:
    key = letter.message_id.partition("@")[0]
    by_references = answer_to(letter, In_Reply_To="", References=f"<other@x.example> <{letter.message_id}>")
    by_address = answer_to(
        letter, In_Reply_To="", To=f"Samtall <svar+{key}@samtall.example>", Message_ID="<2@b.example>"
    )
    assert [taken(message).about for message in (by_references, by_address)] == ["inquiry:12", "inquiry:12"]


def test_the_same_message_twice_is_kept_once(letter: Letter) -> None:
    assert taken(answer_to(letter)) == taken(answer_to(letter))
    assert IncomingLetter.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"In_Reply_To": "<0123456789abcdef0123456789abcdef@samtall.example>"}, "unknown"),
        ({"In_Reply_To": "", "To": "svar+0123456789abcdef0123456789abcdef@samtall.example"}, "unknown"),
        ({"From": "ola@konkurrent.example"}, "other_sender"),
        ({"From": '"kari@bakeri.example" <ola@konkurrent.example>'}, "other_sender"),
        ({"From": ""}, "other_sender"),
        ({"From": "Samtall <post@samtall.example>"}, "own"),
        ({"Auto_Submitted": "auto-replied"}, "automatic"),
        ({"Precedence": "bulk"}, "automatic"),
        ({"Return_Path": "<>"}, "automatic"),
        ({"Subject": "Automatisk svar: Ferie"}, "automatic"),
        ({"Subject": "Out of Office: gone fishing"}, "automatic"),
        ({"List_Id": "<all.bakeri.example>"}, "automatic"),
        ({"X_Autoreply": "yes"}, "automatic"),
    ],
)
def test_what_is_not_surely_an_answer_is_held_for_a_person(
    letter: Letter, headers: dict[str, str], reason: str
) -> None:
    answer = taken(answer_to(letter, **headers))
    assert (answer.state, answer.reason) == ("held", reason)
    assert list(queries.answers_about("inquiry:12")) == []


def test_what_is_held_for_a_person_still_says_what_it_may_belong_to(letter: Letter) -> None:
    assert taken(answer_to(letter, From="ola@konkurrent.example")).about == "inquiry:12"


def test_files_are_for_a_person_to_look_at_but_pictures_in_the_text_are_not(letter: Letter) -> None:
    with_file = answer_to(letter)
    with_file.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="avtale.exe")
    with_picture = answer_to(letter, Message_ID="<2@b.example>")
    with_picture.add_attachment(b"GIF89a", maintype="image", subtype="gif", disposition="inline", filename="logo.gif")
    assert [(taken(one).state, taken(one).reason) for one in (with_file, with_picture)] == [
        ("held", "files"),
        ("filed", ""),
    ]
    assert incoming.files_in(with_file.as_bytes()) == ["avtale.exe"]


def test_that_a_letter_was_read_is_no_answer(letter: Letter) -> None:
    receipt = answer_to(letter)
    receipt.make_mixed()
    receipt.replace_header("Content-Type", 'multipart/report; report-type=disposition-notification; boundary="b"')
    assert (taken(receipt).state, taken(receipt).reason) == ("held", "automatic")


def test_what_comes_as_a_file_of_plain_text_is_a_file(letter: Letter) -> None:
    answer = answer_to(letter)
    answer.add_attachment("X5O!P%", filename="eicar.txt")
    assert (taken(answer).state, taken(answer).reason) == ("held", "files")


def test_html_alone_and_no_text_at_all_are_held(letter: Letter) -> None:
    html, empty = answer_to(letter), answer_to(letter, Message_ID="<2@b.example>")
    html.set_content("<p>Ja</p>", subtype="html")
    empty.set_content(" \n")
    assert [taken(one).reason for one in (html, empty)] == ["no_text", "no_text"]


def raw(letter: Letter, head: str, body: bytes) -> bytes:
    lines = f"From: kari@bakeri.example\nIn-Reply-To: <{letter.message_id}>\n{head}\n\n"
    return lines.encode("latin-1") + body


@pytest.mark.parametrize(
    ("head", "body", "reason", "text"),
    [
        ('Content-Type: multipart/mixed; boundary="x"', b"--y\n", "broken", ""),
        ("Content-Type: text/plain; charset=klingon", b"Ja takk", "broken", "Ja takk"),
        ("Content-Type: text/plain; charset=iso-2022-jp", b"\x1b$B$O$$\x1b(B", "", "はい"),
        ("Subject: =?utf-8?b?////?=\nContent-Type: text/plain", b"Ja\x00\x1b takk", "", "Ja takk"),
        ("Subject: r\xe5\nContent-Type: text/plain; charset=utf-8", b"r\xe5", "", "r\N{REPLACEMENT CHARACTER}"),
        ("Received: x\n" * 5_000 + "Content-Type: text/plain", b"Ja", "loop", "Ja"),
    ],
)
def test_odd_messages_are_taken_in(letter: Letter, head: str, body: bytes, reason: str, text: str) -> None:
    answer = taken(raw(letter, head, body))
    assert (answer.reason, answer.text) == (reason, text)
    answer.refresh_from_db()
    assert bytes(answer.raw).endswith(body)


@pytest.mark.parametrize(
    "rubbish", [b"", b"\x00", b"\xff" * 500, b"From: (((((\nTo: <\n\n", b"Content-Type: a/b/c;;;=\n\n"]
)
def test_no_message_is_too_broken_to_be_held(letter: Letter, rubbish: bytes) -> None:
    assert taken(rubbish).state == "held"


def test_a_message_that_is_too_large_is_refused() -> None:
    with pytest.raises(incoming.MessageTooLarge):
        incoming.take(b"x" * 25_000_001, at=AT)


@pytest.mark.parametrize("part", ["message/rfc822", "text/rfc822-headers"])
def test_a_letter_that_comes_back_is_marked_with_the_reason(letter: Letter, part: str) -> None:
    text = REPORT.format(action="failed", part=part, message_id=letter.message_id)
    record = incoming.take(text.encode(), at=AT)
    letter.refresh_from_db()
    assert isinstance(record, LetterRecord)
    assert (letter.state, record.what, record.note) == ("returned", "returned", "5.1.1 smtp; 550 5.1.1 unknown user")


def test_a_delay_is_told_and_an_arrival_changes_nothing(letter: Letter) -> None:
    for action in ("delayed", "delivered"):
        text = REPORT.format(action=action, part="message/rfc822", message_id=letter.message_id)
        incoming.take(text.encode(), at=AT)
    letter.refresh_from_db()
    assert (letter.state, list(letter.records.values_list("what", flat=True))) == ("waiting", ["delayed"])


def test_a_report_on_somebody_elses_letter_is_held(letter: Letter) -> None:
    text = REPORT.format(action="failed", part="message/rfc822", message_id="theirs@elsewhere.example")
    answer = taken(text.encode())
    letter.refresh_from_db()
    assert (answer.state, answer.reason, letter.state) == ("held", "automatic", "waiting")


def test_the_mail_server_gives_messages_to_the_command(
    letter: Letter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def give(content: bytes, *words: str) -> str:
        path = tmp_path / "message"
        path.write_bytes(content)
        with path.open() as file:
            monkeypatch.setattr("sys.stdin", file)
            assert command_line.main(["--language", "en", "mail", *words]) == 0
        return capsys.readouterr().out

    report = REPORT.format(action="failed", part="message/rfc822", message_id=letter.message_id).encode()
    assert give(answer_to(letter).as_bytes(), "receive") == "Filed with inquiry:12.\n"
    assert give(b"Subject: Hei\n\nHei\n", "receive") == (
        "Held for somebody to look at: It answers no letter that we have sent.\n"
    )
    assert give(report, "bounces") == f"The report is kept with letter {letter.pk}.\n"


def test_a_maildir_is_taken_in_once(letter: Letter, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import mailbox

    box = mailbox.Maildir(tmp_path / "box")
    box.add(answer_to(letter))
    box.close()
    told: list[Any] = []
    for _again in range(2):
        assert command_line.main(["--language", "en", "mail", "receive", "--maildir", str(tmp_path / "box")]) == 0
        told.append(capsys.readouterr().out)
    assert told == ["1 message was taken in.\n", "0 messages were taken in.\n"]
    assert IncomingLetter.objects.count() == 1
