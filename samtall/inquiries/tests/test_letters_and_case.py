"""What the sender gets: letters without anything a stranger wrote, and a page of their own."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samtall.accounts.models import User
from samtall.inquiries import operations, queries, work
from samtall.inquiries.letters import case_path
from samtall.inquiries.models import ContactForm, Inquiry, Unconfirmed
from samtall.inquiries.states import State
from samtall.inquiries.tests.conftest import ADDRESS, Send, answers, proof_of, shown
from samtall.inquiries.tokens import FormToken
from samtall.mail.models import Letter


@pytest.fixture
def inquiry(send: Send) -> Inquiry:
    send(description="Les dette: https://spam.example")
    return Inquiry.objects.get()


def path_in(letter: Letter) -> str:
    return re.search(r"/kontakt/\S+", letter.text)[0]  # type: ignore[index]


def test_a_receipt_goes_with_the_inquiry_in_the_language_asked_for(inquiry: Inquiry) -> None:
    letter = Letter.objects.get()
    assert (letter.to, letter.language, letter.about) == (inquiry.email, "nn", inquiry.source)
    assert letter.subject == f"Vi har fått førespurnaden din {inquiry.number}"
    assert path_in(letter) == case_path(inquiry)


def test_no_letter_carries_what_a_stranger_wrote(inquiry: Inquiry, send: Send) -> None:
    send(proof="", description="Les dette: https://spam.example", contact_name="Klikk https://spam.example")
    assert [letter.purpose for letter in Letter.objects.order_by("pk")] == ["receipt", "confirm"]
    assert [letter for letter in Letter.objects.all() if "spam" in letter.subject + letter.text] == []


def test_one_address_cannot_be_flooded_with_receipts(send: Send) -> None:
    statuses = [send(email="offer@eksempel.no").status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]
    assert (Inquiry.objects.count(), Letter.objects.count()) == (5, 5)


def test_who_has_no_scripts_confirms_with_a_button(send: Send, client: Client) -> None:
    send(proof="")
    address = path_in(Letter.objects.get())
    page = client.get(address)
    assert (page.status_code, Inquiry.objects.count()) == (200, 0)
    receipt = client.post(address)
    assert receipt.status_code == 302
    assert Inquiry.objects.get().number in client.get(receipt["Location"]).content.decode()
    assert Unconfirmed.objects.count() == 0
    assert client.post(address).status_code == 302
    assert Inquiry.objects.count() == 1


def test_sent_twice_without_scripts_there_is_one_letter(send: Send) -> None:
    token = shown()
    send(token=token, proof="")
    send(token=token, proof="", description="Rettet")
    assert (Letter.objects.count(), Unconfirmed.objects.get().said["description"]) == (1, "Rettet")


def test_a_link_that_nothing_waits_behind_says_so(client: Client, form: ContactForm, send: Send) -> None:
    send(proof="")
    address = path_in(Letter.objects.get())
    Unconfirmed.objects.all().delete()
    assert client.get(address).status_code == 410
    assert client.get(address[:-3] + "aa/").status_code == 404


def test_the_sender_sees_who_has_it_and_nothing_of_what_the_desk_notes(
    inquiry: Inquiry, client: Client, coordinator: User
) -> None:
    operations.note(inquiry, "Vanskelig kunde", by=coordinator, at=timezone.now())
    operations.assign(inquiry, coordinator, by=coordinator, at=timezone.now(), reason="Kjenner dem")
    operations.answer(inquiry, "Vi ringer på mandag", by=coordinator, at=timezone.now())
    page = client.get(case_path(inquiry))
    text = page.content.decode()
    assert (page["Referrer-Policy"], "no-store" in page["Cache-Control"]) == ("no-referrer", True)
    assert ("Coordinator" in text, "Vi ringer på mandag" in text) == (True, True)
    assert ("Vanskelig kunde" in text, "Kjenner dem" in text) == (False, False)


def test_the_sender_adds_something_and_withdraws(inquiry: Inquiry, client: Client) -> None:
    address = case_path(inquiry)
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "Vi er åtte ansatte"}).status_code == 302
    assert "Vi er åtte ansatte" in client.get(address).content.decode()
    client.post(address, {"withdraw": "1"})
    inquiry.refresh_from_db()
    assert inquiry.state == State.WITHDRAWN
    refused = client.post(address, {"text": "Likevel"})
    assert (refused.status_code, "Likevel" in refused.content.decode()) == (422, False)


def test_only_the_right_link_opens_a_case_and_only_until_it_is_renewed(
    inquiry: Inquiry, client: Client, coordinator: User
) -> None:
    address = case_path(inquiry)
    assert client.get(address[:-2] + "x/").status_code == 404
    operations.renew_link(inquiry, by=coordinator, at=timezone.now())
    assert client.get(address).status_code == 404
    assert client.get(case_path(inquiry)).status_code == 200


def test_the_link_of_a_closed_case_ends_after_half_a_year(inquiry: Inquiry, coordinator: User) -> None:
    at = timezone.now()
    operations.move(inquiry, State.NO_MATCH, by=coordinator, at=at, reason="Ingen ledige studenter")
    token = case_path(inquiry).split("/")[-2]
    assert queries.opened_by(inquiry.number, token, at + timedelta(days=179)) == inquiry
    assert queries.opened_by(inquiry.number, token, at + timedelta(days=181)) is None


def test_a_form_shown_in_a_frame_gives_its_receipt_in_the_frame(client: Client, form: ContactForm) -> None:
    token: Any = FormToken.new(form.slug, timezone.now() - timedelta(minutes=1))
    sent = client.post(f"/innfelt{ADDRESS}", answers(token=token.signed(), proof=proof_of(token)))
    assert sent["Location"].startswith(f"/innfelt{ADDRESS}mottatt/")
    receipt = client.get(sent["Location"])
    assert 'target="_blank" rel="noopener noreferrer"' in receipt.content.decode()
    assert receipt["Referrer-Policy"] == "no-referrer"


def test_what_nobody_confirms_is_forgotten_after_a_week(send: Send) -> None:
    send(proof="")
    sent = Unconfirmed.objects.get().sent_at
    work.forget(sent + timedelta(days=6))
    assert Unconfirmed.objects.count() == 1
    work.forget(sent + timedelta(days=8))
    assert Unconfirmed.objects.count() == 0
