"""The page where somebody without an account confirms, and those of the coordinator."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity, Participation
from samtall.confirmations import operations
from samtall.confirmations.models import Request
from samtall.confirmations.tests.conftest import token_in
from samtall.mail.models import Letter
from samtall.parties import operations as parties

Ask = Callable[..., Request]


@pytest.fixture
def address(ask: Ask) -> str:
    ask(at=timezone.now())
    return reverse("confirm", args=[token_in(Letter.objects.get())])


@pytest.fixture
def stranger() -> Client:
    """A browser of somebody without an account, which is as strict about forged forms as a real one."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def scribe(coordinator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(coordinator)


def main_of(response: Any) -> str:
    return str(response.content.decode().split("<main")[1])


def test_looking_changes_nothing(address: str, stranger: Client, thesis: Activity) -> None:
    for _again in range(3):
        shown = stranger.get(address)
    stranger.head(address)
    assert (shown.status_code, Request.objects.get().answer, thesis.evidence.count()) == (200, "", 0)
    assert "Kari Nordmann og Ola Hansen skrev studentoppgave" in main_of(shown)


def test_the_button_confirms_once(address: str, stranger: Client, thesis: Activity) -> None:
    first = stranger.post(address, {"answer": "yes"}, HTTP_ORIGIN="null")
    second = stranger.post(address, {"answer": "yes"}, HTTP_ORIGIN="null")
    assert (first.status_code, second.status_code, thesis.evidence.count()) == (200, 410, 1)
    assert ("Takk" in main_of(first), "Kari" in main_of(first)) == (True, False)
    assert stranger.get(address).status_code == 410


def test_what_is_not_right_is_said_in_words(address: str, stranger: Client, thesis: Activity) -> None:
    refused = stranger.post(address, {"answer": "no", "text": ""})
    assert (refused.status_code, Request.objects.get().answer) == (422, "")
    answered = stranger.post(address, {"answer": "no", "text": "Det var bare Kari."})
    assert (answered.status_code, Request.objects.get().text, thesis.evidence.count()) == (200, "Det var bare Kari.", 0)


@pytest.mark.parametrize("form", [{}, {"answer": "maybe"}], ids=["nothing", "nonsense"])
def test_a_form_without_an_answer_changes_nothing(form: dict[str, str], address: str, stranger: Client) -> None:
    stranger.post(address, form)
    assert Request.objects.get().answer == ""


def test_the_address_is_told_to_nobody_and_leaves_no_cookie(address: str, stranger: Client) -> None:
    shown = stranger.get(address)
    assert (shown["Referrer-Policy"], shown["Cache-Control"], shown["X-Robots-Tag"]) == (
        "no-referrer",
        "no-store",
        "noindex",
    )
    assert list(shown.cookies) == []
    assert stranger.get("/bekreft/" + "x" * 43 + "/").status_code == 410


@pytest.mark.parametrize(
    ("chosen", "words"), [("", "Er dette riktig?"), ("nn", "Er dette rett?"), ("en", "Is this right?")]
)
def test_the_page_is_in_the_language_of_the_letter_or_of_ones_choice(
    chosen: str, words: str, address: str, stranger: Client
) -> None:
    shown = stranger.get(address, {"lang": chosen} if chosen else {}, headers={"Accept-Language": "en"})
    assert words in main_of(shown)
    assert f'<html lang="{chosen or "nb"}"' in shown.content.decode()


def test_what_is_withdrawn_meanwhile_cannot_be_confirmed(
    address: str, stranger: Client, thesis: Activity, coordinator: User
) -> None:
    activities.withdraw(thesis, reason="feil", by=coordinator, at=timezone.now())
    answered = stranger.post(address, {"answer": "yes"})
    assert (answered.status_code, Request.objects.get().answer, thesis.evidence.count()) == (410, "", 0)


def test_the_coordinator_asks_and_sees_who_has_answered_and_who_has_not(
    thesis: Activity, host: Participation, scribe: Client, stranger: Client
) -> None:
    page = reverse("activity-confirmations", args=[thesis.pk])
    due = (timezone.now() + operations.PATIENCE).strftime("%d.%m.%Y")
    said = {"part": host.pk, "address": "post@bobygg.example.org", "language": "nn", "due": due}
    assert scribe.post(page, said)["Location"] == page
    stranger.post(reverse("confirm", args=[token_in(Letter.objects.get())]), {"answer": "yes"})
    shown = main_of(scribe.get(reverse("activity", args=[thesis.pk])))
    assert [words for words in ("Bekreftet", "Ikke spurt") if words not in shown] == []


def test_what_is_refused_is_said_and_nothing_typed_is_lost(
    thesis: Activity, host: Participation, scribe: Client
) -> None:
    page = reverse("activity-confirmations", args=[thesis.pk])
    answer = scribe.post(page, {"part": host.pk, "address": "post@", "language": "nn", "due": "01.01.2030"})
    assert (answer.status_code, 'value="post@"' in answer.content.decode(), Request.objects.count()) == (422, True, 0)


def test_objections_and_what_waits_are_listed_and_dealt_with(
    ask: Ask, thesis: Activity, scribe: Client, host: Participation
) -> None:
    at = timezone.now()
    operations.object_to(ask(at=at), text="Feil år", at=at)
    student = thesis.participations.filter(role="student")[0]
    ask(student, address="", at=at)
    shown = main_of(scribe.get(reverse("confirmations")))
    assert [words for words in ("Feil år", "Student", "Spurt") if words not in shown] == []
    first, second = Request.objects.order_by("pk")
    scribe.post(reverse("confirmation-settle", args=[first.pk]))
    scribe.post(reverse("confirmation-revoke", args=[second.pk]))
    shown = main_of(scribe.get(reverse("confirmations")))
    assert "Ingenting venter på svar." in shown
    assert "Ingen sier at noe ikke stemmer." in shown


def test_an_objection_stands_on_the_front_page_until_it_is_looked_into(
    ask: Ask, scribe: Client, coordinator: User
) -> None:
    asked = operations.object_to(ask(at=timezone.now()), text="Feil år", at=timezone.now())
    assert "1 part sier at noe ikke stemmer" in main_of(scribe.get("/"))
    operations.settle(asked, by=coordinator, at=timezone.now())
    assert "sier at noe ikke stemmer" not in main_of(scribe.get("/"))


def test_those_who_only_read_see_who_has_confirmed_and_not_more(
    ask: Ask, thesis: Activity, reader: User, client_of: Callable[[User], Client]
) -> None:
    ask()
    client = client_of(reader)
    assert "Bekreftelser" in main_of(client.get(reverse("activity", args=[thesis.pk])))
    assert client.get(reverse("activity-confirmations", args=[thesis.pk])).status_code == 404


def test_an_erased_person_is_not_among_those_who_can_be_asked(
    thesis: Activity, scribe: Client, said: dict[str, Any]
) -> None:
    student = thesis.participations.filter(role="student")[0].person
    assert student is not None
    page = reverse("activity-confirmations", args=[thesis.pk])
    assert "Kari Nordmann" in main_of(scribe.get(page))
    parties.erase_person(student, **said)
    assert "Kari Nordmann" not in main_of(scribe.get(page))
