"""Second factors in a real browser, with a passkey that the browser itself keeps."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import Page
from pytest_django import Settings

from samtall.accounts.models import User
from samtall.accounts.tests.test_sign_in import code_in

Examine = Callable[[Page], list[str]]
OpenPage = Callable[..., Page]


@pytest.fixture(autouse=True)
def two_factors(settings: Settings) -> None:
    settings.SECOND_FACTOR = True


def with_passkeys(page: Page) -> None:
    """Let the browser keep passkeys, opened by a finger that is always right."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def sign_in_by_code(page: Page, user: User, mailoutbox: list[EmailMessage]) -> None:
    page.goto("/logg-inn/")
    page.fill("input[name=email]", user.email)
    page.click("text=Send koden")
    page.wait_for_url("**/kode/")
    page.fill("input[name=code]", code_in(mailoutbox[-1]))
    page.click("main button[type=submit]:has-text('Logg inn')")
    page.wait_for_selector("form.account")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_a_validator_adds_a_passkey_and_signs_in_with_it_alone(
    open_page: OpenPage,
    examine: Examine,
    validator: User,
    mailoutbox: list[EmailMessage],
    width: int,
    scheme: str,
) -> None:
    page = open_page(width=width, scheme=scheme)
    with_passkeys(page)
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if found := examine(page):
            wrong[name] = found

    sign_in_by_code(page, validator, mailoutbox)
    page.goto("/godkjenning/")
    assert page.locator("h1").inner_text() == "Min konto"
    look("missing")
    page.click("text=Legg til app")
    look("app")
    page.goto("/min-konto/")
    page.click("text=Legg til passnøkkel")
    look("passkey")
    page.click("#passkey-add")
    page.wait_for_selector("h1:has-text('Reservekoder')")
    look("codes")
    page.goto("/min-konto/")
    look("account")
    page.goto("/godkjenning/")
    assert page.locator("h1").inner_text() == "Godkjenning"
    page.click("text=Logg ut")
    page.goto("/logg-inn/?next=/godkjenning/")
    look("sign in")
    page.click("#passkey-sign-in")
    page.wait_for_selector("h1:has-text('Godkjenning')")  # the address of the sign-in page ends the same way
    page.goto("/min-konto/bekreft/?next=/godkjenning/")
    look("confirm")
    page.click("text=Bruk en passnøkkel")
    look("confirm with a passkey")
    page.click("#passkey-use")
    page.wait_for_selector("h1:has-text('Godkjenning')")
    assert wrong == {}


def test_a_passkey_comes_after_the_code_by_e_mail(
    open_page: OpenPage, examine: Examine, validator: User, mailoutbox: list[EmailMessage]
) -> None:
    page = open_page()
    with_passkeys(page)
    sign_in_by_code(page, validator, mailoutbox)
    page.goto("/min-konto/nokler/ny/")
    page.click("#passkey-add")
    page.wait_for_selector("h1:has-text('Reservekoder')")
    page.click("text=Logg ut")
    page.goto("/logg-inn/")
    page.fill("input[name=email]", validator.email)
    page.click("text=Send koden")
    page.wait_for_url("**/kode/")
    page.fill("input[name=code]", code_in(mailoutbox[-1]))
    page.click("main button[type=submit]:has-text('Logg inn')")
    page.wait_for_url("**/to-faktor/")
    assert examine(page) == []
    page.click("#passkey-use")
    page.wait_for_selector("form.account")
