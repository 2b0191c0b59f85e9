"""The page of letters: what waits, what was sent, what failed and why, and what came in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtall.accounts.models import User
from samtall.config import command_line
from samtall.mail import incoming, operations, work
from samtall.mail.files import File
from samtall.mail.models import IncomingLetter, Letter
from samtall.mail.tests.conftest import AT, Server, WriteLetter
from samtall.mail.tests.test_incoming import answer_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(coordinator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(coordinator)


def page(client: Client, name: str, *arguments: Any, query: str = "") -> str:
    response = client.get(reverse(name, args=arguments) + query)
    assert response.status_code == 200
    return response.content.decode()


def subjects(html: str, among: list[Letter]) -> list[str]:
    return [letter.subject for letter in among if reverse("letter", args=[letter.pk]) in html]


def test_letters_are_found_by_address_case_and_state(client: Client, write: WriteLetter) -> None:
    written = [
        write(context={"title": "one", "name": "x"}),
        write(context={"title": "two", "name": "x"}, to="ola@bygg.example", about="inquiry:13"),
        write(context={"title": "three"}),
    ]
    found = {
        query: subjects(page(client, "letters", query=query), written)
        for query in ("", "?q=ola@", "?q=inquiry:12", "?q=inquiry", "?tilstand=failed", "?tilstand=tull", "?q=nobody")
    }
    assert found == {
        "": ["About one", "About two", "About three"],
        "?q=ola@": ["About two"],
        "?q=inquiry:12": ["About one", "About three"],
        "?q=inquiry": ["About one", "About two", "About three"],
        "?tilstand=failed": ["About three"],
        "?tilstand=tull": ["About one", "About two", "About three"],
        "?q=nobody": [],
    }


def test_the_list_asks_the_database_as_much_for_three_letters_as_for_one(client: Client, write: WriteLetter) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page(client, "letters")
        return len(captured)

    write()
    page(client, "letters")
    one = queries()
    write()
    write()
    assert queries() == one


def test_a_letter_is_shown_as_text_with_what_happened_to_it(
    client: Client, mail_server: Server, write: WriteLetter
) -> None:
    mail_server.refusals["kari@bakeri.example"] = "550 5.1.1 <b>No such user</b>"
    letter = write(context={"title": "<i>bread</i>", "name": "<script>alert(1)</script>"})
    work.deliver(AT)
    html = page(client, "letter", letter.pk)
    for shown in (
        "About &lt;i&gt;bread",
        "Hello, &lt;script&gt;",
        "E-posttjeneren avviste det",
        "550 5.1.1 &lt;b&gt;No such",
    ):
        assert shown in html
    assert "<script>alert" not in html


def test_its_html_is_shown_in_a_frame_where_nothing_runs(client: Client, write: WriteLetter) -> None:
    letter = write()
    assert f'<iframe class="letter-frame" sandbox src="{reverse("letter-html", args=[letter.pk])}"' in page(
        client, "letter", letter.pk
    )
    response = client.get(reverse("letter-html", args=[letter.pk]))
    policy = {part.strip() for part in response["Content-Security-Policy"].split(";")}
    assert policy == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "sandbox",
    }
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_files_and_messages_are_saved_and_never_shown(client: Client, mail_server: Server, write: WriteLetter) -> None:
    letter = write(files=[File("<x>.html", b"<script>alert(1)</script>", "text/html")])
    answer = incoming.take(answer_to(letter).as_bytes(), at=AT)
    assert isinstance(answer, IncomingLetter)
    for address in (
        reverse("letter-file", args=[letter.pk, letter.files.get().pk]),
        reverse("answer-message", args=[answer.pk]),
    ):
        response = client.get(address)
        assert response["Content-Disposition"].startswith("attachment; filename=")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert set(response["Content-Security-Policy"].split("; ")) == {"default-src 'none'", "sandbox"}
        assert "private" in response["Cache-Control"]
    other = write()
    assert client.get(reverse("letter-file", args=[other.pk, letter.files.get().pk])).status_code == 404


def test_a_letter_can_be_sent_again_and_stopped_from_its_page(client: Client, write: WriteLetter) -> None:
    failed, waiting = write(context={"title": "x"}), write()
    assert client.post(reverse("letter-again", args=[failed.pk])).status_code == 302
    assert client.post(reverse("letter-stop", args=[waiting.pk])).status_code == 302
    assert [Letter.objects.get(pk=one.pk).state for one in (failed, waiting)] == ["waiting", "stopped"]
    told = client.post(reverse("letter-stop", args=[waiting.pk]), follow=True).content.decode()
    assert "Det kan ikke stoppes." in told


def test_an_answer_that_is_held_is_filed_by_somebody(
    client: Client, coordinator: User, mail_server: Server, write: WriteLetter
) -> None:
    held = incoming.take(answer_to(write(), From="ola@konkurrent.example").as_bytes(), at=AT)
    assert isinstance(held, IncomingLetter)
    assert "1 svar venter" in page(client, "letters")
    assert 'value="inquiry:12"' in page(client, "answer", held.pk)
    address = reverse("answer", args=[held.pk])
    refused = client.post(address, {"about": "inquiry:99"})
    assert refused.status_code == 422
    assert "Ingen brev har handlet om inquiry:99." in refused.content.decode()
    assert client.post(address, {"about": "inquiry:12"}).status_code == 302
    held.refresh_from_db()
    assert (held.state, held.about, held.decided_by) == ("filed", "inquiry:12", coordinator.signature)


def test_an_answer_that_belongs_nowhere_is_put_aside(client: Client, mail_server: Server) -> None:
    held = incoming.take(b"From: spam@x.example\nSubject: Win\n\nWin\n", at=AT)
    assert isinstance(held, IncomingLetter)
    assert client.post(reverse("answer-aside", args=[held.pk])).status_code == 302
    assert "1 svar venter" not in page(client, "letters")
    assert "Win" in page(client, "answers", query="?tilstand=aside")


def test_what_was_deleted_says_so(client: Client, mail_server: Server, write: WriteLetter) -> None:
    letter = write()
    answer = incoming.take(answer_to(letter).as_bytes(), at=AT)
    assert isinstance(answer, IncomingLetter)
    operations.forget("kari@bakeri.example", at=AT + timedelta(days=1))
    for name, pk in (("letter", letter.pk), ("answer", answer.pk)):
        html = page(client, name, pk)
        assert "ble slettet 2. mars 2017" in html
        assert "kari@bakeri" not in html
    assert "Slettet" in page(client, "letters")
    assert client.get(reverse("letter-html", args=[letter.pk])).status_code == 404
    assert client.get(reverse("answer-message", args=[answer.pk])).status_code == 404


def test_the_secret_part_of_a_link_is_for_its_receiver_only(
    client: Client, write: WriteLetter, settings: LazySettings
) -> None:
    secret = "aZ3-_" * 9
    letter = write(context={"title": "one", "name": f"https://samtall.example/bekreft/{secret}/"})
    shown = page(client, "letter", letter.pk)
    assert (secret in shown, "https://samtall.example/bekreft/…/" in shown) == (False, True)
    settings.DEMONSTRATION = True
    assert secret in page(client, "letter", letter.pk)


def test_a_demonstration_says_that_nothing_leaves(client: Client, settings: LazySettings) -> None:
    settings.DEMONSTRATION = True
    assert "ingen forlater denne maskinen" in page(client, "letters")


def test_letters_are_written_sent_and_listed_from_the_terminal(
    mail_server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str) -> str:
        assert command_line.main(["--language", "en", "mail", *words]) == 0
        return capsys.readouterr().out

    assert told("try", "kari@bakeri.example") == "The letter waits to be sent: samtall mail send\n"
    assert told("send") == "1 letters were due; 0 wait now.\n"
    assert [message["Subject"] for message in mail_server.received] == ["Letters from Samtall arrive"]
    assert told("list", "--search", "kari").strip().endswith("Sent  kari@bakeri.example  Letters from Samtall arrive")
    assert told("list", "--state", "waiting") == ""
