"""Signing in with an OpenID provider in a real browser: from the letter of invitation to the page that was wanted."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings

from samtall.accounts import openid, operations
from samtall.accounts.models import User
from samtall.accounts.tests.openid_server import OpenIDServer
from samtall.accounts.tests.test_openid import provider, use

Examine = Callable[[Page], list[str]]


@pytest.fixture
def server(settings: Settings) -> Iterator[OpenIDServer]:
    server = OpenIDServer()
    use(settings, provider(server), openid.Provider(id="other", brand="ID-porten", issuer=server.issuer, client_id="x"))
    yield server
    server.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_somebody_who_is_invited_accepts_and_signs_in_with_feide_from_then_on(
    open_page: Callable[..., Page],
    examine: Examine,
    server: OpenIDServer,
    administrator: User,
    mailoutbox: list[EmailMessage],
    width: int,
    scheme: str,
) -> None:
    _, token = operations.invite("kari@nes.example", "Kari Nes", "reader", by=administrator, at=timezone.now())
    page = open_page(width=width, scheme=scheme)
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if found := examine(page):
            wrong[name] = found

    page.goto(f"/invitasjon/{token}/")
    look("invitation")
    page.click("text=Ta imot invitasjonen")
    look("sign in")
    assert page.input_value("input[name=email]") == "kari@nes.example"
    page.click("text=Logg inn med Feide")
    page.wait_for_selector("form.account")
    assert page.locator(".account-name").inner_text() == "Kari Nes"
    page.goto("/min-konto/")
    look("account")
    page.click("text=Logg ut")
    page.goto("/logg-inn/?next=/aktiviteter/")
    page.click("text=Logg inn med Feide")
    page.wait_for_url(re.compile("/aktiviteter/$"))
    assert wrong == {}


def test_one_who_stops_at_the_provider_reads_what_happened(
    open_page: Callable[..., Page], examine: Examine, server: OpenIDServer
) -> None:
    page = open_page()
    server.refuse = True
    page.goto("/logg-inn/med/feide/")
    assert page.locator("h1").inner_text() == "Du ble ikke logget inn"
    assert examine(page) == []
