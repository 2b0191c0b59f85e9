"""Signing in with a code, and as somebody fictional in a demonstration."""

import re
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from samtall.accounts import operations
from samtall.accounts.models import User

AT = datetime(2016, 3, 1, 12, tzinfo=UTC)
SIGN_IN, CODE, SIGN_OUT, DEMONSTRATION = "/logg-inn/", "/logg-inn/kode/", "/logg-ut/", "/logg-inn/demonstrasjon/"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def code_in(message: EmailMessage) -> str:
    found = re.search(r"^    (\S+)$", str(message.body), re.MULTILINE)
    assert found
    return found[1]


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_code_in_the_message_signs_in_and_leads_to_the_page_that_was_wanted(
    coordinator: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    asked = client.post(SIGN_IN + "?next=/om/", {"email": coordinator.email.upper()})
    assert (asked.status_code, asked["Location"]) == (302, "/logg-inn/kode/?next=%2Fom%2F")
    assert [message.to for message in mailoutbox] == [[coordinator.email]]
    entered = client.post(asked["Location"], {"code": code_in(mailoutbox[0])})
    assert (entered.status_code, entered["Location"]) == (302, "/om/")
    assert who(client) == str(coordinator.pk)


def test_a_stranger_gets_the_same_answer_as_a_user_and_no_message(
    coordinator: User, mailoutbox: list[EmailMessage]
) -> None:
    pages = []
    for email in (coordinator.email, "coordinatos@samtall.example"):
        browser = Client()
        answer = browser.post(SIGN_IN, {"email": email})
        page = browser.get(answer["Location"])
        shown = re.sub(r'value="[^"]{64}"', "", page.content.decode()).replace(email, "…")
        pages.append((answer.status_code, answer["Location"], page.status_code, shown))
    assert pages[0] == pages[1]
    assert len(mailoutbox) == 1


def test_a_code_holds_only_in_the_browser_that_asked_for_it(
    coordinator: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    client.post(SIGN_IN, {"email": coordinator.email})
    other = Client()
    answer = other.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (answer.status_code, answer["Location"], who(other)) == (302, SIGN_IN, None)


def test_three_wrong_codes_end_the_attempt(coordinator: User, client: Client, mailoutbox: list[EmailMessage]) -> None:
    client.post(SIGN_IN, {"email": coordinator.email})
    assert [client.post(CODE, {"code": "AAA-AAA"}).status_code for _ in range(3)] == [200, 200, 302]
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert who(client) is None


def test_a_new_code_voids_the_one_before(coordinator: User, client: Client, mailoutbox: list[EmailMessage]) -> None:
    client.post(SIGN_IN, {"email": coordinator.email})
    client.post(CODE, {"action": "resend"})
    first, second = map(code_in, mailoutbox)
    client.post(CODE, {"code": first})
    assert who(client) is None
    client.post(CODE, {"code": second})
    assert who(client) == str(coordinator.pk)


def test_asking_for_codes_again_and_again_is_stopped(coordinator: User, mailoutbox: list[EmailMessage]) -> None:
    answers = [Client().post(SIGN_IN, {"email": coordinator.email}).status_code for _ in range(5)]
    assert (answers, len(mailoutbox)) == ([302, 302, 302, 200, 200], 3)


def test_who_waits_for_a_code_can_use_another_address_instead(
    coordinator: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    client.post(SIGN_IN, {"email": "wrong@samtall.example"})
    assert client.post(SIGN_OUT, {"next": SIGN_IN})["Location"] == SIGN_IN
    page = client.get(SIGN_IN)
    assert (page.status_code, list(page.context["messages"])) == (200, [])


def test_a_user_whose_access_was_closed_gets_no_message(
    coordinator: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    client.post(SIGN_IN, {"email": coordinator.email})
    assert mailoutbox == []


def test_what_is_not_an_address_is_said_to_be_none(db: None, client: Client) -> None:
    page = client.post(SIGN_IN, {"email": "kari@"})
    assert page.status_code == 200
    assert page.context["form"].errors


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_message_is_written_in_the_language_of_the_page(
    coordinator: User, client: Client, mailoutbox: list[EmailMessage], language: str
) -> None:
    client.cookies["language"] = language
    client.post(SIGN_IN, {"email": coordinator.email})
    words = {"nb": "Koden din", "nn": "Koden din", "en": "Your code"}[language]
    assert mailoutbox[0].subject == f"{words}: {code_in(mailoutbox[0])}"


def test_signing_out_takes_a_button_and_not_a_link(coordinator: User, client: Client) -> None:
    client.force_login(coordinator)
    assert client.get(SIGN_OUT).status_code == 405
    assert who(client) == str(coordinator.pk)
    assert client.post(SIGN_OUT)["Location"] == "/"
    assert who(client) is None


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "login/code/", "inactive/"])
def test_the_rest_of_allauth_has_no_address(db: None, client: Client, path: str) -> None:
    assert [client.get(prefix + path).status_code for prefix in ("/", "/accounts/", "/logg-inn/")] == [404] * 3


@pytest.fixture
def fictional(db: None) -> User:
    user = operations.create_user("leser@demonstrasjon.example", "Liv Leser", at=AT, demonstration=True)
    operations.grant_role(user, "reader", by=None, at=AT)
    return user


def test_in_a_demonstration_a_button_signs_in_as_somebody_fictional(
    fictional: User, client: Client, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    assert b'value="reader"' in client.get(SIGN_IN).content
    answer = client.post(DEMONSTRATION, {"role": "reader", "next": "/om/"})
    assert (answer.status_code, answer["Location"], who(client)) == (302, "/om/", str(fictional.pk))


def test_a_demonstration_leads_nowhere_outside_the_house(fictional: User, client: Client, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    answer = client.post(DEMONSTRATION, {"role": "reader", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_outside_a_demonstration_there_are_no_buttons_and_no_address_for_them(
    fictional: User, client: Client, settings: Settings
) -> None:
    settings.DEMONSTRATION = False
    assert b"demonstrasjon" not in client.get(SIGN_IN).content
    assert client.post(DEMONSTRATION, {"role": "reader"}).status_code == 404


def test_a_demonstration_lets_nobody_in_as_a_real_user(coordinator: User, client: Client, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    assert client.post(DEMONSTRATION, {"role": "coordinator"}).status_code == 404


def test_a_button_pressed_from_another_site_is_refused(fictional: User, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    assert Client(enforce_csrf_checks=True).post(DEMONSTRATION, {"role": "reader"}).status_code == 403
